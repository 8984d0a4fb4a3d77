import { describe, expect, it } from '@jest/globals';
import { retryAfterMs, withRetry } from '../../../src/adapters/transport/retry.ts';
import { FakeClock, RecordingLogger } from '../../fakes/index.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

function setUp(random = 0.5) {
  return { clock: new FakeClock(NOW), logger: new RecordingLogger(), random: () => random };
}

function failing(times: number) {
  let attempts = 0;
  return {
    attempts: () => attempts,
    attempt: async () => {
      attempts += 1;
      if (attempts <= times) throw new Error(`failure ${attempts}`);
      return attempts;
    },
  };
}

describe('withRetry', () => {
  it('waits about 2, 6 and 18 seconds when the server asks for nothing', async () => {
    const context = setUp();
    const { attempt } = failing(3);
    const judge = () => ({ reason: 'throttled' });
    await expect(withRetry(context, { description: 'vault kv', deadlineMs: 120_000, judge, attempt })).resolves.toBe(4);
    expect(context.clock.sleeps).toEqual([2_000, 6_000, 18_000]);
    expect(context.logger.records.map(({ message }) => message)).toEqual([
      'vault kv throttled, waiting 2 s (attempt 2 of 4)',
      'vault kv throttled, waiting 6 s (attempt 3 of 4)',
      'vault kv throttled, waiting 18 s (attempt 4 of 4)',
    ]);
  });

  it('tells once that many wait for the same thing, and again once that is over or it is another', async () => {
    const { clock, logger, random } = setUp();
    const context = { clock: { now: () => clock.now(), sleep: async () => undefined }, logger, random };
    const waitFor = async (description: string, reason = 'throttled') => {
      const options = { description, deadlineMs: 120_000, judge: () => ({ reason }), attempt: failing(1).attempt };
      await withRetry(context as never, options);
    };
    await Promise.all(Array.from({ length: 5 }, () => waitFor('vault kv')));
    await waitFor('vault other');
    await waitFor('vault kv', 'answered HTTP 503');
    clock.advance(1_999);
    await waitFor('vault kv');
    clock.advance(1);
    await waitFor('vault kv');
    expect(logger.records.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      'vault kv throttled, waiting 2 s (attempt 2 of 4)',
      'vault other throttled, waiting 2 s (attempt 2 of 4)',
      'vault kv answered HTTP 503, waiting 2 s (attempt 2 of 4)',
      'vault kv throttled, waiting 2 s (attempt 2 of 4)',
    ]);
    expect(logger.records.filter(({ level }) => level === 'debug')).toHaveLength(5);
  });

  it.each([
    [0, [1_500, 4_500, 13_500]],
    [0.999, [2_499, 7_497, 22_491]],
  ])('spreads the waits with randomness %d', async (random, sleeps) => {
    const context = setUp(random);
    const { attempt } = failing(3);
    await withRetry(context, { description: 'v', deadlineMs: 120_000, judge: () => ({ reason: 'x' }), attempt });
    expect(context.clock.sleeps).toEqual(sleeps);
  });

  it('waits exactly as long as the server asks, up to a minute', async () => {
    const context = setUp();
    const waits = [4_000, 3_600_000];
    const { attempt } = failing(2);
    const judge = () => ({ reason: 'throttled', retryAfterMs: waits.shift() ?? 0 });
    await withRetry(context, { description: 'v', deadlineMs: 120_000, judge, attempt });
    expect(context.clock.sleeps).toEqual([4_000, 60_000]);
  });

  it('gives up after four attempts with the last error', async () => {
    const { attempt } = failing(9);
    const judge = () => ({ reason: 'x' });
    await expect(withRetry(setUp(), { description: 'v', deadlineMs: 120_000, judge, attempt })).rejects.toThrow(
      'failure 4',
    );
  });

  it('gives up earlier where fewer attempts are worth it, and says of how many', async () => {
    const context = setUp();
    const { attempt, attempts } = failing(9);
    const judge = () => ({ reason: 'did not answer', attempts: 2 });
    await expect(withRetry(context, { description: 'v', deadlineMs: 120_000, judge, attempt })).rejects.toThrow(
      'failure 2',
    );
    expect(attempts()).toBe(2);
    expect(context.logger.text()).toContain('v did not answer, waiting 2 s (attempt 2 of 2)');
  });

  it('begins no wait that would end after the deadline', async () => {
    const context = setUp();
    const { attempt, attempts } = failing(9);
    const judge = () => ({ reason: 'x' });
    await expect(withRetry(context, { description: 'v', deadlineMs: 7_000, judge, attempt })).rejects.toThrow(
      'failure 2',
    );
    expect(attempts()).toBe(2);
    expect(context.clock.sleeps).toEqual([2_000]);
  });

  it('never repeats what cannot get better', async () => {
    const context = setUp();
    const { attempt, attempts } = failing(9);
    const judge = () => undefined;
    await expect(withRetry(context, { description: 'v', deadlineMs: 120_000, judge, attempt })).rejects.toThrow(
      'failure 1',
    );
    expect(attempts()).toBe(1);
    expect(context.clock.sleeps).toEqual([]);
  });
});

describe('retryAfterMs', () => {
  it.each([
    [{ 'retry-after': '4' }, 4_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:07 GMT' }, 7_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' }, undefined],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': '0' }, undefined],
    [{ 'retry-after': '-0.5' }, undefined],
    [{ 'retry-after-ms': '0' }, undefined],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'x-ms-retry-after-ms': '300' }, 300],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('reads %j as %p', (headers: Readonly<Record<string, string>>, expected) => {
    expect(retryAfterMs((name) => headers[name], NOW)).toBe(expected);
  });
});
