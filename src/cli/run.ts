/** `plan` and `sync` of the command line: what needs vault and cluster, and so the SDKs. */
import { RedactingMasker } from '../adapters/node/redacting.ts';
import { plan } from '../commands/plan.ts';
import { sync } from '../commands/sync.ts';
import type { Report } from '../core/model/report.ts';
import { reportAsJson } from '../core/report/as-json.ts';
import { reportAsMarkdown } from '../core/report/as-markdown.ts';
import { reportAsText, type Paint } from '../core/report/as-text.ts';
import { exitCode, wasStopped } from '../core/report/build-report.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { deployedManifestsOf } from '../wiring/manifests.ts';
import { connectToAks } from '../wiring/aks-cluster.ts';
import { portsOf } from '../wiring/ports.ts';
import { runSettingsOf } from '../wiring/run-settings.ts';
import { loggerFor } from './logger.ts';
import type { Surroundings } from './main.ts';
import { LiveLine, paintFor } from './terminal.ts';

/** `deploy --engine runner` is a `sync` that takes manifests and plain inputs as `deploy` does. */
export async function runFromHere(settings: Settings, surroundings: Surroundings): Promise<number> {
  return await runAgainstCluster('sync', settings, surroundings, deployedManifestsOf(settings));
}

/** Prints the report and gives the exit code. Rejects with a PortError or RunStopped where there is no report. */
export async function runAgainstCluster(
  command: 'plan' | 'sync',
  settings: Settings,
  { environment, stdout, stderr, stop }: Surroundings,
  manifests?: ManifestSource,
): Promise<number> {
  const masker = new RedactingMasker();
  const logger = loggerFor(settings, masker, stderr, (environment['CI'] ?? '') !== '');
  try {
    const outside = { environment, logger, masker, stop: stop.signal, connectToAks };
    const ports = await portsOf(settings, outside, manifests);
    const report = await { plan, sync }[command](ports, runSettingsOf(settings));
    if (logger instanceof LiveLine) logger.clear();
    stdout.write(render(report, settings.output, paintFor(settings.color, stdout, environment)));
    return wasStopped(report) ? (stop.exitCode() ?? 1) : exitCode(report, settings.detailedExitcode);
  } finally {
    if (logger instanceof LiveLine) logger.clear();
  }
}

function render(report: Report, output: Settings['output'], paint: Paint): string {
  switch (output) {
    case 'json':
      return reportAsJson(report);
    case 'markdown':
      return reportAsMarkdown(report);
    case 'text':
      return reportAsText(report, paint);
  }
}
