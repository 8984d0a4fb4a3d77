/** What stands in the way of a pass, from the status and Events that a real cluster gives. */
import { describe, expect, it } from '@jest/globals';
import { explainJob } from '../../../src/core/deploy/explain-pod.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';

const JOB: KubernetesObject = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'keyferry-1' } };

function pod(status: object): KubernetesObject {
  const spec = { containers: [{ image: 'registry.example/node:24' }] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'keyferry-1-x' }, spec, status };
}

function event(reason: string, message: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: reason }, reason, message };
}

const container = (state: object) => pod({ containerStatuses: [{ state }] });

describe('explainJob', () => {
  it('has nothing to say about a pod that runs or starts', () => {
    expect(explainJob({ job: JOB, pods: [], events: [] })).toBeUndefined();
    expect(explainJob({ job: JOB, pods: [container({ running: {} })], events: [] })).toBeUndefined();
    const creating = container({ waiting: { reason: 'ContainerCreating' } });
    expect(explainJob({ job: JOB, pods: [creating], events: [] })).toBeUndefined();
  });

  it.each([
    [
      'a quota',
      [],
      [event('FailedCreate', 'Error creating: pods "x" is forbidden: exceeded quota: small, requested: pods=1')],
      'no pod may be created: exceeded quota: small, requested: pods=1',
    ],
    [
      'a webhook that is down',
      [],
      [
        event(
          'FailedCreate',
          'Error creating: failed calling admission webhook "mutation.azure-workload-identity.io": refused',
        ),
      ],
      'an admission webhook refuses the pod: admission webhook "mutation.azure-workload-identity.io": refused',
    ],
    [
      'no node',
      [pod({ conditions: [{ type: 'PodScheduled', status: 'False', message: '0/3 nodes are available' }] })],
      [],
      'the pod waits for a node: 0/3 nodes are available',
    ],
    [
      'an image',
      [container({ waiting: { reason: 'ImagePullBackOff', message: 'x' } })],
      [],
      'the image registry.example/node:24 cannot be had (ImagePullBackOff)',
    ],
    [
      'a missing ConfigMap',
      [container({ waiting: { reason: 'ContainerCreating' } })],
      [event('FailedMount', 'MountVolume.SetUp failed for volume "engine" : configmap "x" not found')],
      'a volume of the pod cannot be mounted: MountVolume.SetUp failed for volume "engine" : configmap "x" not found',
    ],
    [
      'too little memory',
      [container({ terminated: { reason: 'OOMKilled', exitCode: 137 } })],
      [],
      'the pod needed more memory than it may have (OOMKilled)',
    ],
    [
      'the last words of the container',
      [container({ terminated: { reason: 'Error', exitCode: 4, message: 'the engine is not the one' } })],
      [],
      'the pass ended with exit code 4: the engine is not the one',
    ],
  ])('names %s', (_title, pods, events, what) => {
    expect(explainJob({ job: JOB, pods, events })?.what).toBe(what);
  });

  it.each([137, 143, 255])(
    'waits for another pod where one was ended from outside (%s), unless the Job has given up',
    (exitCode) => {
      const pods = [container({ terminated: { reason: 'Error', exitCode } })];
      expect(explainJob({ job: JOB, pods, events: [] })).toEqual({
        what: `a pod was ended from outside before its pass was done (exit code ${exitCode})`,
        fix: 'Kubernetes starts another one. If that goes on, look at the node, and at the Events of the pod.',
        mayPass: true,
      });
      const conditions = [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }];
      expect(explainJob({ job: { ...JOB, status: { conditions } }, pods, events: [] })?.mayPass).toBe(false);
    },
  );

  it('names the deadline of a Job whose pod is gone', () => {
    const conditions = [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }];
    expect(explainJob({ job: { ...JOB, status: { conditions } }, pods: [], events: [] })?.what).toBe(
      'the Job took longer than it may (DeadlineExceeded)',
    );
  });
});
