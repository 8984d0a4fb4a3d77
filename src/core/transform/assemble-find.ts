/** `spec.dataFrom[].find`: every secret of a vault that matches, under its own name. */
import type { FindEntry } from '../model/intent.ts';
import { plural } from '../model/plural.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import type { ListedObject } from '../model/vault.ts';
import {
  errorOf,
  problemAt,
  unreadableAt,
  type EntryContext,
  type EntryOutcome,
  type Values,
} from './entry-outcome.ts';
import { nothingFound, type SeenNames } from './find-nothing.ts';
import { matchFind } from './find.ts';
import { finishMap } from './finish-values.ts';
import { latestSecret } from './remote-object.ts';
import { vanishedProblem } from './vanished.ts';

const FIND = ['find'] as const;
const NAME = ['find', 'name', 'regexp'] as const;

/** Lists, reads each match, converts, checks, decodes. A match that cannot be read fails the whole entry. */
export function assembleFind(context: EntryContext<FindEntry>): EntryOutcome {
  const { entry, fetched } = context;
  const listed = fetched.list(entry.store);
  if (listed.kind === 'failed') return unreadableAt(context, FIND, listed.problem);
  const fitting = fetched.fittingNames(entry);
  if (fitting === 'too-costly') return { kind: 'failed', problems: [findTooCostly(context, listed.items)] };
  const names = matchFind(listed.items, entry.find, fitting);
  const read = readAll(context, names);
  if (hasErrors(read.problems)) return { kind: 'unreadable', problems: read.problems };
  const result = finishMap(read.values, entry.find, { ...context, rewrite: entry.rewrite });
  if (result.kind === 'refused') {
    const { problems, path = FIND } = result;
    return { kind: 'failed', problems: problems.map((problem) => problemAt(context, path, problem)) };
  }
  const nothing = names.length === 0 ? [findEmpty(context, { listed: listed.items, fitting })] : [];
  return { kind: 'values', values: result.values, warnings: [...nothing, ...read.problems] };
}

/** That a find takes nothing is no mistake by itself, but mostly a wrong pattern. */
export function findEmpty(context: EntryContext<FindEntry>, names: SeenNames): Problem {
  const { entry, fetched } = context;
  return problemAt(context, FIND, nothingFound(names, entry.find, fetched.describe(entry.store)));
}

export function findTooCostly(context: EntryContext<FindEntry>, listed: readonly ListedObject[]): Problem {
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
): { readonly values: Values; readonly problems: readonly Problem[] } {
  const { entry, fetched } = context;
  const values = new Map<string, SecretValue>();
  const problems: Problem[] = [];
  const gone: string[] = [];
  for (const name of names) {
    const read = fetched.get(entry.store, latestSecret(name));
    if (read.kind === 'failed') problems.push(problemAt(context, FIND, read.problem));
    else if (read.kind === 'absent') gone.push(name);
    else if (read.object.value !== undefined) values.set(name, read.object.value);
  }
  const vanished = problems.length === 0 ? vanishedProblem(context, gone, names.length) : undefined;
  return { values, problems: vanished === undefined ? problems : [vanished] };
}
