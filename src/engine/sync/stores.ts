/** Opens each store once per run and namespace, and tells stores' conditions where stores are custom resources. */
import { messageText, say } from '../../core/model/message.ts';
import type { StoreStatus } from '../../core/model/condition.ts';
import type { StoreRef } from '../../core/model/intent.ts';
import { isClusterWide } from '../../core/model/kinds.ts';
import { isDeleting } from '../../core/model/lifecycle.ts';
import { refText } from '../../core/model/object-ref.ts';
import { inOneLine } from '../../core/model/shown.ts';
import type { Store } from '../../core/model/store.ts';
import { setCondition } from '../../core/plan/status.ts';
import { isManaged, isStore, resolveStore, type StoreFinding, type StoreWorld } from '../../core/resolve/stores.ts';
import { asPortError, type PortError } from '../../ports/errors.ts';
import type { ProviderReader, ProviderFactory } from '../../ports/provider.ts';
import type { Ports } from './ports.ts';
import { record } from './publish.ts';
import { findingOf } from './findings.ts';

export type Opened = { readonly store: Store; readonly provider: ProviderReader } | { readonly finding: StoreFinding };

type OpenResult = { readonly provider: ProviderReader } | { readonly error: PortError };

export class OpenStores {
  readonly #world: StoreWorld;
  readonly #factory: ProviderFactory;
  readonly #opened = new Map<string, Promise<OpenResult>>();

  constructor(world: StoreWorld, factory: ProviderFactory) {
    this.#world = world;
    this.#factory = factory;
  }

  get world(): StoreWorld {
    return this.#world;
  }

  /** The store that a reference names, opened, or why not. Never rejects for what a user did. */
  async open(ref: StoreRef, namespace: string): Promise<Opened> {
    const store = resolveStore(ref, namespace, this.#world);
    if (!isStore(store)) return { finding: store };
    const result = await this.openStore(store, namespace);
    if ('provider' in result) return { store, provider: result.provider };
    const { code, what, fix } = findingOf(result.error);
    return { finding: { code, what: say`names ${refText(store.ref)}, which cannot be used: ${what}`, fix } };
  }

  openStore(store: Store, namespace: string): Promise<OpenResult> {
    const key = `${refText(store.ref)} ${isClusterWide(store.ref.kind) ? namespace : ''}`;
    const known = this.#opened.get(key);
    if (known !== undefined) return known;
    const fresh = this.#factory.open(store, namespace).then(
      (provider) => ({ provider }),
      (error: unknown) => ({ error: asPortError(error) }),
    );
    this.#opened.set(key, fresh);
    return fresh;
  }
}

/** ESO 2.9, 5.1: conditions and Events of every store of our class that is to stay. Nothing is asked of the vault. */
export async function reportStores(stores: OpenStores, ports: Ports): Promise<void> {
  for (const store of stores.world.stores.values()) {
    if (isManaged(store, stores.world) && !isDeleting(store))
      await record(store.ref, ports, () => reportStore(store, stores, ports));
  }
}

async function reportStore(store: Store, stores: OpenStores, ports: Ports): Promise<void> {
  const before = await ports.state.readStore(store.ref);
  const result = store.isReferent ? undefined : await stores.openStore(store, store.ref.namespace ?? '');
  const error = result !== undefined && 'error' in result ? result.error : undefined;
  const message =
    error === undefined
      ? undefined
      : inOneLine((ports.redact ?? String)(messageText(say`${error.what}. ${error.fix}`)));
  const status = storeStatus(store, before, { message, now: ports.clock.now() });
  if (message !== undefined) {
    await ports.publisher.event(store.ref, { type: 'Warning', reason: 'InvalidProviderConfig', message });
  } else if (status.conditions !== before?.conditions) {
    await ports.publisher.event(store.ref, { type: 'Normal', reason: 'Valid', message: 'store validated' });
  }
  if (status.conditions !== before?.conditions) await ports.state.writeStore(store.ref, status);
}

function storeStatus(
  { capabilities }: Store,
  before: StoreStatus | undefined,
  { message, now }: { readonly message: string | undefined; readonly now: Date },
): StoreStatus {
  const conditions = before?.conditions ?? [];
  if (message === undefined) {
    const valid = { type: 'Ready', status: 'True', reason: 'Valid', message: 'store validated' } as const;
    return { conditions: setCondition(conditions, valid, now), capabilities };
  }
  const invalid = { type: 'Ready', status: 'False', reason: 'InvalidProviderConfig', message } as const;
  return { ...before, conditions: setCondition(conditions, invalid, now) };
}
