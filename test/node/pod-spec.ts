/** As much of a pod's spec as tests and webhooks change; everything else is kept as it is. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

export interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}

/** `{ name, configMap: … }` and its kin. */
export type Volume = Readonly<Record<string, unknown>> & { readonly name: string };

interface Container {
  readonly name: string;
  readonly env?: readonly EnvironmentVariable[];
  readonly volumeMounts?: readonly Mount[];
  readonly [field: string]: unknown;
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
  readonly serviceAccountName?: string;
  readonly [field: string]: unknown;
}

export interface Addition {
  readonly environment: Readonly<Record<string, string>>;
  readonly volume: Volume;
  readonly mountPath: string;
}

export function specOf(pod: KubernetesObject): PodSpec {
  return pod['spec'] as PodSpec;
}

/** Adds variables and a volume to every container; a variable that is there already stays as it is. */
export function withAddition(pod: KubernetesObject, { environment, volume, mountPath }: Addition): KubernetesObject {
  const { containers, volumes = [], ...rest } = specOf(pod);
  const mount = { name: volume.name, mountPath, readOnly: true };
  const extended = containers.map(({ env = [], volumeMounts = [], ...container }) => ({
    ...container,
    env: [...env, ...missing(env, environment)],
    volumeMounts: [...volumeMounts, mount],
  }));
  return { ...pod, spec: { ...rest, containers: extended, volumes: [...volumes, volume] } };
}

function missing(
  present: readonly EnvironmentVariable[],
  wanted: Readonly<Record<string, string>>,
): readonly EnvironmentVariable[] {
  const names = new Set(present.map(({ name }) => name));
  return Object.entries(wanted).flatMap(([name, value]) => (names.has(name) ? [] : [{ name, value }]));
}
