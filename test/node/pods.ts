/**
 * Pods as a person at the keyboard sees them: how they ended and what they printed. Where one does not do what a test
 * waits for, the error tells its whole story: status, events, log.
 */
import { eventually, type Answer, type ClusterUser } from '../cluster/cluster-user.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';

export interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

/** How the first container of a pod ended. */
export interface EndedPod {
  readonly code: number;
  /** `Completed`, `Error`, `OOMKilled`, as the container runtime has it. */
  readonly reason: string;
  readonly terminationMessage: string;
  readonly log: string;
}

interface ContainerStatus {
  readonly state: {
    readonly running?: object;
    readonly terminated?: { readonly exitCode: number; readonly reason: string; readonly message?: string };
  };
}

export async function runPod(admin: ClusterUser, pod: KubernetesObject): Promise<EndedPod> {
  await admin.apply(pod);
  return await podEnded(admin, refOf(pod));
}

/** A pod that is deleted meanwhile has no end to be read: keep it with a finalizer. */
export async function podEnded(admin: ClusterUser, ref: PodRef, seconds = 60): Promise<EndedPod> {
  const { exitCode, reason, message } = await untilPod(admin, ref, {
    what: 'has ended',
    seconds,
    see: (pod) => firstContainer(pod)?.state.terminated,
  });
  return { code: exitCode, reason, terminationMessage: message ?? '', log: await logOf(admin, ref) };
}

export async function podRuns(admin: ClusterUser, ref: PodRef, seconds = 60): Promise<void> {
  await untilPod(admin, ref, { what: 'runs', seconds, see: (pod) => firstContainer(pod)?.state.running });
}

export interface Awaited<T> {
  /** As in `Pod shop/sync has ended`. */
  readonly what: string;
  readonly seconds: number;
  readonly see: (pod: KubernetesObject) => T | undefined;
}

/** Rejects with the pod's story when it takes longer. */
export async function untilPod<T>(admin: ClusterUser, ref: PodRef, { what, seconds, see }: Awaited<T>): Promise<T> {
  const look = async (): Promise<T | undefined> => {
    const pod = await admin.find('Pod', ref.namespace, ref.name);
    return pod === undefined ? undefined : see(pod);
  };
  try {
    return await eventually(`Pod ${ref.namespace}/${ref.name} ${what}`, look, seconds);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${await podStory(admin, ref)}`, { cause: error });
  }
}

/** The pods of a Job, or of whatever else labels them, oldest first. */
export async function podsWith(
  admin: ClusterUser,
  namespace: string,
  label: string,
  value: string,
): Promise<readonly KubernetesObject[]> {
  const pods = await admin.list('Pod', namespace);
  const age = ({ metadata }: KubernetesObject): string => metadata.creationTimestamp ?? '';
  return pods.filter(({ metadata }) => metadata.labels?.[label] === value).sort((a, b) => age(a).localeCompare(age(b)));
}

/** Of the only container, from its start. The kubelet, whom the API server asks, may not have it at once. */
async function logOf(admin: ClusterUser, ref: PodRef): Promise<string> {
  return await eventually(`the log of Pod ${ref.namespace}/${ref.name} can be read`, async () => {
    const { status, text } = await askForLog(admin, ref);
    return status === 200 ? text : undefined;
  });
}

function askForLog(admin: ClusterUser, { namespace, name }: PodRef): Promise<Answer> {
  return admin.call({ method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${name}/log` });
}

/** For a person who has to find out what went wrong. */
export async function podStory(admin: ClusterUser, ref: PodRef): Promise<string> {
  const pod = await admin.find('Pod', ref.namespace, ref.name);
  const events = await admin.list('Event', ref.namespace);
  const about = events.filter((event) => (event['involvedObject'] as { name?: string }).name === ref.name);
  return [
    `status: ${JSON.stringify(pod?.status, undefined, 2)}`,
    ...about.map((event) => `event: ${String(event['reason'])}: ${String(event['message'])}`),
    // Or why there is none.
    `log:\n${(await askForLog(admin, ref)).text}`,
  ].join('\n');
}

export function refOf({ metadata }: KubernetesObject): PodRef {
  return { namespace: metadata.namespace ?? 'default', name: metadata.name };
}

function firstContainer(pod: KubernetesObject): ContainerStatus | undefined {
  const { containerStatuses = [] } = pod.status as { readonly containerStatuses?: readonly ContainerStatus[] };
  return containerStatuses[0];
}
