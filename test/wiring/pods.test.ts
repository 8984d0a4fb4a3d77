/** From the options for the pods to the CronJob that `render` prints. */
import { describe, expect, it } from '@jest/globals';
import type { GivenSettings } from '../../src/core/settings/parse.ts';
import { renderedPod, type RenderedPod } from './rendered-pod.ts';

const resourcesOf = async (flags: GivenSettings) => (await renderedPod(flags)).container.resources;
const flagsOf = async (flags: GivenSettings) =>
  (await renderedPod(flags)).container.command?.filter((part) => part.startsWith('--'));
const valueOf = ({ container }: RenderedPod, variable: string) =>
  container.env.find(({ name }) => name === variable)?.value;

describe('what the container asks for and may have', () => {
  it('is little, without a limit of CPU', async () => {
    expect(await resourcesOf({})).toEqual({ requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '256Mi' } });
  });

  it('follows what is given: a request is never more than its limit', async () => {
    expect(await resourcesOf({ memory: '100Mi', 'cpu-limit': '20m' })).toEqual({
      requests: { cpu: '20m', memory: '100Mi' },
      limits: { cpu: '20m', memory: '100Mi' },
    });
    const all = { memory: '1Gi', 'memory-request': '1Gi', 'cpu-limit': '1', 'cpu-request': '100m' };
    expect(await resourcesOf(all)).toEqual({
      requests: { cpu: '100m', memory: '1Gi' },
      limits: { cpu: '1', memory: '1Gi' },
    });
    expect(await resourcesOf({ 'memory-request': '512Mi' })).toEqual({
      requests: { cpu: '50m', memory: '512Mi' },
      limits: { memory: '512Mi' },
    });
  });
});

describe('the heap of Node', () => {
  it('leaves room for the rest of the process below the limit, whatever the image', async () => {
    expect(await flagsOf({})).toEqual(['--max-semi-space-size=4', '--max-old-space-size=128']);
    expect(await flagsOf({ image: 'registry.example/node:24', memory: '1Gi' })).toEqual([
      '--max-semi-space-size=4',
      '--max-old-space-size=896',
    ]);
    expect(await flagsOf({ memory: '64Mi' })).toContain('--max-old-space-size=64');
  });

  it('is set by a variable in an image that holds the engine, where what a user gives comes last', async () => {
    const image = { 'engine-image': 'registry.example/keyferry:1' };
    expect(valueOf(await renderedPod(image), 'NODE_OPTIONS')).toBe('--max-semi-space-size=4 --max-old-space-size=128');
    const own = await renderedPod({ ...image, 'pod-env': 'NODE_OPTIONS=--use-openssl-ca' });
    expect(valueOf(own, 'NODE_OPTIONS')).toBe('--max-semi-space-size=4 --max-old-space-size=128 --use-openssl-ca');
    expect(valueOf(await renderedPod({}), 'NODE_OPTIONS')).toBeUndefined();
  });
});

describe('the pods', () => {
  it('carry the labels and annotations that are given, and go to the nodes that are', async () => {
    const given = {
      'pod-label': ['team=shop', 'azure.workload.identity/proxy-sidecar=x'],
      'pod-annotation': 'sidecar.istio.io/inject=false\nproxy.istio.io/config={"a": 1, "b": 2}',
      'node-selector': 'kubernetes.io/arch=amd64',
    };
    const { metadata, spec } = await renderedPod(given);
    expect(metadata).toEqual({
      labels: {
        team: 'shop',
        'azure.workload.identity/proxy-sidecar': 'x',
        'azure.workload.identity/use': 'true',
        'app.kubernetes.io/name': 'keyferry',
        'app.kubernetes.io/instance': 'keyferry',
        'app.kubernetes.io/component': 'job',
        'app.kubernetes.io/managed-by': 'keyferry',
      },
      annotations: { 'sidecar.istio.io/inject': 'false', 'proxy.istio.io/config': '{"a": 1, "b": 2}' },
    });
    expect(spec['nodeSelector']).toEqual({ 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' });
  });

  it('have the variables that are given, commas and all, with a warning of a password', async () => {
    const pods = await renderedPod({ 'pod-env': 'HTTPS_PROXY=http://u:hunter2@proxy:3128\nNO_PROXY=.svc,10.0.0.0/8' });
    expect(valueOf(pods, 'NO_PROXY')).toBe('.svc,10.0.0.0/8');
    expect(pods.warnings).toEqual([
      '--pod-env HTTPS_PROXY holds what looks like a password, and whoever may read the CronJob or its pods can read it. Take it out: use a proxy that asks for none, or a variable that names a file.',
    ]);
  });

  it('begin in a minute and a second of their own', async () => {
    const pods = await renderedPod({ installation: 'billing', 'refresh-interval': '1h' });
    expect(pods.schedule).toMatch(/^\d+ \* \* \* \*$/u);
    expect(valueOf(pods, 'KEYFERRY_START_DELAY')).toBeUndefined();
  });
});
