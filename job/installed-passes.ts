/**
 * The passes of an installation that `deploy` made: intents from its ConfigMaps, one pass at a time under its Lease, in
 * a run window where intervals are short, and a report for those outside after each.
 */
import { joined, say } from '../src/core/model/message.ts';
import { systemClock } from '../src/adapters/node/clock.ts';
import { labelsOf, managerOf, type Installation } from '../src/core/deploy/installation.ts';
import { isReplaced } from '../src/core/deploy/intents-pins.ts';
import { failedPass, passReport, passReportConfig } from '../src/core/deploy/pass-report-config.ts';
import type { PassReport } from '../src/core/model/pass-report.ts';
import { filteredPass } from '../src/core/report/filtered.ts';
import type { Settings } from '../src/core/settings/parse.ts';
import { holdLease } from '../src/engine/installation/lease.ts';
import { runPasses, type PassEnd } from '../src/engine/installation/passes.ts';
import type { PinnedIntents } from '../src/engine/installation/stored-intents.ts';
import { failureOf } from '../src/ports/errors.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { Objects } from '../src/ports/objects.ts';
import { failureText } from '../src/wiring/failure.ts';
import { openRealCluster, pinnedIntentsIn } from '../src/wiring/open-cluster.ts';
import { VERSION } from '../src/wiring/version.ts';
import { failureExitCode } from './exit-code.ts';
import type { JobContext, PassEnding } from './context.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** A pass before this one may take as long as a Job may. */
const PATIENCE_MS = 10 * MINUTE_MS;

type Pass = (settings: Settings, context: JobContext, of: PassOf) => Promise<PassEnding>;

/** What a pass of an installation is told beside settings. */
export interface PassOf {
  readonly intents: PinnedIntents;
  readonly renewAheadMs: number;
}

/** How the last pass ended. Never throws for anything that users or servers do. */
export async function installedPasses(settings: Settings, context: JobContext, pass: Pass): Promise<PassEnding> {
  const { logger, stop } = context;
  let last: PassEnding = { code: 1, lines: [] };
  try {
    const { objects, installation } = await openRealCluster(settings, {
      ...context,
      stop: stop.signal,
      connectToAks: undefined,
    });
    const holder = context.environment['HOSTNAME'] ?? 'keyferry';
    const intents = pinnedIntentsIn({ objects, installation }, settings);
    // Before it waits for anybody: a deployment may take them away meanwhile. A pass tries again, and its report tells why.
    await intents.texts().catch(() => undefined);
    const onePass = async (renewAheadMs: number): Promise<PassEnd> => {
      if (await isOfEarlierDeployment({ objects, installation, logger }, settings)) {
        logger.info(REPLACED);
        last = { code: 0, lines: [REPLACED] };
        return { exitCode: 0, report: undefined, isLast: true };
      }
      const startedAt = new Date().toISOString();
      last = await pass(settings, context, { intents, renewAheadMs });
      await leaveReport({ objects, installation, context, holder, startedAt, ended: last });
      const { code: exitCode, report } = last;
      return { exitCode, report };
    };
    await runPasses({
      clock: systemClock,
      windowMs: settings.window * MINUTE_MS,
      delayMs: settings.startDelay * SECOND_MS,
      stop: stop.signal,
      hold: () =>
        holdLease({
          objects,
          clock: systemClock,
          logger,
          namespace: installation.namespace,
          name: installation.name,
          holder,
          labels: labelsOf(installation, 'lease'),
          manager: managerOf(installation),
          patienceMs: PATIENCE_MS,
          stop: stop.signal,
        }),
      pass: onePass,
    });
    return last;
  } catch (error) {
    logger.error(failureText(error));
    return { code: failureExitCode(error, stop), lines: [failureText(error)] };
  }
}

const REPLACED =
  'another deployment has replaced the intents that this pod was started with: it ends here, and the pods of that deployment go on';

/** Its rights may be gone by now, and what it wrote would undo what the newer one has written. Not knowing is no reason to end. */
async function isOfEarlierDeployment(
  { objects, installation, logger }: { objects: Objects; installation: Installation; logger: Logger },
  { intents }: Settings,
): Promise<boolean> {
  try {
    const cronJob = await objects.read({ apiVersion: 'batch/v1', kind: 'CronJob', ...installation });
    return cronJob !== undefined && isReplaced(intents, cronJob);
  } catch (error) {
    const { what, fix } = failureOf(error);
    logger.warn(say`whether another deployment has replaced the intents could not be found out: ${what}. ${fix}`);
    return false;
  }
}

interface PassToReport {
  readonly objects: Objects;
  readonly installation: Installation;
  readonly context: JobContext;
  readonly holder: string;
  readonly startedAt: string;
  readonly ended: PassEnding;
}

/** A report that cannot be left is a line in the log: what was done stays done. */
async function leaveReport({ objects, installation, context, holder, startedAt, ended }: PassToReport): Promise<void> {
  const { code, report, lines } = ended;
  try {
    const facts = {
      version: VERSION,
      intentsDigest: ended.intentsDigest ?? '',
      startedAt,
      finishedAt: new Date().toISOString(),
      exitCode: code,
      holder,
    };
    const left: PassReport = report === undefined ? failedPass(facts, joined(lines, '\n')) : passReport(facts, report);
    await objects.apply(passReportConfig(redacted(left, context), installation), managerOf(installation));
  } catch (error) {
    const { what, fix } = failureOf(error);
    context.logger.warn(say`the report of this pass could not be left: ${what}. ${fix}`);
  }
}

/** The last line of defence, as for every line of the log. */
function redacted(report: PassReport, { masker }: JobContext): PassReport {
  return filteredPass(report, (text) => masker.redact(text));
}
