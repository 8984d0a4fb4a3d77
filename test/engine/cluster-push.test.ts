/** ClusterPushSecrets: which children they have, what becomes of them, and what never goes with one that is gone. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import type { Report } from '../../src/core/model/report.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import { PortError } from '../../src/ports/errors.ts';
import { useLoopback } from '../adapters/azure/loopback.ts';
import {
  InMemoryFanOuts,
  InMemoryManifestSource,
  InMemoryState,
  type ClusterOperation,
  type InMemoryCluster,
  type KubernetesObject,
} from '../fakes/index.ts';
import { azureWorld } from './azure-world.ts';
import { yaml } from './shop.ts';

const { azure } = useLoopback({ vaults: { 'kv-shop': {} } });

const SHARED: KubernetesObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  metadata: { name: 'shared' },
  spec: { provider: { azurekv: { vaultUrl: 'https://kv-shop.vault.azure.net', authType: 'WorkloadIdentity' } } },
};

const PUSH = {
  secretStoreRefs: [{ name: 'shared', kind: 'ClusterSecretStore' }],
  selector: { secret: { name: 'app' } },
  data: [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'db-password' } } }],
};

interface Spread {
  readonly [field: string]: unknown;
  readonly pushSecretSpec?: Readonly<Record<string, unknown>>;
}

/** Of the namespaces of team a, into one object. */
function spread({ pushSecretSpec = {}, ...spec }: Spread = {}, name = 'spread'): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'ClusterPushSecret',
    metadata: { name },
    spec: {
      namespaceSelectors: [{ matchLabels: { team: 'a' } }],
      pushSecretSpec: { ...PUSH, ...pushSecretSpec },
      ...spec,
    },
  };
}

const DELETE: Spread = { pushSecretSpec: { deletionPolicy: 'Delete' } };

function namespace(name: string, labels: Readonly<Record<string, string>> = { team: 'a' }): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

function source(place: string, password = 'hunter2'): KubernetesObject {
  const metadata = { name: 'app', namespace: place };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData: { password } };
}

interface World {
  readonly cluster: InMemoryCluster;
  readonly ports: Ports;
  readonly run: (settings?: Partial<RunSettings>) => Promise<Report>;
}

const TWO_PLACES = [namespace('a1'), namespace('a2'), source('a1'), source('a2')];

/** The manifests are custom resources, and so are the children. */
function inCluster(...objects: readonly KubernetesObject[]): World {
  const world = azureWorld(azure());
  const { cluster } = world;
  cluster.applyAll([...TWO_PLACES, SHARED, ...objects]);
  const [state, fanOuts] = [new InMemoryState(cluster), new InMemoryFanOuts(cluster)];
  const ports = { ...world.ports(''), manifests: new InMemoryManifestSource(cluster), state, fanOuts };
  const run = (settings: Partial<RunSettings> = {}) =>
    sync(ports, { ...DEFAULT_SETTINGS, home: 'custom-resources', mode: 'due', ...settings });
  return { cluster, ports, run };
}

/** The manifests are files; children are made for each run. */
function inFiles(
  ...objects: readonly KubernetesObject[]
): World & { readonly give: (...objects: readonly KubernetesObject[]) => void } {
  const world = azureWorld(azure(), TWO_PLACES);
  let given = yaml(SHARED, ...objects);
  const run = (settings: Partial<RunSettings> = {}) => sync(world.ports(given), { ...DEFAULT_SETTINGS, ...settings });
  const give = (...next: readonly KubernetesObject[]) => void (given = yaml(SHARED, ...next));
  return { cluster: world.cluster, ports: world.ports(given), run, give };
}

function children({ cluster }: World): readonly string[] {
  return cluster.list('PushSecret').map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
}

function statusOf({ cluster }: World, name = 'spread'): unknown {
  return cluster.get('ClusterPushSecret', undefined, name)?.status;
}

const inVault = () => Object.keys(azure().vaults.snapshot('kv-shop').secrets);

