/** What a run does that is asked to stop, as a pod is with SIGTERM. */
import { describe, expect, it } from '@jest/globals';
import { sync } from '../../src/commands/sync.ts';
import type { ObjectRef } from '../../src/core/model/object-ref.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { exitCode } from '../../src/core/report/build-report.ts';
import { RunStopped } from '../../src/engine/stop.ts';
import type { ClusterOperation } from '../fakes/index.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { externalSecret, STORE, vaultYaml, yaml } from './shop.ts';

const VAULT = vaultYaml({ a: 'value-a', b: 'value-b', c: 'value-c' });
const ALL = yaml(STORE, externalSecret('a'), externalSecret('b'), externalSecret('c'));
const A: ObjectRef & { readonly namespace: string } = { kind: 'ExternalSecret', namespace: 'shop', name: 'a' };
const LEFT_TWO =
  'the run was asked to stop: 2 objects are left for the next run, what was begun was finished. Run it again; what is done stays done. If this happens often, give the run more time.';

/** One write at a time, so that there is a next one. */
const settings = { concurrency: 1 };

function stopBefore(world: World, verb: ClusterOperation['verb'], name: string): World['ports'] {
  const asked = new AbortController();
  world.cluster.onBefore((operation) => {
    if (operation.verb === verb && operation.ref.name === name) asked.abort();
  });
  return { ...world.ports, stop: asked.signal };
}

function secretsOf({ cluster }: World): readonly string[] {
  return cluster.list('Secret').map(({ metadata }) => metadata.name);
}

describe('a run that is asked to stop', () => {
  it('finishes and records the write in hand, begins no other, and says what is left', async () => {
    const world = await openWorld({ manifests: ALL, vault: VAULT, cluster: '', settings });
    const report = await sync(stopBefore(world, 'createSecret', 'a'), world.settings);
    expect(secretsOf(world)).toEqual(['a']);
    expect((await world.state.read(A))?.binding).toBe('a');
    expect((await world.state.remembered('pull')).map(({ name }) => name)).toEqual(['a']);
    expect(report.objects.flatMap(({ changes }) => changes.map(({ state }) => state))).toEqual([
      'done',
      'left',
      'left',
    ]);
    expect(report.counts).toMatchObject({ create: 1, failed: 0, errors: 1 });
    expect(report.problems.map(problemText)).toEqual([LEFT_TWO]);
    expect(exitCode(report, true)).toBe(1);
  });

  it('ends well where nothing was left', async () => {
    const world = await openWorld({ manifests: ALL, vault: VAULT, cluster: '', settings });
    const report = await sync(stopBefore(world, 'createSecret', 'c'), world.settings);
    expect(secretsOf(world)).toEqual(['a', 'b', 'c']);
    expect(report.problems).toEqual([]);
  });

  it('writes nothing, and waits for no vault, where it was still reading', async () => {
    const world = await openWorld({ manifests: ALL, vault: VAULT, cluster: '', settings });
    const ports = stopBefore(world, 'getSecret', 'a');
    const neverAnswers = { open: () => new Promise<never>(() => undefined) };
    await expect(sync({ ...ports, providers: neverAnswers }, world.settings)).rejects.toEqual(new RunStopped());
    expect(secretsOf(world)).toEqual([]);
  });

  it('prunes nothing more, and remembers what it did not prune', async () => {
    const earlier = { manifests: ALL, vault: VAULT };
    const manifests = yaml(STORE, externalSecret('c', { data: [{ secretKey: 'new', remoteRef: { key: 'a' } }] }));
    const world = await openWorld({
      manifests,
      vault: VAULT,
      cluster: '',
      settings: { ...settings, prune: true },
      earlier,
    });
    const report = await sync(stopBefore(world, 'deleteSecret', 'a'), world.settings);
    expect(secretsOf(world)).toEqual(['b', 'c']);
    expect(report.prunes.map(({ state }) => state)).toEqual(['done', 'left']);
    expect((await world.state.remembered('pull')).map(({ name }) => name).sort()).toEqual(['b', 'c']);
  });

  it('is taken up by the next run where it ended', async () => {
    const world = await openWorld({ manifests: ALL, vault: VAULT, cluster: '', settings });
    await sync(stopBefore(world, 'createSecret', 'a'), world.settings);
    const next = await sync(world.ports, world.settings);
    expect(next.counts).toMatchObject({ create: 2, unchanged: 1, errors: 0 });
  });
});
