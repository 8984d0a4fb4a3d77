/** `plan` and `sync` of the command line: what needs vault and cluster, and so the SDKs. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import type { Report } from '../core/model/report.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { connectToAks } from '../wiring/aks-cluster.ts';
import { runDeploymentPlan } from '../wiring/deployment-plan.ts';
import { filteredFailure } from '../wiring/failure.ts';
import { deployedManifestsOf } from '../wiring/manifests.ts';
import { givenBase } from '../wiring/offline.ts';
import { outcomeOf } from '../wiring/plan-outcome.ts';
import { runWithCluster, type RunRequest } from '../wiring/run-command.ts';
import { VERSION } from '../wiring/version.ts';
import { tellStopping } from '../wiring/stop-signal.ts';
import { loggerFor } from './logger.ts';
import type { Surroundings } from './main.ts';
import { printOutcome } from './print-outcome.ts';
import { LiveLine } from './terminal.ts';

/** `deploy --engine runner` is a `sync` that takes manifests and plain inputs as `deploy` does. */
export async function runFromHere(settings: Settings, surroundings: Surroundings): Promise<number> {
  return await runAgainstCluster('sync', settings, surroundings, deployedManifestsOf(settings));
}

/** What `deploy` would do; with the engine runner, what that sync would write. */
export async function planDeployment(settings: Settings, surroundings: Surroundings): Promise<number> {
  if (settings.engine === 'runner') {
    return await runAgainstCluster('plan', settings, surroundings, deployedManifestsOf(settings));
  }
  return await printRun(settings, surroundings, (where) =>
    runDeploymentPlan({ settings: { ...settings, prune: true }, deployment: { settings }, version: VERSION, ...where }),
  );
}

/** Prints the report and gives the exit code. Rejects with a PortError or RunStopped where there is no report. */
export async function runAgainstCluster(
  command: 'plan' | 'sync',
  settings: Settings,
  surroundings: Surroundings,
  manifests?: ManifestSource,
): Promise<number> {
  const given = manifests === undefined ? {} : { manifests };
  return await printRun(settings, surroundings, (where) => runWithCluster({ command, settings, ...where, ...given }));
}

async function printRun(
  settings: Settings,
  surroundings: Surroundings,
  run: (where: Pick<RunRequest, 'outside' | 'base'>) => Promise<Report>,
): Promise<number> {
  const { environment, stderr, stop } = surroundings;
  const masker = new RedactingMasker();
  const logger = loggerFor(settings, masker, stderr, (environment['CI'] ?? '') !== '');
  try {
    const outside = { environment, logger, masker, stop: stop.signal, connectToAks };
    tellStopping(outside);
    const report = await run({ outside, base: () => Promise.resolve().then(() => givenBase(settings)) });
    if (logger instanceof LiveLine) logger.clear();
    return printOutcome(outcomeOf(report), settings, surroundings);
  } catch (error) {
    throw filteredFailure(error, masker);
  } finally {
    if (logger instanceof LiveLine) logger.clear();
  }
}
