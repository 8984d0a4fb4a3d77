/** What stands in the cluster and in the state after a sync, as YAML for people: data as plain text. */
import { stringify } from 'yaml';
import { refText } from '../../src/core/model/object-ref.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import type { World } from './world.ts';

export async function afterText(world: World): Promise<string> {
  const { cluster, state, publisher } = world;
  const refs = await state.remembered('pull');
  const states = await Promise.all(refs.map(async (ref) => [refText(ref), await state.read(ref)] as const));
  const stores = ['SecretStore', 'ClusterSecretStore'].flatMap((kind) => cluster.list(kind));
  const after = {
    secrets: Object.fromEntries(cluster.list('Secret').map((secret) => [nameOf(secret), secretFields(secret)])),
    states: Object.fromEntries(states),
    ...(stores.length === 0
      ? {}
      : { stores: Object.fromEntries(stores.map((s) => [`${s.kind} ${nameOf(s)}`, s.status ?? {}])) }),
    events: publisher.events
      .map(({ ref, event }) => `${refText(ref)}: ${event.type} ${event.reason}: ${event.message}`)
      .sort(),
  };
  return stringify(after, { lineWidth: 0, sortMapEntries: false, aliasDuplicateObjects: false });
}

function nameOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

function secretFields({ metadata, type, immutable, data }: KubernetesObject): object {
  const { labels, annotations, ownerReferences, finalizers } = metadata;
  return {
    type,
    ...(immutable === undefined ? {} : { immutable }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    ...(finalizers === undefined ? {} : { finalizers }),
    data: Object.fromEntries(
      Object.entries((data ?? {}) as Record<string, string>).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString('utf8'),
      ]),
    ),
  };
}
