/**
 * Signals of the system → an AbortSignal: SIGTERM (pods, cancelled workflows), SIGINT (Ctrl-C, cancelled workflows) and
 * SIGBREAK, which GitHub's runner on Windows sends where it sends SIGTERM elsewhere.
 */
import { constants } from 'node:os';
import type { Logger } from '../ports/logger.ts';

export interface StopRequest {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came, as shells have it; `undefined` = none came. */
  readonly exitCode: () => number | undefined;
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGBREAK'] as const;

/** Only Windows knows SIGBREAK; on other systems it never comes. */
const NUMBERS: Readonly<Record<(typeof SIGNALS)[number], number>> = { ...constants.signals, SIGBREAK: 21 };

const STOPPING = 'asked to stop: what is being written is finished, nothing else is begun';

/** Said once, when it is heard: what is in hand may take a while. */
export function tellStopping({ stop, logger }: { readonly stop: AbortSignal; readonly logger: Logger }): void {
  stop.addEventListener('abort', () => logger.warn(STOPPING), { once: true });
}

/** The first signal asks to stop; the same one again ends the process as if this were not here. */
export function stopOnSignals(source: Pick<NodeJS.Process, 'once'>): StopRequest {
  const asked = new AbortController();
  let code: number | undefined;
  for (const name of SIGNALS) {
    source.once(name, () => {
      code ??= 128 + NUMBERS[name];
      asked.abort();
    });
  }
  return { signal: asked.signal, exitCode: () => code };
}
