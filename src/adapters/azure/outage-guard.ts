/** Keeps one vault that does not answer from costing every read of a run all its repetitions. */
import type { Clock } from '../../ports/clock.ts';
import type { PortError } from '../../ports/errors.ts';
import type { Lane } from './lane.ts';
import { toPortError, type VaultRequest } from './to-port-error.ts';

/** So many reads in a row without an answer are an outage of the vault, and for so long nothing is asked of it. */
const OUTAGE_AFTER = 3;
const OUTAGE_MS = 60_000;

/**
 * Runs reads in the vault's lane and words their errors.
 *
 * What concerns the whole connection ends the reads that were already waiting; one that is asked for later tries again.
 * One object may fail on its own account, but after several in a row, each with all its repetitions, it is an outage:
 * nothing is asked for a while.
 */
export function createOutageGuard({ lane, clock }: { readonly lane: Lane; readonly clock: Clock }) {
  let asked = 0;
  let failuresInARow = 0;
  let wall: { readonly error: PortError; readonly upTo: number; readonly until: number } | undefined;
  const remember = (error: PortError): PortError => {
    const now = clock.now().getTime();
    failuresInARow = isOutageLike(error) ? failuresInARow + 1 : 0;
    if (failuresInARow >= OUTAGE_AFTER) wall = { error, upTo: asked, until: now + OUTAGE_MS };
    else if (error.whole) wall = { error, upTo: asked, until: now };
    return error;
  };
  return async <Result>(read: () => Promise<Result>, request: VaultRequest): Promise<Result> => {
    asked += 1;
    const turn = asked;
    return lane.limit(async () => {
      if (wall !== undefined && (turn <= wall.upTo || clock.now().getTime() < wall.until)) throw wall.error;
      try {
        const result = await read();
        failuresInARow = 0;
        return result;
      } catch (error) {
        throw remember(toPortError(error, request));
      }
    });
  };
}

function isOutageLike(error: PortError): boolean {
  return error.kind === 'Throttled' || error.kind === 'Unavailable' || error.kind === 'Malformed';
}
