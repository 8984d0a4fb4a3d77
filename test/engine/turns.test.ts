/** Who is written first, and from when on an interval is counted. */
import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { sync } from '../../src/commands/sync.ts';
import { openWorld } from '../scenarios/world.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

/** `e00` … and so on, all with the same value. */
const names = (count: number) => Array.from({ length: count }, (_, number) => `e${String(number).padStart(2, '0')}`);
const vaultWith = (objects: readonly string[], value: string) =>
  stringify({ 'kv-shop': { secrets: Object.fromEntries(objects.map((name) => [name, [{ value }]])) } });

describe('an ExternalSecret that never had a Secret', () => {
  it('is written before those that only change, wherever it stands', async () => {
    const known = names(30);
    const all = [...known, 'new'];
    const manifests = (of: readonly string[]) => yaml(STORE, ...of.map((name) => externalSecret(name)));
    const world = await openWorld({
      manifests: manifests(all),
      vault: vaultWith(all, 'second'),
      cluster: '',
      settings: { mode: 'always', concurrency: 1, updateLimits: undefined },
      earlier: { manifests: manifests(known), vault: vaultWith(known, 'first') },
    });
    const written: string[] = [];
    world.cluster.onBefore(({ verb, ref }) => {
      if (verb === 'createSecret' || verb === 'updateSecret') written.push(ref.name);
    });
    const report = await sync(world.ports, world.settings);
    expect([report.counts.create, report.counts.update]).toEqual([1, 30]);
    expect(written.slice(0, 2)).toEqual(['new', 'e00']);
  });
});

describe('an interval', () => {
  it('is counted from when a pass begins, not from when it is through', async () => {
    const manifests = yaml(STORE, externalSecret('db', { refreshInterval: '30s' }));
    const world = await openWorld({ manifests, vault: vaultWith(['db'], 'a'), cluster: '', settings: {} });
    const clock = world.ports.clock as unknown as { advance: (ms: number) => void };
    world.cluster.onBefore(({ verb }) => {
      if (verb === 'createSecret') clock.advance(12_000);
    });
    const report = await sync(world.ports, world.settings);
    const state = await world.state.read({ kind: 'ExternalSecret', namespace: 'shop', name: 'db' });
    expect(state?.refreshTime?.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(report.objects[0]?.nextDue?.toISOString()).toBe('2026-01-01T00:00:30.001Z');
  });
});
