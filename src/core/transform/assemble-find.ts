/** `spec.dataFrom[].find`: every secret of a vault that matches, under its own name. */
import type { FindEntry } from '../model/intent.ts';
import type { Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import {
  errorOf,
  problemAt,
  unreadableAt,
  type EntryContext,
  type EntryOutcome,
  type Values,
} from './entry-outcome.ts';
import { matchFind } from './find.ts';
import { finishMap } from './finish-values.ts';
import { latestSecret } from './remote-object.ts';

const FIND = ['find'] as const;

/**
 * Lists, reads each match, converts, checks, decodes.
 *
 * ESO 2.9: a match that is gone when it is read makes the whole entry count as absent; any other failure fails it.
 */
export function assembleFind(context: EntryContext<FindEntry>): EntryOutcome {
  const { entry, fetched } = context;
  const listed = fetched.list(entry.store);
  if (listed.kind === 'failed') return unreadableAt(context, FIND, listed.problem);
  const read = readAll(context, matchFind(listed.items, entry.find));
  if (read.kind !== 'read') return read;
  const result = finishMap(read.values, entry.find, { ...context, rewrite: entry.rewrite });
  if (result.kind === 'refused') {
    const { problems, path = FIND } = result;
    return { kind: 'failed', problems: problems.map((problem) => problemAt(context, path, problem)) };
  }
  return { kind: 'values', values: result.values, warnings: [] };
}

type ReadAll = EntryOutcome | { readonly kind: 'read'; readonly values: Values };

/** A secret without a value is passed over. ESO 2.9's default engine would panic over it. */
function readAll(context: EntryContext<FindEntry>, names: readonly string[]): ReadAll {
  const { entry, fetched } = context;
  const values = new Map<string, SecretValue>();
  const problems: Problem[] = [];
  let gone: string | undefined;
  for (const name of names) {
    const read = fetched.get(entry.store, latestSecret(name));
    if (read.kind === 'failed') problems.push(problemAt(context, FIND, read.problem));
    else if (read.kind === 'absent') gone ??= name;
    else if (read.object.value !== undefined) values.set(name, read.object.value);
  }
  if (problems.length > 0) return { kind: 'unreadable', problems };
  return gone === undefined ? { kind: 'read', values } : { kind: 'absent', problem: goneProblem(context, gone) };
}

function goneProblem(context: EntryContext<FindEntry>, name: string): Problem {
  const place = context.fetched.describe(context.entry.store);
  const what = `matched "${name}", which was deleted from ${place} before it could be read`;
  const fix = 'Run again; set target.deletionPolicy to Merge if secrets come and go.';
  return problemAt(context, FIND, errorOf('remote-object-absent', what, fix));
}
