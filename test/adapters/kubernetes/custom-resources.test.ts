/** Which custom resources are read, where versions or rights are missing. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomResources } from '../../../src/adapters/kubernetes/custom-resources.ts';
import { problemText } from '../../../src/core/model/problem.ts';
import { ScriptedApiServer, status, type ScriptedAnswer } from './api-server.ts';

const GROUP = '/apis/external-secrets.io';

let server: ScriptedApiServer;

beforeEach(async () => {
  server = await ScriptedApiServer.start();
});
afterEach(async () => server.close());

function resources(...kinds: readonly string[]): ScriptedAnswer {
  const list = kinds.map((kind) => ({ kind, name: `${kind.toLowerCase()}s`, namespaced: !kind.startsWith('Cluster') }));
  return { status: 200, body: { kind: 'APIResourceList', resources: list } };
}

function items(...names: readonly string[]): ScriptedAnswer {
  return { status: 200, body: { items: names.map((name) => ({ metadata: { name, namespace: 'shop' } })) } };
}

function forbidden(resource: string): ScriptedAnswer {
  const message = `${resource}.external-secrets.io is forbidden: User "team" cannot list resource "${resource}" in API group "external-secrets.io" at the cluster scope`;
  return status(403, 'Forbidden', message);
}

async function load(namespace?: string) {
  const reach = namespace === undefined ? 'cluster' : { namespace };
  const { documents, problems } = await new CustomResources(server.connect(), reach).load();
  const read = documents.map(({ value }) => value as { apiVersion: string; kind: string; metadata: { name: string } });
  return {
    read: read.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`),
    problems: problems.map(({ severity, code, ...problem }) => [
      severity,
      code,
      problemText({ severity, code, ...problem }),
    ]),
  };
}

describe('custom resources', () => {
  it('are read in an older version where the cluster serves no newer one', async () => {
    server.serve({
      [`${GROUP}/v1beta1`]: resources('ExternalSecret', 'SecretStore'),
      [`${GROUP}/v1beta1/externalsecrets`]: items('db'),
      [`${GROUP}/v1beta1/secretstores`]: items('vault'),
    });
    expect((await load()).read).toEqual([
      'external-secrets.io/v1beta1 SecretStore vault',
      'external-secrets.io/v1beta1 ExternalSecret db',
    ]);
  });

  it('are an error where ExternalSecret is not served, with what to do', async () => {
    server.serve({});
    await expect(load()).rejects.toMatchObject({
      code: 'NotServed',
      what: 'cluster shop-prd has no ExternalSecrets: external-secrets.io v1 and v1beta1 are not served',
    });
  });

  it('are not counted as absent when a proxy answers in the place of the API server', async () => {
    server.answer({ status: 404, body: '<html>not here</html>' });
    await expect(load()).rejects.toMatchObject({ kind: 'Malformed' });
  });
});

describe('with a namespace, a kind of the whole cluster that may not be listed', () => {
  beforeEach(() => {
    server.serve({
      [`${GROUP}/v1`]: resources('ExternalSecret', 'ClusterSecretStore'),
      [`${GROUP}/v1/namespaces/shop/externalsecrets`]: items('db'),
      [`${GROUP}/v1/externalsecrets`]: items('db'),
      [`${GROUP}/v1/clustersecretstores`]: forbidden('clustersecretstores'),
    });
  });

  it('is told, and the rest is read', async () => {
    expect(await load('shop')).toEqual({
      read: ['external-secrets.io/v1 ExternalSecret db'],
      problems: [
        [
          'warning',
          'kind-not-listed',
          'cluster shop-prd does not let "team" list clustersecretstores.external-secrets.io in the whole cluster, so that every ClusterSecretStore counts as absent. Where an ExternalSecret needs one, give the right to list them.',
        ],
      ],
    });
  });

  it('is an error without the namespace', async () => {
    await expect(load()).rejects.toMatchObject({ kind: 'Forbidden' });
  });
});
