/** `render`, `deploy`, `status`, `suspend`, `resume` and `uninstall` of the command line. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { printObjects } from '../core/deploy/print.ts';
import type { Settings } from '../core/settings/parse.ts';
import { connectToAks } from '../wiring/aks-cluster.ts';
import { unlessStopped } from '../engine/stop.ts';
import {
  renderInstallation,
  runInstallationCommand,
  type InstallationCommand,
  type InstallationOutcome,
} from '../wiring/installation.ts';
import { filteredFailure } from '../wiring/failure.ts';
import { givenBase } from '../wiring/offline.ts';
import { tellStopping } from '../wiring/stop-signal.ts';
import { loggerFor } from './logger.ts';
import type { Surroundings } from './main.ts';
import { lookFor, show, showFile, showProblems } from './show.ts';
import { LiveLine } from './terminal.ts';
import { VERSION } from '../wiring/version.ts';

/** Prints the outcome and gives the exit code. Rejects with a PortError where there is none. */
export async function runInstallation(
  command: InstallationCommand | 'render',
  settings: Settings,
  surroundings: Surroundings,
): Promise<number> {
  const { environment, stdout, stderr, stop } = surroundings;
  if (command === 'render') {
    return await unlessStopped({ stop: stop.signal }, () => printRendered(settings, surroundings));
  }
  const masker = new RedactingMasker();
  const logger = loggerFor(settings, masker, stderr, (environment['CI'] ?? '') !== '');
  try {
    const outside = { environment, logger, masker, stop: stop.signal, connectToAks };
    tellStopping(outside);
    const outcome = await runInstallationCommand({
      command,
      settings,
      outside,
      version: VERSION,
      base: () => Promise.resolve().then(() => givenBase(settings)),
    });
    if (logger instanceof LiveLine) logger.clear();
    show(stdout, textOf(outcome, settings, surroundings));
    return outcome.stopped ? (stop.exitCode() ?? 1) : outcome.exitCode;
  } catch (error) {
    throw filteredFailure(error, masker);
  } finally {
    if (logger instanceof LiveLine) logger.clear();
  }
}

function textOf(
  outcome: InstallationOutcome,
  { output, color }: Settings,
  { stdout, environment }: Surroundings,
): string {
  switch (output) {
    case 'json':
      return outcome.json();
    case 'markdown':
      return outcome.markdown();
    case 'text':
      return outcome.text(lookFor(color, stdout, environment));
  }
}

/** YAML for `kubectl apply --server-side -f -`; problems go to standard error, so that a pipe stays clean. */
async function printRendered(settings: Settings, { environment, stdout, stderr }: Surroundings): Promise<number> {
  const { deployment, problems } = await renderInstallation(settings, environment, VERSION);
  showProblems(stderr, problems);
  if (deployment === undefined) return 1;
  showFile(stdout, printObjects(deployment.objects));
  return 0;
}
