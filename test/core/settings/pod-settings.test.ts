/** The options for the pods, each checked where it is read: as a flag, as an input of a step, as a variable. */
import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../src/core/model/problem.ts';
import { parseSettings, type GivenSettings } from '../../../src/core/settings/parse.ts';
import { tolerationOf } from '../../../src/core/settings/pod-forms.ts';
import { podWarnings } from '../../../src/core/settings/pod-rules.ts';

const render = (flags: GivenSettings, variables: GivenSettings = {}) =>
  parseSettings('render', { filename: ['a.yaml'], ...flags }, variables);
const refusals = (flags: GivenSettings) => render(flags).problems.map(problemText);

describe('an option for the pods', () => {
  it.each<[string, string, string]>([
    ['memory', '256mi', '--memory "256mi" is no quantity that Kubernetes reads. Write it as 256Mi.'],
    ['memory', '256MB', '--memory "256MB" is no quantity that Kubernetes reads. Write it as 256Mi.'],
    ['memory', '1gb', '--memory "1gb" is no quantity that Kubernetes reads. Write it as 1Gi.'],
    ['memory', '256 Mi', '--memory "256 Mi" is no quantity that Kubernetes reads. Write it as 256Mi.'],
    ['memory', 'much', '--memory "much" is no quantity that Kubernetes reads. Write it as 256Mi.'],
    ['memory', '-5Mi', '--memory "-5Mi" is less than nothing. Write it as 5Mi.'],
    ['memory', '256', '--memory "256" is 256 bytes, and no pod runs with that. Write it as 256Mi.'],
    ['memory', '256m', '--memory "256m" is 0.256 bytes, and no pod runs with that. Write it as 256Mi.'],
    ['memory', '512Ki', '--memory "512Ki" is 512 KiB, and no pod runs with that. Write it as 512Mi.'],
    ['memory-request', '128MiB', '--memory-request "128MiB" is no quantity that Kubernetes reads. Write it as 128Mi.'],
    ['cpu-limit', '500M', '--cpu-limit "500M" is 500,000,000 cores. Write it as 500m.'],
    ['cpu-limit', '100Mi', '--cpu-limit "100Mi" is 104,857,600 cores. Write it as 100m.'],
    ['cpu-limit', '1 core', '--cpu-limit "1 core" is no quantity that Kubernetes reads. Write it as 1.'],
    ['cpu-limit', '0', '--cpu-limit "0" is no amount of CPU. Write it as 500m.'],
    ['cpu-request', '50mcpu', '--cpu-request "50mcpu" is no quantity that Kubernetes reads. Write it as 50m.'],
    [
      'image',
      'https://myacr.azurecr.io/node:24',
      '--image "https://myacr.azurecr.io/node:24" is no image that Kubernetes takes. Leave out https://.',
    ],
    ['image', 'node 24', '--image "node 24" is no image that Kubernetes takes. Leave out the space.'],
    [
      'image',
      ':24',
      '--image ":24" is no image that Kubernetes takes. Write it as REGISTRY/NAME:TAG, as node:24-slim.',
    ],
    [
      'image',
      'myacr.azurecr.io/Node:24',
      '--image "myacr.azurecr.io/Node:24" is no image that Kubernetes takes. Its name is in small letters.',
    ],
    [
      'engine-image',
      'x/k@sha256:abc',
      '--engine-image "x/k@sha256:abc" is no image that Kubernetes takes. A digest is @sha256: and 64 hexadecimal digits in small letters.',
    ],
    [
      'image-pull-secret',
      'My_Secret',
      '--image-pull-secret "My_Secret" is no name that Kubernetes takes. Use small letters, digits, dashes and dots.',
    ],
    [
      'ca-config-map',
      'ca/map',
      '--ca-config-map "ca/map" is no name that Kubernetes takes. Use small letters, digits, dashes and dots.',
    ],
    [
      'toleration',
      'sku=gpu:noschedule',
      '--toleration "sku=gpu:noschedule" has "noschedule", which is not one of NoSchedule, PreferNoSchedule, NoExecute. Did you mean NoSchedule?',
    ],
    [
      'toleration',
      'sku=gpu:NoExecute:300',
      '--toleration "sku=gpu:NoExecute:300" has "NoExecute:300", which is not one of NoSchedule, PreferNoSchedule, NoExecute. Use one of these.',
    ],
    [
      'toleration',
      'a=b=c:NoSchedule',
      '--toleration "a=b=c:NoSchedule" has "b=c", which is no value of a taint. It takes at most 63 letters, digits, dashes, dots and underscores, and begins and ends with one of the first two.',
    ],
    [
      'toleration',
      ':NoSchedule',
      '--toleration ":NoSchedule" has no key that Kubernetes takes. Write KEY=VALUE:EFFECT, KEY:EFFECT for any value, or KEY for any value and effect.',
    ],
    [
      'node-selector',
      'kubernetes.io/os=windows',
      '--node-selector "kubernetes.io/os=windows" asks for other nodes than Linux. Leave it out: the job runs on Linux.',
    ],
    ['node-selector', 'arch', '--node-selector has an entry "arch" that is not KEY=VALUE. Write one KEY=VALUE a line.'],
    [
      'pod-env',
      '1BAD=x',
      '--pod-env "1BAD" is no name of a variable. Use letters, digits, dashes, dots and underscores, and no digit first.',
    ],
    [
      'pod-env',
      'HTTPS PROXY=x',
      '--pod-env "HTTPS PROXY" is no name of a variable. Use letters, digits, dashes, dots and underscores, and no digit first.',
    ],
    ['pod-env', 'KEYFERRY_HOME=files', '--pod-env "KEYFERRY_HOME" is set by the deployment itself. Leave it out.'],
    ['pod-env', 'A=1\n.svc', '--pod-env has an entry that is not NAME=VALUE. Write one NAME=VALUE a line.'],
    ['pod-env', 'A=1\nA=2', '--pod-env has "A" twice. Leave one of the two out.'],
    [
      'pod-label',
      'team=Team Shop',
      '--pod-label "team" has "Team Shop", which is no value of a label. It takes at most 63 letters, digits, dashes, dots and underscores, and begins and ends with one of the first two.',
    ],
    [
      'pod-label',
      '-team=shop',
      '--pod-label "-team" is no key that Kubernetes takes. A key is letters, digits, dashes, dots and underscores, after PREFIX/ where it has one.',
    ],
    [
      'pod-label',
      'app.kubernetes.io/name=x',
      '--pod-label "app.kubernetes.io/name" is set by the deployment itself. Leave it out, or take another key.',
    ],
    [
      'pod-label',
      'job-name=x',
      '--pod-label "job-name" is set by the deployment itself. Leave it out, or take another key.',
    ],
    [
      'pod-label',
      'batch.kubernetes.io/controller-uid=x',
      '--pod-label "batch.kubernetes.io/controller-uid" is set by the deployment itself. Leave it out, or take another key.',
    ],
    [
      'pod-label',
      'azure.workload.identity/use=true',
      '--pod-label "azure.workload.identity/use" is set by the deployment itself. Leave it out: it is there where a store uses the identity of the pods.',
    ],
    [
      'pod-annotation',
      'keyferry.dev/version=2',
      '--pod-annotation "keyferry.dev/version" is set by the deployment itself. Leave it out, or take another key.',
    ],
    [
      'pod-annotation',
      'a/b/c=x',
      '--pod-annotation "a/b/c" is no key that Kubernetes takes. A key is letters, digits, dashes, dots and underscores, after PREFIX/ where it has one.',
    ],
  ])('--%s %j is refused by render with its name', (name, value, message) => {
    expect(refusals({ [name]: value })).toEqual([message]);
  });

  it('is told with all others that are wrong', () => {
    expect(refusals({ memory: '256mi', 'cpu-limit': '1 core', 'pod-env': ['1A=x', '2B=y'] })).toHaveLength(4);
  });

  it.each<[string, string]>([
    ['memory', '256Mi'],
    ['memory', '0.5Gi'],
    ['memory', '268435456'],
    ['memory', '3e8'],
    ['cpu-limit', '0.5'],
    ['cpu-limit', '500m'],
    ['image', 'localhost:5000/team/node_24:24-slim'],
    ['image', `ghcr.io/keyferry/keyferry:1.0.0@sha256:${'a'.repeat(64)}`],
    ['pod-label', 'team='],
    ['pod-annotation', 'proxy.istio.io/config={"holdApplicationUntilProxyStarts": true, "x": 1}'],
    ['toleration', 'CriticalAddonsOnly'],
    ['toleration', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule'],
    ['node-selector', 'kubernetes.io/arch=amd64'],
  ])('--%s %s is taken', (name, value) => {
    expect(refusals({ [name]: value })).toEqual([]);
  });

  it('may ask for no more than its limit', () => {
    expect(refusals({ memory: '256Mi', 'memory-request': '1Gi', 'cpu-limit': '100m', 'cpu-request': '1' })).toEqual([
      '--memory-request "1Gi" is more than --memory "256Mi". Raise the limit, or ask for no more than it.',
      '--cpu-request "1" is more than --cpu-limit "100m". Raise the limit, or ask for no more than it.',
    ]);
  });
});

describe('pod-env', () => {
  const TWO = ['HTTPS_PROXY=http://proxy:3128', 'NO_PROXY=10.0.0.0/8,.svc,.cluster.local'];

  it.each<[string, GivenSettings, GivenSettings]>([
    ['as an input of a step', { 'pod-env': TWO.join('\n') }, {}],
    ['as an input with other line ends', { 'pod-env': `${TWO.join('\r\n')}\r\n` }, {}],
    ['as a variable', {}, { KEYFERRY_POD_ENV: TWO.join('\n') }],
    ['as two flags', { 'pod-env': TWO }, {}],
    ['as one flag of two lines', { 'pod-env': [TWO.join('\n')] }, {}],
  ])('keeps the commas of a value %s', (_how, flags, variables) => {
    expect(render(flags, variables).settings?.podEnv).toEqual(TWO);
  });

  it('is one variable where the rest has an equals sign too', () => {
    const given = { 'pod-env': 'OTEL_RESOURCE_ATTRIBUTES=team=shop,env=prod' };
    expect(render(given).settings?.podEnv).toEqual(['OTEL_RESOURCE_ATTRIBUTES=team=shop,env=prod']);
    expect(podWarnings(['OTEL_RESOURCE_ATTRIBUTES=team=shop,env=prod'])).toEqual([]);
  });

  it('warns where another variable seems to be meant after a comma', () => {
    expect(podWarnings(['HTTPS_PROXY=http://proxy:3128,NO_PROXY=.svc']).map(problemText)).toEqual([
      '--pod-env HTTPS_PROXY holds ",NO_PROXY=", which stays part of its value. If NO_PROXY is a variable of its own, give it on a line of its own.',
    ]);
  });

  it.each([
    'HTTPS_PROXY=http://user:hunter2@proxy:3128',
    'DB_PASSWORD=hunter2',
    'STORAGE=DefaultEndpointsProtocol=https;AccountKey=hunter2',
    'API_KEY=hunter2',
    'GITHUB_TOKEN=ghp_hunter2',
  ])('warns of what looks like a password, and does not show it: %s', (pair) => {
    const [warning = ''] = podWarnings([pair]).map(problemText);
    expect(warning).toContain('holds what looks like a password');
    expect(warning).not.toContain('hunter2');
  });

  it.each([
    'HTTPS_PROXY=http://proxy:3128',
    'AZURE_FEDERATED_TOKEN_FILE=/var/run/secrets/token',
    'SECRET_NAME=db',
    'TOKEN_AUDIENCE=api://x',
    'NODE_OPTIONS=--use-openssl-ca',
    'TZ=Europe/Berlin',
  ])('has nothing to say about %s', (pair) => {
    expect(podWarnings([pair])).toEqual([]);
  });
});

describe('a toleration', () => {
  it.each([
    ['sku=gpu:NoSchedule', { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }],
    ['sku=:NoSchedule', { key: 'sku', operator: 'Equal', value: '', effect: 'NoSchedule' }],
    ['sku:NoExecute', { key: 'sku', operator: 'Exists', effect: 'NoExecute' }],
    ['CriticalAddonsOnly', { key: 'CriticalAddonsOnly', operator: 'Exists' }],
    ['sku=gpu', { key: 'sku', operator: 'Equal', value: 'gpu' }],
  ])('%s is written as Kubernetes reads it', (text, toleration) => {
    expect(tolerationOf(text)).toEqual(toleration);
  });
});
