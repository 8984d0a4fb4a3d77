/** Checked intents → every object of an installation, in the order in which they are applied. */
import type { ManifestDocument } from '../model/document.ts';
import type { PullIntent } from '../model/intent.ts';
import { typedRefOf, type KubernetesObject, type TypedRef } from '../model/kubernetes-object.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Store } from '../model/store.ts';
import { cronJobOf, serviceAccountOf, type PodSettings } from './cron-job.ts';
import { engineConfig, type Engine } from './engine-config.ts';
import { labelsOf, names, type Installation } from './installation.ts';
import { intentsConfig } from './intents-config.ts';
import { rolesOf } from './rights.ts';
import { scheduleOf } from './schedule.ts';

export interface DeploymentInput {
  readonly installation: Installation;
  /** Documents of the External Secrets groups, in manifest order. */
  readonly documents: readonly ManifestDocument[];
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  /** Objects that the intents need and that were made from plain inputs: ServiceAccounts. */
  readonly extras: readonly KubernetesObject[];
  readonly pod: PodSettings;
  readonly engine?: Engine;
  readonly version: string;
  readonly jobVariables: Readonly<Record<string, string>>;
  /** From what the cluster remembers; nothing where it was not asked. */
  readonly remembered: { readonly leftBehind: readonly ObjectRef[]; readonly stateCount: number };
}

export interface Deployment {
  /** Dependencies first; the CronJob last. */
  readonly objects: readonly KubernetesObject[];
  readonly intentsDigest: string;
}

export function deploymentOf(input: DeploymentInput): Deployment {
  const { installation, intents, stores, remembered } = input;
  const { configMaps, digest } = intentsConfig(input.documents, installation);
  const cronJob = { ...input, schedule: scheduleOf(intents, installation), intentsDigest: digest };
  const roles = rolesOf({
    installation,
    intents,
    stores,
    leftBehind: remembered.leftBehind,
    intentsCount: configMaps.length,
    // One more than there are, so that a growing state finds the right for its next ConfigMap.
    stateCount: remembered.stateCount + 1,
  });
  return {
    objects: [
      serviceAccountOf(cronJob),
      ...input.extras.map((extra) => labelled(extra, installation)),
      ...configMaps,
      ...(input.engine === undefined ? [] : [engineConfig(input.engine, installation)]),
      ...roles,
      cronJobOf(cronJob),
    ],
    intentsDigest: digest,
  };
}

/** So that it goes with the installation. */
function labelled(extra: KubernetesObject, installation: Installation): KubernetesObject {
  return { ...extra, metadata: { ...extra.metadata, labels: labelsOf(installation, 'identity') } };
}

const KEY = 'objects.json';

/** What an installation has applied: written before anything is, so that nothing is ever forgotten. */
export function inventoryOf(objects: readonly TypedRef[], installation: Installation): KubernetesObject {
  const lines = objects.map((ref) => JSON.stringify(ref));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names.inventory(installation),
      namespace: installation.namespace,
      labels: labelsOf(installation, 'inventory'),
    },
    data: { [KEY]: `[\n${lines.join(',\n')}\n]\n` },
  };
}

/** The refs of an inventory; `undefined` when it is not what Keyferry writes there. */
export function readInventory(configMap: KubernetesObject): readonly TypedRef[] | undefined {
  const text = (configMap['data'] as Readonly<Record<string, string>> | undefined)?.[KEY] ?? '';
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? (value as readonly TypedRef[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Everything of `before` that `now` does not hold, in the reverse of the order in which it was applied. */
export function goneFrom(before: readonly TypedRef[], now: readonly KubernetesObject[]): readonly TypedRef[] {
  const kept = new Set(now.map((object) => textOf(typedRefOf(object))));
  return before.filter((ref) => !kept.has(textOf(ref))).toReversed();
}

/** Both, each once. */
export function joined(before: readonly TypedRef[], now: readonly TypedRef[]): readonly TypedRef[] {
  return [...new Map([...before, ...now].map((ref) => [textOf(ref), ref])).values()];
}

function textOf({ apiVersion, kind, namespace = '', name }: TypedRef): string {
  return `${apiVersion.split('/')[0] ?? ''} ${kind} ${namespace}/${name}`;
}
