/** The job in the cluster: settings → one sync of what is due → log lines, termination message, exit code. */
import { systemClock } from '../src/adapters/node/clock.ts';
import { jsonLogger } from '../src/adapters/node/json-logger.ts';
import { RedactingMasker } from '../src/adapters/node/redacting.ts';
import { sync } from '../src/commands/sync.ts';
import { problemMessage, type Problem } from '../src/core/model/problem.ts';
import type { Report } from '../src/core/model/report.ts';
import { inLines } from '../src/core/model/shown.ts';
import { countsText } from '../src/core/report/counts.ts';
import { problemsOf } from '../src/core/report/build-report.ts';
import type { Settings } from '../src/core/settings/parse.ts';
import { StoredIntentsSource } from '../src/engine/installation/stored-intents.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { ManifestSource } from '../src/ports/manifest-source.ts';
import { failureText } from '../src/wiring/failure.ts';
import { portsOf } from '../src/wiring/ports.ts';
import { runSettingsOf } from '../src/wiring/run-settings.ts';
import { tellStopping } from '../src/wiring/stop-signal.ts';
import type { JobContext, JobSurroundings, PassEnding } from './context.ts';
import { CANNOT_BE_RETRIED, failureExitCode, jobExitCode } from './exit-code.ts';
import { installedPasses, type PassOf } from './installed-passes.ts';
import { inWordsOfTheJob, readJobSettings } from './settings.ts';
import { terminationMessage, writeTerminationMessage } from './termination-message.ts';

/** Never throws for anything that manifests, settings or servers do. */
export async function runJob(surroundings: JobSurroundings): Promise<number> {
  const { settings, problems } = await readJobSettings(surroundings.environment);
  const masker = new RedactingMasker();
  const redact = (text: string) => masker.redact(text);
  const level = settings?.logLevel ?? 'info';
  const logger = jsonLogger({ level, sink: surroundings.stdout, words: inWordsOfTheJob, redact, clock: systemClock });
  const { code, lines } =
    settings === undefined ? refuse(problems, logger) : await passes(settings, { ...surroundings, logger, masker });
  const message = terminationMessage(lines.map((line) => inLines(redact(inWordsOfTheJob(line)))));
  const failed = await writeTerminationMessage(message, surroundings.environment['KEYFERRY_TERMINATION_LOG']);
  if (failed !== undefined) logger.debug('the termination message could not be written', { code: failed });
  return code;
}

function refuse(problems: readonly Problem[], logger: Logger): PassEnding {
  for (const problem of problems) logProblem(problem, logger);
  return { code: CANNOT_BE_RETRIED, lines: problems.map(problemMessage) };
}

/** What `deploy` installs makes its passes under a Lease; a job of one's own makes one, alone. */
async function passes(settings: Settings, context: JobContext): Promise<PassEnding> {
  tellStopping({ stop: context.stop.signal, logger: context.logger });
  const isInstalled = settings.home === 'config-maps' || settings.deployed;
  return isInstalled ? await installedPasses(settings, context, pass) : await pass(settings, context);
}

async function pass(settings: Settings, context: JobContext, of: Partial<PassOf> = {}): Promise<PassEnding> {
  const { environment, logger, masker, stop } = context;
  const { intents, renewAheadMs = 0 } = of;
  try {
    const outside = { environment, logger, masker, stop: stop.signal, connectToAks: undefined };
    const ports = await portsOf(settings, outside, intents === undefined ? {} : { intents });
    const report = await sync(ports, { ...runSettingsOf(settings), problemsInLog: true, renewAheadMs });
    const code = jobExitCode(report, stop);
    logReport(report, code, logger);
    return {
      code,
      report,
      ...seenIntents(ports.manifests),
      lines: [countsText(report), ...worstFirst(problemsOf(report)).map(problemMessage)],
    };
  } catch (error) {
    logger.error(failureText(error));
    return { code: failureExitCode(error, stop), lines: [failureText(error)] };
  }
}

function seenIntents(manifests: ManifestSource): Pick<PassEnding, 'intentsDigest'> {
  return manifests instanceof StoredIntentsSource ? { intentsDigest: manifests.digest } : {};
}

/** Problems of single objects were logged when they were carried out; here are the others, and the numbers. */
function logReport(report: Report, code: number, logger: Logger): void {
  const stopped = report.stopped === undefined ? [] : [report.stopped];
  for (const problem of [...stopped, ...report.problems]) logProblem(problem, logger);
  const { create, update, delete: deleted, unchanged, notDue, blocked, failed, errors, warnings } = report.counts;
  const counts = { created: create, updated: update, deleted, unchanged, notDue, blocked, failed, errors, warnings };
  logger.info(countsText(report), { ...counts, fingerprint: report.fingerprint, exitCode: code });
}

function logProblem(problem: Problem, logger: Logger): void {
  logger[problem.severity === 'error' ? 'error' : 'warn'](problemMessage(problem), { code: problem.code });
}

function worstFirst(problems: readonly Problem[]): readonly Problem[] {
  const [errors, warnings] = ['error', 'warning'].map((one) => problems.filter(({ severity }) => severity === one));
  return [...(errors ?? []), ...(warnings ?? [])];
}