function problems(report: Report): readonly string[] {
  return [...report.problems, ...report.pushes.flatMap((push) => push.problems)].map(problemText);
}

/** Refuses operations of these verbs. */
function refuse({ cluster }: World, ...verbs: readonly ClusterOperation['verb'][]): () => void {
  return cluster.onBefore(({ verb, ref }) => {
    if (verbs.includes(verb))
      throw new PortError({ kind: 'Forbidden', what: `${verb} of ${refText(ref)} is refused`, fix: 'Ask.' });
  });
}

function writes({ cluster }: World): readonly string[] {
  const verbs: readonly string[] = ['createChild', 'replaceChild', 'deleteChild', 'writeStatus'];
  return cluster.operations
    .filter(({ verb }) => verbs.includes(verb))
    .map(({ verb, ref }) => `${verb} ${refText(ref)}`);
}

beforeEach(() => {
  const names = inVault();
  azure().vaults.edit({ 'kv-shop': { secrets: Object.fromEntries(names.map((name) => [name, null])) } });
});

describe('a ClusterPushSecret in the cluster', () => {
  it('makes nothing in a plan, which shows its children', async () => {
    const world = inCluster(spread());
    const report = await plan(world.ports, { ...DEFAULT_SETTINGS, home: 'custom-resources' });
    expect(report.pushes.map(({ ref, verdict }) => `${refText(ref)} ${verdict}`)).toEqual([
      'PushSecret a1/spread change',
      'PushSecret a2/spread unchanged',
    ]);
    expect(children(world)).toEqual([]);
    expect(writes(world)).toEqual([]);
  });

  it('writes nothing in a second pass', async () => {
    const world = inCluster(spread());
    await world.run();
    world.cluster.operations.length = 0;
    await world.run();
    expect(writes(world)).toEqual([]);
    expect(children(world)).toEqual(['a1/spread', 'a2/spread']);
  });

  it('has the labels and annotations of its children put back', async () => {
    const world = inCluster(spread({ pushSecretMetadata: { labels: { by: 'platform' } } }));
    await world.run();
    world.cluster.patch({
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata: {
        name: 'spread',
        namespace: 'a1',
        labels: { by: 'me' },
        annotations: { mine: 'x' },
        finalizers: ['f'],
      },
    });
    await world.run();
    const { labels, annotations, finalizers } = world.cluster.get('PushSecret', 'a1', 'spread')?.metadata ?? {};
    expect({ labels, annotations, finalizers }).toEqual({ labels: { by: 'platform' }, finalizers: ['f'] });
  });

  it('that may not list namespaces says so, and leaves its children as they are', async () => {
    const world = inCluster(spread(DELETE));
    await world.run();
    refuse(world, 'listNamespaces');
    const report = await world.run({ mode: 'always' });
    expect(problems(report)).toEqual([
      'ClusterPushSecret spread: selects namespaces, which could not be listed: listNamespaces of Namespace  is refused. Ask. For the job of a deployment: deploy with --cluster-rights. Until then no child is made or removed.',
    ]);
    expect(children(world)).toEqual(['a1/spread', 'a2/spread']);
    expect(inVault()).toEqual(['db-password']);
    expect(statusOf(world)).toEqual({
      conditions: [{ type: 'Ready', status: 'False', reason: 'Errored', message: 'failed to get target Namespaces' }],
      pushSecretName: 'spread',
      provisionedNamespaces: ['a1', 'a2'],
    });
  });

  it('pushes nothing of a child that could not be made, and all of the others', async () => {
    const world = inCluster(spread());
    world.cluster.onBefore(({ verb, ref }) => {
      if (verb === 'createChild' && ref.namespace === 'a1')
        throw new PortError({ kind: 'Forbidden', what: 'a1 is closed', fix: 'Ask.' });
    });
    const report = await world.run();
    expect(report.pushes.map(({ ref, verdict }) => `${refText(ref)} ${verdict}`)).toEqual([
      'PushSecret a1/spread failed',
      'PushSecret a2/spread change',
    ]);
    expect(inVault()).toEqual(['db-password']);
    expect(statusOf(world)).toEqual({
      conditions: [{ type: 'Ready', status: 'False', message: 'one or more namespaces failed' }],
      pushSecretName: 'spread',
      provisionedNamespaces: ['a2'],
      failedNamespaces: [{ namespace: 'a1', reason: 'could not create or update push secret: a1 is closed' }],
    });
  });

  it('remembers a child that could not be removed until it is, and keeps what it wrote until then', async () => {
    const world = inCluster(spread(DELETE));
    await world.run();
    world.cluster.apply(namespace('a1', {}));
    world.cluster.apply(namespace('a2', {}));
    const again = refuse(world, 'deleteChild');
    await world.run();
    expect(children(world)).toEqual(['a1/spread', 'a2/spread']);
    expect(inVault()).toEqual(['db-password']);
    again();
    await world.run();
    expect(children(world)).toEqual([]);
    expect(inVault()).toEqual([]);
    expect(statusOf(world)).toEqual({ conditions: [{ type: 'Ready', status: 'True' }], pushSecretName: 'spread' });
  });

  it('keeps an object that a child does not want any more and another one does', async () => {
    const world = inCluster(spread(DELETE));
    await world.run();
    world.cluster.apply(namespace('a1', {}));
    await world.run();
    expect(children(world)).toEqual(['a2/spread']);
    expect(inVault()).toEqual(['db-password']);
  });

  it('keeps it where the source Secret of one child is gone', async () => {
    const world = inCluster(spread(DELETE));
    await world.run();
    world.cluster.delete('Secret', 'a1', 'app');
    await world.run({ mode: 'always' });
    expect(inVault()).toEqual(['db-password']);
  });

  it('deletes the object once no child wants it, in one request', async () => {
    const world = inCluster(spread(DELETE));
    await world.run();
    world.cluster.delete('ClusterPushSecret', undefined, 'spread');
    azure().vaults.clearLog();
    const report = await world.run();
    expect(inVault()).toEqual([]);
    expect(
      azure()
        .vaults.requests('kv-shop')
        .filter((line) => line.startsWith('DELETE')),
    ).toHaveLength(1);
    expect(problems(report)).toEqual([]);
  });

  it('takes every new value of its sources, whichever child wrote the one before', async () => {
    const data = [{ match: { secretKey: 'password', remoteRef: { remoteKey: 'new-each-time' } } }];
    const world = inCluster(spread({ pushSecretSpec: { data } }));
    for (const password of ['one', 'two', 'three']) {
      for (const place of ['a1', 'a2']) world.cluster.apply(source(place, password));
      expect(problems(await world.run({ mode: 'always' }))).toEqual([]);
    }
    expect(azure().vaults.snapshot('kv-shop').secrets['new-each-time']).toMatchObject([
      { value: 'one' },
      { value: 'two' },
      { value: 'three' },
    ]);
  });

  it('is synced in no namespace while the vault refuses the write', async () => {
    const world = inCluster(spread());
    azure().vaults.inject({ match: 'PUT /secrets/db-password', status: 400 });
    const report = await world.run();
    expect(report.pushes.map(({ ref, verdict }) => `${refText(ref)} ${verdict}`)).toEqual([
      'PushSecret a1/spread failed',
      'PushSecret a2/spread failed',
    ]);
    azure().vaults.faults.clear();
    await world.run();
    expect(inVault()).toEqual(['db-password']);
  });

  it('leaves a child of the same name that another ClusterPushSecret made', async () => {
    const other = spread({ pushSecretName: 'spread' }, 'zz-other');
    const world = inCluster(spread(), other);
    await world.run();
    const [owner] = world.cluster.get('PushSecret', 'a1', 'spread')?.metadata.ownerReferences ?? [];
    expect(owner?.name).toBe('spread');
    expect(statusOf(world, 'zz-other')).toMatchObject({
      failedNamespaces: [
        { namespace: 'a1', reason: 'push secret already exists in namespace' },
        { namespace: 'a2', reason: 'push secret already exists in namespace' },
      ],
    });
  });

  it('is no reason to write over an object that a PushSecret of other content names', async () => {
    const own = { ...PUSH, selector: { secret: { name: 'mine' } } };
    const world = inCluster(spread(), {
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata: { name: 'spread', namespace: 'a1' },
      spec: own,
    });
    world.cluster.apply({ ...source('a1', 'other'), metadata: { name: 'mine', namespace: 'a1' } });
    const report = await world.run();
    expect(report.pushes.map(({ ref, problems: own }) => [refText(ref), own.map(({ code }) => code)])).toEqual([
      ['PushSecret a1/spread', ['push-contested']],
      ['PushSecret a2/spread', ['push-contested']],
    ]);
    expect(inVault()).toEqual([]);
  });

  it('makes only the child that is asked for', async () => {
    const world = inCluster(spread());
    await world.run({ only: ['PushSecret a2/spread'] });
    expect(children(world)).toEqual(['a2/spread']);
    expect(statusOf(world)).toBeUndefined();
  });

  it('tells of a child that is asked for and is in no namespace', async () => {
    const report = await inCluster(spread()).run({ only: ['PushSecret zz/spread'] });
    expect(problems(report)).toEqual([
      '--only PushSecret zz/spread matches no PushSecret of the manifests. Did you mean a1/spread?',
    ]);
  });

  it('makes no child in a namespace that is being deleted', async () => {
    const world = inCluster(spread());
    world.cluster.terminate('a1');
    world.cluster.patch({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a1', labels: { team: 'a' } } });
    await world.run();
    expect(children(world)).toEqual(['a2/spread']);
    expect(statusOf(world)).toMatchObject({ conditions: [{ type: 'Ready', status: 'True' }] });
  });
});

describe('a ClusterPushSecret in files', () => {
  it('pushes from each namespace that it selects now, and makes no resource', async () => {
    const world = inFiles(spread());
    const report = await world.run();
    expect(report.pushes.map(({ ref, verdict }) => `${refText(ref)} ${verdict}`)).toEqual([
      'PushSecret a1/spread change',
      'PushSecret a2/spread unchanged',
    ]);
    expect(inVault()).toEqual(['db-password']);
    expect(children(world)).toEqual([]);
  });

  it.each([
    ['with --prune', true, []],
    ['and without --prune', false, ['db-password']],
  ])('deletes what was pushed from namespaces that it does not select any more, %s', async (_how, prune, left) => {
    const world = inFiles(spread(DELETE));
    await world.run();
    world.cluster.apply(namespace('a1', {}));
    world.cluster.apply(namespace('a2', {}));
    await world.run({ prune });
    expect(inVault()).toEqual(left);
  });

  it('deletes nothing where it has an error, or the namespaces cannot be listed', async () => {
    const world = inFiles(spread(DELETE));
    await world.run();
    world.give(spread({ ...DELETE, namespaceSelectors: 'all' }));
    await world.run({ prune: true });
    world.give(spread(DELETE));
    refuse(world, 'listNamespaces');
    await world.run({ prune: true });
    expect(inVault()).toEqual(['db-password']);
  });

  it('deletes nothing where the manifests are empty', async () => {
    const world = inFiles(spread(DELETE));
    await world.run();
    world.give();
    await world.run({ prune: true });
    expect(inVault()).toEqual(['db-password']);
  });

  it('tells of a PushSecret that stands in the same manifests by the name of a child', async () => {
    const world = inFiles(spread(), {
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata: { name: 'spread', namespace: 'a1' },
      spec: PUSH,
    });
    expect(problems(await world.run())).toEqual([
      'ClusterPushSecret spread: makes PushSecret a1/spread, which is there by itself and is left as it is. Remove the one that is there, or leave its namespace out of the selectors. (manifests.yaml:11)',
    ]);
    expect(inVault()).toEqual(['db-password']);
  });
});
