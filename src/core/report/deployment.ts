/** What `deploy` and `uninstall` did, for people and machines. Never a value. */
import type { PassReport } from '../model/pass-report.ts';
import { hasErrors, problemText, type Problem } from '../model/problem.ts';
import { countsText, type Paint } from './as-text.ts';
import { problemJson } from './as-json.ts';

/** One object and what became of it. */
export interface HandledObject {
  /** `CronJob shop/keyferry`. */
  readonly object: string;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'deleted' | 'kept';
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

export function deploymentExitCode({ problems, pass }: DeploymentReport): 0 | 1 {
  return hasErrors(problems) || (pass !== undefined && pass.exitCode !== 0) ? 1 : 0;
}

const MARKS: Readonly<Record<HandledObject['outcome'], string>> = {
  created: '+',
  changed: '~',
  unchanged: '=',
  deleted: '-',
  kept: '=',
};

export function deploymentAsText(report: DeploymentReport, paint: Paint): string {
  const changed = report.objects.filter(({ outcome }) => outcome !== 'unchanged');
  const unchanged = report.objects.length - changed.length;
  const lines = changed.map(({ object, outcome }) => `  ${painted(outcome, paint)}  ${object}`);
  const counts = [
    ...(lines.length === 0 ? [] : ['', ...lines]),
    ...(report.command === 'deploy' && report.objects.length > 0
      ? ['', `${changed.length} changed, ${unchanged} unchanged.`]
      : []),
  ];
  const problems = report.problems.map((problem) => `  ${problem.severity}  ${problemText(problem)}`);
  return [
    titleOf(report, paint),
    ...counts,
    ...passLines(report.pass),
    ...(problems.length === 0 ? [] : ['', ...problems]),
    '',
  ].join('\n');
}

function titleOf({ command, installation, cluster, objects, problems }: DeploymentReport, paint: Paint): string {
  const deployed = objects.length === 0 ? 'Not deployed:' : 'Deployed';
  const uninstalled = hasErrors(problems) ? 'Not uninstalled:' : 'Uninstalled';
  const done = { deploy: deployed, uninstall: uninstalled, suspend: 'Suspended', resume: 'Resumed' }[command];
  return paint('strong', `${done} ${installation} in ${cluster}`);
}

function painted(outcome: HandledObject['outcome'], paint: Paint): string {
  const style =
    outcome === 'deleted' ? 'remove' : outcome === 'created' ? 'add' : outcome === 'changed' ? 'change' : 'dim';
  return paint(style, `${MARKS[outcome]} ${outcome.padEnd(7)}`);
}

export function passLines(pass: PassReport | undefined): readonly string[] {
  if (pass === undefined) return [];
  const counts = pass.counts === undefined ? 'it came to no report' : countsText({ counts: pass.counts });
  const problems = pass.problems.map(({ severity, text }) => `  ${severity}  ${text}`);
  const more = pass.left === 0 ? [] : [`  and ${pass.left} more, see the log of pod ${pass.holder}`];
  return ['', `Pass of ${pass.finishedAt} in pod ${pass.holder}: ${counts}`, ...problems, ...more];
}

export function deploymentAsJson(report: DeploymentReport): string {
  const json = { format: 1, ...report, problems: report.problems.map(problemJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}

export function deploymentAsMarkdown(report: DeploymentReport): string {
  const rows = report.objects
    .filter(({ outcome }) => outcome !== 'unchanged')
    .map(({ object, outcome }) => `| ${outcome} | ${object} |`);
  const table = rows.length === 0 ? [] : ['| | Object |', '| --- | --- |', ...rows, ''];
  const problems = report.problems.map((problem) => `- **${problem.severity}** ${problemText(problem)}`);
  const pass = passLines(report.pass).filter((line) => line !== '');
  return [`### Keyferry: ${report.command} ${report.installation}`, '', ...table, ...pass, ...problems, ''].join('\n');
}
