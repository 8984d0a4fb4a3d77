/** A SyncState as it is written down where there is no status: JSON or YAML, times in whole seconds. Never a value. */
import { marksOf, type Condition, type Marks, type SyncState } from './condition.ts';
import { compareRefs, type ObjectRef } from './object-ref.ts';

export interface SyncRecord extends Marks {
  readonly binding?: string;
  readonly conditions?: readonly Condition[];
  readonly lastTarget?: string;
  /** RFC 3339. */
  readonly refreshTime?: string;
  readonly syncedResourceVersion?: string;
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
  };
}

export function fromRecord(record: SyncRecord): SyncState {
  const { refreshTime, binding = '', conditions = [], ...others } = record;
  const time = new Date(refreshTime ?? Number.NaN);
  return { ...others, binding, conditions, ...(Number.isNaN(time.getTime()) ? {} : { refreshTime: time }) };
}

/** The ExternalSecrets among objects that are written as `ExternalSecret shop/orders-db`, sorted. */
export function externalSecretsOf(texts: readonly string[]): readonly ObjectRef[] {
  return texts
    .flatMap((text): readonly ObjectRef[] => {
      const [, namespace, name] = /^ExternalSecret ([^/\s]+)\/([^/\s]+)$/u.exec(text) ?? [];
      return namespace === undefined || name === undefined ? [] : [{ kind: 'ExternalSecret', namespace, name }];
    })
    .sort(compareRefs);
}

/** RFC 3339 without fractions, as Kubernetes writes times. */
export function wholeSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/u, 'Z');
}
