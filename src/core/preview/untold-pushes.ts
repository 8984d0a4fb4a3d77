/** Pushes of a plan without values: which objects the manifest names, and that their values are not known. */
import {
  pushEntryPath,
  type PushDataEntry,
  type PushDataToEntry,
  type PushFault,
  type PushIntent,
} from '../model/push-intent.ts';
import type { PushPlan } from '../model/push-plan.ts';
import { secretRef } from '../model/secret.ts';
import type { PlannedPushes } from '../plan/push/plan-pushes.ts';
import type { LocatedFault, WantedEntry } from '../plan/push/push-input.ts';
import { isDataToFor } from '../push/store-refs.ts';
import { parseKey } from '../transform/parse-key.ts';
import { remoteKeyFault } from '../transform/remote-names.ts';
import type { PushStore } from '../resolve/push-stores.ts';

export interface PlacedPushStore extends PushStore {
  readonly vaultUrl: string;
  readonly vault: string;
}

/** Entries of `data`, and bundles; what single keys of `dataTo` are called only the Secret tells. */
export function untoldEntries(
  intent: PushIntent,
  stores: readonly PlacedPushStore[],
): { readonly entries: readonly WantedEntry[]; readonly faults: readonly LocatedFault[] } {
  const made = stores.flatMap((store) => {
    const labels = store.store.labels;
    const bundles = intent.dataTo.filter((entry) => entry.remoteKey !== '' && isDataToFor(entry, { ...store, labels }));
    return [...bundles, ...intent.data].map((entry) => untoldEntry(intent, entry, store));
  });
  return {
    entries: made.filter((one): one is WantedEntry => 'target' in one),
    faults: made.filter((one): one is LocatedFault => !('target' in one)),
  };
}

function untoldEntry(
  { ref, source }: PushIntent,
  entry: PushDataEntry | PushDataToEntry,
  { key: store, vaultUrl, vault }: PlacedPushStore,
): WantedEntry | LocatedFault {
  const field = pushEntryPath(entry);
  const path = [...field, ...(entry.kind === 'data' ? ['match', 'remoteRef', 'remoteKey'] : ['remoteKey'])];
  const finding = remoteKeyFault(entry.remoteKey);
  const parsed = parseKey(entry.remoteKey);
  if (finding !== undefined || 'unknownType' in parsed) {
    const fault: PushFault = {
      code: 'remote-key-invalid',
      what: 'names no object',
      fix: 'Correct it.',
      ...finding,
      path,
    };
    return { ...fault, store };
  }
  const property = entry.kind === 'data' ? entry.property : '';
  return {
    store,
    reference: property === '' ? entry.remoteKey : `${entry.remoteKey}/${property}`,
    written: entry.written,
    field,
    from: secretRef(ref.namespace, source.kind === 'secret' ? source.name : ''),
    uid: '',
    keys: entry.kind === 'data' && entry.secretKey !== '' ? [entry.secretKey] : ['*'],
    property,
    target: { kind: 'vault-object', vaultUrl, vault, ...parsed },
    metadata: entry.metadata,
    value: { type: 'untold' },
  };
}

const UNREAD = 'values are not read';

/** What would be unchanged may be another value. */
export function withoutValues({ pushes, ...rest }: PlannedPushes): PlannedPushes {
  return { ...rest, pushes: pushes.map(unknown) };
}

function unknown(item: PushPlan): PushPlan {
  const isOpen = item.verdict === 'unchanged' && (item.entries.length > 0 || item.intent.dataTo.length > 0);
  return isOpen ? { ...item, verdict: 'unknown', reason: UNREAD } : item;
}
