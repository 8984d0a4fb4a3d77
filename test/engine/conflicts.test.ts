/** What happens when a run is not alone, is refused, or dies halfway. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { deferred } from '../../src/adapters/transport/deferred.ts';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import type { ObjectRef } from '../../src/core/model/object-ref.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { hasChanges, problemsOf } from '../../src/core/report/build-report.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { ProviderFactory } from '../../src/ports/provider.ts';
import type { ClusterOperation } from '../fakes/index.ts';
import { vaultProviders, type Vaults } from '../scenarios/vault-notation.ts';
import { openWorld, type ScenarioFiles, type World } from '../scenarios/world.ts';
import { externalSecret, handMadeSecret, STORE, textsOf, vaultYaml, yaml } from './shop.ts';

const VAULT = vaultYaml({ db: 'new-horse', session: '7f0c1d4ab2' });
const MERGE = externalSecret('db', {}, { creationPolicy: 'Merge' });

function open(files: Partial<ScenarioFiles>): Promise<World> {
  const manifests = yaml(STORE, externalSecret('db'), externalSecret('session'));
  return openWorld({ manifests, vault: VAULT, cluster: '', settings: {}, ...files });
}

function dataOf({ cluster }: World, name: string): ReturnType<typeof textsOf> {
  return textsOf(cluster.get('Secret', 'shop', name));
}

function problemsIn(report: Report): readonly string[] {
  return problemsOf(report).map(problemText);
}

/** Lets the operations of a kind on one Secret meet this before they take place; the first `times` of them. */
function before(
  world: World,
  verb: ClusterOperation['verb'],
  name: string,
  act: () => void | Promise<void>,
  times = Infinity,
): void {
  let left = times;
  world.cluster.onBefore((operation) => {
    if (operation.verb !== verb || operation.ref.name !== name || left <= 0) return undefined;
    left -= 1;
    return act();
  });
}

/** A sync that is killed before this operation: it never gets any further, and nobody is told. */
async function syncKilledBefore(world: World, verb: ClusterOperation['verb'], name: string): Promise<void> {
  const { promise: reached, resolve: reach } = deferred<undefined>();
  const hang = (): Promise<void> => {
    reach(undefined);
    return new Promise(() => undefined);
  };
  before(world, verb, name, hang, 1);
  void sync(world.ports, world.settings);
  await reached;
}

function attempts({ cluster }: World, verb: ClusterOperation['verb'], name: string): number {
  return cluster.operations.filter((operation) => operation.verb === verb && operation.ref.name === name).length;
}

function forbidden(ref: Pick<ObjectRef, 'name'>): never {
  throw new PortError({
    kind: 'Forbidden',
    what: `cluster in-memory refused to write ${ref.name}`,
    fix: 'Give this identity the right to do so.',
  });
}

