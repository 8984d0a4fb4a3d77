/** Secrets and objects that a finalizer holds: told as being deleted, never as deleted, and not written any more. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import { plan } from '../../src/commands/plan.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { problemsOf } from '../../src/core/report/build-report.ts';
import { deploymentExitCode } from '../../src/core/report/deployment.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { INSTALLATION, InstallingWorld, says, textOf } from './installing-world.ts';
import { externalSecret, STORE, textsOf, vaultYaml, yaml } from './shop.ts';

const VAULT = vaultYaml({ a: '1', b: '2' });
const FIX =
  'It is still there with all that it holds, until whoever set that finalizer takes it off (kubectl get secret b -n shop -o jsonpath={.metadata.finalizers}). Run again then.';
const told = (report: Report) => problemsOf(report).map(problemText);

/** a and b were synced; a finalizer stands on b. */
async function open(manifests: string, vault = VAULT): Promise<World> {
  const earlier = { manifests: yaml(STORE, externalSecret('a'), externalSecret('b')), vault: VAULT };
  const world = await openWorld({ manifests, vault, cluster: '', settings: { prune: true }, earlier });
  world.cluster.patch({ kind: 'Secret', metadata: { name: 'b', namespace: 'shop', finalizers: ['example.com/hold'] } });
  return world;
}

describe('a sync', () => {
  it('does not write a Secret that is being deleted, nor call it updated', async () => {
    const world = await open(yaml(STORE, externalSecret('a'), externalSecret('b')), vaultYaml({ a: '1', b: '3' }));
    world.cluster.delete('Secret', 'shop', 'b');
    for (const run of [plan, sync]) {
      const report = await run(world.ports, world.settings);
      expect(told(report)).toEqual([
        `ExternalSecret shop/b: spec.target.name is Secret shop/b, which is being deleted, held by example.com/hold. ${FIX} (manifests.yaml:36)`,
      ]);
      expect(report.counts).toMatchObject({ update: 0, blocked: 1, unchanged: 1 });
    }
    expect(textsOf(world.cluster.get('Secret', 'shop', 'b'))).toEqual({ password: '2' });
  });

  it('makes it anew once it is gone', async () => {
    const world = await open(yaml(STORE, externalSecret('a'), externalSecret('b')));
    world.cluster.delete('Secret', 'shop', 'b');
    world.cluster.patch({ kind: 'Secret', metadata: { name: 'b', namespace: 'shop', finalizers: null as never } });
    expect((await sync(world.ports, world.settings)).counts).toMatchObject({ create: 1, unchanged: 1 });
  });

  it('does not call one deleted that it wants to prune, and tells it again the next time', async () => {
    const world = await open(yaml(STORE, externalSecret('a')));
    const held = `ExternalSecret shop/b: Secret shop/b is being deleted, held by example.com/hold. ${FIX}`;
    for (let run = 1; run <= 2; run += 1) {
      const report = await sync(world.ports, world.settings);
      expect([told(report), report.counts.delete]).toEqual([[held], 0]);
    }
    world.cluster.patch({ kind: 'Secret', metadata: { name: 'b', namespace: 'shop', finalizers: null as never } });
    expect(told(await sync(world.ports, world.settings))).toEqual([]);
  });

  it('does not call one deleted that deletionPolicy wants to go', async () => {
    const manifests = yaml(STORE, externalSecret('a'), externalSecret('b', {}, { deletionPolicy: 'Delete' }));
    const world = await open(manifests, vaultYaml({ a: '1' }));
    const report = await sync(world.ports, world.settings);
    expect(told(report)[0]).toContain('Secret shop/b is being deleted, held by example.com/hold.');
    expect(report.counts).toMatchObject({ delete: 0, failed: 1 });
  });
});

