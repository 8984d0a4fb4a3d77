/** The passes of one run: how many, when, and under which Lease. */
import { describe, expect, it } from '@jest/globals';
import type { ObjectReport, PushReport, Report } from '../../src/core/model/report.ts';
import { runPasses, type PassEnd } from '../../src/engine/installation/passes.ts';
import { FakeClock } from '../fakes/index.ts';

const START = '2026-01-01T00:00:00Z';

function report(...objects: readonly Partial<ObjectReport>[]): Report {
  return { objects, pushes: [] } as unknown as Report;
}

function pushReport(...pushes: readonly Partial<PushReport>[]): Report {
  return { objects: [], pushes } as unknown as Report;
}

async function passesOf(
  windowMinutes: number,
  end: (clock: FakeClock, pass: number) => PassEnd,
  { ahead, ...more }: { readonly ahead?: number[]; readonly delayMs?: number; readonly stop?: AbortSignal } = {},
) {
  const clock = new FakeClock(START);
  const times: number[] = [];
  let held = 0;
  const exitCode = await runPasses({
    clock,
    windowMs: windowMinutes * 60_000,
    ...more,
    hold: async () => {
      held += 1;
      expect(held).toBe(1);
      return {
        release: async () => {
          held -= 1;
        },
      };
    },
    pass: async (renewAheadMs) => {
      ahead?.push(renewAheadMs);
      times.push((clock.now().getTime() - Date.parse(START)) / 1000);
      return end(clock, times.length);
    },
  });
  return { exitCode, times, held };
}

const dueIn = (clock: FakeClock, seconds: number) => ({ nextDue: new Date(clock.now().getTime() + seconds * 1000) });

describe('runPasses', () => {
  it('makes one pass without a window', async () => {
    const ended = await passesOf(0, (clock) => ({ exitCode: 0, report: report(dueIn(clock, 30)) }));
    expect(ended).toEqual({ exitCode: 0, times: [0], held: 0 });
  });

  it('makes a pass whenever something is due, to the end of the window', async () => {
    const { times } = await passesOf(2, (clock) => ({
      exitCode: 0,
      report: report(dueIn(clock, 30), dueIn(clock, 3600)),
    }));
    expect(times).toEqual([0, 30, 60, 90, 120]);
  });

  it('makes a pass when a PushSecret is due, and a minute after one failed', async () => {
    const { times } = await passesOf(3, (clock, pass) => ({
      exitCode: 0,
      report: pass === 1 ? pushReport(dueIn(clock, 30), dueIn(clock, 3600)) : pushReport({ verdict: 'failed' }),
    }));
    expect(times).toEqual([0, 30, 90, 150]);
  });

  it('makes a last one at the end of the window where a value ends before anybody looks again', async () => {
    const ahead: number[] = [];
    const renewal = new Date(Date.parse(START) + 15 * 60_000);
    const end = (_clock: FakeClock, pass: number) => ({
      exitCode: 0,
      report: report(pass === 1 ? { renewal, nextDue: renewal } : {}),
    });
    const { times } = await passesOf(14, end, { ahead });
    expect([times, ahead]).toEqual([
      [0, 14 * 60],
      [0, 180_000],
    ]);
  });

  it('leaves a value that ends later to the next window, and one pass is all without a window', async () => {
    const renewal = new Date(Date.parse(START) + 18 * 60_000);
    const end = () => ({ exitCode: 0, report: report({ renewal, nextDue: renewal }) });
    expect((await passesOf(14, end)).times).toEqual([0]);
    expect((await passesOf(0, end)).times).toEqual([0]);
  });

  it('makes no other one after one that says that it is the last, whatever is due', async () => {
    const ended = await passesOf(14, (clock, pass) =>
      pass === 1 ? { exitCode: 1, report: report(dueIn(clock, 30)) } : { exitCode: 0, report: undefined, isLast: true },
    );
    expect(ended).toEqual({ exitCode: 0, times: [0, 30], held: 0 });
  });

  it('waits before the first pass as long as it is told, inside of the window', async () => {
    const end = (clock: FakeClock) => ({ exitCode: 0, report: report(dueIn(clock, 60)) });
    expect((await passesOf(2, end, { delayMs: 19_000 })).times).toEqual([19, 79]);
    expect((await passesOf(0, end, { delayMs: 19_000 })).times).toEqual([19]);
  });

  it('makes no pass where it is asked to stop while it waits', async () => {
    const stop = AbortSignal.abort();
    const passes = passesOf(2, () => ({ exitCode: 0, report: report({}) }), { delayMs: 19_000, stop });
    await expect(passes).rejects.toThrow('the run was asked to stop before its first write. Nothing was written.');
  });

  it('ends at once where time makes nothing due any more', async () => {
    expect((await passesOf(14, () => ({ exitCode: 0, report: report({}) }))).times).toEqual([0]);
  });

  it('tries what failed again after a minute, and has the exit code of the last pass', async () => {
    const { times, exitCode } = await passesOf(3, (clock, pass) =>
      pass === 1
        ? { exitCode: 1, report: report({ verdict: 'failed', ...dueIn(clock, 0) }) }
        : { exitCode: 0, report: report(dueIn(clock, 3600)) },
    );
    expect({ times, exitCode }).toEqual({ times: [0, 60], exitCode: 0 });
  });

  it('tries again after a pass that came to no report', async () => {
    const { times } = await passesOf(1, () => ({ exitCode: 1, report: undefined }));
    expect(times).toEqual([0, 60]);
  });

  it('never spins, whatever is due', async () => {
    const { times } = await passesOf(0.05, (clock) => ({ exitCode: 0, report: report(dueIn(clock, 0)) }));
    expect(times).toEqual([0, 1, 2, 3]);
  });
});
