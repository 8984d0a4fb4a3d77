/**
 * Why a Job does not get anywhere: from the status of its pods and the Events around them to one sentence and a way out.
 *
 * The container called keyferry is judged, by its name; others count where they keep it from starting. Kubernetes' own
 * words are kept where they name the cause; they hold names and numbers, no values.
 */
import { joined, say, setting, type Message } from '../model/message.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { explainEnd, explainWholePod } from './explain-end.ts';
import { explainImage, isImageReason } from './explain-image.ts';
import { explainRefusal, withoutPrefix } from './explain-refusal.ts';
import type { Explanation } from './explanation.ts';
import {
  imageOf,
  newestOf,
  otherStatuses,
  ownStatus,
  statusOf,
  type ContainerState,
  type OtherStatus,
  type PodCondition,
  type PodStatus,
} from './pod-status.ts';
import { besideOurs, keepOut } from './sidecars.ts';

export type { Explanation } from './explanation.ts';

export interface JobFacts {
  readonly job: KubernetesObject;
  readonly pods: readonly KubernetesObject[];
  /** Events of the Job and its pods. */
  readonly events: readonly KubernetesObject[];
}

/** `undefined` = nothing is wrong so far. */
export function explainJob({ job, pods, events }: JobFacts): Explanation | undefined {
  const newest = newestOf(pods);
  const ofPod = newest === undefined ? explainMissingPod(events) : explainPod(newest, events);
  const ofJob = explainFailedJob(job, newest);
  if (ofPod === undefined) return ofJob;
  // A Job that has failed starts no other pod.
  return ofJob === undefined ? ofPod : { ...ofPod, mayPass: false };
}

function explainMissingPod(events: readonly KubernetesObject[]): Explanation | undefined {
  const refusal = messageOf(events, 'FailedCreate');
  if (refusal === undefined) return undefined;
  return (
    explainRefusal(refusal) ?? {
      what: `no pod could be created: ${withoutPrefix(refusal)}`,
      fix: 'Mend what the API server names.',
      mayPass: true,
    }
  );
}

function explainPod(pod: KubernetesObject, events: readonly KubernetesObject[]): Explanation | undefined {
  const status = statusOf(pod);
  const { terminated, waiting, running } = ownStatus(status)?.state ?? {};
  if (terminated !== undefined || status.phase === 'Failed') return explainEnd(pod);
  if (running !== undefined) return explainWholePod(status);
  const unscheduled = conditionOf(status, 'PodScheduled', 'False');
  if (unscheduled !== undefined) return explainUnscheduled(unscheduled);
  return (
    explainWaiting(waiting, pod, events) ?? explainOthers(pod, status) ?? explainMount(messageOf(events, 'FailedMount'))
  );
}

function conditionOf({ conditions = [] }: PodStatus, type: string, status: string): PodCondition | undefined {
  return conditions.find((condition) => condition.type === type && condition.status === status);
}

function explainUnscheduled({ message, reason }: PodCondition): Explanation {
  const words = message ?? reason ?? 'Unschedulable';
  return { what: `the pod waits for a node: ${words}`, fix: unscheduledFix(words), mayPass: true };
}

function unscheduledFix(words: string): Message {
  const options = [
    ...(/taint/iu.test(words) ? [say`${setting('toleration')} for the taint`] : []),
    ...(/node affinity|node selector/iu.test(words) ? [say`another ${setting('node-selector')}`] : []),
    ...(/insufficient cpu/iu.test(words) ? [say`less ${setting('cpu-request')}`] : []),
    ...(/insufficient memory/iu.test(words) ? [say`less ${setting('memory-request')}`] : []),
  ];
  if (options.length === 0)
    return say`See that a Linux node with room is there; give ${setting('toleration')} for tainted ones.`;
  return say`See that a Linux node with room is there, or give ${joined(options, ', ')}.`;
}

function explainWaiting(
  waiting: ContainerState['waiting'],
  pod: KubernetesObject,
  events: readonly KubernetesObject[],
): Explanation | undefined {
  const { reason = '', message = '' } = waiting ?? {};
  if (isImageReason(reason)) {
    const words = saysWhy(message) ? message : (messageOf(events, 'Failed', /^Failed to pull image/u) ?? message);
    return explainImage({ reason, message: words }, { image: imageOf(pod) });
  }
  if (reason === 'CreateContainerConfigError' || reason === 'CreateContainerError' || reason === 'RunContainerError') {
    return {
      what: `the container cannot be made (${reason}): ${message}`,
      fix: 'Mend what the kubelet names; deploy again if a ConfigMap is missing.',
      mayPass: false,
    };
  }
  return undefined;
}

