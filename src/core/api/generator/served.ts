/** Which generators there are here, and what is told of the others: the nearest way for each. */
import { KINDS } from '../../model/kinds.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';

export const servedGenerators: readonly string[] = KINDS.flatMap(({ kind, role, notBuilt }) =>
  role === 'generator' && notBuilt === undefined ? [kind] : [],
);

const NEAREST_WAY: Readonly<Record<string, string>> = {
  MFA: 'Compute the code where it is used: it is good for seconds only.',
  Webhook: 'Have the service put its value into Key Vault, and read it from there.',
  GithubAccessToken: 'In a workflow, have the token of a GitHub App made by the step that needs it.',
};

export function unservedGenerator(subject: Subject, path: FieldPath, kind: string): Problem {
  const way = NEAREST_WAY[kind] ?? 'Put the value into Key Vault, and read it from there; or leave it to the operator.';
  return fieldProblem(subject, path, {
    code: 'generator-kind',
    what: `is ${kind}, a generator that Keyferry does not have`,
    fix: `${way} There are ${servedGenerators.join(', ')}.`,
  });
}
