/**
 * What a pass of the job tells those outside: a ConfigMap that `deploy` waits for and `status` reads. Never a value.
 *
 * It is cut to fit: the counts and the worst problems always stay, the list of objects goes first.
 */
import type { Message } from '../model/message.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText } from '../model/object-ref.ts';
import { inJson } from '../model/shown.ts';
import { targetText } from '../model/target.ts';
import { wholeSeconds } from '../model/sync-record.ts';
import type { PassFacts, PassObject, PassPush, PassReport } from '../model/pass-report.ts';
import type { ObjectReport, PushReport, Report } from '../model/report.ts';
import { problemsOf } from '../report/build-report.ts';
import { leftOutOf } from '../report/left-out.ts';
import { told } from '../report/problems.ts';
import { toldChange } from '../report/change.ts';
import { toldPushChange } from '../report/push-change.ts';
import { vaultRefText } from '../model/vault-object.ts';
import { readProblem, storedProblem } from './stored-problems.ts';
import { labelsOf, names, type Installation } from './installation.ts';

const SCHEMA_VERSION = 1;
const KEY = 'report.json';
const ROOM_BYTES = 800_000;
const MOST_PROBLEMS = 200;
const MOST_PRUNES = 200;

export function passReport(facts: PassFacts, report: Report): PassReport {
  const problems = problemsOf(report)
    .toSorted((a, b) => rank(a.severity) - rank(b.severity))
    .map(told);
  const { requests } = report.reads;
  const prunes = report.prunes.slice(0, MOST_PRUNES).map((change) => toldChange(change));
  return fitted({
    ...facts,
    counts: report.counts,
    ...(requests === undefined ? {} : { vaultRequests: requests }),
    problems,
    left: report.prunes.length - prunes.length,
    objects: report.objects.map(toldObject),
    prunes,
    ...(report.pushes.length === 0 ? {} : { pushes: report.pushes.map(toldPush) }),
  });
}

function toldObject(object: ObjectReport): PassObject {
  const { ref, target, targets, verdict, reason, nextDue, changes, sources } = object;
  const leftOut = leftOutOf(object);
  return {
    object: refText(ref),
    target: targetText(target),
    ...(targets === undefined ? {} : { targets: targets.map(targetText) }),
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(nextDue === undefined ? {} : { nextDue: wholeSeconds(nextDue) }),
    ...(changes.length === 0 ? {} : { changes: changes.map((change) => toldChange(change, object)) }),
    ...(sources === undefined ? {} : { sources }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
  };
}

function toldPush(push: PushReport): PassPush {
  const { ref, from, targets, verdict, reason, nextDue, changes } = push;
  return {
    object: refText(ref),
    from,
    targets: targets.map(vaultRefText),
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(nextDue === undefined ? {} : { nextDue: wholeSeconds(nextDue) }),
    ...(changes.length === 0 ? {} : { changes: changes.map((change) => toldPushChange(change, push)) }),
  };
}

/** For a pass that came to no report. */
export function failedPass(facts: PassFacts, text: Message): PassReport {
  return { ...facts, problems: [{ severity: 'error', code: 'pass-failed', text }], left: 0, objects: [] };
}

function rank(severity: string): number {
  return severity === 'error' ? 0 : 1;
}

function fitted(report: PassReport): PassReport {
  const problems = report.problems.slice(0, MOST_PROBLEMS);
  const cut = { ...report, problems, left: report.left + report.problems.length - problems.length };
  if (bytesIn(cut) <= ROOM_BYTES) return cut;
  const { pushes, ...pulled } = cut;
  const { objects } = cut;
  const room = ROOM_BYTES - bytesIn({ ...pulled, objects: [], ...(pushes === undefined ? {} : { pushes: [] }) });
  // Neither direction takes more than half from the other.
  const ofPushes = Math.min(bytesIn(pushes ?? []), room / 2);
  const toldObjects = fitting(objects, room - ofPushes);
  const left = cut.left + objects.length - toldObjects.length;
  if (pushes === undefined) return { ...cut, objects: toldObjects, left };
  const toldPushes = fitting(pushes, room - bytesIn(toldObjects));
  return { ...cut, objects: toldObjects, pushes: toldPushes, left: left + pushes.length - toldPushes.length };
}

function fitting<Item>(items: readonly Item[], room: number): readonly Item[] {
  let bytes = 0;
  return items.filter((item) => (bytes += bytesIn(item) + 1) < room);
}

function bytesIn(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

export function passReportConfig(report: PassReport, installation: Installation): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names.report(installation),
      namespace: installation.namespace,
      labels: labelsOf(installation, 'report'),
    },
    data: { [KEY]: `${inJson(JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...stored(report) }))}\n` },
  };
}

function stored(report: PassReport): PassReport {
  return { ...report, problems: report.problems.map(storedProblem) };
}

/** `undefined` when it is not what this version writes. */
export function readPassReport(configMap: KubernetesObject): PassReport | undefined {
  const text = (configMap['data'] as Readonly<Record<string, string>> | undefined)?.[KEY] ?? '';
  try {
    const value: unknown = JSON.parse(text);
    return isReport(value) ? { ...value, problems: value.problems.map(readProblem) } : undefined;
  } catch {
    return undefined;
  }
}

function isReport(value: unknown): value is PassReport {
  return (
    typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === SCHEMA_VERSION
  );
}
