/**
 * Everything a user must be told, in one shape: what happened, on which object and field, what to do.
 *
 * `what` and `fix` name things and numbers, never values. `code` is stable: documents link to it and tests assert it.
 */
import { joined, messageText, say, withTexts, type Message } from './message.ts';
import { originText, type Origin } from './origin.ts';
import { refText, type ObjectRef } from './object-ref.ts';
import { inOneLine } from './shown.ts';

export type Severity = 'error' | 'warning';

export interface Problem {
  readonly severity: Severity;
  /** Kebab-case and stable, as `remote-object-absent`. */
  readonly code: string;
  readonly at?: ObjectRef;
  /** As `spec.data[1].remoteRef.key`. */
  readonly field?: string;
  readonly origin?: Origin;
  /** What happened: one sentence without full stop. After a field it goes on from it: `is missing`. */
  readonly what: Message;
  /** True where `what` has a subject of its own, as all that adapters say: `vault kv-shop refused …`. */
  readonly hasSubject?: true;
  /** What to do: one or two sentences with full stops. */
  readonly fix: Message;
  /** Lines of somebody else that are shown below it, as the end of a log. */
  readonly quoted?: readonly string[];
}

/** For people: one line, whatever names are in it, and below it those that it quotes. An entry says it in its words. */
export function problemMessage(problem: Problem): Message {
  const lines = linesOf(problem).map((line) => withTexts(line, inOneLine));
  return joined(lines, '\n');
}

/** The same in words of the command line. */
export function problemText(problem: Problem): string {
  return messageText(problemMessage(problem));
}

/** For machines, which get names as they are. */
export function rawProblemText(problem: Problem): string {
  return linesOf(problem).map(messageText).join('\n');
}

/** `ExternalSecret shop/orders-db: spec.data[1]… what. fix (file:line)`; a colon where `what` has a subject. */
function linesOf(problem: Problem): readonly Message[] {
  const object = problem.at === undefined ? '' : `${refText(problem.at)}: `;
  const origin = problem.origin === undefined ? '' : ` (${originText(problem.origin)})`;
  return [say`${object}${fieldOf(problem)}${problem.what}. ${problem.fix}${origin}`, ...(problem.quoted ?? [])];
}

/** `spec.data[1].remoteRef.key `, with a colon where `what` has a subject of its own. */
function fieldOf({ field, hasSubject }: Problem): string {
  if (field === undefined) return '';
  return hasSubject === true ? `${field}: ` : `${field} `;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}
