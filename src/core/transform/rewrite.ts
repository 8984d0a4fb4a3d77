/**
 * `spec.dataFrom[].rewrite`: new names for what an entry read, step by step. ESO 2.9, 2.5.4.
 *
 * Only `merge` looks at values. Two names that become one are an error: the operator keeps one of them at random.
 */
import { groupBy } from '../model/group-by.ts';
import type { RewriteOperation } from '../model/intent.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
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

/** Applies all steps in order, each to what the one before it gave. */
export function rewrite(
  values: Values,
  operations: readonly RewriteOperation[],
  environment: TemplateEnvironment,
): RewriteResult {
  let current = values;
  for (const [step, operation] of operations.entries()) {
    const result = applyStep(current, operation, environment);
    if ('problem' in result) return { kind: 'refused', step, problem: result.problem };
    current = result.values;
  }
  return { kind: 'rewritten', values: current };
}

function applyStep(values: Values, operation: RewriteOperation, environment: TemplateEnvironment): StepResult {
  switch (operation.kind) {
    case 'regexp':
      return renamed(values, rewriteByPattern([...values.keys()], operation));
    case 'transform':
      return renamed(values, rewriteByTemplate([...values.keys()], operation.template, environment));
    case 'merge':
      return mergeValues(values, operation);
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
