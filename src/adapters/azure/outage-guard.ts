/** Keeps one vault that does not answer from costing every request of a run all its repetitions. */
import type { Clock } from '../../ports/clock.ts';
import type { PortError } from '../../ports/errors.ts';
import type { Lane } from './lane.ts';
import { toPortError, withUncertain } from './to-port-error.ts';
import type { VaultRequest } from './vault-request.ts';

/** So many requests in a row without an answer are an outage of the vault, and for so long nothing is asked of it. */
const OUTAGE_AFTER = 3;
const OUTAGE_MS = 60_000;

/**
 * Runs reads and writes in the vault's lane and words their errors.
 *
 * What concerns the whole connection ends those that were already waiting; one that is asked for later tries again.
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
  return async <Result>(act: () => Promise<Result>, request: VaultRequest): Promise<Result> => {
    asked += 1;
    const turn = asked;
    return lane.limit(async () => {
      // What ended another request says nothing of this one but that it was never sent.
      if (wall !== undefined && (turn <= wall.upTo || clock.now().getTime() < wall.until))
        throw withUncertain(wall.error, false);
      try {
        const result = await act();
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
