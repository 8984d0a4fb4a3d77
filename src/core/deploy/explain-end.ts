/**
 * How a pod ended: what the container called keyferry left, and what the kubelet or a controller did to the whole pod.
 *
 * | what ended | another pod may get through |
 * | --- | --- |
 * | the pass itself, with its own words | no: it would end the same |
 * | its own memory limit, or its heap's | no |
 * | an image for another processor, or without Node | no |
 * | eviction, preemption, a node that went | yes |
 * | a node that had no room after all | yes |
 */
import { say, setting, type Message } from '../model/message.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Explanation } from './explanation.ts';
import { imageOf, ownStatus, statusOf, type ContainerState, type PodStatus } from './pod-status.ts';

type Terminated = NonNullable<ContainerState['terminated']>;

/** Kubernetes: SIGKILL, SIGTERM (also where the job says what it has left), and a container that went with its machine. */
const ENDED_FROM_OUTSIDE = [137, 143, 255];

const ANOTHER = 'Kubernetes starts another one.';

/** Of a pod that has failed, or whose own container has ended; `undefined` where that ended well. */
export function explainEnd(pod: KubernetesObject): Explanation | undefined {
  const status = statusOf(pod);
  const terminated = ownStatus(status)?.state?.terminated;
  if (terminated?.exitCode === 0) return undefined;
  const ofContainer = terminated === undefined ? undefined : explainContainer(terminated, pod);
  if (ofContainer !== undefined) return ofContainer;
  return explainWholePod(status) ?? (terminated === undefined ? undefined : endedFromOutside(terminated));
}

/** What the container alone explains; `undefined` where something ended it. */
function explainContainer(terminated: Terminated, pod: KubernetesObject): Explanation | undefined {
  const { reason = '', exitCode, message = '' } = terminated;
  if (reason === 'OOMKilled' || /heap out of memory|Reached heap limit/u.test(message)) return outOfMemory(reason);
  const ofImage = explainProgram(message, imageOf(pod));
  if (ofImage !== undefined) return ofImage;
  if (ENDED_FROM_OUTSIDE.includes(exitCode ?? 0)) return undefined;
  const code = exitCode ?? 'unknown';
  const words = message.trim() === '' ? `exit code ${code}` : message.trim();
  return {
    what: `the pass ended with exit code ${code}: ${words}`,
    fix: 'Mend what it names, and deploy again.',
    mayPass: false,
  };
}

function outOfMemory(reason: string): Explanation {
  return {
    what: `the pod needed more memory than it may have (${reason === 'OOMKilled' ? reason : 'heap out of memory'})`,
    fix: say`Give it more with ${setting('memory')}.`,
    mayPass: false,
  };
}

/** The words of the kernel and the runtime where `node` could not be started. */
function explainProgram(message: string, image: string): Explanation | undefined {
  if (/exec format error/iu.test(message)) {
    return {
      what: `the image ${image} is made for another processor than that of its node (exec format error)`,
      fix: say`Take an image that is made for it (${setting('image')}), or another node (${setting('node-selector')} kubernetes.io/arch=amd64).`,
      mayPass: false,
    };
  }
  if (/"?node"?: executable file not found|exec: "node"|stat node: no such file/iu.test(message)) {
    return {
      what: `the image ${image} has no program called node`,
      fix: say`Give ${setting('image')} one with Node 24, as node:24-slim.`,
      mayPass: false,
    };
  }
  if (/^node: bad option|is not allowed in NODE_OPTIONS/mu.test(message)) {
    return {
      what: `the Node in the image ${image} does not take its options: ${message.trim()}`,
      fix: say`Give ${setting('image')} one with Node 24, and mend NODE_OPTIONS in ${setting('pod-env')} if it is there.`,
      mayPass: false,
    };
  }
  return undefined;
}

const ROOM = say`See that its nodes have room; give less ${setting('cpu-request')} or ${setting('memory-request')} if they never do.`;

/** `status.reason` of a pod, from kubelets and controllers → what happened, and what to look at if it goes on. */
const BY_REASON: Readonly<Record<string, readonly [what: string, fix: Message]>> = {
  Evicted: [
    'the pod was evicted',
    say`If that goes on, look at the node; ${setting('memory-request')} keeps room for it.`,
  ],
  Preempting: ['the pod had to make room for a more important one', ROOM],
  OutOfcpu: ['the node had no room for the pod after all', ROOM],
  OutOfmemory: ['the node had no room for the pod after all', ROOM],
  OutOfpods: ['the node had no room for the pod after all', ROOM],
  NodeAffinity: ['the node does not match what the pod asks for any more', say`See ${setting('node-selector')}.`],
  NodeLost: ['the node of the pod was lost', 'If that goes on, look at the node.'],
  NodeShutdown: ['the node of the pod was shut down', 'If that goes on, look at the node.'],
  Shutdown: ['the node of the pod was shut down', 'If that goes on, look at the node.'],
  Terminated: ['the node of the pod was shut down', 'If that goes on, look at the node.'],
  // Conditions of type DisruptionTarget.
  PreemptionByScheduler: ['the pod had to make room for a more important one', ROOM],
  DeletionByTaintManager: ['the node of the pod was lost or tainted', 'If that goes on, look at the node.'],
  DeletionByPodGC: ['the node of the pod was lost', 'If that goes on, look at the node.'],
  EvictionByEvictionAPI: ['the pod was evicted', 'Somebody empties its node, as for an upgrade.'],
  TerminationByKubelet: ['the kubelet ended the pod', 'If that goes on, look at the node.'],
};

/** What the kubelet or a controller does to the pod, also while its container still runs; `undefined` = nothing. */
export function explainWholePod(status: PodStatus): Explanation | undefined {
  const disruption = status.conditions?.find((one) => one.type === 'DisruptionTarget' && one.status === 'True');
  const { reason, message = '' } = status.reason === undefined ? (disruption ?? {}) : status;
  if (reason === undefined) return undefined;
  const [what, look] = (Object.hasOwn(BY_REASON, reason) ? BY_REASON[reason] : undefined) ?? [
    'the kubelet did not keep the pod',
    'If that goes on, look at the node.',
  ];
  const words = message.trim();
  return {
    what: `${what} (${reason})${words === '' ? '' : `: ${words}`}`,
    fix: say`${ANOTHER} ${look}`,
    mayPass: true,
  };
}

function endedFromOutside({ exitCode, message = '' }: Terminated): Explanation {
  const words = message.trim();
  return {
    what: `a pod was ended from outside before its pass was done (exit code ${exitCode ?? 'unknown'})${words === '' ? '' : `: ${words}`}`,
    fix: `${ANOTHER} If that goes on, look at the node, and at the Events of the pod.`,
    mayPass: true,
  };
}
