/**
 * Finalizers of custom resources, as ESO 2.9 has them: a PushSecret that deletes with itself stays until that is done,
 * and so does a store as long as such a PushSecret uses it. Where the right to set them is not there, records alone
 * remember what is left: nothing fails for it.
 */
import { isDeleting, isHeldBy, PUSH_FINALIZER, STORE_FINALIZER } from '../../core/model/lifecycle.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import type { Store } from '../../core/model/store.ts';
import { isManaged, type StoreWorld } from '../../core/resolve/stores.ts';
import { pushStores } from '../../core/resolve/push-stores.ts';
import { failureOf } from '../../ports/errors.ts';
import type { AppliedPush } from './apply-pushes.ts';
import type { Ports } from './ports.ts';

/** Before anything is written. */
export async function holdPushes(intents: readonly PushIntent[], ports: Ports): Promise<void> {
  for (const intent of intents) {
    if (intent.owner === undefined || isDeleting(intent)) continue;
    const isHeld = isHeldBy(intent, PUSH_FINALIZER);
    if (intent.deletionPolicy === 'Delete' && !isHeld) await change('hold', intent.ref, PUSH_FINALIZER, ports);
    if (intent.deletionPolicy === 'None' && isHeld) await change('release', intent.ref, PUSH_FINALIZER, ports);
  }
}

/** PushSecrets that were to go, and of which nothing is left. */
export async function releaseEnded(applied: readonly AppliedPush[], ports: Ports): Promise<readonly ObjectRef[]> {
  const ended = applied.filter(
    ({ item, left }) => item.isEnding === true && item.verdict !== 'failed' && left !== true,
  );
  for (const { item } of ended) await change('release', item.intent.ref, PUSH_FINALIZER, ports);
  return ended.map(({ item }) => item.intent.ref);
}

/** Stores of our class: held while a PushSecret under Delete uses them. `ended`: those that do so no more. */
export async function holdStores(
  world: StoreWorld,
  { intents, ended }: { readonly intents: readonly PushIntent[]; readonly ended: readonly ObjectRef[] },
  ports: Ports,
): Promise<void> {
  const gone = new Set(ended.map(refText));
  const deleting = intents.filter(({ ref, deletionPolicy }) => deletionPolicy === 'Delete' && !gone.has(refText(ref)));
  const used = new Set(
    deleting.flatMap((intent) =>
      pushStores(intent, world, 'also-deleting').usable.map(({ store }) => refText(store.ref)),
    ),
  );
  for (const store of world.stores.values()) {
    if (store.lifecycle === undefined || !isManaged(store, world)) continue;
    await holdStore(store, used.has(refText(store.ref)), ports);
  }
}

async function holdStore(store: Store, isUsed: boolean, ports: Ports): Promise<void> {
  const isHeld = isHeldBy(store, STORE_FINALIZER);
  if (isUsed && !isHeld && !isDeleting(store)) await change('hold', store.ref, STORE_FINALIZER, ports);
  if (!isUsed && isHeld) await change('release', store.ref, STORE_FINALIZER, ports);
}

async function change(
  what: 'hold' | 'release',
  ref: ObjectRef,
  finalizer: string,
  { finalizers, logger }: Ports,
): Promise<void> {
  if (finalizers === undefined) return;
  try {
    await finalizers[what](ref, finalizer);
  } catch (error) {
    const { kind, message } = failureOf(error);
    const level = kind === 'Forbidden' && what === 'hold' ? 'debug' : 'warn';
    logger[level](
      `${refText(ref)}: its finalizer ${finalizer} could not be ${what === 'hold' ? 'set' : 'taken off'}: ${message}`,
    );
  }
}