/** Kubelets before 1.31 say only that they are in back-off; the cause is in an Event then. */
function saysWhy(message: string): boolean {
  return message !== '' && !/^Back-off pulling image(?: "[^"]*")?$/u.test(message);
}

/** What others put into the pod, where it stands in the way. */
function explainOthers(pod: KubernetesObject, status: PodStatus): Explanation | undefined {
  for (const other of otherStatuses(status)) {
    const explanation = explainOther(other, pod);
    if (explanation !== undefined) return explanation;
  }
  return undefined;
}

function explainOther(other: OtherStatus, pod: KubernetesObject): Explanation | undefined {
  const { name = '', state, lastState, isInit } = other;
  const { waiting, terminated } = state ?? {};
  const fix = keepOut(name);
  const { reason = '', message = '' } = waiting ?? {};
  if (isImageReason(reason)) {
    const explanation = explainImage(
      { reason, message },
      { image: imageOf(pod, other), other: { container: name, fix } },
    );
    // A container beside Keyferry's does not keep it from starting.
    return isInit ? explanation : { ...explanation, mayPass: true };
  }
  const ended = terminated ?? lastState?.terminated;
  const hasFailed = reason === 'CrashLoopBackOff' || /^(?:Create|Run)Container/u.test(reason);
  if (!hasFailed && (!isInit || (terminated?.exitCode ?? 0) === 0)) return undefined;
  const how = hasFailed ? reason : `exit code ${terminated?.exitCode ?? 'unknown'}`;
  const words = (message === '' || reason === 'CrashLoopBackOff' ? (ended?.message ?? message) : message).trim();
  return {
    what: `the ${isInit ? 'init ' : ''}container ${name}, which is not Keyferry's, does not get through (${how})${words === '' ? '' : `: ${words}`}`,
    fix: say`Mend it where it comes from. ${fix}`,
    mayPass: true,
  };
}

function explainMount(message: string | undefined): Explanation | undefined {
  if (message === undefined) return undefined;
  return {
    what: `a volume of the pod cannot be mounted: ${message}`,
    fix: say`Deploy again if a ConfigMap is missing; the ConfigMap of ${setting('ca-config-map')} must be in the same namespace.`,
    mayPass: true,
  };
}

function explainFailedJob(job: KubernetesObject, pod: KubernetesObject | undefined): Explanation | undefined {
  const failed = conditionOf(statusOf(job), 'Failed', 'True');
  if (failed === undefined) return undefined;
  if (failed.reason === 'DeadlineExceeded') return explainDeadline(pod);
  return {
    what: `the Job failed (${failed.reason ?? 'no reason'}): ${failed.message ?? ''}`,
    fix: 'Look at the log of its pod.',
    mayPass: false,
  };
}

function explainDeadline(pod: KubernetesObject | undefined): Explanation {
  const [sidecar] = pod === undefined ? [] : besideOurs(pod);
  const what = 'the Job took longer than it may (DeadlineExceeded)';
  if (sidecar === undefined) {
    return { what, fix: 'Look at the log of its pod: a vault or the API server may be slow.', mayPass: false };
  }
  return {
    what: `${what}: its pod also holds container ${sidecar}, and a Job ends only when every container has`,
    fix: keepOut(sidecar),
    mayPass: false,
  };
}

/** Of the newest Event of that reason. */
function messageOf(events: readonly KubernetesObject[], reason: string, words = /./u): string | undefined {
  const found = events.flatMap((event) => {
    const message = event['message'];
    return event['reason'] === reason && typeof message === 'string' && words.test(message) ? [{ event, message }] : [];
  });
  return found.toSorted((a, b) => seenAt(a.event) - seenAt(b.event)).at(-1)?.message;
}

function seenAt(event: KubernetesObject): number {
  const { lastTimestamp, eventTime, metadata } = event as KubernetesObject & Readonly<Record<string, unknown>>;
  const times = [lastTimestamp, eventTime, metadata.creationTimestamp];
  return Date.parse(times.find((time) => typeof time === 'string') ?? '') || 0;
}
