/** What a command came to, in the one form that a step shows. */
import type { KubernetesObject } from '../core/model/kubernetes-object.ts';
import { refText } from '../core/model/object-ref.ts';
import type { Origin } from '../core/model/origin.ts';
import { problemText, type Problem, type Severity } from '../core/model/problem.ts';
import type { PassReport } from '../core/model/pass-report.ts';
import type { ReportCounts } from '../core/model/report.ts';
import { problemJson } from '../core/report/as-json.ts';
import { problemsAsMarkdown } from '../core/report/markdown.ts';
import { byPlace } from '../core/report/as-text.ts';
import { PLAIN, plural } from '../core/report/text-table.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import {
  validationAsJson,
  validationAsMarkdown,
  validationAsText,
  type Validation,
} from '../core/report/validation.ts';
import type { StatusReport } from '../core/report/status.ts';
import type { InstallationOutcome } from '../wiring/installation.ts';
import type { RunOutcome } from '../wiring/plan-outcome.ts';

/** A problem as it is told, with its place for an annotation. */
export interface ToldProblem {
  readonly severity: Severity;
  readonly code: string;
  readonly text: string;
  readonly origin?: Origin;
}

export interface StepOutcome {
  readonly text: string;
  readonly markdown: string;
  readonly json: string;
  /** By place in the manifests. */
  readonly problems: readonly ToldProblem[];
  /** By the names of ACTION_OUTPUTS; what is undefined is not set. */
  readonly outputs: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Why the step fails where no problem says so. */
  readonly failure?: string;
  /** Of plan and sync: what it was made from. */
  readonly run?: RunOutcome;
}

/** Of a plan or sync, whatever its level. */
export function outcomeOfRun(run: RunOutcome): StepOutcome {
  return {
    text: run.text(PLAIN),
    markdown: run.markdown(),
    json: run.json(),
    problems: told(run.problems),
    outputs: {
      changed: run.changed,
      ...run.counts,
      fingerprint: run.fingerprint,
      'next-due': run.nextDue,
    },
    run,
  };
}

export function outcomeOfValidation(validation: Validation): StepOutcome {
  return {
    text: validationAsText(validation, PLAIN),
    markdown: validationAsMarkdown(validation),
    json: validationAsJson(validation),
    problems: told(validation.problems),
    outputs: {},
  };
}

/** What is applied is in a file; the log and the summary list it. */
export function outcomeOfRendered(objects: readonly KubernetesObject[], problems: readonly Problem[]): StepOutcome {
  const names = objects.map(({ kind, metadata: { namespace, name } }) =>
    refText({ kind, name, ...(namespace === undefined ? {} : { namespace }) }),
  );
  const list = told(problems);
  return {
    text: [...names.map((name) => `  ${name}`), ...list.map(({ severity, text }) => `  ${severity}  ${text}`), ''].join(
      '\n',
    ),
    markdown: [
      `### Keyferry: render, ${plural(names.length, 'object')}`,
      '',
      ...names.map((name) => `- ${name}`),
      problemsAsMarkdown(problems),
      '',
    ].join('\n'),
    json: `${JSON.stringify({ version: 1, command: 'render', objects: names, problems: problems.map(problemJson) }, null, 2)}\n`,
    problems: list,
    outputs: {},
  };
}

export function outcomeOfInstallation(outcome: InstallationOutcome): StepOutcome {
  const { report } = outcome;
  const { pass } = report;
  const problems = [...told(report.problems), ...(pass?.problems ?? [])];
  const failed = outcome.exitCode !== 0 && !problems.some(({ severity }) => severity === 'error');
  return {
    text: outcome.text(PLAIN),
    markdown: outcome.markdown(),
    json: outcome.json(),
    problems,
    outputs: {
      ...('objects' in report ? objectOutputs(report) : {}),
      ...passOutputs(pass, report),
      'next-due': earliest((pass?.objects ?? []).map(({ nextDue }) => nextDue)),
    },
    ...(failed ? { failure: failureOf(report) } : {}),
  };
}

/** What deploying changed of the installation's own objects, and what uninstalling did to Secrets. */
function objectOutputs({ objects }: DeploymentReport): StepOutcome['outputs'] {
  const deleted = objects.filter(({ object, outcome }) => outcome === 'deleted' && object.startsWith('Secret '));
  return {
    changed: objects.some(({ outcome }) => !['unchanged', 'kept', 'left'].includes(outcome)),
    ...(deleted.length === 0 ? {} : { deleted: deleted.length }),
  };
}

function passOutputs(pass: PassReport | undefined, report: DeploymentReport | StatusReport): StepOutcome['outputs'] {
  if (pass?.counts === undefined) return {};
  const { create, update, delete: removed } = pass.counts;
  // Of a status, the last pass is long over; of a deployment it is the one that was waited for.
  const wrote = 'objects' in report && create + update + removed > 0;
  return { ...countOutputs(pass.counts), ...(wrote ? { changed: true } : {}) };
}

function countOutputs(counts: ReportCounts): StepOutcome['outputs'] {
  return {
    created: counts.create,
    updated: counts.update,
    deleted: counts.delete,
    unchanged: counts.unchanged + counts.notDue,
    failed: counts.failed + counts.blocked,
  };
}

function failureOf(report: DeploymentReport | StatusReport): string {
  const missing =
    'rows' in report ? report.rows.filter((row) => row.secret !== undefined && row.keys === undefined) : [];
  const [first] = missing;
  if (first?.secret === undefined) {
    return `installation ${report.installation}: the last pass failed. See the log of its pod, or run the command status with refresh.`;
  }
  return `${first.object}: ${first.secret} is missing. Run the command status with refresh, which makes a pass now.`;
}

function told(problems: readonly Problem[]): readonly ToldProblem[] {
  return problems.toSorted(byPlace).map((problem) => ({
    severity: problem.severity,
    code: problem.code,
    text: problemText(problem),
    ...(problem.origin === undefined ? {} : { origin: problem.origin }),
  }));
}

/** RFC 3339 in UTC sorts as text. */
function earliest(times: readonly (string | undefined)[]): string | undefined {
  return times.filter((time) => time !== undefined).toSorted()[0];
}
