/** Signals of the system → an AbortSignal: SIGTERM (pods, cancelled workflows) and SIGINT (Ctrl-C, cancelled workflows). */
import { constants } from 'node:os';
import type { Logger } from '../ports/logger.ts';

export interface StopRequest {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came, as shells have it; `undefined` = none came. */
  readonly exitCode: () => number | undefined;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

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
      code ??= 128 + constants.signals[name];
      asked.abort();
    });
  }
  return { signal: asked.signal, exitCode: () => code };
}
