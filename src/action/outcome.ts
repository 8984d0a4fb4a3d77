/** What a command came to, in the one form that a step shows. */
import type { KubernetesObject } from '../core/model/kubernetes-object.ts';
import { refText } from '../core/model/object-ref.ts';
import type { PassProblem, PassReport } from '../core/model/pass-report.ts';
import { plural } from '../core/model/plural.ts';
import type { Problem } from '../core/model/problem.ts';
import type { ReportCounts } from '../core/model/report.ts';
import { problemJson } from '../core/report/as-json.ts';
import { causesAsText } from '../core/report/causes.ts';
import { asRows, byPlace, told } from '../core/report/problems.ts';
import { formsOf } from '../core/report/forms.ts';
import { inline, problemsAsMarkdown } from '../core/report/markdown.ts';
import { PLAIN } from '../core/report/text-table.ts';
import type { DeploymentReport } from '../core/report/deployment.ts';
import { formsOfValidation, type Validation } from '../core/report/validation.ts';
import type { StatusReport } from '../core/report/status.ts';
import type { InstallationOutcome } from '../wiring/installation.ts';
import type { RunOutcome } from '../wiring/plan-outcome.ts';

export interface StepOutcome {
  readonly text: string;
  readonly markdown: string;
  readonly json: string;
  /** In the order of a list. */
  readonly problems: readonly PassProblem[];
  /** The ExternalSecrets that were looked at, as `ExternalSecret shop/db`. */
  readonly looked?: readonly string[];
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
    problems: run.problems.toSorted(asRows).map(told),
    looked: run.looked,
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
  const forms = formsOfValidation(validation);
  return {
    text: forms.text(PLAIN),
    markdown: forms.markdown(),
    json: forms.json(),
    problems: validation.problems.toSorted(byPlace).map(told),
    outputs: {},
  };
}

/** What is applied is in a file; the log and the summary list it. */
export function outcomeOfRendered(objects: readonly KubernetesObject[], problems: readonly Problem[]): StepOutcome {
  const names = objects.map(({ kind, metadata: { namespace, name } }) =>
    refText({ kind, name, ...(namespace === undefined ? {} : { namespace }) }),
  );
  const forms = formsOf(
    { names, problems },
    { text: renderedAsText, markdown: renderedAsMarkdown, json: renderedAsJson },
  );
  return {
    text: forms.text(PLAIN),
    markdown: forms.markdown(),
    json: forms.json(),
    problems: problems.toSorted(byPlace).map(told),
    outputs: {},
  };
}

interface RenderedObjects {
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

function renderedAsText({ names, problems }: RenderedObjects): string {
  const list = causesAsText(problems.toSorted(byPlace).map(told), PLAIN);
  return [...names.map((name) => `  ${name}`), ...(list === '' ? [] : [list]), ''].join('\n');
}

function renderedAsMarkdown({ names, problems }: RenderedObjects): string {
  const list = names.map((name) => `- ${inline(name)}`);
  return [
    `### Keyferry: render, ${plural(names.length, 'object')}`,
    '',
    ...list,
    problemsAsMarkdown(problems),
    '',
  ].join('\n');
}

function renderedAsJson({ names, problems }: RenderedObjects): string {
  const json = { version: 1, command: 'render', objects: names, problems: problems.map(problemJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}

export function outcomeOfInstallation(outcome: InstallationOutcome): StepOutcome {
  const { report } = outcome;
  const { pass } = report;
  const problems = [...report.problems.toSorted(byPlace).map(told), ...(pass?.problems ?? [])];
  const failed = outcome.exitCode !== 0 && !problems.some(({ severity }) => severity === 'error');
  return {
    text: outcome.text(PLAIN),
    markdown: outcome.markdown(),
    json: outcome.json(),
    problems,
    looked: (pass?.objects ?? []).map(({ object }) => object),
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

/**
 * How the step failed: what concerns the whole run in its own words, of everything else the numbers, for its annotations
 * say it, each at its line. `undefined` = it did not.
 */
export function failureText({ problems, looked = [], failure }: StepOutcome): string | undefined {
  const [errors, whole] = [placed(problems), wholeError(problems)];
  if (errors.length === 0) return whole?.text ?? failure;
  const failed = new Set(errors.flatMap(({ at }) => (at?.kind === 'ExternalSecret' ? [refText(at)] : [])));
  const others = errors.filter(({ at }) => at?.kind !== 'ExternalSecret').length;
  const all = new Set([...looked, ...failed]).size;
  const parts = [
    ...(failed.size === 0 ? [] : [`${failed.size} of ${plural(all, 'ExternalSecret')} failed`]),
    ...(others === 0 ? [] : [plural(others, failed.size === 0 ? 'error' : 'other error')]),
  ];
  return `${whole === undefined ? '' : `${whole.text} `}${parts.join(', ')}; see the annotations and the summary.`;
}

/** What has no place to be annotated at: the failure of the step is it. */
export function wholeError(problems: readonly PassProblem[]): PassProblem | undefined {
  return problems.find(({ severity, at, origin }) => severity === 'error' && at === undefined && origin === undefined);
}

function placed(problems: readonly PassProblem[]): readonly PassProblem[] {
  const whole = wholeError(problems);
  return problems.filter((problem) => problem.severity === 'error' && problem !== whole);
}

/** RFC 3339 in UTC sorts as text. */
function earliest(times: readonly (string | undefined)[]): string | undefined {
  return times.filter((time) => time !== undefined).toSorted()[0];
}
