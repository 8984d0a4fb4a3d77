/**
 * A run that is asked to stop: the writes in hand are finished and recorded, no other is begun.
 *
 * While a run still reads, nothing is in hand, so it ends at once with `RunStopped`.
 */
import { say, type Message } from '../core/model/message.ts';
import type { Problem } from '../core/model/problem.ts';

/** Whatever can be asked to stop. */
export interface Stoppable {
  /** Aborted = asked to stop: the write in hand is finished, no other is begun. Absent = nobody asks. */
  readonly stop?: AbortSignal;
}

const NOTHING_WRITTEN = 'the run was asked to stop before its first write. Nothing was written. Run it again.';

/**
 * Thrown where a run was asked to stop and has nothing to report. The message is whole sentences for users: what is so
 * now, and what to do; whoever throws this after a write, or while something goes on elsewhere, gives a text that says it.
 */
export class RunStopped extends Error {
  constructor(text = NOTHING_WRITTEN) {
    super(text);
    this.name = 'RunStopped';
  }
}

export function isStopping({ stop }: Stoppable): boolean {
  return stop?.aborted ?? false;
}

/** Stands before a first write. Throws RunStopped. */
export function beginUnlessStopping(stoppable: Stoppable): void {
  if (isStopping(stoppable)) throw new RunStopped();
}

/**
 * The result of reading, or `RunStopped` with that text as soon as a stop is asked for; what is still being read is
 * abandoned.
 */
export async function unlessStopped<T>(stoppable: Stoppable, reading: () => Promise<T>, text?: string): Promise<T> {
  const { stop } = stoppable;
  if (stop === undefined) return await reading();
  if (stop.aborted) throw new RunStopped(text);
  let onStop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => (onStop = () => reject(new RunStopped(text))));
  stop.addEventListener('abort', onStop);
  try {
    return await Promise.race([stopped, reading()]);
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

/** What a run that was cut short tells; `left` counts ExternalSecrets and pruned Secrets that were not finished. */
export function stoppedProblem(left: number): Problem {
  const objects = left === 1 ? '1 object is' : `${left} objects are`;
  return runStopped(
    `${objects} left for the next run, what was begun was finished`,
    'Run it again; what is done stays done. If this happens often, give the run more time.',
  );
}

/** `what` says what was done and what was not. */
export function runStopped(what: Message, fix: Message): Problem {
  return { severity: 'error', code: 'run-stopped', what: say`the run was asked to stop: ${what}`, fix };
}
