/** A SyncState as it is written down where there is no status: JSON or YAML, times in whole seconds. Never a value. */
import { marksOf, type Condition, type Marks, type StoreStatus, type SyncState } from './condition.ts';
import { roleOf, type IntentRole } from './kinds.ts';
import { compareRefs, type ObjectRef } from './object-ref.ts';

export interface SyncRecord extends Marks {
  readonly binding?: string;
  readonly conditions?: readonly Condition[];
  readonly lastTarget?: string;
  /** RFC 3339. */
  readonly refreshTime?: string;
  readonly syncedResourceVersion?: string;
}

/** All that is remembered. Keys are object references as text: `ExternalSecret shop/orders-db`. */
export interface StateRecords {
  readonly objects: Readonly<Record<string, SyncRecord>>;
  readonly stores: Readonly<Record<string, StoreStatus>>;
}

/** Written beside the records; raised when older programs would misread them. */
export const RECORDS_VERSION = 1;

export function toRecord(state: SyncState): SyncRecord {
  const { refreshTime, syncedResourceVersion, binding, conditions, lastTarget } = state;
  return {
    ...(binding === '' ? {} : { binding }),
    ...(conditions.length === 0 ? {} : { conditions: structuredClone(conditions) }),
    ...(lastTarget === undefined ? {} : { lastTarget }),
    ...(refreshTime === undefined ? {} : { refreshTime: wholeSeconds(refreshTime) }),
    ...(syncedResourceVersion === undefined ? {} : { syncedResourceVersion }),
    ...marksOf(state),
  };
}

export function fromRecord(record: SyncRecord): SyncState {
  const { refreshTime, binding = '', conditions = [], ...others } = record;
  const time = new Date(refreshTime ?? Number.NaN);
  return { ...others, binding, conditions, ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }) };
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
