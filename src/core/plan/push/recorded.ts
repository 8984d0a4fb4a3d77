/** What a PushSecret has written so far: from its own records, and from the status that the operator left. */
import { parseKey } from '../../transform/parse-key.ts';
import { fieldsOf } from '../../model/fields.ts';
import type { PushedObject, SyncState } from '../../model/condition.ts';
import { vaultRefKey, type VaultRef } from '../../model/vault-object.ts';
import type { RecordedTarget } from './push-input.ts';

/** A store by its text: where its vault is, or why it cannot be used. */
export type StorePlace = (store: string) => Pick<VaultRef, 'vaultUrl' | 'vault'> | { readonly unreachable: string };

/** Each object once, in the order of their records. */
export function recordedTargets(state: SyncState | undefined, place: StorePlace): readonly RecordedTarget[] {
  const targets = new Map<string, RecordedTarget>();
  for (const record of state?.pushed ?? []) targets.set(vaultRefKey(record), ofRecord(record, place));
  for (const [store, entries] of Object.entries(state?.syncedPushSecrets ?? {})) {
    for (const [reference, written] of Object.entries(entries))
      addReference(targets, { store, reference, written }, place);
  }
  return [...targets.values()];
}

function ofRecord(record: PushedObject, place: StorePlace): RecordedTarget {
  const { vaultUrl, type, name, store, properties, tags, version, writing } = record;
  const at = place(store);
  const moved = 'vaultUrl' in at && at.vaultUrl !== vaultUrl;
  const unreachable = 'unreachable' in at ? at.unreachable : moved ? `has another vault now (${at.vault})` : undefined;
  return {
    target: { kind: 'vault-object', vaultUrl, vault: vaultOf(vaultUrl), type, name },
    store,
    references: [],
    ...(properties === undefined ? {} : { properties }),
    wroteTags: tags,
    isOurs: true,
    ...(version === undefined && writing !== undefined ? { isUnsure: true } : {}),
    ...(unreachable === undefined ? {} : { unreachable }),
  };
}

/** `kv-shop` of `https://kv-shop.vault.azure.net`. */
export function vaultOf(vaultUrl: string): string {
  const host = URL.canParse(vaultUrl) ? new URL(vaultUrl).hostname : vaultUrl;
  return host.split('.')[0] ?? host;
}

interface StatusEntry {
  readonly store: string;
  readonly reference: string;
  readonly written: Readonly<Record<string, unknown>>;
}

function addReference(targets: Map<string, RecordedTarget>, entry: StatusEntry, place: StorePlace): void {
  const { store, reference, written } = entry;
  const { remoteKey } = fieldsOf(fieldsOf(fieldsOf(written)['match'])['remoteRef']);
  const key = parseKey(typeof remoteKey === 'string' ? remoteKey : reference);
  if ('unknownType' in key || key.name === '') return;
  const at = place(store);
  const known = [...targets.values()].find(
    ({ target, store: by }) =>
      by === store && target.type === key.type && target.name.toLowerCase() === key.name.toLowerCase(),
  );
  if (known !== undefined) {
    targets.set(vaultRefKey(known.target), { ...known, references: [...known.references, reference] });
    return;
  }
  const { vaultUrl, vault } = 'vaultUrl' in at ? at : { vaultUrl: store, vault: store };
  const target: VaultRef = { kind: 'vault-object', vaultUrl, vault, type: key.type, name: key.name };
  const held = 'unreachable' in at ? { unreachable: at.unreachable } : {};
  targets.set(vaultRefKey(target), { target, store, references: [reference], wroteTags: [], isOurs: false, ...held });
}
