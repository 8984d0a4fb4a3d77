import { describe, expect, it } from '@jest/globals';
import { createLane } from '../../../src/adapters/azure/lane.ts';
import { FakeClock } from '../../fakes/index.ts';

describe('createLane', () => {
  it('never runs more reads at a time than allowed', async () => {
    const lane = createLane(new FakeClock(), 2);
    let running = 0;
    let most = 0;
    const read = async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    };
    await Promise.all(Array.from({ length: 9 }, () => lane.limit(read)));
    expect(most).toBe(2);
  });

  it('lets so many requests pass in ten seconds and holds the next one back', async () => {
    const clock = new FakeClock();
    const lane = createLane(clock, 2, 3);
    await lane.pace();
    clock.advance(4_000);
    await lane.pace();
    await lane.pace();
    expect(clock.sleeps).toEqual([]);
    await lane.pace();
    expect(clock.sleeps).toEqual([6_000]);
  });

  it('stays below the limit of the service when everything is asked at once', async () => {
    const clock = new FakeClock();
    const lane = createLane(clock, 16);
    for (let sent = 0; sent < 3_600; sent += 1) await lane.pace();
    expect(clock.sleeps).toEqual([]);
    await lane.pace();
    expect(clock.sleeps).toEqual([10_000]);
  });
});
