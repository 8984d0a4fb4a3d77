/** The outcome of `validate --upgrade`: the manifests as a file, or what keeps them from being one. */
import type { Problem } from '../model/problem.ts';
import { problemJson } from './as-json.ts';
import { causesAsText } from './causes.ts';
import { formsOf } from './forms.ts';
import { problemsAsMarkdown } from './markdown.ts';
import { exitCodeOf, type Outcome } from './outcome.ts';
import { byPlace, told } from './problems.ts';
import type { Look } from './text-table.ts';

export interface UpgradeReport {
  /** Absent where something is wrong: half of a file is worse than none. */
  readonly text?: string;
  readonly problems: readonly Problem[];
}

export function upgradeOutcome({ text = '', problems: found }: UpgradeReport): Outcome {
  const problems = found.toSorted(byPlace).map(told);
  return {
    command: 'validate',
    problems,
    looked: [],
    outputs: {},
    stopped: false,
    piped: { text, as: 'file' },
    exitCode: () => exitCodeOf(problems),
    ...formsOf({ problems: found }, { text: asText, markdown: asMarkdown, json: asJson }),
  };
}

type Found = Pick<UpgradeReport, 'problems'>;

function asText({ problems }: Found, look: Look): string {
  return `${causesAsText(problems.toSorted(byPlace).map(told), look)}\n`;
}

function asMarkdown({ problems }: Found): string {
  return ['### Keyferry: validate', '', problemsAsMarkdown(problems), ''].join('\n');
}

function asJson({ problems }: Found): string {
  return `${JSON.stringify({ version: 1, command: 'validate', problems: problems.map(problemJson) }, null, 2)}\n`;
}
