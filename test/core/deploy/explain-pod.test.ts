/** What stands in the way of a pass, from the status and Events that kubelets and controllers leave. */
import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import { explainJob } from '../../../src/core/deploy/explain-pod.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';

const JOB: KubernetesObject = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'keyferry-1' } };

const IMAGE = 'registry.example/node:24';

function pod(status: object, others: readonly object[] = []): KubernetesObject {
  const spec = { containers: [{ name: 'keyferry', image: IMAGE }, ...others] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'keyferry-1-x' }, spec, status };
}

function event(reason: string, message: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Event', metadata: { name: reason }, reason, message };
}

const container = (state: object) => pod({ containerStatuses: [{ name: 'keyferry', state }] });
const created = (words: string) => [event('FailedCreate', `Error creating: ${words}`)];
const explained = (pods: readonly KubernetesObject[], events: readonly KubernetesObject[] = []) =>
  explainJob({ job: JOB, pods, events });
/** A sidecar of a mesh, by whose name kubelets sort it first, beside Keyferry's container. */
const beside = (state: object, sidecar: object = { running: {} }) =>
  pod(
    {
      containerStatuses: [
        { name: 'istio-proxy', image: 'istio/proxyv2:1.27', state: sidecar },
        { name: 'keyferry', state },
      ],
    },
    [{ name: 'istio-proxy', image: 'istio/proxyv2:1.27' }],
  );
const KEEP_OUT = 'Keep it out with --pod-annotation sidecar.istio.io/inject=false.';

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
      'the admission webhook mutation.azure-workload-identity.io does not answer: refused',
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
      'the image registry.example/node:24 cannot be had (ImagePullBackOff): x',
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

  it('names the container that keeps a Job from ending before its deadline', () => {
    const conditions = [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }];
    const job = { ...JOB, status: { conditions } };
    expect(explainJob({ job, pods: [beside({ terminated: { exitCode: 0 } })], events: [] })).toEqual({
      what: 'the Job took longer than it may (DeadlineExceeded): its pod also holds container istio-proxy, and a Job ends only when every container has',
      fix: KEEP_OUT,
      mayPass: false,
    });
  });
});

