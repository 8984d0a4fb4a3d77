/** What pushing costs where nothing changes. */
import { describe, expect, it } from '@jest/globals';
import { pushSecret, PushWorld } from '../engine/push-world.ts';

describe('what is pushed and does not change', () => {
  it('costs one read for each of 1,000 objects, and no write', async () => {
    const names = Array.from({ length: 1_000 }, (_, number) => `n${number}`);
    const world = new PushWorld(Object.fromEntries(names.map((name) => [name, { [name]: `value of ${name}` }])));
    const manifests = names.map((name) => pushSecret(name));
    await world.sync(manifests);
    expect(world.asked().filter((line) => line.startsWith('set '))).toHaveLength(1_000);
    const report = await world.sync(manifests);
    expect(report.pushes.map(({ verdict }) => verdict)).toEqual(names.map(() => 'unchanged'));
    expect([...world.asked()].sort()).toEqual(names.map((name) => `get secret/${name}`).sort());
    expect(world.vault.content.list('secrets').filter(({ versions }) => versions.length !== 1)).toEqual([]);
  });

  it('gets no version in a day of passes, and one read an hour', async () => {
    const world = new PushWorld({ db: { db: 'secret' }, app: { app: '1' } });
    const manifests = [pushSecret('db'), pushSecret('app', { refreshInterval: '0' })];
    await world.sync(manifests, { mode: 'due' });
    world.asked();
    for (let pass = 1; pass <= 1_440; pass += 1) {
      world.clock.advance(60_000);
      await world.sync(manifests, { mode: 'due' });
    }
    expect(world.values).toEqual({ db: ['secret'], app: ['1'] });
    const asked = world.asked();
    expect(new Set(asked)).toEqual(new Set(['get secret/db']));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.length).toBeLessThanOrEqual(24);
  });
});
