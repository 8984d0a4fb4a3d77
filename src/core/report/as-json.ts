/** Report → JSON for machines. The format is versioned: fields are added, never changed, within one version. */
import { refText } from '../model/object-ref.ts';
import { rawProblemText, type Problem } from '../model/problem.ts';
import type { ChangeReport, ObjectReport, PushChangeReport, PushReport, Report } from '../model/report.ts';
import { targetText } from '../model/target.ts';
import { vaultRefText } from '../model/vault-object.ts';

const FORMAT_VERSION = 1;
/** Of one object; a find over a large vault may pass over thousands. */
const MOST_LEFT_OUT = 100;

export function reportAsJson(report: Report): string {
  const json = {
    version: FORMAT_VERSION,
    command: report.command,
    level: report.level,
    cluster: report.cluster,
    fingerprint: report.fingerprint,
    counts: report.counts,
    objects: report.objects.map(objectJson),
    prunes: report.prunes.map(changeJson),
    pushes: report.pushes.map(pushJson),
    installation: report.installation,
    problems: [...(report.stopped === undefined ? [] : [report.stopped]), ...report.problems].map(problemJson),
    foreignDocuments: report.foreign,
    leftBehind: report.leftBehind,
    vaultReads: report.reads,
    durationMs: report.durationMs,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function objectJson(object: ObjectReport) {
  return {
    object: refText(object.ref),
    kind: object.ref.kind,
    namespace: object.ref.namespace,
    name: object.ref.name,
    file: object.origin?.file,
    line: object.origin?.line,
    target: targetText(object.target),
    targets: object.targets?.map(targetText),
    verdict: object.verdict,
    reason: object.reason,
    nextDue: object.nextDue?.toISOString(),
    changes: object.changes.map(changeJson),
    problems: object.problems.map(problemJson),
    leftOut: object.leftOut?.slice(0, MOST_LEFT_OUT),
    leftOutCount: object.leftOut?.length,
    sources: object.sources,
  };
}

function changeJson(change: ChangeReport) {
  return {
    action: change.action,
    target: targetText(change.target),
    keys: change.keys,
    metadata: change.metadata,
    reason: change.reason,
    state: change.state,
  };
}

function pushJson(push: PushReport) {
  return {
    object: refText(push.ref),
    kind: push.ref.kind,
    namespace: push.ref.namespace,
    name: push.ref.name,
    file: push.origin?.file,
    line: push.origin?.line,
    from: push.from,
    targets: push.targets.map(vaultRefText),
    verdict: push.verdict,
    reason: push.reason,
    nextDue: push.nextDue?.toISOString(),
    changes: push.changes.map(pushChangeJson),
    problems: push.problems.map(problemJson),
  };
}

function pushChangeJson(change: PushChangeReport) {
  return {
    action: change.action,
    target: vaultRefText(change.target),
    keys: change.keys,
    metadata: change.metadata,
    version: change.version,
    reason: change.reason,
    state: change.state,
  };
}

/** One problem, as every JSON output holds it. */
export function problemJson(problem: Problem) {
  return {
    severity: problem.severity,
    code: problem.code,
    object: problem.at === undefined ? undefined : refText(problem.at),
    field: problem.field,
    file: problem.origin?.file,
    line: problem.origin?.line,
    what: problem.what,
    fix: problem.fix,
    quoted: problem.quoted,
    text: rawProblemText(problem),
  };
}
