/** Problems as a list tells them: each with its text, in the order in which people look for them. */
import { roleOf } from '../model/kinds.ts';
import { compareAsShown, compareText } from '../model/object-ref.ts';
import type { PassProblem } from '../model/pass-report.ts';
import { problemMessage, type Problem } from '../model/problem.ts';

/** A problem with its text, from which those that are alike are found again. */
export function told(problem: Problem): PassProblem {
  const { severity, code, origin, at, field, what, hasSubject, fix } = problem;
  return {
    severity,
    code,
    text: problemMessage(problem),
    ...(origin === undefined ? {} : { origin }),
    ...(at === undefined ? {} : { at }),
    ...(field === undefined ? {} : { field }),
    what,
    ...(hasSubject === undefined ? {} : { hasSubject }),
    fix,
  };
}

/** Codes of what is so only because another object has errors, which are told as well. */
const CONSEQUENCES: readonly string[] = ['store-refused'];

function byConsequence(a: PassProblem | Problem, b: PassProblem | Problem): number {
  return Number(CONSEQUENCES.includes(a.code)) - Number(CONSEQUENCES.includes(b.code));
}

/**
 * By file and line; what has no place stands first. Consequences stand behind everything else: one broken store makes
 * many of them, and where only some problems are shown, its own must be among these.
 */
export function byPlace(a: Problem, b: Problem): number {
  const file = compareText(a.origin?.file ?? '', b.origin?.file ?? '');
  const line = (a.origin?.line ?? 0) - (b.origin?.line ?? 0);
  const object = a.at === undefined || b.at === undefined ? 0 : compareAsShown(a.at, b.at);
  return byConsequence(a, b) || file || line || object;
}

/** Beside a table: in the order of its rows, after what is of no object and of stores. Consequences stand last here too. */
export function asRows(a: Problem, b: Problem): number {
  const object = a.at === undefined || b.at === undefined ? 0 : compareAsShown(a.at, b.at);
  return byConsequence(a, b) || rankOf(a) - rankOf(b) || object || byPlace(a, b);
}

function rankOf({ at }: Problem): number {
  if (at === undefined) return 0;
  const role = roleOf(at.kind);
  return role === 'push' ? 3 : role === 'pull' ? 2 : 1;
}
