/**
 * A run that is asked to stop: the writes in hand are finished and recorded, no other is begun.
 *
 * While a run still reads, nothing is in hand, so it ends at once with `RunStopped`.
 */
import type { Problem } from '../core/model/problem.ts';
import type { Ports } from './ports.ts';

/** Thrown where a run was asked to stop before its first write. Nothing was written. */
export class RunStopped extends Error {
  constructor() {
    super('the run was asked to stop before its first write');
    this.name = 'RunStopped';
  }
}

export function isStopping({ stop }: Pick<Ports, 'stop'>): boolean {
  return stop?.aborted ?? false;
}

/** The result of reading, or `RunStopped` as soon as a stop is asked for; what is still being read is abandoned. */
export async function unlessStopped<T>(ports: Pick<Ports, 'stop'>, reading: () => Promise<T>): Promise<T> {
  const { stop } = ports;
  if (stop === undefined) return await reading();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const onStop = () => reject(new RunStopped());
  stop.addEventListener('abort', onStop);
  if (stop.aborted) onStop();
  try {
    return await Promise.race([stopped, reading()]);
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}

/** What a run that was cut short tells; `left` counts ExternalSecrets and pruned Secrets that were not finished. */
export function stoppedProblem(left: number): Problem {
  const objects = left === 1 ? '1 object is' : `${left} objects are`;
  return {
    severity: 'error',
    code: 'run-stopped',
    what: `the run was asked to stop: ${objects} left for the next run, what was begun was finished`,
    fix: 'Run it again; what is done stays done. If this happens often, give the run more time.',
  };
}
