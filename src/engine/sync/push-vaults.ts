/** The vaults that a PushSecret writes to, or did write to, opened. */
import type { PushIntent } from '../../core/model/push-intent.ts';
import { refText } from '../../core/model/object-ref.ts';
import { normalVaultUrl } from '../../core/model/vault-object.ts';
import type { LocatedFault, PushOwnership } from '../../core/plan/push/push-input.ts';
import { vaultOf } from '../../core/plan/push/recorded.ts';
import { pushStores, storeRefOf, type PushStore } from '../../core/resolve/push-stores.ts';
import { storeObjectRef } from '../../core/resolve/stores.ts';
import { PortError } from '../../ports/errors.ts';
import type { Provider } from '../../ports/provider.ts';
import type { PlannedSecrets } from './push-sources.ts';
import type { Session } from './session.ts';

export interface PushSession {
  readonly session: Session;
  readonly planned: PlannedSecrets;
  readonly ownership: PushOwnership;
  /** False: no source Secret is read, and vaults tell what they tell without values. */
  readonly withValues: boolean;
}

export interface OpenPushStore extends PushStore {
  readonly vaultUrl: string;
  readonly vault: string;
  readonly provider: Provider;
}

export async function openStores(
  intent: PushIntent,
  stores: readonly PushStore[],
  { session }: PushSession,
): Promise<{ readonly open: readonly OpenPushStore[]; readonly faults: readonly LocatedFault[] }> {
  const open: OpenPushStore[] = [];
  const faults: LocatedFault[] = [];
  for (const one of stores) {
    const opened = await session.stores.open(one.ref, intent.ref.namespace);
    const { key: store, path } = one;
    if ('finding' in opened) faults.push({ ...opened.finding, path, store });
    else if (one.store.provider.type !== 'azurekv') faults.push({ ...READ_ONLY, path, store });
    else {
      const vaultUrl = normalVaultUrl(one.store.provider.vaultUrl);
      open.push({ ...one, provider: opened.provider, vaultUrl, vault: vaultOf(vaultUrl) });
    }
  }
  return { open, faults };
}

const READ_ONLY = {
  code: 'push-read-only',
  what: 'names a store that can only be read',
  fix: 'Push to a store of Azure Key Vault (azurekv).',
};

export function placeOf(intent: PushIntent, open: readonly OpenPushStore[], { session }: PushSession) {
  return (store: string) => {
    const known = open.find(({ key }) => key === store);
    if (known !== undefined) return { vaultUrl: known.vaultUrl, vault: known.vault };
    const there = session.stores.world.stores.get(refText(storeObjectRef(storeRefOf(store), intent.ref.namespace)));
    if (there?.provider.type !== 'azurekv') return { unreachable: 'is not there any more' };
    const vaultUrl = normalVaultUrl(there.provider.vaultUrl);
    return { vaultUrl, vault: vaultOf(vaultUrl) };
  };
}

/** Stores that no reference names any more. */
export async function openOthers(
  intent: PushIntent,
  recorded: readonly { readonly store: string }[],
  known: readonly OpenPushStore[],
  push: PushSession,
): Promise<readonly OpenPushStore[]> {
  const keys = new Set(recorded.map(({ store }) => store).filter((key) => known.every((one) => one.key !== key)));
  const refs = [...keys].map(storeRefOf);
  const named =
    refs.length === 0 ? [] : pushStores({ ...intent, stores: refs }, push.session.stores.world, 'also-deleting').usable;
  return (await openStores(intent, named, push)).open;
}

/** The store of a change, opened as the reads of it were. */
export async function providerOf(store: string, intent: PushIntent, push: PushSession): Promise<Provider> {
  const [open] = await openOthers(intent, [{ store }], [], push);
  if (open !== undefined) return open.provider;
  throw new PortError({
    kind: 'NotFound',
    code: 'StoreGone',
    what: `${store} cannot be used any more`,
    fix: 'Put it back, and run again.',
  });
}
