/** What an installation carries out, in both directions. Whoever asks for rights, places or times asks for all of it. */
import type { ClusterPushIntent } from '../model/fan-out.ts';
import type { PullIntent } from '../model/intent.ts';
import { isClusterWide } from '../model/kinds.ts';
import { plural } from '../model/plural.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import { selects } from '../resolve/stores.ts';

export interface DeployedIntents {
  readonly intents: readonly PullIntent[];
  readonly pushes: readonly PushIntent[];
  /** In which namespaces their PushSecrets are is known in the cluster only, and changes. */
  readonly clusterPushes: readonly ClusterPushIntent[];
}

export type NamespacedIntent = PullIntent | PushIntent;

export function namespacedIntents({ intents, pushes }: Omit<DeployedIntents, 'clusterPushes'>): readonly NamespacedIntent[] {
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
    [pushes.length, 'PushSecret'],
    [clusterPushes.length, 'ClusterPushSecret'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, kind]) => plural(count, kind))
    .join(' and ');
}

/** Does it name this store, or choose it by a label? */
export function uses(intent: NamespacedIntent, store: Store): boolean {
  const { ref } = store;
  if (!isClusterWide(ref.kind) && intent.ref.namespace !== ref.namespace) return false;
  if (intent.storeRefs.some(({ kind, name }) => kind === ref.kind && name === ref.name)) return true;
  return intent.kind === 'push' && choosesByLabel(intent, store);
}

function choosesByLabel({ stores }: PushIntent, { ref, labels }: Store): boolean {
  return stores.some(
    ({ kind, labelSelector }) => kind === ref.kind && labelSelector !== undefined && selects(labelSelector, labels),
  );
}
