/** What an installation carries out, in both directions. Whoever asks for rights, places or times asks for all of it. */
import type { ClusterPushIntent } from '../model/fan-out.ts';
import type { PullIntent } from '../model/intent.ts';
import { isClusterWide } from '../model/kinds.ts';
import { plural } from '../model/plural.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import { selects } from '../model/label-selector.ts';

export interface DeployedIntents {
  readonly intents: readonly PullIntent[];
  readonly pushes: readonly PushIntent[];
  /** In which namespaces their PushSecrets are is known in the cluster only, and changes. */
  readonly clusterPushes: readonly ClusterPushIntent[];
}

export type NamespacedIntent = PullIntent | PushIntent;

/** Who reads a store, or writes to it. */
export interface StoreUser extends Pick<PullIntent, 'storeRefs'> {
  readonly ref: { readonly namespace: string };
  /** Those of a PushSecret, which may be chosen by label. */
  readonly stores?: PushIntent['stores'];
}

export function namespacedIntents({
  intents,
  pushes,
}: Omit<DeployedIntents, 'clusterPushes'>): readonly NamespacedIntent[] {
  return [...intents, ...pushes];
}

/** What a PushSecret of a ClusterPushSecret looks like, in a namespace that is not known yet. */
export function anyChildOf(clusterPush: ClusterPushIntent): PushIntent {
  return clusterPush.childIn('');
}

/** How many manifests a pass goes through. */
export function countOf({ intents, pushes, clusterPushes }: DeployedIntents): number {
  return intents.length + pushes.length + clusterPushes.length;
}

/** `3 ExternalSecrets`, `3 ExternalSecrets and 1 PushSecret`: those of both kinds. */
export function countText({ intents, pushes, clusterPushes }: DeployedIntents): string {
  const counts = [
    [intents.length, 'ExternalSecret'],
    [pushes.length, pushes[0]?.ref.kind],
    [clusterPushes.length, clusterPushes[0]?.ref.kind],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, kind = '']) => plural(count, kind))
    .join(' and ');
}

/** Does it name this store, or choose it by a label? */
export function uses(user: StoreUser, { ref, labels }: Store): boolean {
  if (!isClusterWide(ref.kind) && user.ref.namespace !== ref.namespace) return false;
  return (
    user.storeRefs.some(({ kind, name }) => kind === ref.kind && name === ref.name) ||
    (user.stores ?? []).some(
      ({ kind, labelSelector }) => kind === ref.kind && labelSelector !== undefined && selects(labelSelector, labels),
    )
  );
}
