/** A problem of the template language as one of a manifest: a code, Go's message without values, and what helps. */
import { FUNCTIONS } from '../template/functions/index.ts';
import { hintFor } from '../template/hints.ts';
import type { TemplateProblem } from '../template/template-problem.ts';
import { toUtf8Text } from '../template/values.ts';
import type { LooseProblem } from './fetched.ts';

const CODES = {
  parse: { code: 'template-parse', what: 'is no template' },
  execute: { code: 'template-execute', what: 'cannot be rendered' },
  limit: { code: 'template-limit', what: 'cannot be rendered' },
} as const;

/** `keys` are the names that the template can use, for suggestions. */
export function templateFinding(problem: TemplateProblem, keys: readonly string[]): LooseProblem {
  const { code, what } = CODES[problem.phase];
  const fix = hintFor(problem, { keys, functions: FUNCTIONS });
  return { severity: 'error', code, what: `${what}: ${toUtf8Text(problem.message)}`, fix };
}
