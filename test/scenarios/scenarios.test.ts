/**
 * Every folder beside this file is one situation: what is in the manifests, the vault and the cluster, what `plan` says
 * (plan.txt) and what stands there after `sync` (after.yaml). `UPDATE_GOLDEN=1` writes both anew: read them then.
 */
import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import { reportAsText } from '../../src/core/report/as-text.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { hasChanges } from '../../src/core/report/build-report.ts';
import { afterText } from './after.ts';
import { expectGolden } from './golden.ts';
import { openWorld, readScenario, scenarioNames } from './world.ts';

const READS = ['getSecret', 'listSecrets', 'selectSecrets', 'getConfigMap', 'getServiceAccount', 'requestToken', 'getNamespace'];

describe.each(scenarioNames())('%s', (name) => {
  const folder = join(import.meta.dirname, name);
  const files = readScenario(folder);

  it('is planned without writing anything', async () => {
    const world = await openWorld(files);
    const before = await snapshot(world);
    world.cluster.operations.splice(0);
    const report = await plan(world.ports, world.settings);
    expectGolden(join(folder, 'plan.txt'), reportAsText(report, PLAIN));
    expect(world.cluster.operations.filter(({ verb }) => !READS.includes(verb))).toEqual([]);
    expect(await snapshot(world)).toEqual(before);
    expect(world.publisher.events).toEqual([]);
  });

  it('is synced as planned', async () => {
    const world = await openWorld(files);
    const planned = await plan(world.ports, world.settings);
    const synced = await sync(world.ports, world.settings);
    expectGolden(join(folder, 'after.yaml'), await afterText(world));
    expect(synced).toMatchObject({ fingerprint: planned.fingerprint, counts: planned.counts });
  });

  it('has nothing left to do once it is synced', async () => {
    const world = await openWorld(files);
    const synced = await sync(world.ports, world.settings);
    if (synced.stopped !== undefined) return;
    expect(hasChanges(await plan(world.ports, world.settings))).toBe(false);
  });
});

async function snapshot({ cluster, state }: Awaited<ReturnType<typeof openWorld>>): Promise<unknown> {
  const refs = await state.remembered('pull');
  return { objects: cluster.objects(), states: await Promise.all(refs.map((ref) => state.read(ref))) };
}
