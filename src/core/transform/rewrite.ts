/**
 * `spec.dataFrom[].rewrite`: new names for what an entry read, step by step. ESO 2.9, 2.5.4.
 *
 * Only `merge` looks at values. Two names that become one are an error: the operator keeps one of them at random.
 */
import { groupBy } from '../model/group-by.ts';
import type { RewriteOperation } from '../model/intent.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { Account, DEFAULT_LIMITS } from '../template/limits.ts';
import { LimitError } from '../template/runtime.ts';
import { errorOf, type Values } from './entry-outcome.ts';
import type { LooseProblem } from './fetched.ts';
import { rewriteByPattern } from './rewrite-regexp.ts';
import { mergeValues } from './rewrite-merge.ts';
import { rewriteByTemplate } from './rewrite-transform.ts';

export type RewriteResult =
  | { readonly kind: 'rewritten'; readonly values: Values }
  /** `step` counts from 0. */
  | { readonly kind: 'refused'; readonly step: number; readonly problem: LooseProblem };

/** What one step gives: values under new names, or why not. */
export type StepResult = { readonly values: Values } | { readonly problem: LooseProblem };

/** New names for the old ones, in their order. */
export type NamesResult = { readonly names: readonly string[] } | { readonly problem: LooseProblem };

/** Applies all steps in order, each to what the one before it gave. The account is that of all entries together. */
export function rewrite(
  values: Values,
  operations: readonly RewriteOperation[],
  environment: TemplateEnvironment,
  account = new Account(DEFAULT_LIMITS),
): RewriteResult {
  let current = values;
  for (const [step, operation] of operations.entries()) {
    const result = withinLimits(() => applyStep(current, operation, { environment, account }));
    if ('problem' in result) return { kind: 'refused', step, problem: result.problem };
    current = result.values;
  }
  return { kind: 'rewritten', values: current };
}

/**
 * The same for names alone, in the order of the old ones. Several may become one here: who asks says what that means.
 * `merge` looks at values, and is refused.
 */
export function rewriteNames(
  names: readonly string[],
  operations: readonly RewriteOperation[],
  environment: TemplateEnvironment,
  account = new Account(DEFAULT_LIMITS),
): { readonly names: readonly string[] } | { readonly step: number; readonly problem: LooseProblem } {
  let current = names;
  for (const [step, operation] of operations.entries()) {
    const result = withinLimits(() => newNames(current, operation, { environment, account }));
    if ('problem' in result) return { step, problem: result.problem };
    current = result.names;
  }
  return { names: current };
}

interface Means {
  readonly environment: TemplateEnvironment;
  readonly account: Account;
}

function withinLimits<Result>(step: () => Result): Result | { readonly problem: LooseProblem } {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    const what = `takes too much work: ${error.message}`;
    return { problem: errorOf('template-limit', what, 'Simplify it, or read fewer objects with this entry.') };
  }
}

function applyStep(values: Values, operation: RewriteOperation, means: Means): StepResult {
  if (operation.kind === 'merge') return mergeValues(values, operation, means.account);
  return renamed(values, newNames([...values.keys()], operation, means));
}

function newNames(names: readonly string[], operation: RewriteOperation, means: Means): NamesResult {
  switch (operation.kind) {
    case 'regexp':
      return rewriteByPattern(names, operation, means.account);
    case 'transform':
      return rewriteByTemplate(names, operation.template, means);
    case 'merge':
      return { problem: errorOf('rewrite-merge', 'is a merge, which makes no names', 'Use regexp or transform.') };
    default:
      return operation satisfies never;
  }
}

/** A name that becomes empty is dropped later, so any number of names may. */
function renamed(values: Values, result: NamesResult): StepResult {
  if ('problem' in result) return result;
  const pairs = [...values].map(([old, value], index) => ({ old, name: result.names[index] ?? '', value }));
  for (const [name, members] of groupBy(pairs, (pair) => pair.name)) {
    if (members.length > 1 && name !== '') return { problem: collision(name, members) };
  }
  return { values: new Map(pairs.map(({ name, value }) => [name, value])) };
}

function collision(name: string, members: readonly { readonly old: string }[]): LooseProblem {
  const quoted = members.map(({ old }) => JSON.stringify(old)).join(' and ');
  const what = `turns ${quoted} into the same name "${name}"`;
  return errorOf('key-collision', what, 'Change the step so that every name stays different.');
}
