/**
 * One entry of `dataTo` over the keys of a Secret: which keys it takes, and under which names they are written.
 *
 * ESO 2.9, 6.5: names are converted, then searched, then rewritten, in the order of their bytes. With `remoteKey` all of
 * them become one JSON object. What is wrong with one name is wrong with the entry: none of its keys is written.
 */
import { compareBytes } from '../go/go-hash.ts';
import { regexpFault } from '../go/regexp.ts';
import type { FieldPath } from '../model/origin.ts';
import { pushEntryPath, type PushDataToEntry, type PushFault } from '../model/push-intent.ts';
import { shortList } from '../model/short-list.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { fittingNames } from '../transform/find.ts';
import { rewriteNames } from '../transform/rewrite.ts';
import { reverseNames } from './reverse-unicode.ts';

/** What one vault object is made of. */
export interface DataToDraft {
  readonly entry: PushDataToEntry;
  readonly remoteKey: string;
  /** '' of a bundle. */
  readonly secretKey: string;
  /** The keys of a bundle by the names that they have in it. */
  readonly bundle?: ReadonlyMap<string, string>;
}

export function expandDataTo(
  entry: PushDataToEntry,
  keys: readonly string[],
  environment: TemplateEnvironment,
): readonly DataToDraft[] | PushFault {
  if (entry.remoteKey !== '' && entry.rewrite.length > 0) return rewriteOfBundle(entry);
  const reversed = reverseNames(keys, entry.conversion);
  if (reversed.kind === 'collision') return collisionFault([...pushEntryPath(entry), 'conversionStrategy'], reversed);
  const fitting = matchingNames(entry, [...reversed.names.values()]);
  if ('code' in fitting) return fitting;
  const taken = [...reversed.names]
    .filter(([, name]) => fitting.has(name))
    .map(([key, name]) => ({ key, name }))
    .sort((a, b) => compareBytes(a.name, b.name));
  if (taken.length === 0) return [];
  return entry.remoteKey === '' ? eachKey(entry, taken, environment) : [bundleOf(entry, taken)];
}

interface TakenKey {
  readonly key: string;
  readonly name: string;
}

function bundleOf(entry: PushDataToEntry, taken: readonly TakenKey[]): DataToDraft {
  const bundle = new Map(taken.map(({ name, key }) => [name, key]));
  return { entry, remoteKey: entry.remoteKey, secretKey: '', bundle };
}

function eachKey(
  entry: PushDataToEntry,
  taken: readonly TakenKey[],
  environment: TemplateEnvironment,
): readonly DataToDraft[] | PushFault {
  const names = taken.map(({ name }) => name);
  const rewritten = rewriteNames(names, entry.rewrite, environment, new Account(DEFAULT_LIMITS));
  if ('problem' in rewritten) {
    const { code, what, fix } = rewritten.problem;
    return { code, path: [...pushEntryPath(entry), 'rewrite', rewritten.step], what, fix };
  }
  const nameless = taken.filter((_, index) => rewritten.names[index] === '').map(({ name }) => name);
  if (nameless.length > 0) return emptyName(entry, nameless);
  return taken.map(({ key }, index) => ({ entry, secretKey: key, remoteKey: rewritten.names[index] ?? '' }));
}

/** ESO 2.9: RE2, found anywhere in the name. */
function matchingNames(entry: PushDataToEntry, names: readonly string[]): ReadonlySet<string> | PushFault {
  if (entry.match === '') return new Set(names);
  const path = [...pushEntryPath(entry), 'match', 'regexp'];
  const fault = regexpFault(entry.match);
  if (fault === 'size') return tooCostly(path);
  if (fault === 'syntax') {
    const fix = 'Correct it; look-around and back-references do not exist in RE2.';
    return { code: 'regexp', path, what: 'is not a regular expression (RE2)', fix };
  }
  const listed = names.map((name) => ({ name }));
  for (const search = fittingNames(listed, entry.match); ;) {
    const piece = search.next();
    if (piece.done === true) return piece.value === 'too-costly' ? tooCostly(path) : piece.value;
  }
}

function tooCostly(path: FieldPath): PushFault {
  return { code: 'regexp', path, what: 'takes too much work to be searched', fix: 'Write a shorter expression.' };
}

/** ESO 2.9: `secret name collision during conversion: …`. */
export function collisionFault(
  path: FieldPath,
  { name, keys }: { readonly name: string; readonly keys: readonly string[] },
): PushFault {
  const what = `makes "${name}" of more than one key: ${shortList(keys)}`;
  return {
    code: 'key-collision',
    path,
    what,
    fix: 'Rename one of them in the Secret, or set conversionStrategy to None.',
  };
}

/** ESO 2.9: `remoteKey and rewrite are mutually exclusive`. */
function rewriteOfBundle(entry: PushDataToEntry): PushFault {
  const path = [...pushEntryPath(entry), 'rewrite'];
  const what = 'stands beside remoteKey, which puts all keys into one object and renames none';
  return { code: 'data-to-rewrite', path, what, fix: 'Remove one of the two.' };
}

/** ESO 2.9: `empty remote key produced for source key …`. */
function emptyName(entry: PushDataToEntry, names: readonly string[]): PushFault {
  const path = [...pushEntryPath(entry), 'rewrite'];
  const what = `leaves no name for ${shortList(names)}`;
  return { code: 'remote-key-empty', path, what, fix: 'Change it so that every key keeps a name, or narrow match.' };
}
