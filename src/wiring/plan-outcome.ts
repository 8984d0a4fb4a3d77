/** What a plan or sync of whatever level came to, for entries: texts, counts, problems, exit code. */
import { refText } from '../core/model/object-ref.ts';
import type { PlanLevel } from '../core/model/plan-level.ts';
import { hasErrors, type Problem } from '../core/model/problem.ts';
import type { Report } from '../core/model/report.ts';
import { wholeSeconds } from '../core/model/sync-record.ts';
import { reportAsJson } from '../core/report/as-json.ts';
import { reportAsMarkdown } from '../core/report/as-markdown.ts';
import { reportAsText } from '../core/report/as-text.ts';
import { exitCode, hasChanges, problemsOf, wasStopped } from '../core/report/build-report.ts';
import { formsOf, type Forms } from '../core/report/forms.ts';
import {
  offlineAsJson,
  offlineAsMarkdown,
  offlineAsText,
  offlineCounts,
  offlineHasChanges,
  type OfflineReport,
} from '../core/report/offline.ts';

export interface RunOutcome extends Forms {
  readonly level: PlanLevel;
  /** Where it would be written; absent where no cluster was asked. */
  readonly cluster?: string;
  readonly fingerprint: string;
  /** True where something is, or may be, written. */
  readonly changed: boolean;
  readonly counts: OutcomeCounts;
  readonly problems: readonly Problem[];
  /** The ExternalSecrets that were looked at, as `ExternalSecret shop/db`. */
  readonly looked: readonly string[];
  /** RFC 3339, of whatever is due first; absent where nothing ever is, and where no cluster was asked. */
  readonly nextDue?: string;
  /** The run ended early because it was asked to. */
  readonly stopped: boolean;
  /** 0 = nothing wrong · 1 = errors · 2 = changes, where `detailed` asks for it. */
  exitCode(detailed: boolean): 0 | 1 | 2;
}

/** Of Secrets; of a plan of manifests, of ExternalSecrets and what they mean for Secrets. */
export interface OutcomeCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly failed: number;
}

export function outcomeOf(report: Report): RunOutcome {
  const { create, update, delete: deleted } = isWithheld(report) ? NOTHING : report.counts;
  const { unchanged, notDue, failed, blocked } = report.counts;
  const [nextDue] = report.objects
    .flatMap((object) => (object.nextDue === undefined ? [] : [wholeSeconds(object.nextDue)]))
    .toSorted();
  return {
    ...(nextDue === undefined ? {} : { nextDue }),
    level: report.level,
    cluster: report.cluster,
    fingerprint: report.fingerprint,
    changed: !isWithheld(report) && hasChanges(report),
    counts: { created: create, updated: update, deleted, unchanged: unchanged + notDue, failed: failed + blocked },
    problems: problemsOf(report),
    looked: report.objects.map(({ ref }) => refText(ref)),
    stopped: wasStopped(report),
    exitCode: (detailed) => exitCode(report, detailed),
    ...formsOf(report, { text: reportAsText, markdown: reportAsMarkdown, json: reportAsJson }),
  };
}

const NOTHING = { create: 0, update: 0, delete: 0 };

/** A sync that was stopped before its first write: what it tells is what it would have written. */
function isWithheld({ command, stopped }: Report): boolean {
  return command === 'sync' && stopped !== undefined;
}

export function outcomeOfOffline(report: OfflineReport): RunOutcome {
  const { create, rename, changed, delete: deleted, unchanged } = offlineCounts(report);
  const refused = report.problems.flatMap(({ severity, at }) =>
    severity === 'error' && at !== undefined ? [refText(at)] : [],
  );
  return {
    level: 'offline',
    fingerprint: report.fingerprint,
    changed: offlineHasChanges(report),
    counts: { created: create + rename, updated: changed, deleted, unchanged, failed: new Set(refused).size },
    problems: report.problems,
    looked: report.intents.map(({ ref }) => refText(ref)),
    stopped: false,
    exitCode: (detailed) => (hasErrors(report.problems) ? 1 : detailed && offlineHasChanges(report) ? 2 : 0),
    ...formsOf(report, { text: offlineAsText, markdown: offlineAsMarkdown, json: offlineAsJson }),
  };
}
