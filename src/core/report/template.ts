/** The outcome of `template`: Secrets as a file, or how they differ from those that were expected. */
import { inOneLine } from '../model/shown.ts';
import type { Problem } from '../model/problem.ts';
import type { RenderedSecret } from '../secret-template/compare-secrets.ts';
import { printSecrets } from '../secret-template/print-secrets.ts';
import { problemJson } from './as-json.ts';
import { causesAsText } from './causes.ts';
import { formsOf } from './forms.ts';
import { inline, problemsAsMarkdown } from './markdown.ts';
import { exitCodeOf, type Outcome, type Piped } from './outcome.ts';
import { told } from './problems.ts';
import type { Look } from './text-table.ts';

export interface TemplateReport {
  readonly secrets: readonly RenderedSecret[];
  /** Lines, for a reader; empty when all is as expected, or nothing was. */
  readonly differences: readonly string[];
  readonly problems: readonly Problem[];
}

export function templateOutcome({ secrets, differences, problems }: TemplateReport): Outcome {
  const all = problems.map(told);
  return {
    command: 'template',
    problems: all,
    looked: [],
    outputs: {},
    stopped: false,
    piped: pipedOf(secrets, differences),
    exitCode: () => (differences.length > 0 ? 1 : exitCodeOf(problems)),
    // Values are in the file alone.
    ...formsOf({ differences, problems }, { text: asText, markdown: asMarkdown, json: asJson }),
  };
}

function pipedOf(secrets: readonly RenderedSecret[], differences: readonly string[]): Piped {
  if (differences.length === 0) return { text: printSecrets(secrets), as: 'file' };
  return { text: `${differences.map(inOneLine).join('\n')}\n`, as: 'lines' };
}

type Compared = Pick<TemplateReport, 'differences' | 'problems'>;

function asText({ differences, problems }: Compared, look: Look): string {
  const list = causesAsText(problems.map(told), look);
  return [...differences, ...(list === '' ? [] : [list]), ''].join('\n');
}

function asMarkdown({ differences, problems }: Compared): string {
  const list = differences.map((line) => `- ${inline(line)}`);
  return ['### Keyferry: template', '', ...list, problemsAsMarkdown(problems), ''].join('\n');
}

function asJson({ differences, problems }: Compared): string {
  const json = { version: 1, command: 'template', differences, problems: problems.map(problemJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}
