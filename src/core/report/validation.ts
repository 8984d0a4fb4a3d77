/** The outcome of `validate`: what was found in the manifests, in three forms. */
import { PUSH_KIND } from '../model/kinds.ts';
import { plural } from '../model/plural.ts';
import type { Problem } from '../model/problem.ts';
import { problemJson } from './as-json.ts';
import { causesAsText } from './causes.ts';
import { byPlace, told } from './problems.ts';
import { formsOf } from './forms.ts';
import { exitCodeOf, type Outcome } from './outcome.ts';
import { problemsAsMarkdown } from './markdown.ts';
import { type Look } from './text-table.ts';

export interface Validation {
  readonly stores: number;
  readonly externalSecrets: number;
  /** Cluster-wide ones, too. */
  readonly pushSecrets: number;
  /** Objects of the External Secrets groups that have errors. */
  readonly refused: number;
  readonly foreign: number;
  readonly problems: readonly Problem[];
}

export function validationOutcome(validation: Validation): Outcome {
  const problems = validation.problems.toSorted(byPlace).map(told);
  return {
    command: 'validate',
    problems,
    looked: [],
    outputs: {},
    stopped: false,
    exitCode: () => exitCodeOf(problems),
    ...formsOf(validation, { text: validationAsText, markdown: validationAsMarkdown, json: validationAsJson }),
  };
}

export function validationAsText(validation: Validation, look: Look): string {
  const problems = causesAsText(validation.problems.toSorted(byPlace).map(told), look);
  return `${problems === '' ? '' : `${problems}\n\n`}${look.paint('strong', sentence(validation))}\n`;
}

export function validationAsMarkdown(validation: Validation): string {
  const parts = ['### Keyferry: validate', problemsAsMarkdown(validation.problems), sentence(validation)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

export function validationAsJson(validation: Validation): string {
  const json = { version: 1, command: 'validate', ...validation, problems: validation.problems.map(problemJson) };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function sentence({ stores, externalSecrets, pushSecrets, refused, foreign, problems }: Validation): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const pushes = pushSecrets === 0 ? [] : [plural(pushSecrets, PUSH_KIND)];
  const counts = [plural(stores, 'store'), plural(externalSecrets, 'ExternalSecret'), ...pushes];
  const found = `${counts.slice(0, -1).join(', ')} and ${counts.at(-1) ?? ''} are valid`;
  const rest = [
    ...(refused === 0 ? [] : [`${plural(refused, 'object')} refused`]),
    ...(foreign === 0 ? [] : [`${plural(foreign, 'document')} of other kinds skipped`]),
  ];
  return `${[found, ...rest].join(', ')}: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}.`;
}