describe('a Secret that changes between read and write', () => {
  it('is planned again, so that the other change stays', async () => {
    const world = await open({
      manifests: yaml(STORE, MERGE),
      cluster: yaml(handMadeSecret('db', { password: 'old' })),
    });
    before(
      world,
      'updateSecret',
      'db',
      () => void world.cluster.apply(handMadeSecret('db', { password: 'old', url: 'x' })),
      1,
    );
    const report = await sync(world.ports, world.settings);
    expect(problemsIn(report)).toEqual([]);
    expect(dataOf(world, 'db')).toEqual({ password: 'new-horse', url: 'x' });
    expect(attempts(world, 'updateSecret', 'db')).toBe(2);
  });

  it('never gets an older value back from a run that read the vault before', async () => {
    const manifests = yaml(STORE, externalSecret('db'));
    const world = await open({ manifests, earlier: { manifests, vault: vaultYaml({ db: 'old-horse' }) } });
    let newest = false;
    const later = vaultProviders(parse(vaultYaml({ db: 'newest-horse' })) as Vaults);
    const first = world.ports.providers;
    const providers: ProviderFactory = {
      open: async (store, namespace) => {
        const [now, then] = [await first.open(store, namespace), await later.open(store, namespace)];
        const { key, description } = now;
        return { key, description, list: () => now.list(), get: (object) => (newest ? then : now).get(object) };
      },
    };
    before(
      world,
      'updateSecret',
      'db',
      () => {
        newest = true;
        world.cluster.patch({ ...handMadeSecret('db', {}), stringData: { password: 'newest-horse' } });
      },
      1,
    );
    const report = await sync({ ...world.ports, providers }, world.settings);
    expect(problemsIn(report)).toEqual([]);
    expect(dataOf(world, 'db')).toEqual({ password: 'newest-horse' });
  });

  it('is left alone when it has got another owner', async () => {
    const world = await open({
      manifests: yaml(STORE, externalSecret('db')),
      cluster: yaml({
        apiVersion: 'postgres.example/v1',
        kind: 'Cluster',
        metadata: { name: 'pg', namespace: 'shop' },
      }),
    });
    const owner = { apiVersion: 'postgres.example/v1', kind: 'Cluster', name: 'pg', controller: true };
    const theirs = handMadeSecret('db', { password: 'theirs' });
    const owned = { ...theirs, metadata: { ...theirs.metadata, ownerReferences: [owner] } };
    before(world, 'createSecret', 'db', () => void world.cluster.apply(owned), 1);
    const report = await sync(world.ports, world.settings);
    expect(problemsIn(report)).toEqual([
      'ExternalSecret shop/db: spec.target.name is Secret shop/db, which belongs to Cluster pg. It was left as it is. Remove the other owner, or choose another target.name. (manifests.yaml:21)',
    ]);
    expect(dataOf(world, 'db')).toEqual({ password: 'theirs' });
  });

  it('is not deleted unseen', async () => {
    const absent = { deletionPolicy: 'Delete' };
    const manifests = yaml(STORE, externalSecret('db', {}, absent));
    const world = await open({ manifests, vault: vaultYaml({}), earlier: { manifests, vault: VAULT } });
    before(world, 'deleteSecret', 'db', () => {
      world.cluster.delete('Secret', 'shop', 'db');
      world.cluster.apply(handMadeSecret('db', { password: 'made-by-hand-just-now' }));
    });
    const report = await sync(world.ports, world.settings);
    expect(report.objects.map(({ verdict }) => verdict)).toEqual(['blocked']);
    expect(dataOf(world, 'db')).toEqual({ password: 'made-by-hand-just-now' });
  });

  it('ends in a clear problem when somebody changes it all the time, and stops nobody else', async () => {
    const world = await open({ cluster: yaml(handMadeSecret('db', { password: 'old' })) });
    let count = 0;
    before(world, 'updateSecret', 'db', () => {
      count += 1;
      world.cluster.apply(handMadeSecret('db', { password: `theirs-${count}` }));
    });
    const report = await sync(world.ports, world.settings);
    expect(problemsIn(report)).toEqual([
      'ExternalSecret shop/db: somebody else changed Secret shop/db 4 times in a row while it was being written. It was left as it is. Find out who writes it (kubectl get secret db -n shop --show-managed-fields -o yaml) and run again. (manifests.yaml:12)',
    ]);
    expect(dataOf(world, 'db')).toEqual({ password: 'theirs-4' });
    expect(dataOf(world, 'session')).toEqual({ password: '7f0c1d4ab2' });
    expect(attempts(world, 'updateSecret', 'db')).toBe(4);
  });
});

describe('a Secret that changes hands', () => {
  it('is deleted for the one before the other makes it anew', async () => {
    const taker = externalSecret('session', {}, { name: 'shared-name' });
    const manifests = yaml(STORE, externalSecret('db', {}, { name: 'db' }), taker);
    const earlier = { manifests: yaml(STORE, externalSecret('db', {}, { name: 'shared-name' })), vault: VAULT };
    const world = await open({ manifests, earlier });
    world.cluster.operations.splice(0);
    const report = await sync(world.ports, world.settings);
    const writes = world.cluster.operations.filter(({ verb }) => /^(create|update|delete)/.test(verb));
    expect(writes.map(({ verb, ref }) => `${verb} ${ref.name}`)).toEqual([
      'createSecret db',
      'deleteSecret shared-name',
      'createSecret shared-name',
    ]);
    expect(problemsIn(report)).toEqual([]);
  });
});