describe('an installation', () => {
  let world: InstallingWorld;
  beforeEach(async () => {
    world = new InstallingWorld();
    await world.deploy();
  });

  const hold = (kind: string, name: string, finalizers: readonly string[] | null) =>
    world.objects.patch({ apiVersion: 'v1', kind, namespace: 'shop', name }, { metadata: { finalizers } });

  it('is not wholly taken away while a finalizer holds an object of it, and can be asked again', async () => {
    await hold('ServiceAccount', 'keyferry', ['example.com/hold']);
    for (let run = 1; run <= 2; run += 1) {
      const report = await world.uninstall();
      expect(textOf(report)).toContain('  ! held     ServiceAccount shop/keyferry');
      expect(report.problems.map(problemText)).toEqual([
        'ServiceAccount shop/keyferry: is being deleted, held by example.com/hold. It is still there with all that it holds, until whoever set that finalizer takes it off (kubectl get serviceaccount keyferry -n shop -o jsonpath={.metadata.finalizers}). Run again then.',
      ]);
      expect(deploymentExitCode(report)).toBe(1);
    }
    expect(await world.find('ConfigMap', 'keyferry-inventory')).toBeDefined();
    await hold('ServiceAccount', 'keyferry', null);
    expect((await world.uninstall()).problems).toEqual([]);
    expect(world.objects.names().filter((name) => name.includes('inventory'))).toEqual([]);
  });

  it('is told by status to hold a Secret that is being deleted', async () => {
    const metadata = { name: 'db', namespace: 'shop', finalizers: ['example.com/hold'] };
    await world.objects.apply({ apiVersion: 'v1', kind: 'Secret', metadata, data: { password: 'MQ==' } });
    await world.objects.delete({ apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'db' });
    const report = await world.status();
    expect(report.problems.map(problemText)).toEqual([
      `Secret shop/db: is being deleted, held by example.com/hold. ${FIX.replace('secret b', 'secret db')}`,
    ]);
  });

  it('goes but for what is refused, which is told', async () => {
    world.says = (ref, verb) => {
      if (ref.kind === 'Role' && verb === 'delete')
        throw says(
          'Forbidden',
          'PolicyDenied',
          `Role shop/keyferry is refused by the admission webhook a.example of cluster test`,
        );
    };
    const report = await world.uninstall();
    expect(report.problems.map(problemText)).toEqual([
      'Role shop/keyferry: is refused by the admission webhook a.example of cluster test. Do something about it.',
    ]);
    expect(report.objects.filter(({ outcome }) => outcome === 'failed')).toEqual([
      { object: 'Role shop/keyferry', outcome: 'failed' },
    ]);
    expect(await world.find('RoleBinding')).toBeUndefined();
    world.says = () => undefined;
    expect((await world.uninstall()).problems).toEqual([]);
  });

  it.each([
    ['Lease', 'keyferry'],
    ['ConfigMap', 'keyferry-state-0'],
    ['ConfigMap', 'keyferry-report'],
  ])(
    'keeps its inventory while a record of it is refused to go, so that it can be asked again: %s %s',
    async (kind, name) => {
      const metadata = { name, namespace: 'shop', labels: { 'app.kubernetes.io/instance': 'keyferry' } };
      const apiVersion = kind === 'Lease' ? 'coordination.k8s.io/v1' : 'v1';
      await world.objects.apply({ apiVersion, kind, metadata });
      world.says = (ref, verb) => {
        if (ref.kind === kind && ref.name === name && verb === 'delete')
          throw says('Forbidden', 'PolicyDenied', `${kind} shop/${name} is refused by the admission webhook a.example`);
      };
      const report = await world.uninstall();
      expect(report.problems.map(problemText)).toEqual([
        `${kind} shop/${name}: is refused by the admission webhook a.example. Do something about it.`,
      ]);
      expect(await world.find('ConfigMap', 'keyferry-inventory')).toBeDefined();
      world.says = () => undefined;
      expect((await world.uninstall()).problems).toEqual([]);
      expect(world.objects.names().filter((one) => /keyferry/u.test(one))).toEqual([]);
    },
  );

  it('keeps what its passes need while its CronJob is there', async () => {
    world.says = (ref, verb) => {
      if (ref.kind === 'CronJob' && verb === 'delete')
        throw says(
          'Forbidden',
          'PolicyDenied',
          `CronJob shop/keyferry is refused by the admission webhook a.example of cluster test`,
        );
    };
    const report = await world.uninstall('delete');
    expect(report.objects.map(({ outcome }) => outcome)).not.toContain('kept');
    expect(await world.find('RoleBinding')).toBeDefined();
    expect(report.objects.find(({ object }) => object === `RoleBinding ${INSTALLATION.namespace}/keyferry`)).toEqual({
      object: 'RoleBinding shop/keyferry',
      outcome: 'left',
    });
  });
});
