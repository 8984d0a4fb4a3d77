/**
 * What it means that a secret which a find matched was not there when it was read.
 *
 * Somebody deleted it in between, or list and reads of the vault contradict each other. Neither makes a source absent:
 * under Delete that would take the whole Secret for one name that went.
 *
 * | of the matches            | Retain           | Delete, Merge                                               |
 * | ------------------------- | ---------------- | ----------------------------------------------------------- |
 * | some are gone             | the refresh fails | they are left out, with a warning                           |
 * | all are gone              | the refresh fails | the engine lists and reads again; still so: the entry fails |
 *
 * ESO 2.9 fails the refresh under Retain, and otherwise drops the whole entry.
 */
import type { FindEntry } from '../model/intent.ts';
import type { Problem } from '../model/problem.ts';
import { errorOf, problemAt, type EntryContext } from './entry-outcome.ts';
import type { Fetched } from './fetched.ts';
import { matchFind } from './find.ts';
import { findType } from './remote-object.ts';

const FIND = ['find'] as const;
/** More names than these make no message better. */
const MOST_NAMES = 3;

/** Whether nothing at all would be left of what a find matches, so that list and reads have to be asked once more. */
export function isAllVanished(entry: FindEntry, fetched: Fetched): boolean {
  const type = findType(entry);
  const listed = fetched.list(entry.store, type);
  if (listed.kind === 'failed') return false;
  const names = matchFind(listed.items, entry.find, fetched.fittingNames(entry), fetched.nowSeconds);
  return names.length > 0 && names.every((name) => fetched.get(entry.store, { type, name }).kind === 'absent');
}

/** What is told where `gone` of the `matched` names were not there; undefined where none is gone. */
export function vanishedProblem(
  context: EntryContext<FindEntry>,
  gone: readonly string[],
  matched: number,
): Problem | undefined {
  const [first] = gone;
  if (first === undefined) return undefined;
  if (context.intent.target.deletionPolicy === 'Retain') return retained(context, first);
  return gone.length === matched ? contradicted(context, gone) : leftOut(context, gone);
}

function retained(context: EntryContext<FindEntry>, name: string): Problem {
  const what = `matched "${name}", which was deleted from ${placeOf(context)} before it could be read`;
  const fix = 'Run again; set target.deletionPolicy to Merge if secrets come and go.';
  return problemAt(context, FIND, errorOf('remote-object-absent', what, fix));
}

function contradicted(context: EntryContext<FindEntry>, gone: readonly string[]): Problem {
  const what = `matched ${quoted(gone)}, which ${placeOf(context)} lists twice and does not have when it is read`;
  const fix = 'Nothing is changed for an answer that contradicts itself. Run again in a minute.';
  return problemAt(context, FIND, errorOf('match-vanished', what, fix));
}

function leftOut(context: EntryContext<FindEntry>, gone: readonly string[]): Problem {
  const what = `matched ${quoted(gone)}, deleted from ${placeOf(context)} before it could be read and left out`;
  const fix = 'Nothing needs to be done if that was meant; the next run lists the vault anew.';
  return problemAt(context, FIND, { severity: 'warning', code: 'match-vanished', what, fix });
}

function placeOf({ fetched, entry }: EntryContext<FindEntry>): string {
  return fetched.describe(entry.store);
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
