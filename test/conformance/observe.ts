/** What a sync left behind, in the notation of the case files. */
import { refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { isFields, sameFields } from '../fakes/kubernetes-object.ts';
import { without } from '../servers/json.ts';
import type { VaultSnapshot } from '../servers/index.ts';
import type { Refusals } from './door.ts';
import type { ExpectedEvent, Fields } from './load-case.ts';
import type { World } from './run-case.ts';

type ByName = Readonly<Record<string, Fields>>;

interface ObservedRequest {
  readonly vault: string;
  readonly line: string;
}

export interface Observation {
  /** Kept out of the cluster, and why. */
  readonly rejected: Refusals;
  readonly secrets: ByName;
  /** Everything that is neither a Secret nor of the External Secrets groups. */
  readonly objects: ByName;
  readonly status: ByName;
  readonly children: ByName;
  readonly generations: Readonly<Record<string, number>>;
  readonly events: readonly ExpectedEvent[];
  /** Without those that a 429 or 5xx fault answered. */
  readonly requests: readonly ObservedRequest[];
  /** Objects that the sync changed; `null` = gone. */
  readonly vault: Readonly<Record<string, Readonly<Record<string, Fields>>>>;
}

interface VaultStates {
  readonly before: Readonly<Record<string, VaultSnapshot>>;
  readonly after: Readonly<Record<string, VaultSnapshot>>;
  readonly vaults: readonly string[];
}

export async function observe(world: World, states: VaultStates): Promise<Observation> {
  const objects = await world.cluster.objects();
  const own = objects.filter(isExternalSecretsObject);
  const changed = states.vaults.map((name) => [name, changes(states.before[name]!, states.after[name]!)] as const);
  return {
    rejected: world.door.takeRefused(),
    secrets: byName(objects.filter(isSecret), ({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`),
    objects: byName(
      objects.filter((object) => !isSecret(object) && !isExternalSecretsObject(object)),
      nameOf,
    ),
    status: Object.fromEntries(own.map((object) => [nameOf(object), statusOf(object, world)])),
    children: byName(own.filter(isChild), nameOf),
    generations: Object.fromEntries(own.map((object) => [nameOf(object), object.metadata.generation ?? 0])),
    events: world.publisher.events.map(({ ref, event }) => ({ object: refText(ref), ...event })),
    requests: world.vaults.log
      .filter(({ faulty, status }) => !(faulty && (status === 429 || status >= 500)))
      .map(({ vault, line }) => ({ vault, line })),
    vault: Object.fromEntries(changed.filter(([, change]) => Object.keys(change).length > 0)),
  };
}

/** `ExternalSecret app/db` or `ClusterSecretStore kv`. */
export function refOf(text: string): ObjectRef {
  const space = text.indexOf(' ');
  const kind = text.slice(0, space);
  const path = text.slice(space + 1);
  const slash = path.indexOf('/');
  if (slash < 0) return { kind, name: path };
  return { kind, namespace: path.slice(0, slash), name: path.slice(slash + 1) };
}

function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return refText(namespace === undefined ? { kind, name } : { kind, namespace, name });
}

function isSecret({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === 'Secret' && apiVersion === 'v1';
}

/** Of the operator's groups. */
export function isExternalSecretsObject({ apiVersion = '' }: KubernetesObject): boolean {
  return /^([^/]*\.)?external-secrets\.io\//u.test(apiVersion);
}

function isChild({ metadata }: KubernetesObject): boolean {
  return (metadata.ownerReferences ?? []).some(({ kind }) => /^Cluster(External|Push)Secret$/u.test(kind));
}

function byName(objects: readonly KubernetesObject[], name: (object: KubernetesObject) => string): ByName {
  return Object.fromEntries(objects.map((object) => [name(object), flattened(object)]));
}

/** Content and the metadata that a case names, side by side. */
function flattened(object: KubernetesObject): Fields {
  const { labels = {}, annotations = {}, finalizers = [], ownerReferences = [] } = object.metadata;
  const content: Fields = without(object, 'apiVersion', 'kind', 'metadata', 'status');
  return {
    ...(isSecret(object) ? { data: {} } : {}),
    ...content,
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(finalizers.length === 0 ? {} : { finalizers }),
    ...(ownerReferences.length === 0
      ? {}
      : { ownerReferences: ownerReferences.map((reference) => without(reference, 'uid')) }),
  };
}

function statusOf({ kind, metadata, status }: KubernetesObject, { placedTimes }: World): Fields {
  const written = isFields(status) ? status : {};
  const { conditions, binding, refreshTime, ...others } = written;
  const placed = placedTimes.get(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
  const name = isFields(binding) ? binding['name'] : binding;
  return {
    ...others,
    ...(Array.isArray(conditions) && conditions.length > 0 ? { conditions: conditions.map(withoutTime) } : {}),
    ...(typeof name === 'string' && name !== '' ? { binding: name } : {}),
    ...(refreshTime === undefined ? {} : { refreshTime: refreshTime === placed ? 'unchanged' : 'set' }),
    ...(metadata.deletionTimestamp === undefined ? {} : { deleting: true }),
  };
}

function withoutTime(condition: unknown): unknown {
  return isFields(condition) ? without(condition, 'lastTransitionTime') : condition;
}

const COLLECTIONS = ['secrets', 'keys', 'certificates'] as const;

function changes(before: VaultSnapshot, after: VaultSnapshot): Readonly<Record<string, Fields>> {
  const parts = COLLECTIONS.map((part) => [part, changedObjects(before[part], after[part])] as const);
  const changed = parts.filter(([, objects]) => Object.keys(objects).length > 0);
  if (sameFields(before.deleted, after.deleted)) return Object.fromEntries(changed);
  const deleted = Object.entries(after.deleted).filter(([, objects]) => Object.keys(objects).length > 0);
  return { ...Object.fromEntries(changed), deleted: Object.fromEntries(deleted) };
}

function changedObjects(before: Fields, after: Fields): Fields {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...names].filter((name) => !sameFields(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}
