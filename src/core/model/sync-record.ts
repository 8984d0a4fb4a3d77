/** A SyncState as it is written down where there is no status: JSON or YAML, times in whole seconds. Never a value. */
import {
  marksOf,
  type Condition,
  type Marks,
  type PushedObject,
  type StoreStatus,
  type SyncedPushSecrets,
  type SyncState,
} from './condition.ts';
import { isRecord } from './fields.ts';
import { roleOf, type IntentRole } from './kinds.ts';
import { compareRefs, type ObjectRef } from './object-ref.ts';
import { pushMemoryOf } from './push-record.ts';

export interface SyncRecord extends Marks {
  readonly binding?: string;
  readonly conditions?: readonly Condition[];
  readonly lastTarget?: string;
  /** RFC 3339. */
  readonly refreshTime?: string;
  readonly syncedResourceVersion?: string;
  readonly syncedPushSecrets?: SyncedPushSecrets;
  readonly pushed?: readonly PushedObject[];
}

/** All that is remembered. Keys are object references as text: `ExternalSecret shop/orders-db`. */
export interface StateRecords {
  readonly objects: Readonly<Record<string, SyncRecord>>;
  readonly stores: Readonly<Record<string, StoreStatus>>;
  /** As it was read: `installationIn` looks at it, so that a damaged one stops no pull and is never written over. */
  readonly installation?: unknown;
}

/** The newest that is known. */
export const RECORDS_VERSION = 2;

/**
 * Written beside the records. With the name of an installation it is one that older programs refuse: they would leave
 * the name out, and every vault object that was written would be somebody else's from then on.
 */
export function recordsVersion({ installation }: Pick<StateRecords, 'installation'>): number {
  return installation === undefined ? 1 : RECORDS_VERSION;
}

/** Is it a version of ours, of this program or an older one? */
export function isKnownVersion(version: unknown): boolean {
  return version === 1 || version === RECORDS_VERSION;
}

/** What is wrong with a name of an installation, and what to do about it. */
export interface DamagedInstallation {
  readonly what: string;
  readonly fix: string;
}

/**
 * The name of this installation in the tags of vaults; `undefined` = none was made yet.
 *
 * A damaged one is refused and never replaced: under a new name nothing that was written before would be ours.
 */
export function installationIn({
  installation,
}: Pick<StateRecords, 'installation'>): string | DamagedInstallation | undefined {
  if (installation === undefined) return undefined;
  if (typeof installation === 'string' && /^[0-9a-f]{16}$/u.test(installation)) return installation;
  return {
    what: 'has an "installation" that is not 16 hex digits',
    fix: 'Restore it: in vaults, it is the part before the slash in the tag keyferry-owner of what this installation wrote. If it wrote nothing, remove it.',
  };
}

export function toRecord(state: SyncState): SyncRecord {
  const { refreshTime, syncedResourceVersion, binding, conditions, lastTarget } = state;
  return {
    ...(binding === '' ? {} : { binding }),
    ...(conditions.length === 0 ? {} : { conditions: structuredClone(conditions) }),
    ...(lastTarget === undefined ? {} : { lastTarget }),
    ...(refreshTime === undefined ? {} : { refreshTime: wholeSeconds(refreshTime) }),
    ...(syncedResourceVersion === undefined ? {} : { syncedResourceVersion }),
    ...marksOf(state),
    ...pushMemoryOf(state),
  };
}

/** Of content that somebody else may have edited: what is not as it was written counts as absent. */
export function fromRecord(record: { readonly [Name in keyof SyncRecord]?: unknown }): SyncState {
  const { refreshTime, binding, conditions, lastTarget, syncedResourceVersion } = record;
  const time = new Date(isText(refreshTime) ? refreshTime : Number.NaN);
  return {
    ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }),
    ...(isText(syncedResourceVersion) && syncedResourceVersion !== '' ? { syncedResourceVersion } : {}),
    binding: isText(binding) ? binding : '',
    conditions: Array.isArray(conditions) ? (conditions.filter(isRecord) as readonly unknown[] as Condition[]) : [],
    ...(isText(lastTarget) ? { lastTarget } : {}),
    ...marksOf(record as Marks),
    ...pushMemoryOf(record),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Those of one role among objects that are written as `ExternalSecret shop/orders-db`, sorted. */
export function refsOf(role: IntentRole, texts: readonly string[]): readonly ObjectRef[] {
  return texts
    .flatMap((text): readonly ObjectRef[] => {
      const [, kind = '', namespace, name] = /^(\S+) ([^/\s]+)\/([^/\s]+)$/u.exec(text) ?? [];
      if (roleOf(kind) !== role || namespace === undefined || name === undefined) return [];
      return [{ kind, namespace, name }];
    })
    .sort(compareRefs);
}

/** RFC 3339 without fractions, as Kubernetes writes times. */
export function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/u, 'Z');
}
