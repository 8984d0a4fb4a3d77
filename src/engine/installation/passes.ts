/**
 * The passes of one run of the job: one, or, in a run window, one whenever something is due.
 *
 * A value that ends between this window and the first pass of the next is renewed at the end of this one.
 *
 * Each pass opens everything anew (intents, state, tokens), holds the installation's Lease, and leaves its report.
 */
import type { Report } from '../../core/model/report.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HeldLease } from './lease.ts';
import { beginUnlessStopping } from '../stop.ts';

export interface PassesInput {
  readonly clock: Clock;
  /** How long the process stays; 0 = one pass. */
  readonly windowMs: number;
  /** How long it waits before the first; counts into the window. */
  readonly delayMs?: number;
  readonly stop?: AbortSignal;
  readonly hold: () => Promise<HeldLease>;
  /**
   * One pass: its exit code, and the report if it came to one; values that have to be renewed within `renewAheadMs` are
   * renewed. Rejects for nothing that users or servers do.
   */
  readonly pass: (renewAheadMs: number) => Promise<PassEnd>;
}

export interface PassEnd {
  readonly exitCode: number;
  readonly report: Report | undefined;
  /** Nothing is left to do here, whatever is due. */
  readonly isLast?: boolean;
}

/** What failed is tried again after this, as the operator does after a while. */
const AFTER_FAILURE_MS = 60_000;
/** Nothing is due more often, whatever its interval. */
const SHORTEST_PAUSE_MS = 1_000;
/** From the end of a window to the first pass of the next: a minute, its delay, and what a pod takes to start. */
const UNWATCHED_MS = 3 * 60_000;

/** The exit code of the last pass. Rejects where the Lease cannot be had, and with RunStopped before the first pass. */
export async function runPasses(input: PassesInput): Promise<number> {
  const { clock, windowMs, delayMs = 0, stop } = input;
  const start = clock.now().getTime();
  const end = start + windowMs;
  await sleepUntil(start + delayMs, input);
  if (delayMs > 0) beginUnlessStopping(input);
  let ahead = 0;
  for (;;) {
    const { exitCode, report, isLast } = await onePass(input, ahead);
    const now = clock.now();
    const next = nextPass(report, now);
    if (isLast === true || stop?.aborted === true || next === undefined) return exitCode;
    if (next > end) {
      if (now.getTime() >= end || !endsUnwatched(report, end)) return exitCode;
      ahead = UNWATCHED_MS;
    }
    await sleepUntil(Math.min(next, end), input);
    if (isAborted(stop)) return exitCode;
  }
}

function endsUnwatched(report: Report | undefined, end: number): boolean {
  return (
    report?.objects.some(({ renewal }) => renewal !== undefined && renewal.getTime() <= end + UNWATCHED_MS) === true
  );
}

async function onePass({ hold, pass }: PassesInput, renewAheadMs: number): Promise<PassEnd> {
  const lease = await hold();
  try {
    return await pass(renewAheadMs);
  } finally {
    await lease.release();
  }
}

/** Milliseconds since the epoch; `undefined` when time makes nothing due any more. */
function nextPass(report: Report | undefined, now: Date): number | undefined {
  const soon = now.getTime() + AFTER_FAILURE_MS;
  if (report === undefined) return soon;
  const times = [...report.objects, ...report.pushes].flatMap(({ verdict, nextDue }) => {
    if (verdict === 'failed' || verdict === 'blocked') return [soon];
    return nextDue === undefined ? [] : [nextDue.getTime()];
  });
  if (times.length === 0) return undefined;
  return Math.max(Math.min(...times), now.getTime() + SHORTEST_PAUSE_MS);
}

/** In short steps, so that a request to stop is heard. */
async function sleepUntil(time: number, { clock, stop }: PassesInput): Promise<void> {
  while (clock.now().getTime() < time && !isAborted(stop)) {
    await clock.sleep(Math.min(time - clock.now().getTime(), 500));
  }
}

function isAborted(stop: AbortSignal | undefined): boolean {
  return stop?.aborted === true;
}
