/** Tokens of a registry in Secrets: from a manifest over Entra and the registry on loopback, pass after pass. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import { decodeToken } from '../servers/index.ts';
import { azureWorld, type AzureWorld } from './azure-world.ts';
import { textsOf } from './shop.ts';

function manifests(registry = 'shop.azurecr.io'): string {
  return `apiVersion: generators.external-secrets.io/v1alpha1
kind: ACRAccessToken
metadata: {name: acr, namespace: shop}
spec:
  registry: ${registry}
  auth: {workloadIdentity: {}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: pull, namespace: shop, annotations: {keyferry.dev/keep-previous: "2"}}
spec:
  refreshInterval: 1h
  target:
    name: pull
    template:
      type: kubernetes.io/dockerconfigjson
      data:
        .dockerconfigjson: '{"auths":{"shop.azurecr.io":{"username":"{{ .username }}","password":"{{ .password }}"}}}'
  dataFrom: [{sourceRef: {generatorRef: {kind: ACRAccessToken, name: acr}}}]
`;
}

const { azure } = useLoopback({});
let world: AzureWorld;
beforeEach(() => {
  azure().registry.reset();
  world = azureWorld(azure());
});

const due = { ...DEFAULT_SETTINGS, mode: 'due' } as const;
const pass = (text = manifests()) => sync(world.ports(text), due);
const paths = () => azure().registry.log.map(({ path }) => path);

function password(): string {
  const texts = textsOf(world.cluster.get('Secret', 'shop', 'pull')) ?? {};
  expect(Object.keys(texts)).toEqual(['.dockerconfigjson']);
  const config = JSON.parse(texts['.dockerconfigjson'] ?? '{}') as {
    auths: Record<string, { username: string; password: string }>;
  };
  return config.auths['shop.azurecr.io']?.password ?? '';
}

describe('an ACRAccessToken', () => {
  it('becomes the docker config of an image pull, and no earlier token is kept', async () => {
    const { objects, problems } = await pass();
    expect([...problems, ...objects.flatMap((one) => one.problems)].map(problemText)).toEqual([]);
    expect(decodeToken(password())?.claims).toMatchObject({ aud: 'shop.azurecr.io' });
    expect(paths()).toEqual(['/oauth2/exchange']);
  });

  it('is left alone until its interval, or the time before its end, has come', async () => {
    azure().registry.lifetimeSeconds = 15 * 60;
    await pass();
    const first = password();
    world.clock.advance(13 * 60_000);
    await pass();
    expect([paths().length, password()]).toEqual([1, first]);
    world.clock.advance(60_000);
    await pass();
    expect(paths()).toHaveLength(2);
    expect(password()).not.toBe(first);
  });

  it('stays where the registry fails', async () => {
    await pass();
    const first = password();
    azure().registry.faults.inject({ match: '^POST', status: 403 });
    world.clock.advance(61 * 60_000);
    const report = await pass();
    expect([report.counts.errors, password()]).toEqual([1, first]);
  });

  it('goes to no registry of somebody else, and is told with its line', async () => {
    const report = await pass(manifests('registry.evil.example.com'));
    expect(report.problems.map(problemText)[0]).toMatch(
      /^ACRAccessToken shop\/acr: spec\.registry is registry\.evil\.example\.com, .* \(manifests\.yaml:5\)$/u,
    );
    expect(azure().registry.log).toEqual([]);
    expect(world.cluster.get('Secret', 'shop', 'pull')).toBeUndefined();
  });

  it('is not asked for by a plan without values', async () => {
    await plan(world.metadataPorts(manifests()), DEFAULT_SETTINGS, { level: metadataLevel() });
    expect(azure().registry.log).toEqual([]);
  });
});