describe('a cluster that refuses', () => {
  it('one Secret does not stop the others', async () => {
    const world = await open({});
    before(world, 'createSecret', 'db', () => forbidden({ name: 'db' }));
    const report = await sync(world.ports, world.settings);
    expect(problemsIn(report)).toEqual([
      'ExternalSecret shop/db: cluster in-memory refused to write db. Give this identity the right to do so. (manifests.yaml:12)',
    ]);
    expect(dataOf(world, 'db')).toBeUndefined();
    expect(dataOf(world, 'session')).toEqual({ password: '7f0c1d4ab2' });
    expect(attempts(world, 'createSecret', 'db')).toBe(1);
  });

  it('to read one Secret does not stop the others', async () => {
    const world = await open({ cluster: yaml(handMadeSecret('db', { password: 'old' })) });
    before(world, 'getSecret', 'db', () => forbidden({ name: 'db' }));
    const report = await sync(world.ports, world.settings);
    expect(report.objects.map(({ verdict }) => verdict)).toEqual(['failed', 'change']);
    expect(dataOf(world, 'db')).toEqual({ password: 'old' });
    expect(dataOf(world, 'session')).toEqual({ password: '7f0c1d4ab2' });
  });

  it('to record what was done does not undo it, and the run goes on to its end', async () => {
    const broken = externalSecret('broken', {}, { creationPolicy: 'Owned' });
    const manifests = yaml(STORE, externalSecret('db'), externalSecret('session'), broken);
    const world = await open({ manifests, settings: { home: 'custom-resources' } });
    world.cluster.onBefore(({ verb, ref }) => (verb === 'writeStatus' ? forbidden(ref) : undefined));
    const report = await sync(world.ports, world.settings);
    expect(report.counts).toMatchObject({ create: 2, failed: 0 });
    expect(dataOf(world, 'db')).toEqual({ password: 'new-horse' });
    const warnings = world.logger.records.filter(({ level }) => level === 'warn').map(({ message }) => message);
    expect(warnings.toSorted()).toEqual(
      [
        'ExternalSecret shop/broken',
        'ExternalSecret shop/db',
        'ExternalSecret shop/session',
        'SecretStore shop/kv',
      ].map(
        (object) =>
          `${object}: the outcome could not be recorded: cluster in-memory refused to write ${object.split('/')[1] ?? ''}. Give this identity the right to do so.`,
      ),
    );
  });
});

describe('a run that dies', () => {
  it('between writing a Secret and recording it leaves nothing that the next run would not finish', async () => {
    const world = await open({ manifests: yaml(STORE, externalSecret('db')), settings: { home: 'custom-resources' } });
    await syncKilledBefore(world, 'writeStatus', 'db');
    const written = world.cluster.get('Secret', 'shop', 'db');
    const report = await sync(world.ports, world.settings);
    expect(report.objects.map(({ verdict }) => verdict)).toEqual(['unchanged']);
    expect(world.cluster.get('Secret', 'shop', 'db')).toEqual(written);
    const state = await world.state.read({ kind: 'ExternalSecret', namespace: 'shop', name: 'db' });
    expect(state).toMatchObject({ binding: 'db', conditions: [{ type: 'Ready', status: 'True' }] });
  });

  it('between the new target and the old one of a rename still removes the old one next time', async () => {
    const renamed = yaml(STORE, externalSecret('db', {}, { name: 'orders-db' }));
    const manifests = yaml(STORE, externalSecret('db'));
    const world = await open({ manifests: renamed, earlier: { manifests, vault: VAULT } });
    await syncKilledBefore(world, 'deleteSecret', 'db');
    expect(world.cluster.list('Secret').map(({ metadata }) => metadata.name)).toEqual(['db', 'orders-db']);
    await sync(world.ports, world.settings);
    expect(world.cluster.list('Secret').map(({ metadata }) => metadata.name)).toEqual(['orders-db']);
  });
});

describe('a bug of ours', () => {
  it('stops the work on one object only, and prints no message that could hold a value', async () => {
    const world = await open({ manifests: yaml(STORE, externalSecret('db'), externalSecret('session')) });
    const bug = (): never => {
      throw new TypeError('hunter2');
    };
    before(world, 'createSecret', 'db', bug);
    const report = await sync(world.ports, world.settings);
    expect(report.objects.map(({ ref, verdict }) => [ref.name, verdict])).toEqual([
      ['db', 'failed'],
      ['session', 'change'],
    ]);
    expect(problemsIn(report)[0]).toContain('Bug: an unexpected TypeError stopped the work on this object.');
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });
});

describe('two syncs at the same time', () => {
  it.each(['files', 'custom-resources'] as const)('end where one would have ended (%s)', async (home) => {
    const files = { settings: { home }, cluster: yaml(handMadeSecret('session', { token: 'old' })) };
    const [twice, once] = [await open(files), await open(files)];
    const reports = await Promise.all([1, 2].map(() => sync(twice.ports, twice.settings)));
    await sync(once.ports, once.settings);
    expect(reports.map(({ counts }) => counts.errors)).toEqual([0, 0]);
    expect(twice.cluster.objects()).toEqual(once.cluster.objects());
    expect(hasChanges(await plan(twice.ports, twice.settings))).toBe(false);
  });
});
