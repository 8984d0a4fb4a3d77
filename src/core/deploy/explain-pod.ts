/**
 * Why a Job does not get anywhere: from the status of its pods and the Events around them to one sentence and a way out.
 *
 * Kubernetes' own words are kept where they name the cause; they hold names and numbers, no values.
 */
import type { KubernetesObject } from '../model/kubernetes-object.ts';

export interface Explanation {
  /** One sentence without full stop. */
  readonly what: string;
  readonly fix: string;
  /** Waiting longer may help: something that comes by itself. */
  readonly mayPass: boolean;
}

export interface JobFacts {
  readonly job: KubernetesObject;
  readonly pods: readonly KubernetesObject[];
  /** Events of the Job and its pods. */
  readonly events: readonly KubernetesObject[];
}

interface ContainerState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode?: number; readonly message?: string };
}

interface PodStatus {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  readonly containerStatuses?: readonly {
    readonly state?: ContainerState;
    readonly lastState?: ContainerState;
    readonly image?: string;
  }[];
}

/** Kubernetes: SIGKILL, SIGTERM (also where the job says what it has left), and a container that went with its machine. */
const ENDED_FROM_OUTSIDE = [137, 143, 255];

/** `undefined` = nothing is wrong so far. */
export function explainJob({ job, pods, events }: JobFacts): Explanation | undefined {
  const newest = pods.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
  const ofPod = newest === undefined ? explainMissingPod(events) : explainPod(newest, events);
  const ofJob = explainDeadline(job);
  if (ofPod === undefined) return ofJob;
  // A Job that has failed starts no other pod.
  return ofJob === undefined ? ofPod : { ...ofPod, mayPass: false };
}

function timeOf({ metadata }: KubernetesObject): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}

function explainMissingPod(events: readonly KubernetesObject[]): Explanation | undefined {
  const refusal = messageOf(events, 'FailedCreate');
  if (refusal === undefined) return undefined;
  if (refusal.includes('exceeded quota')) {
    return {
      what: `no pod may be created: ${tail(refusal, 'exceeded quota')}`,
      fix: 'Raise the ResourceQuota, or free some of it.',
      mayPass: true,
    };
  }
  if (refusal.includes('admission webhook')) {
    return {
      what: `an admission webhook refuses the pod: ${tail(refusal, 'admission webhook')}`,
      fix: 'If it is the workload-identity webhook, see that it runs; else ask who runs that policy.',
      mayPass: true,
    };
  }
  if (refusal.includes('violates PodSecurity')) {
    return {
      what: `the pod ${tail(refusal, 'violates PodSecurity')}`,
      fix: 'Admit it in the namespace, or report it: the pod asks for nothing beyond "restricted".',
      mayPass: false,
    };
  }
  return { what: `no pod could be created: ${refusal}`, fix: 'Mend what the API server names.', mayPass: true };
}

function explainPod(pod: KubernetesObject, events: readonly KubernetesObject[]): Explanation | undefined {
  const { conditions = [], containerStatuses = [] } = (pod['status'] ?? {}) as PodStatus;
  const [container] = containerStatuses;
  const { terminated, waiting } = container?.state ?? {};
  if (terminated !== undefined && terminated.exitCode !== 0) return explainEnd(terminated);
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled !== undefined) {
    return {
      what: `the pod waits for a node: ${unscheduled.message ?? unscheduled.reason ?? 'Unschedulable'}`,
      fix: 'See that a Linux node with room is there; give --toleration for tainted ones.',
      mayPass: true,
    };
  }
  if (waiting?.reason !== undefined) return explainWaiting(waiting, pod, events);
  const mount = messageOf(events, 'FailedMount');
  if (mount !== undefined && container?.state?.waiting !== undefined) return explainMount(mount);
  return undefined;
}

function explainWaiting(
  { reason = '', message = '' }: NonNullable<ContainerState['waiting']>,
  pod: KubernetesObject,
  events: readonly KubernetesObject[],
): Explanation | undefined {
  if (/^(?:ErrImage|ImagePull|InvalidImageName|RegistryUnavailable|ImageInspectError)/u.test(reason)) {
    return {
      what: `the image ${imageOf(pod)} cannot be had (${reason})`,
      fix: 'Check --image, and --image-pull-secret for a private registry; nodes without internet need an image from your own.',
      mayPass: false,
    };
  }
  if (reason === 'CreateContainerConfigError' || reason === 'CreateContainerError' || reason === 'RunContainerError') {
    return {
      what: `the container cannot be made (${reason}): ${message}`,
      fix: 'Mend what the kubelet names; deploy again if a ConfigMap is missing.',
      mayPass: false,
    };
  }
  const mount = messageOf(events, 'FailedMount');
  return mount === undefined ? undefined : explainMount(mount);
}

function explainMount(message: string): Explanation {
  return {
    what: `a volume of the pod cannot be mounted: ${message}`,
    fix: 'Deploy again if a ConfigMap is missing; the ConfigMap of --ca-config-map must be in the same namespace.',
    mayPass: true,
  };
}

function explainEnd({ reason = '', exitCode, message = '' }: NonNullable<ContainerState['terminated']>): Explanation {
  if (reason === 'OOMKilled') {
    return {
      what: 'the pod needed more memory than it may have (OOMKilled)',
      fix: 'Give it more with --memory.',
      mayPass: false,
    };
  }
  if (ENDED_FROM_OUTSIDE.includes(exitCode ?? 0)) {
    return {
      what: `a pod was ended from outside before its pass was done (exit code ${exitCode ?? 'unknown'})`,
      fix: 'Kubernetes starts another one. If that goes on, look at the node, and at the Events of the pod.',
      mayPass: true,
    };
  }
  const words = message.trim() === '' ? `exit code ${exitCode ?? 'unknown'}` : message.trim();
  return {
    what: `the pass ended with exit code ${exitCode ?? 'unknown'}: ${words}`,
    fix: 'Mend what it names, and deploy again.',
    mayPass: false,
  };
}

function explainDeadline(job: KubernetesObject): Explanation | undefined {
  const { conditions = [] } = (job['status'] ?? {}) as PodStatus;
  const failed = conditions.find(({ type, status }) => type === 'Failed' && status === 'True');
  if (failed === undefined) return undefined;
  if (failed.reason === 'DeadlineExceeded') {
    return {
      what: 'the Job took longer than it may (DeadlineExceeded)',
      fix: 'Look at the log of its pod: a vault or the API server may be slow.',
      mayPass: false,
    };
  }
  return {
    what: `the Job failed (${failed.reason ?? 'no reason'}): ${failed.message ?? ''}`,
    fix: 'Look at the log of its pod.',
    mayPass: false,
  };
}

function imageOf(pod: KubernetesObject): string {
  const { containers = [] } = (pod['spec'] ?? {}) as { readonly containers?: readonly { readonly image?: string }[] };
  return containers[0]?.image ?? '';
}

function messageOf(events: readonly KubernetesObject[], reason: string): string | undefined {
  const found = events.filter((event) => event['reason'] === reason).map((event) => event['message']);
  const last = found.at(-1);
  return typeof last === 'string' ? last : undefined;
}

function tail(text: string, from: string): string {
  return text.slice(text.indexOf(from));
}
