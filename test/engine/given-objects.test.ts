/** ServiceAccounts and Secrets that stand in the manifests beside the stores, as guides write them. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { render, type RenderRequest } from '../../src/commands/render.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { printObjects } from '../../src/core/deploy/print.ts';
import type { KubernetesObject } from '../../src/core/model/kubernetes-object.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { secretRef } from '../../src/core/model/secret.ts';
import { readOnce, withGivenObjects } from '../../src/engine/sync/given-objects.ts';
import { givenElsewhere, install } from '../../src/engine/installation/install.ts';
import { tryRemove } from '../../src/engine/installation/leave.ts';
import { PortError } from '../../src/ports/errors.ts';
import { InMemoryCluster, InMemoryObjects, RecordingLogger } from '../fakes/index.ts';
import { externalSecret, handMadeSecret, STORE, yaml } from './shop.ts';

const INSTALLATION = { namespace: 'shop', name: 'keyferry' };
const ACCOUNT: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: {
    name: 'workload',
    namespace: 'shop',
    annotations: { 'azure.workload.identity/client-id': 'from-manifest' },
  },
};
const REF = { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'workload' };
const NAMING = {
  ...STORE,
  spec: {
    provider: {
      azurekv: {
        vaultUrl: 'https://kv-shop.vault.azure.net',
        authType: 'WorkloadIdentity',
        serviceAccountRef: { name: 'workload' },
      },
    },
  },
};
const CREDENTIALS = handMadeSecret('azure-creds', { secret: 'canary-of-a-client' });
const MANIFESTS = yaml(ACCOUNT, NAMING, externalSecret('db'), CREDENTIALS);

const sourceOf = (manifests: string) => ({
  load: () => Promise.resolve(parseDocuments('all.yaml', manifests)),
});

describe('what the manifests hold for a login', () => {
  const cluster = new InMemoryCluster();
  const seen = withGivenObjects(cluster, sourceOf(MANIFESTS), undefined);

  it('counts as present where the cluster has none', async () => {
    expect((await seen.getServiceAccount('shop', 'workload'))?.annotations).toEqual(ACCOUNT.metadata.annotations);
    const secret = await seen.getSecret(secretRef('shop', 'azure-creds'));
    expect(Buffer.from(secret?.data.get('secret')?.reveal() ?? []).toString()).toBe('canary-of-a-client');
    expect(await seen.getServiceAccount('shop', 'other')).toBeUndefined();
    expect(await seen.getSecret(secretRef('other', 'azure-creds'))).toBeUndefined();
  });

  it('stands behind what the cluster has', async () => {
    const there = new InMemoryCluster();
    there.apply({ ...ACCOUNT, metadata: { ...ACCOUNT.metadata, annotations: { there: 'yes' } } });
    const both = withGivenObjects(there, sourceOf(MANIFESTS), undefined);
    expect((await both.getServiceAccount('shop', 'workload'))?.annotations).toEqual({ there: 'yes' });
  });

  it('helps where the cluster may not be read, and hides no other failure', async () => {
    const failing = (kind: 'Forbidden' | 'Unavailable') => {
      const cannot = new InMemoryCluster();
      cannot.getServiceAccount = () => Promise.reject(new PortError({ kind, what: 'no', fix: 'Do.' }));
      return withGivenObjects(cannot, sourceOf(MANIFESTS), undefined);
    };
    expect((await failing('Forbidden').getServiceAccount('shop', 'workload'))?.ref.name).toBe('workload');
    await expect(failing('Forbidden').getServiceAccount('shop', 'other')).rejects.toMatchObject({ kind: 'Forbidden' });
    await expect(failing('Unavailable').getServiceAccount('shop', 'workload')).rejects.toMatchObject({
      kind: 'Unavailable',
    });
  });

  it('takes the namespace that is given for documents without one, and none that stands there twice', async () => {
    const bare = { ...ACCOUNT, metadata: { name: 'workload' } };
    const at = async (namespace: string | undefined, ...objects: readonly KubernetesObject[]) =>
      await withGivenObjects(cluster, sourceOf(yaml(...objects)), namespace).getServiceAccount('shop', 'workload');
    expect(await at('shop', bare)).toBeDefined();
    expect(await at(undefined, bare)).toBeUndefined();
    expect(await at('shop', bare, ACCOUNT)).toBeUndefined();
  });

  it('is read once, whoever asks', async () => {
    let loads = 0;
    const once = readOnce({ load: () => ((loads += 1), sourceOf(MANIFESTS).load()) });
    await Promise.all([once.load(), once.load()]);
    expect(loads).toBe(1);
  });
});

describe('what a deployment makes of it', () => {
  const REQUEST: RenderRequest = {
    installation: { name: 'keyferry' },
    home: 'config-maps',
    clusterRights: false,
    controllerClass: 'keyferry',
    extras: [],
    pod: { image: 'node:24', imagePullSecrets: [], environment: {}, tolerations: [], memory: '256Mi' },
    version: '1.0.0',
    jobVariables: {},
  };
  const rendered = async (manifests = MANIFESTS) => await render(sourceOf(manifests), REQUEST);

  it.each(['config-maps', 'custom-resources'] as const)('holds the ServiceAccount and no value (%s)', async (home) => {
    const { deployment, problems } = await render(sourceOf(MANIFESTS), { ...REQUEST, home });
    const text = printObjects(deployment?.objects ?? []);
    expect(deployment?.objects.map((object) => refText({ kind: object.kind, ...object.metadata }))).toContain(
      'ServiceAccount shop/workload',
    );
    for (const form of ['canary', Buffer.from('canary-of-a-client').toString('base64'), 'azure-creds']) {
      expect(text).not.toContain(form);
    }
    expect(problems.map(problemText)).toEqual([
      'the manifests hold Secret shop/azure-creds, which is left out: Keyferry deploys no values. Apply it with kubectl where the job needs it; better, use authType WorkloadIdentity, which needs none. (all.yaml:37)',
    ]);
  });

  it('leaves out a ServiceAccount that no store names', async () => {
    const { deployment } = await rendered(yaml(ACCOUNT, STORE, externalSecret('db')));
    expect(deployment?.objects.map(({ metadata }) => metadata.name)).not.toContain('workload');
  });

  let objects: InMemoryObjects;
  beforeEach(() => void (objects = new InMemoryObjects()));

  const installed = async (): Promise<void> => {
    const { deployment } = await rendered();
    if (deployment === undefined) throw new Error('nothing was rendered');
    await install({
      objects,
      logger: new RecordingLogger(),
      installation: INSTALLATION,
      deployment,
      before: { refs: [] },
      repository: undefined,
      howFor: () => ({}),
    });
  };
  const pod = (serviceAccountName: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { serviceAccountName },
  });

  it('is applied where there is none, and taken away again', async () => {
    await installed();
    expect((await objects.read(REF))?.metadata.annotations).toEqual(ACCOUNT.metadata.annotations);
    expect(await tryRemove(objects, REF, INSTALLATION)).toEqual({ outcome: 'deleted' });
  });

  it('leaves one that is there as it is, and never takes it away', async () => {
    const theirs = { ...ACCOUNT, metadata: { name: 'workload', namespace: 'shop', annotations: { theirs: 'yes' } } };
    const { object } = await objects.apply(theirs);
    await installed();
    expect(await objects.read(REF)).toEqual(object);
    expect(await tryRemove(objects, REF, INSTALLATION)).toEqual({ outcome: 'absent' });
  });

  it('keeps one that pods run with, or where that may not be known', async () => {
    await installed();
    await objects.create(pod('workload'));
    expect(await tryRemove(objects, REF, INSTALLATION)).toEqual({ outcome: 'kept' });
    objects.list = () => Promise.reject(new PortError({ kind: 'Forbidden', what: 'no', fix: 'Ask.' }));
    expect(await tryRemove(objects, REF, INSTALLATION)).toEqual({ outcome: 'kept' });
    expect((await objects.read(REF))?.metadata.annotations).toEqual(ACCOUNT.metadata.annotations);
  });

  it('takes away one that only pods of others are beside', async () => {
    await installed();
    await objects.create(pod('default'));
    expect(await tryRemove(objects, REF, INSTALLATION)).toEqual({ outcome: 'deleted' });
  });

  it('gives up one that kubectl applied as well', async () => {
    await installed();
    const managedFields = [
      { manager: 'keyferry-keyferry', operation: 'Apply', fieldsV1: { 'f:metadata': { 'f:labels': {} } } },
      {
        manager: 'kubectl-client-side-apply',
        operation: 'Update',
        fieldsV1: { 'f:metadata': { 'f:annotations': {} } },
      },
    ];
    await objects.patch(REF, { metadata: { managedFields } });
    expect(await tryRemove(objects, REF, INSTALLATION)).toEqual({ outcome: 'kept' });
    expect(await objects.read(REF)).toBeDefined();
  });

  it('is looked at only where it stands in the manifests', async () => {
    await objects.apply(ACCOUNT);
    expect(await givenElsewhere(ACCOUNT, { objects, installation: INSTALLATION })).toBeUndefined();
  });
});
