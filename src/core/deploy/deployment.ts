/** Checked intents → every object of an installation, in the order in which they are applied. */
import { canonicalText } from '../model/canonical-text.ts';
import type { ManifestDocument } from '../model/document.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Origin } from '../model/origin.ts';
import type { Generator } from '../model/generator.ts';
import type { Store } from '../model/store.ts';
import { clusterRolesOf } from './cluster-rights.ts';
import { cronJobOf, serviceAccountOf, type PodSettings } from './cron-job.ts';
import { headOf, resourcesOf, type DeployedResource } from './custom-resources.ts';
import { anyChildOf, countOf, type DeployedIntents } from './deployed-intents.ts';
import { engineConfig, type Engine } from './engine-config.ts';
import { isShortLived } from './generator-rights.ts';
import { givenAccountsOf } from './given-accounts.ts';
import type { GonePush } from './gone-intents.ts';
import { digestOf, labelsOf, names, type Installation } from './installation.ts';
import { intentsConfig } from './intents-config.ts';
import { repositoryAnnotations, type Repository } from './repository.ts';
import { rolesOf } from './rights.ts';
import { scheduleOf } from './schedule.ts';
import { vaultNeeds, type VaultNeed } from './vault-needs.ts';

export interface DeploymentInput extends DeployedIntents {
  readonly installation: Installation;
  /** Where the intents are put. */
  readonly home: 'config-maps' | 'custom-resources';
  /** Whether the job may have rights beyond namespaces. */
  readonly clusterRights: boolean;
  readonly controllerClass: string;
  /** Of documents that name none. */
  readonly namespace?: string;
  /** Documents of the External Secrets groups, in manifest order. */
  readonly documents: readonly ManifestDocument[];
  readonly stores: readonly Store[];
  readonly generators: readonly Generator[];
  /** Objects that the intents need and that were made from plain inputs: ServiceAccounts. */
  readonly extras: readonly KubernetesObject[];
  /** ServiceAccounts that stand in the manifests, by `refText`; those that stores name are applied where they are absent. */
  readonly serviceAccounts: ReadonlyMap<string, KubernetesObject>;
  readonly pod: PodSettings;
  readonly engine?: Engine;
  readonly version: string;
  readonly jobVariables: Readonly<Record<string, string>>;
  /** From what the cluster remembers; nothing where it was not asked. */
  readonly remembered: {
    readonly leftBehind: readonly ObjectRef[];
    readonly gonePushes: readonly GonePush[];
    /** All that its PushSecrets have written and still know of. */
    readonly vaultObjects: number;
    readonly stateCount: number;
  };
}

export interface Deployment {
  /** Dependencies first; the CronJob last. */
  readonly objects: readonly KubernetesObject[];
  readonly intentsDigest: string;
  /** Beside the cluster: what its stores have to be allowed. */
  readonly vaultNeeds: readonly VaultNeed[];
  /** Where custom resources were written down, by `refText`. */
  readonly origins: ReadonlyMap<string, Origin>;
}

export function deploymentOf(input: DeploymentInput): Deployment {
  const { installation, intents, pushes, stores, remembered } = input;
  const resources = input.home === 'custom-resources' ? resourcesOf(input) : undefined;
  const applied = (resources ?? []).map(({ object }) => object);
  const { configMaps, pins, digest } =
    resources === undefined
      ? intentsConfig(input.documents, installation)
      : intentsConfig(resources.map(headOf), installation, applied);
  const pulls = intents.map((intent) => ({ ...intent, isShortLived: isShortLived(intent, input.generators) }));
  const timed = [...pulls, ...pushes, ...input.clusterPushes.map(anyChildOf)];
  const cronJob = { ...input, intentCount: countOf(input), schedule: scheduleOf(timed, installation), pins };
  const roles = rolesOf({
    installation,
    intents,
    pushes,
    stores,
    generators: input.generators,
    leftBehind: remembered.leftBehind,
    gonePushes: remembered.gonePushes,
    intentsNames: pins.map(({ name }) => name),
    // One more than there are, so that a growing state finds the right for its next ConfigMap.
    stateCount: remembered.stateCount + 1,
    ...(resources === undefined ? {} : { resources: applied.map(typedRefOf) }),
  });
  return {
    objects: [
      serviceAccountOf(cronJob),
      ...input.extras.map((extra) => labelled(extra, installation)),
      ...givenAccountsOf(input),
      ...applied,
      ...configMaps,
      ...(input.engine === undefined ? [] : [engineConfig(input.engine, installation)]),
      ...roles,
      ...(input.clusterRights ? clusterRolesOf(input, installation) : []),
      cronJobOf(cronJob),
    ],
    intentsDigest: digest,
    vaultNeeds: vaultNeeds(input, stores),
    origins: originsOf(resources ?? []),
  };
}

