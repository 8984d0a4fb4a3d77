/**
 * What is remembered of a PushSecret, read back from where somebody else may have edited it: a status, a ConfigMap, a
 * file. What is not as it was written counts as absent, entry by entry: of what is not remembered nothing is deleted.
 */
import type { PushedObject, SyncedPushSecrets, SyncState } from './condition.ts';
import { isRecord, type Fields } from './fields.ts';

export type PushMemory = Pick<SyncState, 'syncedPushSecrets' | 'pushed'>;

/** Of unknown content; nothing of what there is none of, as ESO leaves out an empty map. */
export function pushMemoryOf(content: { readonly [Name in keyof PushMemory]?: unknown }): PushMemory {
  const synced = syncedOf(content.syncedPushSecrets);
  const pushed = pushedOf(content.pushed);
  return {
    ...(Object.keys(synced).length === 0 ? {} : { syncedPushSecrets: synced }),
    ...(pushed.length === 0 ? {} : { pushed }),
  };
}

function syncedOf(value: unknown): SyncedPushSecrets {
  return records(value, (entries) => records(entries, (entry) => structuredClone(entry)));
}

function records<Content>(value: unknown, read: (record: Fields) => Content): Readonly<Record<string, Content>> {
  if (!isRecord(value)) return {};
  const known = Object.entries(value).filter((entry): entry is [string, Fields] => isRecord(entry[1]));
  return Object.fromEntries(known.map(([name, record]) => [name, read(record)]));
}

function pushedOf(value: unknown): readonly PushedObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter(isPushedObject).map((object) => structuredClone(object));
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const orAbsent =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const FORM: Readonly<Record<keyof PushedObject, Check>> = {
  vaultUrl: isText,
  type: (value) => value === 'secret' || value === 'key' || value === 'cert',
  name: isText,
  store: isText,
  version: orAbsent(isText),
  properties: orAbsent(isTexts),
  tags: isTexts,
  expires: orAbsent(Number.isSafeInteger),
  chain: orAbsent(isText),
  source: orAbsent(isText),
  writing: orAbsent(isText),
  parent: orAbsent(isText),
  deletes: orAbsent((value) => value === true),
};

function isPushedObject(value: unknown): value is PushedObject {
  return isRecord(value) && Object.entries(FORM).every(([field, fits]) => fits(value[field]));
}
