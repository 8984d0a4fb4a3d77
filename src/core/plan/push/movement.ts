/**
 * Who has moved since the last pass, the vault or the source; and what is remembered before a pass writes, so that the
 * next can tell what a pass that broke off has written from what somebody else has.
 */
import type { PushedObject, SyncState } from '../../model/condition.ts';
import type { PushPlan, VaultPatch, VaultSet } from '../../model/push-plan.ts';
import type { FetchedObject } from '../../model/vault.ts';
import { vaultRefKey } from '../../model/vault-object.ts';
import { sourceOf } from './object-write.ts';
import { contentMark } from './source-hash.ts';
import type { WantedObject } from './wanted-objects.ts';

export interface Movement {
  readonly vault: boolean;
  readonly source: boolean;
}

/** `undefined` where nothing is remembered of it. */
export function movement(
  record: PushedObject | undefined,
  live: FetchedObject,
  wanted: WantedObject,
): Movement | undefined {
  if (record?.version === undefined) return undefined;
  const hasMoved = record.version !== live.version;
  if (hasMoved && isLeftByUs(record, live, wanted)) return { vault: false, source: true };
  const source = sourceOf(wanted);
  return { vault: hasMoved, source: record.source === undefined || record.source !== source };
}

function isLeftByUs(
  { writing }: PushedObject,
  { value }: FetchedObject,
  { target, entries: [{ uid }] }: WantedObject,
): boolean {
  return writing !== undefined && contentMark(target.type, value, uid) === writing;
}

/** What is to be remembered before this plan writes; `undefined` = as it is. */
export function stateAhead({ changes }: PushPlan, before: SyncState): SyncState | undefined {
  const records = new Map((before.pushed ?? []).map((record) => [vaultRefKey(record), record]));
  for (const change of changes) {
    if (change.action === 'remove' || change.mark === undefined) continue;
    const key = vaultRefKey(change.target);
    records.set(key, recordAhead(change, records.get(key)));
  }
  const pushed = [...records.values()];
  return JSON.stringify(pushed) === JSON.stringify(before.pushed ?? []) ? undefined : { ...before, pushed };
}

/** What may be there afterwards is remembered beside what was: tags and members that either of them has are ours. */
export function recordAhead(
  { pushed, mark, precondition }: VaultSet | VaultPatch,
  record: PushedObject | undefined,
): PushedObject {
  const writing = mark === undefined ? {} : { writing: mark };
  if (record !== undefined) {
    const properties = both(record.properties, pushed.properties);
    const members = record.properties === undefined ? {} : { properties };
    return { ...record, tags: both(record.tags, pushed.tags), ...members, ...writing };
  }
  const { version, chain, ...others } = pushed;
  const isNew = typeof precondition === 'string' && version === undefined;
  return { ...others, ...(isNew && chain !== undefined ? { chain } : {}), ...writing };
}

function both(one: readonly string[] = [], other: readonly string[] = []): readonly string[] {
  return [...new Set([...one, ...other])].sort();
}
