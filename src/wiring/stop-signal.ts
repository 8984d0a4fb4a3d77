/** Signals of the system → an AbortSignal: SIGTERM (pods, cancelled workflows) and SIGINT (Ctrl-C, cancelled workflows). */
import { constants } from 'node:os';

export interface StopRequest {
  readonly signal: AbortSignal;
  /** 128 + the number of the signal that came, as shells have it; `undefined` = none came. */
  readonly exitCode: () => number | undefined;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

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
