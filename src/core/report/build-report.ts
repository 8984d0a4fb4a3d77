/** Plan and outcome → Report: the one place where numbers are counted and changes get their final state. */
import { joined, say, setting, type Message } from '../model/message.ts';
import type { PullIntent } from '../model/intent.ts';
import { compareAsShown } from '../model/object-ref.ts';
import type { Change, DeleteChange, IntentPlan, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { ChangeReport, ObjectReport, Report, ReportCounts } from '../model/report.ts';
import type { PushPlan } from '../model/push-plan.ts';
import { targetsOf } from '../model/target.ts';
import { manifestErrorsOf, pushCounts, pushReports, type AppliedPushReport } from './build-push-report.ts';

export interface ReportInput {
  readonly command: Report['command'];
  readonly plan: Plan;
  /** Absent when nothing was (to be) written. */
  readonly applied:
    | {
        readonly items: readonly {
          readonly item: IntentPlan;
          readonly done: readonly Change[];
          readonly left?: true;
        }[];
        readonly prunes: readonly { readonly change: DeleteChange; readonly problem?: Problem; readonly left?: true }[];
        readonly pushes?: readonly AppliedPushReport[];
        readonly stopped?: Problem;
      }
    | undefined;
  readonly foreign: number;
  /** ExternalSecrets of other controllers that could not even be planned. */
  readonly others: number;
  readonly leftBehind: number;
  /** Errors that loading the manifests gave. */
  readonly manifestErrors: number;
  readonly level: Report['level'];
  readonly cluster: string;
  readonly reads: Report['reads'];
  readonly durationMs: number;
  /** When time alone makes an intent due again, after what was done. */
  readonly nextDue: (item: IntentPlan) => Date | undefined;
  /** When a value of it is to be asked for again, as it ends; absent = none ever is. */
  readonly renewal?: (item: IntentPlan) => Date | undefined;
  readonly nextPush: (item: PushPlan) => Date | undefined;
}

export function buildReport(input: ReportInput): Report {
  const { plan, applied } = input;
  const times = timesIn(input);
  const unapplied = input.command === 'plan' ? 'planned' : 'withheld';
  const objects = applied
    ? applied.items.map(({ item, done, left }) =>
        objectReport(item, (change) => (done.includes(change) ? 'done' : unmade(left)), done, times(item)),
      )
    : plan.items.map((item) => objectReport(item, () => unapplied, item.changes, times(item)));
  const prunes = applied
    ? applied.prunes.map(({ change, problem, left }) =>
        changeReport(change, problem === undefined && left === undefined ? 'done' : unmade(left)),
      )
    : plan.prunes.map((change) => changeReport(change, unapplied));
  const pushes = pushReports(plan.pushes, applied, { unapplied, nextPush: input.nextPush });
  const problems = [
    ...plan.problems,
    ...(applied?.prunes ?? []).flatMap(({ problem }) => problem ?? []),
    ...(applied?.stopped === undefined ? [] : [applied.stopped]),
  ];
  return {
    command: input.command,
    level: input.level,
    cluster: input.cluster,
    objects: objects.toSorted((a, b) => compareAsShown(a.ref, b.ref)),
    prunes: prunes.toSorted((a, b) => compareAsShown(a.target, b.target)),
    pushes: pushes.toSorted((a, b) => compareAsShown(a.ref, b.ref)),
    problems,
    ...(plan.stopped === undefined ? {} : { stopped: plan.stopped }),
    counts: {
      ...withOthers(count({ objects, prunes, pushes }, problems, plan.stopped), input.others),
      manifestErrors: input.manifestErrors + manifestErrorsOf(pushes),
    },
    fingerprint: plan.fingerprint,
    foreign: input.foreign,
    leftBehind: input.leftBehind,
    reads: input.reads,
    durationMs: input.durationMs,
  };
}

/** A change that took place before the item was planned again is reported too. */
function objectReport(
  item: IntentPlan,
  stateOf: (change: Change) => ChangeReport['state'],
  done: readonly Change[],
  times: Times,
): ObjectReport {
  const changes = [...new Set([...done, ...item.changes])];
  return {
    ref: item.intent.ref,
    ...(item.intent.origin === undefined ? {} : { origin: item.intent.origin }),
    ...targetsIn(item.intent),
    verdict: item.verdict,
    ...(item.reason === undefined ? {} : { reason: item.reason }),
    changes: changes.map((change) => changeReport(change, stateOf(change))),
    problems: item.problems,
    ...(item.leftOut === undefined ? {} : { leftOut: item.leftOut }),
    ...times,
  };
}

type Times = Pick<ObjectReport, 'nextDue' | 'renewal'>;

function timesIn(input: Pick<ReportInput, 'nextDue' | 'renewal'>): (item: IntentPlan) => Times {
  return (item) => {
    const [nextDue, renewal] = [input.nextDue(item), input.renewal?.(item)];
    return { ...(nextDue === undefined ? {} : { nextDue }), ...(renewal === undefined ? {} : { renewal }) };
  };
}

function targetsIn(intent: PullIntent): Pick<ObjectReport, 'target' | 'targets'> {
  const [target, ...others] = targetsOf(intent);
  return others.length === 0 ? { target } : { target, targets: [target, ...others] };
}

function changeReport(change: Change, state: ChangeReport['state']): ChangeReport {
  return {
    action: change.action,
    target: change.target,
    keys: change.keys,
    metadata: change.action === 'update' ? change.metadata : [],
    ...(change.action === 'delete' ? { reason: change.reason } : {}),
    state,
  };
}

function unmade(left: true | undefined): ChangeReport['state'] {
  return left === true ? 'left' : 'failed';
}

function withOthers(counts: Counted, others: number): Counted {
  return { ...counts, skipped: counts.skipped + others };
}

type Counted = Omit<ReportCounts, 'manifestErrors'>;

function count(
  { objects, prunes, pushes }: Pick<Report, 'objects' | 'prunes' | 'pushes'>,
  problems: readonly Problem[],
  stopped: Problem | undefined,
): Counted {
  const changes = [...objects.flatMap((object) => object.changes), ...prunes].filter(
    ({ state }) => state !== 'failed' && state !== 'left',
  );
  const all = [
    ...problems,
    ...[...objects, ...pushes].flatMap((object) => object.problems),
    ...(stopped === undefined ? [] : [stopped]),
  ];
  const actions = (action: ChangeReport['action']) => changes.filter((change) => change.action === action).length;
  const verdicts = (verdict: ObjectReport['verdict'], of: readonly Pick<ObjectReport, 'verdict'>[] = objects) =>
    of.filter((object) => object.verdict === verdict).length;
  const severities = (severity: Problem['severity']) => all.filter((problem) => problem.severity === severity).length;
  return {
    create: actions('create'),
    update: actions('update'),
    delete: actions('delete'),
    unchanged: verdicts('unchanged'),
    notDue: verdicts('not-due'),
    skipped: verdicts('other-class'),
    blocked: verdicts('blocked'),
    failed: verdicts('failed'),
    unknown: verdicts('unknown', [...objects, ...pushes]),
    ...(pushes.length === 0 ? {} : pushCounts(pushes)),
    errors: severities('error'),
    warnings: severities('warning'),
  };
}

/** Is there anything that a sync would, may or did write, or that a deployment would or may change? */
export function hasChanges({ counts, installation }: Report): boolean {
  const pushed = (counts.pushed ?? 0) + (counts.pushRemoved ?? 0);
  const secrets = counts.create + counts.update + counts.delete + (counts.unknown ?? 0) + pushed;
  return secrets > 0 || (installation?.objects.some(({ action }) => action !== 'unchanged') ?? false);
}

/** 0 = nothing wrong · 1 = problems · 2 = changes, where the user asked to be told so (`--detailed-exitcode`). */
export function exitCode(report: Report, detailed: boolean): 0 | 1 | 2 {
  if (report.counts.errors > 0) return 1;
  return detailed && hasChanges(report) ? 2 : 0;
}

/** The report with problems that were found beside the run. */
export function withProblems(report: Report, more: readonly Problem[]): Report {
  const count = (severity: Problem['severity']) => more.filter((problem) => problem.severity === severity).length;
  const { errors, warnings } = report.counts;
  const counts = { ...report.counts, errors: errors + count('error'), warnings: warnings + count('warning') };
  return { ...report, problems: [...report.problems, ...more], counts };
}

/** Did the run end early because it was asked to? */
export function wasStopped(report: Pick<Report, 'problems'>): boolean {
  return report.problems.some(({ code }) => code === 'run-stopped');
}

/** All problems of a report, those of objects included. */
export function problemsOf(report: Report): readonly Problem[] {
  const stopped = report.stopped === undefined ? [] : [report.stopped];
  return [
    ...stopped,
    ...report.problems,
    ...[...report.objects, ...report.pushes].flatMap((object) => object.problems),
  ];
}

/** Documents left aside, as text for people; '' when there are none. */
export function asideText(report: Pick<Report, 'foreign' | 'leftBehind'>): Message {
  const parts = [
    report.foreign === 0
      ? ''
      : `${report.foreign} ${report.foreign === 1 ? 'document' : 'documents'} of other kinds skipped`,
    report.leftBehind === 0
      ? ''
      : say`${report.leftBehind} ${report.leftBehind === 1 ? 'ExternalSecret' : 'ExternalSecrets'} of earlier runs not in these manifests (${setting('prune')} deletes what they made)`,
  ];
  return joined(
    parts.filter((part) => part !== ''),
    ', ',
  );
}