describe('the container called keyferry', () => {
  it.each([
    [
      'ended with words of its own',
      { terminated: { exitCode: 3, reason: 'Error', message: 'ExternalSecret shop/db: no federated credential' } },
      'the pass ended with exit code 3: ExternalSecret shop/db: no federated credential',
    ],
    [
      'was killed for its memory',
      { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      'the pod needed more memory than it may have (OOMKilled)',
    ],
    [
      'has no image',
      { waiting: { reason: 'InvalidImageName', message: "couldn't parse image name" } },
      `the image ${IMAGE} cannot be had (InvalidImageName): couldn't parse image name`,
    ],
  ])('is the one that is judged beside a sidecar that runs: it %s', (_title, state, what) => {
    expect(explained([beside(state)])).toMatchObject({ what, mayPass: false });
  });

  it('is not what a sidecar does that ended, or has no image while it runs', () => {
    expect(explained([beside({ running: {} }, { terminated: { exitCode: 1 } })])).toBeUndefined();
    expect(explained([beside({ running: {} }, { waiting: { reason: 'ImagePullBackOff' } })])).toBeUndefined();
    expect(explained([beside({ terminated: { exitCode: 0 } })])).toBeUndefined();
  });

  it('waits for what others put beside it, which is named as theirs', () => {
    const initializing = { waiting: { reason: 'PodInitializing' } };
    expect(explained([beside(initializing, { waiting: { reason: 'ImagePullBackOff' } })])).toEqual({
      what: "the image istio/proxyv2:1.27 of container istio-proxy, which is not Keyferry's, cannot be had (ImagePullBackOff)",
      fix: KEEP_OUT,
      mayPass: true,
    });
    const status = {
      initContainerStatuses: [
        {
          name: 'istio-init',
          state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' } },
          lastState: { terminated: { exitCode: 1, message: 'iptables: Permission denied' } },
        },
      ],
      containerStatuses: [{ name: 'keyferry', state: initializing }],
    };
    expect(explained([pod(status)])).toEqual({
      what: "the init container istio-init, which is not Keyferry's, does not get through (CrashLoopBackOff): iptables: Permission denied",
      fix: `Mend it where it comes from. ${KEEP_OUT}`,
      mayPass: true,
    });
  });

  it('names an init container that failed, and one that it does not know', () => {
    const status = {
      phase: 'Pending',
      initContainerStatuses: [{ name: 'warm-up', state: { terminated: { exitCode: 2, reason: 'Error' } } }],
      containerStatuses: [{ name: 'keyferry', state: { waiting: { reason: 'PodInitializing' } } }],
    };
    expect(explained([pod(status)])).toEqual({
      what: "the init container warm-up, which is not Keyferry's, does not get through (exit code 2)",
      fix: 'Mend it where it comes from. Keep it out with the annotation or label that its injector names (--pod-annotation, --pod-label, as sidecar.istio.io/inject=false).',
      mayPass: true,
    });
  });
});

describe('an image', () => {
  const TRY_LATER = /limits how often/u;

  it.each([
    ['ErrImagePull', 'toomanyrequests: You have reached your unauthenticated pull rate limit.', true, TRY_LATER],
    ['ImagePullBackOff', `Back-off pulling image "${IMAGE}": ErrImagePull: 429 Too Many Requests`, true, TRY_LATER],
    ['ErrImagePull', 'dial tcp 10.0.0.4:443: i/o timeout', true, /does not reach that registry/u],
    ['ImagePullBackOff', 'ErrImagePull: dial tcp: lookup registry.example: no such host', true, /does not reach/u],
    ['ErrImagePull', `failed to resolve reference "${IMAGE}": not found`, true, /no image of that name and tag/u],
    ['ImagePullBackOff', `failed to resolve reference "${IMAGE}": not found`, false, /no image of that name and tag/u],
    ['ImagePullBackOff', 'pull access denied, authorization failed', false, /--image-pull-secret/u],
    ['ErrImagePull', 'no match for platform in manifest: not found', false, /--node-selector kubernetes.io\/arch/u],
    ['InvalidImageName', 'invalid reference format', false, /Check --image/u],
    ['ErrImageNeverPull', 'Container image is not present with pull policy of Never', false, /Check --image/u],
  ])('that is not there (%s, %s) is waited for: %s', (reason, message, mayPass, fix) => {
    const explanation = explained([container({ waiting: { reason, message } })]);
    expect(explanation?.mayPass).toBe(mayPass);
    expect(messageText(explanation?.fix ?? '')).toMatch(fix);
  });

  it("keeps the kubelet's cause, and leaves out what it says around it", () => {
    const message = `Back-off pulling image "${IMAGE}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`;
    expect(explained([container({ waiting: { reason: 'ImagePullBackOff', message } })])?.what).toBe(
      `the image ${IMAGE} cannot be had (ImagePullBackOff): no match for platform in manifest: not found`,
    );
  });

  it('has its cause from an Event where the kubelet only says that it waits', () => {
    const waiting = { reason: 'ImagePullBackOff', message: `Back-off pulling image "${IMAGE}"` };
    const events = [
      event('Failed', 'Error: ImagePullBackOff'),
      event('Failed', `Failed to pull image "${IMAGE}": toomanyrequests: rate limit`),
    ];
    expect(explained([container({ waiting })], events)).toMatchObject({
      what: `the image ${IMAGE} cannot be had (ImagePullBackOff): toomanyrequests: rate limit`,
      mayPass: true,
    });
  });

  it.each([
    [255, 'Error', 'exec /usr/local/bin/node: exec format error', 'another processor'],
    [1, 'Error', 'exec /docker-entrypoint.sh: exec format error', 'another processor'],
    [128, 'StartError', 'exec: "node": executable file not found in $PATH', 'no program called node'],
    [9, 'Error', 'node: bad option: --max-semi-space-size=4', 'does not take its options'],
  ])('that cannot run the job (%s) says why', (exitCode, reason, message, words) => {
    const explanation = explained([container({ terminated: { exitCode, reason, message } })]);
    expect(explanation?.what).toContain(words);
    expect(explanation?.what).toContain(IMAGE);
    expect(explanation?.mayPass).toBe(false);
  });

  it('whose Node ran out of its heap needs more memory', () => {
    const message = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
    expect(explained([container({ terminated: { exitCode: 134, reason: 'Error', message } })])).toEqual({
      what: 'the pod needed more memory than it may have (heap out of memory)',
      fix: 'Give it more with --memory.',
      mayPass: false,
    });
  });
});

describe('a pod that its node or the cluster did not keep', () => {
  it.each([
    ['Evicted', 'The node was low on resource: ephemeral-storage.', 'the pod was evicted'],
    [
      'OutOfcpu',
      'Pod was rejected: Node did not have enough resource: cpu',
      'the node had no room for the pod after all',
    ],
    ['OutOfmemory', 'Pod was rejected', 'the node had no room for the pod after all'],
    ['Preempting', 'Preempted in order to admit critical pod', 'the pod had to make room for a more important one'],
    ['NodeLost', 'Node aks-1 which was running pod is unresponsive', 'the node of the pod was lost'],
    ['NodeShutdown', 'Pod was rejected as the node is shutting down.', 'the node of the pod was shut down'],
    ['UnexpectedAdmissionError', 'Allocate failed', 'the kubelet did not keep the pod'],
  ])('%s is told in its words, and another one is waited for', (reason, message, what) => {
    const explanation = explained([pod({ phase: 'Failed', reason, message })]);
    expect(explanation).toMatchObject({ what: `${what} (${reason}): ${message}`, mayPass: true });
  });

  it.each([
    ['PreemptionByScheduler', 'the pod had to make room for a more important one'],
    ['DeletionByTaintManager', 'the node of the pod was lost or tainted'],
    ['EvictionByEvictionAPI', 'the pod was evicted'],
  ])('%s stands in a condition, and explains the signal that ended the container', (reason, what) => {
    const conditions = [{ type: 'DisruptionTarget', status: 'True', reason, message: 'because' }];
    const status = {
      phase: 'Failed',
      conditions,
      containerStatuses: [{ name: 'keyferry', state: { terminated: { exitCode: 143, reason: 'Error' } } }],
    };
    expect(explained([pod(status)])).toMatchObject({ what: `${what} (${reason}): because`, mayPass: true });
  });

  it('is told while its container still runs', () => {
    const conditions = [
      { type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager', message: 'node not ready' },
    ];
    const status = { conditions, containerStatuses: [{ name: 'keyferry', state: { running: {} } }] };
    expect(explained([pod(status)])).toMatchObject({
      what: 'the node of the pod was lost or tainted (DeletionByTaintManager): node not ready',
      mayPass: true,
    });
  });

  it('says what would let it be scheduled', () => {
    const unschedulable = (message: string) =>
      messageText(explained([pod({ conditions: [{ type: 'PodScheduled', status: 'False', message }] })])?.fix ?? '');
    expect(unschedulable('0/3 nodes are available: 3 node(s) had untolerated taint {sku: gpu}.')).toBe(
      'See that a Linux node with room is there, or give --toleration for the taint.',
    );
    expect(
      unschedulable(
        "0/3 nodes are available: 2 Insufficient memory, 1 node(s) didn't match Pod's node affinity/selector.",
      ),
    ).toBe('See that a Linux node with room is there, or give another --node-selector, less --memory-request.');
  });
});

describe('a pod that the API server does not take', () => {
  it.each([
    [
      'a quota that wants a limit',
      'pods "keyferry-x" is forbidden: failed quota: compute: must specify limits.cpu for: keyferry',
      'no pod may be created: failed quota: compute: must specify limits.cpu for: keyferry',
      'Give --cpu-limit, or ask who runs the ResourceQuota.',
      false,
    ],
    [
      'a quota that wants several',
      'pods "x" is forbidden: failed quota: compute: must specify limits.cpu for: keyferry; requests.cpu for: keyferry',
      'no pod may be created: failed quota: compute: must specify limits.cpu for: keyferry; requests.cpu for: keyferry',
      'Give --cpu-limit and --cpu-request, or ask who runs the ResourceQuota.',
      false,
    ],
    [
      'a quota that wants them of a sidecar',
      'pods "x" is forbidden: failed quota: compute: must specify limits.cpu for: istio-proxy',
      'no pod may be created: failed quota: compute: must specify limits.cpu for: istio-proxy',
      `Container istio-proxy is not Keyferry's. ${KEEP_OUT}`,
      false,
    ],
    [
      'a minimum',
      'pods "x" is forbidden: minimum cpu usage per Container is 100m, but request is 50m',
      'no pod may be created: minimum cpu usage per Container is 100m, but request is 50m',
      'Give --cpu-request 100m or more, or ask who runs the LimitRange.',
      false,
    ],
    [
      'several minimums',
      'pods "x" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m, minimum memory usage per Container is 512Mi, but limit is 256Mi]',
      'no pod may be created: [minimum cpu usage per Container is 100m, but request is 50m, minimum memory usage per Container is 512Mi, but limit is 256Mi]',
      'Give --cpu-request 100m or more and --memory 512Mi or more, or ask who runs the LimitRange.',
      false,
    ],
    [
      'several minimums, in whatever order the API server walks them',
      'pods "x" is forbidden: [minimum memory usage per Container is 512Mi, but limit is 256Mi, minimum cpu usage per Container is 100m, but request is 50m]',
      'no pod may be created: [minimum memory usage per Container is 512Mi, but limit is 256Mi, minimum cpu usage per Container is 100m, but request is 50m]',
      'Give --cpu-request 100m or more and --memory 512Mi or more, or ask who runs the LimitRange.',
      false,
    ],
    [
      'a maximum without a limit',
      'pods "x" is forbidden: maximum cpu usage per Container is 1.  No limit is specified',
      'no pod may be created: maximum cpu usage per Container is 1.  No limit is specified',
      'Give --cpu-limit 1 or less, or ask who runs the LimitRange.',
      false,
    ],
    [
      'a ratio',
      'pods "x" is forbidden: memory max limit to request ratio per Container is 1, but provided ratio is 2.000000',
      'no pod may be created: memory max limit to request ratio per Container is 1, but provided ratio is 2.000000',
      'Give --memory-request and --memory, both the same, or ask who runs the LimitRange.',
      false,
    ],
    [
      'a quota that no pod of this size fits into',
      'pods "x" is forbidden: exceeded quota: small, requested: limits.memory=256Mi, used: limits.memory=0, limited: limits.memory=200Mi',
      'no pod may be created: exceeded quota: small, requested: limits.memory=256Mi, used: limits.memory=0, limited: limits.memory=200Mi',
      'Raise the ResourceQuota, or ask for less with --memory: one pod alone is over it.',
      false,
    ],
    [
      'Gatekeeper',
      'admission webhook "validation.gatekeeper.sh" denied the request: [azurepolicy-k8sazurev3containerlimits-00c3] container <keyferry> has no resource limits',
      'the admission webhook validation.gatekeeper.sh refuses the pod: [azurepolicy-k8sazurev3containerlimits-00c3] container <keyferry> has no resource limits',
      'Meet it with --cpu-limit and --memory, or ask who runs that policy.',
      false,
    ],
    [
      'Kyverno, in one line',
      'admission webhook "validate.kyverno.svc-fail" denied the request: \n\nresource Pod/shop/x was blocked due to the following policies \n\nrequire-labels:\n  team: the label team is required',
      'the admission webhook validate.kyverno.svc-fail refuses the pod: resource Pod/shop/x was blocked due to the following policies require-labels: team: the label team is required',
      'Meet it with --pod-label, or ask who runs that policy.',
      false,
    ],
    [
      'a ValidatingAdmissionPolicy',
      "pods \"x\" is forbidden: ValidatingAdmissionPolicy 'team' with binding 'team' denied request: the label team is required",
      'the ValidatingAdmissionPolicy team refuses the pod: the label team is required',
      'Meet it with --pod-label, or ask who runs that policy.',
      false,
    ],
    [
      'a webhook that is down',
      'Internal error occurred: failed calling webhook "mutation.azure-workload-identity.io": failed to call webhook: no endpoints available',
      'the admission webhook mutation.azure-workload-identity.io does not answer: failed to call webhook: no endpoints available',
      'It gives the pods their identity: see that azure-wi-webhook-controller-manager runs in kube-system.',
      true,
    ],
    [
      'PodSecurity',
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": seccompProfile',
      'the pod violates PodSecurity "restricted:latest": seccompProfile',
      'Admit it in the namespace, or report it: the pod asks for nothing beyond "restricted".',
      false,
    ],
    [
      'a ServiceAccount that is gone',
      'pods "x" is forbidden: error looking up service account shop/keyferry: serviceaccount "keyferry" not found',
      'no pod may be created: ServiceAccount shop/keyferry is not there',
      'It was deleted: deploy again.',
      true,
    ],
    [
      'words that nobody knows',
      'something new',
      'no pod could be created: something new',
      'Mend what the API server names.',
      true,
    ],
  ])('names %s, and the option that mends it', (_title, words, what, fix, mayPass) => {
    expect(explained([], created(words))).toMatchObject({ what, fix, mayPass });
  });

  it('believes the newest Event', () => {
    const older = { ...event('FailedCreate', 'Error creating: old'), lastTimestamp: '2026-01-01T00:00:00Z' };
    const newer = { ...event('FailedCreate', 'Error creating: new'), lastTimestamp: '2026-01-01T00:01:00Z' };
    expect(explained([], [newer, older])?.what).toBe('no pod could be created: new');
  });
});
