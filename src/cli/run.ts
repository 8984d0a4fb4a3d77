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
import { refuseLiveOperator } from '../wiring/live-operator.ts';
import { portsOf } from '../wiring/ports.ts';
import { runSettingsOf } from '../wiring/run-settings.ts';
import { loggerFor } from './logger.ts';
import type { Surroundings } from './main.ts';
import { LiveLine, paintFor } from './terminal.ts';

/** Prints the report and gives the exit code. Rejects with a PortError or RunStopped where there is no report. */
export async function runAgainstCluster(
  command: 'plan' | 'sync',
  settings: Settings,
  { environment, stdout, stderr, stop }: Surroundings,
): Promise<number> {
  const masker = new RedactingMasker();
  const logger = loggerFor(settings, masker, stderr, (environment['CI'] ?? '') !== '');
  try {
    const outside = { environment, logger, masker, stop: stop.signal };
    if (command === 'sync') await refuseLiveOperator(settings, outside);
    const ports = await portsOf(settings, outside);
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
