/** Kubernetes LabelSelector: what it selects, how a request says it, and what is wrong with it. */
import { compareText } from './object-ref.ts';
import type { LabelSelector } from './store.ts';

type Expression = LabelSelector['matchExpressions'][number];

/** An empty one selects everything, an unknown operator nothing. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  const byLabels = Object.entries(selector.matchLabels).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
  return byLabels && selector.matchExpressions.every((expression) => matchesExpression(expression, labels));
}

function matchesExpression({ key, operator, values }: Expression, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/**
 * The first reason why nobody can say what it selects. To be asked before a list that something follows from: an
 * operator that is not known would select nothing, and nothing could be taken for gone.
 */
export function selectorProblem({ matchLabels, matchExpressions }: LabelSelector): string | undefined {
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const values = [...Object.values(matchLabels), ...matchExpressions.flatMap((expression) => expression.values)];
  const wrong = keys.find((key) => key === '' || !WORD.test(key)) ?? values.find((value) => !WORD.test(value));
  if (wrong !== undefined) return `"${wrong}" can stand in no label`;
  return matchExpressions.map(expressionProblem).find((problem) => problem !== undefined);
}

/** What may stand in names and values of labels: with anything else a request would say something else. */
const WORD = /^[\w./-]*$/u;

function expressionProblem({ key, operator, values }: Expression): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length === 0 ? `${operator} for "${key}" has no values` : undefined;
    case 'Exists':
    case 'DoesNotExist':
      return values.length > 0 ? `${operator} for "${key}" has values` : undefined;
    default:
      return `"${operator}" is no operator: In, NotIn, Exists, DoesNotExist`;
  }
}

/** As a request says it, sorted; '' = everything. Only for one without a problem. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(expressionText),
  ];
  return parts.sort(compareText).join(',');
}

function expressionText({ key, operator, values }: Expression): string {
  const list = `(${[...values].sort(compareText).join(',')})`;
  switch (operator) {
    case 'In':
      return `${key} in ${list}`;
    case 'NotIn':
      return `${key} notin ${list}`;
    case 'DoesNotExist':
      return `!${key}`;
    default:
      return key;
  }
}