/** So that it goes with the installation. */
function labelled(extra: KubernetesObject, installation: Installation): KubernetesObject {
  return { ...extra, metadata: { ...extra.metadata, labels: labelsOf(installation, 'identity') } };
}

function originsOf(resources: readonly DeployedResource[]): ReadonlyMap<string, Origin> {
  return new Map(
    resources.flatMap(({ document: { origin }, object }) =>
      origin === undefined ? [] : [[refText(typedRefOf(object)), origin] as const],
    ),
  );
}

const KEY = 'objects.json';

/** An object of an inventory. */
export interface InventoryRef extends TypedRef {
  /** `appliedDigest` of what was applied last; absent where that is not known, as while it changes. */
  readonly digest?: string;
}

/**
 * Tells whether an object is what was applied last, whatever the API server or a mutating policy made of it. It is kept in
 * the inventory and not on the object: annotations of an ExternalSecret end on its Secret.
 */
export function appliedDigest(object: KubernetesObject): string {
  return digestOf(canonicalText(object)).slice(0, 16);
}

/** What an installation has applied: written before anything is, so that nothing is ever forgotten. */
export function inventoryOf(
  objects: readonly InventoryRef[],
  installation: Installation,
  repository: Repository | undefined,
): KubernetesObject {
  const lines = objects.map((ref) => JSON.stringify(ref));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names.inventory(installation),
      namespace: installation.namespace,
      labels: labelsOf(installation, 'inventory'),
      ...(repository === undefined ? {} : { annotations: repositoryAnnotations(repository) }),
    },
    data: { [KEY]: `[\n${lines.join(',\n')}\n]\n` },
  };
}

/** The refs of an inventory; `undefined` when it is not what Keyferry writes there. */
export function readInventory(configMap: KubernetesObject): readonly InventoryRef[] | undefined {
  const text = (configMap['data'] as Readonly<Record<string, string>> | undefined)?.[KEY] ?? '';
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isTypedRef) ? (value as readonly InventoryRef[]) : undefined;
  } catch {
    return undefined;
  }
}

/** It may have been edited by hand, and its refs become paths. */
function isTypedRef(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, name, namespace = '' } = value as Readonly<Record<string, unknown>>;
  return [apiVersion, kind, name, namespace].every((part) => typeof part === 'string');
}

/** Everything of `before` that `now` does not hold, in the reverse of the order in which it was applied. */
export function goneFrom(before: readonly TypedRef[], now: readonly KubernetesObject[]): readonly TypedRef[] {
  const kept = new Set(now.map((object) => textOf(typedRefOf(object))));
  return before.filter((ref) => !kept.has(textOf(ref))).toReversed();
}

/** The objects of both lists, each once, as `now` has it. */
export function joined(before: readonly InventoryRef[], now: readonly InventoryRef[]): readonly InventoryRef[] {
  return [...new Map([...before, ...now].map((ref) => [textOf(ref), ref])).values()];
}

function textOf({ apiVersion, kind, namespace = '', name }: TypedRef): string {
  return `${apiVersion.split('/')[0] ?? ''} ${kind} ${namespace}/${name}`;
}
