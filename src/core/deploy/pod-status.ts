/** What a kubelet leaves in the status of a pod, read by the names of its containers. */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { CONTAINER } from './sidecars.ts';

export interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: object;
  readonly terminated?: { readonly reason?: string; readonly exitCode?: number; readonly message?: string };
}

export interface ContainerStatus {
  readonly name?: string;
  readonly image?: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface PodStatus {
  readonly phase?: string;
  /** Of the pod itself, where the kubelet or a controller ended it: `Evicted`, `OutOfcpu`. */
  readonly reason?: string;
  readonly message?: string;
  readonly conditions?: readonly PodCondition[];
  readonly initContainerStatuses?: readonly ContainerStatus[];
  readonly containerStatuses?: readonly ContainerStatus[];
}

export function statusOf(pod: KubernetesObject): PodStatus {
  return pod['status'] ?? {};
}

/** Keyferry's own: kubelets sort containers by name, so that the first may be anybody's. */
export function ownStatus({ containerStatuses = [] }: PodStatus): ContainerStatus | undefined {
  return containerStatuses.find(isOwn);
}

function isOwn({ name = CONTAINER }: ContainerStatus): boolean {
  return name === CONTAINER;
}

/** Those that others put into the pod, init containers first, as they start. */
export function otherStatuses({
  initContainerStatuses = [],
  containerStatuses = [],
}: PodStatus): readonly OtherStatus[] {
  return [
    ...initContainerStatuses.map((status) => ({ ...status, isInit: true })),
    ...containerStatuses.filter((one) => !isOwn(one)).map((status) => ({ ...status, isInit: false })),
  ];
}

export interface OtherStatus extends ContainerStatus {
  readonly isInit: boolean;
}

interface Spec {
  readonly containers?: readonly SpecContainer[];
  readonly initContainers?: readonly SpecContainer[];
}

interface SpecContainer {
  readonly name?: string;
  readonly image?: string;
}

/** As it stands in the spec, or as the kubelet has it. */
export function imageOf(pod: KubernetesObject, { name = CONTAINER, image = '' }: ContainerStatus = {}): string {
  const { containers = [], initContainers = [] } = (pod['spec'] ?? {}) as Spec;
  return [...containers, ...initContainers].find((one) => (one.name ?? CONTAINER) === name)?.image ?? image;
}

/** The newest of several; `undefined` where there is none. */
export function newestOf(pods: readonly KubernetesObject[]): KubernetesObject | undefined {
  return pods.toSorted((a, b) => createdAt(b) - createdAt(a))[0];
}

function createdAt({ metadata }: KubernetesObject): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}
