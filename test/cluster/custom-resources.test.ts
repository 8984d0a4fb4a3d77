/**
 * Installations whose intents are custom resources, in a real API server with its garbage collector: a namespace admin
 * deploys, and the job runs with the rights that were deployed, and no others.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../fakes/index.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';
import { serveIn } from './test-definitions.ts';

const NAMESPACE = 'resources';

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, 'user-3');
});
afterAll(() => world.close());
beforeEach(() => world.reset());

describe('deploy --home custom-resources', () => {
  it('makes resources that the operator leaves alone, and a job that keeps their status with rights on their names', async () => {
    expectDone(await world.deploy());
    expect(await world.team.installedNames()).toEqual([
      'ConfigMap keyferry-engine-DIGEST',
      'ConfigMap keyferry-intents-DIGEST',
      'ConfigMap keyferry-inventory',
      'ConfigMap keyferry-report',
      'ConfigMap keyferry-state-0',
      'CronJob keyferry',
      'Lease keyferry',
      'Role keyferry',
      'RoleBinding keyferry',
      'ServiceAccount keyferry',
    ]);
    expect((await world.find('SecretStore', 'vault'))?.['spec']).toMatchObject({ controller: 'keyferry' });
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
    const secret = await world.find('Secret', 'db');
    expect(secret?.metadata.ownerReferences).toMatchObject([{ kind: 'ExternalSecret', name: 'db', controller: true }]);
    expect((await world.find('ExternalSecret', 'db'))?.status).toMatchObject({
      binding: { name: 'db' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'SecretSynced' }],
    });
    expect((await world.find('SecretStore', 'vault'))?.status).toMatchObject({
      conditions: [{ type: 'Ready', status: 'True', reason: 'Valid' }],
    });
    const events = await world.shop.admin.list('Event', NAMESPACE);
    const onResources = events.filter((event) => (event['source'] as { component?: string }).component === 'keyferry');
    expect(onResources.map(({ reason }) => reason).sort()).toEqual(['Created', 'Valid']);
  });

  it('puts nothing of its own on the ExternalSecret or the Secret', async () => {
    expectDone(await world.deploy());
    const { metadata, ['spec']: spec } = (await world.find('ExternalSecret', 'db')) as KubernetesObject;
    expect({ labels: metadata.labels, annotations: metadata.annotations }).toEqual({});
    expect(spec).toEqual({
      refreshInterval: '1h',
      secretStoreRef: { name: 'vault' },
      data: [{ secretKey: 'value', remoteRef: { key: 'db' } }],
    });
    const labels = (await world.find('Secret', 'db'))?.metadata.labels ?? {};
    expect(Object.keys(labels).filter((key) => !key.startsWith('reconcile.external-secrets.io/'))).toEqual([]);
  });

  it('changes nothing the second time, and only what differs the third', async () => {
    expectDone(await world.deploy());
    expect((await world.deploy()).stdout).toContain('0 created, 0 changed, 0 deleted, 8 unchanged.');
    await world.team.write(world.shop.manifests('db').replace('"1h"', '"2h"'));
    const third = await world.deploy();
    expectDone(third);
    expect(third.stdout).toContain('changed  ExternalSecret resources/db');
    expect(third.stdout).not.toContain('SecretStore resources/vault');
  });

  it('sets right what somebody edited by hand', async () => {
    expectDone(await world.deploy());
    const metadata = { namespace: NAMESPACE, name: 'db' };
    await world.shop.admin.patch({ kind: 'ExternalSecret', metadata, spec: { refreshInterval: '5m' } });
    expectDone(await world.deploy());
    expect((await world.find('ExternalSecret', 'db'))?.['spec']).toMatchObject({ refreshInterval: '1h' });
  });

  it('gives the job rights on names only, but for creating Events', async () => {
    await world.deploy();
    const { rules } = (await world.find('Role', 'keyferry')) as unknown as {
      readonly rules: readonly { resources: readonly string[]; resourceNames?: readonly string[]; verbs: string[] }[];
    };
    expect(rules.filter(({ resourceNames = [] }) => resourceNames.length === 0)).toEqual([
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ]);
    expect(rules.flatMap(({ verbs }) => verbs).filter((verb) => ['list', 'watch', '*'].includes(verb))).toEqual([]);
    expect(rules.filter(({ resources }) => resources[0]?.startsWith('externalsecrets'))).toEqual([
      { apiGroups: ['external-secrets.io'], resources: ['externalsecrets'], resourceNames: ['db'], verbs: ['get'] },
      {
        apiGroups: ['external-secrets.io'],
        resources: ['externalsecrets/finalizers'],
        resourceNames: ['db'],
        verbs: ['update'],
      },
      {
        apiGroups: ['external-secrets.io'],
        resources: ['externalsecrets/status'],
        resourceNames: ['db'],
        verbs: ['patch'],
      },
    ]);
  });
});

describe('the version of the resources', () => {
  const KINDS = ['SecretStore', 'ExternalSecret'];
  const serve = (versions: readonly string[]) =>
    Promise.all(KINDS.map((kind) => serveIn(world.shop.admin, kind, versions)));

  afterAll(() => serve(['v1']));

  it('is v1beta1 where the cluster serves nothing newer, whatever the manifests have, for the job as well', async () => {
    await serve(['v1beta1']);
    expectDone(await world.deploy());
    expect((await world.deploy()).stdout).toContain('0 created, 0 changed, 0 deleted, 8 unchanged.');
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
    const path = `/apis/external-secrets.io/v1beta1/namespaces/${NAMESPACE}/externalsecrets/db`;
    const { body } = await world.shop.admin.call({ method: 'GET', path });
    expect(body).toMatchObject({ status: { binding: { name: 'db' } } });
    const { metadata } = (await world.find('Secret', 'db')) as KubernetesObject;
    expect(metadata.ownerReferences).toMatchObject([{ apiVersion: 'external-secrets.io/v1beta1' }]);
    await serve(['v1']);
  });

  it('is told to be missing, with the definition that should be there, and nothing is applied', async () => {
    await serveIn(world.shop.admin, 'SecretStore', []);
    const { code, stdout } = await world.deploy();
    await serveIn(world.shop.admin, 'SecretStore', ['v1']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      'error    the cluster serves no SecretStore: CustomResourceDefinition secretstores.external-secrets.io is not there, or has neither v1 nor v1beta1. Nothing was applied.',
    );
    expect(await world.team.installedNames()).toEqual([]);
    expect(await world.names('ExternalSecret')).toEqual([]);
  });

  it('is one without fields that it does not have', async () => {
    await serve(['v1beta1']);
    const windows = '"syncWindows":{"kind":"allow","windows":[{"schedule":"0 0 * * *","duration":"1h"}]},"data":';
    await world.team.write(world.shop.manifests('db').replace('"data":', windows));
    const { code, stdout } = await world.deploy();
    await serve(['v1']);
    expect(code).toBe(1);
    expect(stdout).toContain('spec.syncWindows does not exist in v1beta1');
    expect(stdout).toContain('manifests.yaml:4');
  });
});

describe('an installation', () => {
  it('says which resource somebody deleted, with its line, and syncs the others', async () => {
    await world.team.write(world.shop.manifests('cache', 'db'));
    expectDone(await world.deploy());
    await world.shop.admin.delete('ExternalSecret', NAMESPACE, 'cache');
    world.shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'second' }], cache: [{ value: 'warm' }] } } });
    const cronJob = (await world.find('CronJob', 'keyferry')) as KubernetesObject;
    const metadata = { namespace: NAMESPACE, name: 'db', annotations: { again: 'now' } };
    await world.shop.admin.patch({ kind: 'ExternalSecret', metadata });
    const { code, stdout } = await world.team.runPod(cronJob);
    expect(code).toBe(3);
    expect(stdout).toContain(
      'ExternalSecret resources/cache: was deleted from the cluster, and the deployment still has it. Deploy again, with it or without it. (manifests.yaml:4)',
    );
    expect(await world.shop.secret('db')).toEqual({ value: 'second' });
    expectDone(await world.deploy());
    expect(await world.shop.secret('cache')).toEqual({ value: 'warm' });
  });

  it('shows stores, ExternalSecrets and Secrets in its status', async () => {
    expectDone(await world.deploy());
    const { code, stdout } = await world.team.keyferry('status');
    expect(stdout).toMatch(/SecretStore resources\/vault +https:\/\/kv-shop\.vault\.azure\.net/u);
    expect(stdout).toMatch(/resources\/db +resources\/db \(1 key\) +created/u);
    expect(code).toBe(0);
  });

  it('cleans up after a target that got another name', async () => {
    expectDone(await world.deploy());
    const renamed = world.shop.manifests('db').replace('"data":', '"target":{"name":"orders"},"data":');
    await world.team.write(renamed);
    expectDone(await world.deploy());
    expect(await world.names('Secret')).toEqual(['orders']);
  });
});

describe('render --home custom-resources', () => {
  it('prints what deploy applies, in the newest version', async () => {
    const { stdout } = await world.team.keyferry('render', '-f', 'manifests.yaml', '--home', 'custom-resources');
    const objects = parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
    expect(objects.map(({ apiVersion, kind }) => `${apiVersion ?? ''} ${kind}`)).toEqual([
      'v1 ServiceAccount',
      'external-secrets.io/v1 SecretStore',
      'external-secrets.io/v1 ExternalSecret',
      'v1 ConfigMap',
      'v1 ConfigMap',
      'rbac.authorization.k8s.io/v1 Role',
      'rbac.authorization.k8s.io/v1 RoleBinding',
      'batch/v1 CronJob',
    ]);
    expect(objects[1]?.['spec']).toMatchObject({ controller: 'keyferry' });
  });
});
