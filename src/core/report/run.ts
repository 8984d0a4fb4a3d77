/** The outcome of `plan` and `sync`, and of the plan of a deployment. */
import { refText } from '../model/object-ref.ts';
import type { Report } from '../model/report.ts';
import { wholeSeconds } from '../model/sync-record.ts';
import { reportAsJson } from './as-json.ts';
import { reportAsMarkdown } from './as-markdown.ts';
import { reportAsText } from './as-text.ts';
import { exitCode, hasChanges, problemsOf, wasStopped } from './build-report.ts';
import { countOutputs } from './count-outputs.ts';
import { formsOf } from './forms.ts';
import type { Outcome } from './outcome.ts';
import { asRows, told } from './problems.ts';

export function runOutcome(report: Report): Outcome {
  const { command, level, cluster, fingerprint } = report;
  const counts = isWithheld(report) ? { ...report.counts, ...NOTHING } : report.counts;
  const changed = !isWithheld(report) && hasChanges(report);
  return {
    command,
    problems: problemsOf(report).toSorted(asRows).map(told),
    looked: [...report.objects, ...report.pushes].map(({ ref }) => refText(ref)),
    outputs: { changed, ...countOutputs(counts), fingerprint, 'next-due': nextDueOf(report) },
    stopped: wasStopped(report),
    plan: { level, cluster, changed },
    exitCode: (detailed) => exitCode(report, detailed),
    ...formsOf(report, { text: reportAsText, markdown: reportAsMarkdown, json: reportAsJson }),
  };
}

const NOTHING = { create: 0, update: 0, delete: 0, pushed: 0, pushRemoved: 0 };

/** A sync that was stopped before its first write: what it tells is what it would have written. */
function isWithheld({ command, stopped }: Report): boolean {
  return command === 'sync' && stopped !== undefined;
}

/** RFC 3339, of whatever is due first; absent where nothing ever is. */
function nextDueOf({ objects, pushes }: Report): string | undefined {
  return [...objects, ...pushes]
    .flatMap(({ nextDue }) => (nextDue === undefined ? [] : [wholeSeconds(nextDue)]))
    .toSorted()[0];
}
