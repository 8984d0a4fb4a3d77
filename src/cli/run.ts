/** `plan` and `sync` of the command line: what needs vault and cluster, and so the SDKs. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import type { Settings } from '../core/settings/parse.ts';
import { givenBase } from '../wiring/offline.ts';
import { outcomeOf } from '../wiring/plan-outcome.ts';
import { runWithCluster } from '../wiring/run-command.ts';
import { loggerFor } from './logger.ts';
import type { Surroundings } from './main.ts';
import { printOutcome } from './print-outcome.ts';
import { LiveLine } from './terminal.ts';

/** Prints the report and gives the exit code. Rejects with a PortError or RunStopped where there is no report. */
export async function runAgainstCluster(
  command: 'plan' | 'sync',
  settings: Settings,
  surroundings: Surroundings,
): Promise<number> {
  const { environment, stderr, stop } = surroundings;
  const masker = new RedactingMasker();
  const logger = loggerFor(settings, masker, stderr, (environment['CI'] ?? '') !== '');
  try {
    const outside = { environment, logger, masker, stop: stop.signal };
    const base = () => Promise.resolve().then(() => givenBase(settings));
    const report = await runWithCluster({ command, settings, outside, base });
    if (logger instanceof LiveLine) logger.clear();
    return printOutcome(outcomeOf(report), settings, surroundings);
  } finally {
    if (logger instanceof LiveLine) logger.clear();
  }
}
