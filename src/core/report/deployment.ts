/** What `deploy` and `uninstall` did, for people and machines. Never a value. */
import type { PassReport } from '../model/pass-report.ts';
import { hasErrors, type Problem } from '../model/problem.ts';
import { wasStopped } from './build-report.ts';
import { countOutputs } from './count-outputs.ts';
import { formsOf } from './forms.ts';
import { installationFacts, lastPassFailed, nextDueIn } from './installation-outcome.ts';
import type { Outcome, Outputs } from './outcome.ts';
import { PLAIN, type Look, type Paint, type Style } from './text-table.ts';
import { problemJson } from './as-json.ts';
import { causesAsText } from './causes.ts';
import { told } from './problems.ts';
import {
  cell,
  fittingMarkdown,
  inSentence,
  SUMMARY_ROOM,
  tableRow,
  toldByPlace,
  type MarkdownTable,
} from './markdown.ts';
import { passAsMarkdown, passCounts, passLines, passPicture, passPushTable, passTable } from './pass.ts';

/** One object and what became of it. */
export interface HandledObject {
  /** `CronJob shop/keyferry`. */
  readonly object: string;
  readonly outcome:
    | 'created'
    | 'changed'
    | 'unchanged'
    | 'deleted'
    /** Marked for it, and held by a finalizer. */
    | 'held'
    | 'kept'
    /** Asked to stop, or something failed, before its turn. */
    | 'left'
    | 'failed';
}

export interface DeploymentReport {
  readonly command: 'deploy' | 'uninstall' | 'suspend' | 'resume';
  /** `shop/keyferry`. */
  readonly installation: string;
  /** `cluster shop-prd`. */
  readonly cluster: string;
  readonly objects: readonly HandledObject[];
  readonly problems: readonly Problem[];
  /** The pass that `deploy` waited for. */
  readonly pass?: PassReport;
}

export function deploymentOutcome(report: DeploymentReport): Outcome {
  return {
    command: report.command,
    ...installationFacts(report, deploymentExitCode(report), () => lastPassFailed(report.installation)),
    outputs: { ...objectOutputs(report), ...passOutputs(report), 'next-due': nextDueIn(report) },
    stopped: wasStopped(report),
    ...formsOf(report, { text: deploymentAsText, json: deploymentAsJson, markdown: deploymentAsMarkdown }),
  };
}

/** What deploying changed of the installation's own objects, and what uninstalling did to Secrets. */
function objectOutputs({ objects }: DeploymentReport): Outputs {
  const deleted = objects.filter(({ object, outcome }) => outcome === 'deleted' && object.startsWith('Secret '));
  return {
    changed: objects.some(({ outcome }) => !['unchanged', 'kept', 'left'].includes(outcome)),
    ...(deleted.length === 0 ? {} : { deleted: deleted.length }),
  };
}

/** The pass is the one that was waited for: what it wrote was changed by deploying. */
function passOutputs({ pass }: DeploymentReport): Outputs {
  if (pass?.counts === undefined) return {};
  const { create, update, delete: removed, pushed = 0, pushRemoved = 0 } = pass.counts;
  const written = create + update + removed + pushed + pushRemoved;
  return { ...countOutputs(pass.counts), ...(written > 0 ? { changed: true } : {}) };
}

export function deploymentExitCode({ problems, pass }: DeploymentReport): 0 | 1 {
  return hasErrors(problems) || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}

const MARKS: Readonly<Record<HandledObject['outcome'], string>> = {
  created: '+',
  changed: '~',
  unchanged: '=',
  deleted: '-',
  held: '!',
  kept: '=',
  left: '!',
  failed: '!',
};

const STYLES: Readonly<Record<HandledObject['outcome'], Style>> = {
  created: 'add',
  changed: 'change',
  unchanged: 'dim',
  deleted: 'remove',
  held: 'warn',
  kept: 'dim',
  left: 'warn',
  failed: 'bad',
};

export function deploymentAsText(report: DeploymentReport, look: Look): string {
  const { paint } = look;
  const shown = report.objects.filter(({ outcome }) => outcome !== 'unchanged');
  const lines = shown.map(({ object, outcome }) => `  ${painted(outcome, paint)}  ${object}`);
  const counts = [
    ...(lines.length === 0 ? [] : ['', ...lines]),
    ...(report.command === 'deploy' && report.objects.length > 0 ? ['', countsOf(report.objects)] : []),
  ];
  const problems = causesAsText(report.problems.map(told), look);
  return [
    titleOf(report, paint),
    ...counts,
    ...passLines(report.pass, look),
    ...(problems === '' ? [] : ['', problems]),
    '',
  ].join('\n');
}

function countsOf(objects: readonly HandledObject[]): string {
  const count = (outcome: HandledObject['outcome']) => objects.filter((one) => one.outcome === outcome).length;
  const always = ['created', 'changed', 'deleted', 'unchanged'] as const;
  const sometimes = (['kept', 'held', 'failed', 'left'] as const).filter((outcome) => count(outcome) > 0);
  return `${[...always, ...sometimes].map((outcome) => `${count(outcome)} ${outcome}`).join(', ')}.`;
}

function titleOf({ command, installation, cluster, objects, problems }: DeploymentReport, paint: Paint): string {
  const some = objects.some(({ outcome }) => ['left', 'failed', 'held'].includes(outcome));
  const deployed = objects.length === 0 ? 'Not deployed:' : some ? 'Not wholly deployed:' : 'Deployed';
  const refused = hasErrors(problems) ? 'Not uninstalled:' : 'Uninstalled';
  const uninstalled = some ? 'Not wholly uninstalled:' : refused;
  const done = { deploy: deployed, uninstall: uninstalled, suspend: 'Suspended', resume: 'Resumed' }[command];
  return paint('strong', `${done} ${installation} in ${cluster}`);
}

function painted(outcome: HandledObject['outcome'], paint: Paint): string {
  return paint(STYLES[outcome], `${MARKS[outcome]} ${outcome.padEnd(7)}`);
}

export function deploymentAsJson(report: DeploymentReport): string {
  const json = { version: 1, ...report, problems: report.problems.map(problemJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}

export function deploymentAsMarkdown(report: DeploymentReport): string {
  const { pass, problems } = report;
  const counts = pass === undefined ? '' : `\n\n${passCounts(pass)}`;
  const parts = {
    heading: `### Keyferry: ${cell(inSentence(titleOf(report, PLAIN.paint)))}${counts}`,
    tables: [...(pass === undefined ? [] : [passTable(pass), passPushTable(pass)]), objectTable(report)],
    problems: [...toldByPlace(problems), ...(pass?.problems ?? [])],
    end: pass === undefined ? '' : passAsMarkdown(pass),
  };
  return fittingMarkdown(parts, SUMMARY_ROOM, (room) => (pass === undefined ? '' : passPicture(pass, room)));
}

/** What is unchanged is not listed. */
function objectTable({ objects }: DeploymentReport): MarkdownTable {
  const rows = objects
    .filter(({ outcome }) => outcome !== 'unchanged')
    .map(({ object, outcome }) => tableRow([outcome, object]));
  return { title: 'The installation itself:', head: ['', 'Object'], rows };
}
