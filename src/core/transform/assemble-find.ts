/** `spec.dataFrom[].find`: every secret of a vault that matches, under its own name. */
import type { FindEntry } from '../model/intent.ts';
import { plural } from '../model/plural.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import { LEFT_OUT_WORDS, type LeftOut } from '../model/left-out.ts';
import { shortList } from '../model/short-list.ts';
import type { ListedObject } from '../model/vault.ts';
import {
  errorOf,
  failedAt,
  leftOutAt,
  problemAt,
  stateProblem,
  unreadableAt,
  type EntryContext,
  type EntryOutcome,
  type Failed,
  type Unreadable,
  type Values,
} from './entry-outcome.ts';
import { nothingFound, type SeenNames } from './find-nothing.ts';
import { judgeFind, type FoundInState } from './find.ts';
import { finishMap } from './finish-values.ts';
import { findType } from './remote-object.ts';
import { rewriteNames } from './rewrite.ts';
import { vanishedProblem } from './vanished.ts';

const FIND = ['find'] as const;
const NAME = ['find', 'name', 'regexp'] as const;

/** Lists, reads each match, converts, checks, decodes. A match that cannot be read fails the whole entry. */
export function assembleFind(context: EntryContext<FindEntry>): EntryOutcome {
  const { entry } = context;
  const matched = matchedNames(context);
  if ('kind' in matched) return matched;
  const read = readAll(context, matched.names);
  if (hasErrors(read.problems)) return { kind: 'unreadable', problems: read.problems };
  const result = finishMap(read.values, entry.find, { ...context, rewrite: entry.rewrite });
  if (result.kind === 'refused') {
    const { problems, path = FIND } = result;
    return { kind: 'failed', problems: problems.map((problem) => problemAt(context, path, problem)) };
  }
  const unnamed = result.values.size < read.values.size ? namesWithoutKey(context, [...read.values.keys()]) : [];
  return {
    kind: 'values',
    values: result.values,
    warnings: [...matched.warnings, ...read.problems],
    leftOut: [...matched.leftOut, ...read.leftOut, ...unnamed.map((name) => leftOutAt(context, FIND, name, 'no-key'))],
    ...(matched.kept === undefined ? {} : { kept: matched.kept }),
  };
}

export interface MatchedNames {
  readonly names: readonly string[];
  readonly warnings: readonly Problem[];
  readonly leftOut: readonly LeftOut[];
  /** Set where the manifest's own policies leave something out: that is no reason to delete the Secret. */
  readonly kept?: readonly [];
}

/** The names that a find takes, or why it cannot say; the same with and without values. */
export function matchedNames(context: EntryContext<FindEntry>): MatchedNames | Failed | Unreadable {
  const { entry, fetched } = context;
  const listed = fetched.list(entry.store, findType(entry));
  if (listed.kind === 'failed') return unreadableAt(context, FIND, listed.problem);
  const fitting = fetched.fittingNames(entry);
  if (fitting === 'too-costly') return { kind: 'failed', problems: [findTooCostly(context, listed.items)] };
  const { nowSeconds } = fetched;
  const { names, leftOut, warned, refused } = judgeFind(listed.items, entry.find, fitting, nowSeconds);
  const [refusal] = refused;
  if (refusal !== undefined) {
    return failedAt(context, FIND, stateProblem('error', statesText(context, refused), refusal.state));
  }
  const empty =
    names.length > 0 || entry.isOptional === true
      ? []
      : [findEmpty(context, { listed: listed.items, fitting, nowSeconds })];
  const isOurs = leftOut.some(({ state }) => entry.find.states?.[state] !== undefined);
  const told = warned.slice(0, 1).map(({ state }) => stateProblem('warning', statesText(context, warned), state));
  return {
    names,
    warnings: [...empty, ...told.map((problem) => problemAt(context, FIND, problem))],
    leftOut: leftOut.map(({ name, state }) => leftOutAt(context, FIND, name, state)),
    ...(isOurs ? { kept: [] as const } : {}),
  };
}

function statesText({ entry, fetched }: EntryContext<FindEntry>, found: readonly FoundInState[]): string {
  const names = shortList(found.map(({ name, state }) => `"${name}" (${LEFT_OUT_WORDS[state]})`));
  return `matches ${names} in ${fetched.describe(entry.store)}`;
}

/** That a find takes nothing is no mistake by itself, but mostly a wrong pattern. */
function findEmpty(context: EntryContext<FindEntry>, names: SeenNames): Problem {
  const { entry, fetched } = context;
  return problemAt(context, FIND, nothingFound(names, entry.find, fetched.describe(entry.store)));
}

function findTooCostly(context: EntryContext<FindEntry>, listed: readonly ListedObject[]): Problem {
  const place = context.fetched.describe(context.entry.store);
  const what = `is too large a pattern to search the names of ${plural(listed.length, 'secret')} in ${place}`;
  return problemAt(
    context,
    NAME,
    errorOf('find-too-costly', what, 'Write it shorter, or split it into several finds.'),
  );
}

/** A secret without a value is passed over. ESO 2.9's default engine would panic over it. */
function readAll(
  context: EntryContext<FindEntry>,
  names: readonly string[],
): { readonly values: Values; readonly problems: readonly Problem[]; readonly leftOut: readonly LeftOut[] } {
  const { entry, fetched } = context;
  const type = findType(entry);
  const values = new Map<string, SecretValue>();
  const problems: Problem[] = [];
  const gone: string[] = [];
  const empty: string[] = [];
  for (const name of names) {
    const read = fetched.get(entry.store, { type, name });
    if (read.kind === 'failed') problems.push(problemAt(context, FIND, read.problem));
    else if (read.kind === 'absent') gone.push(name);
    else if (read.object.value === undefined) empty.push(name);
    else values.set(name, read.object.value);
  }
  const vanished = problems.length === 0 ? vanishedProblem(context, gone, names.length) : undefined;
  return {
    values,
    problems: vanished === undefined ? problems : [vanished],
    leftOut: [
      ...gone.map((name) => leftOutAt(context, FIND, name, 'vanished')),
      ...empty.map((name) => leftOutAt(context, FIND, name, 'no-value')),
    ],
  };
}

/** What a rewrite gives an empty name; where values are merged, names have no part in it. */
export function namesWithoutKey(context: EntryContext<FindEntry>, names: readonly string[]): readonly string[] {
  const { entry, environment, account } = context;
  if (entry.rewrite.some(({ kind }) => kind === 'merge')) return [];
  const result = rewriteNames(names, entry.rewrite, environment, account);
  return 'problem' in result ? [] : names.filter((_, index) => result.names[index] === '');
}
