/** Kinds that the operator has and Keyferry does not have yet. Each is refused by name, never ignored. */
import { GENERATORS, groupOf, kindNamed } from '../model/kinds.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';

/** Refuses a whole object of an External Secrets group. */
export function kindNotBuiltYet(subject: Subject): Problem {
  const { kind, apiVersion } = subject.document.head;
  // A generator may be newer than the table.
  const unknown = groupOf(apiVersion) === GENERATORS ? 'generators' : 'an unknown kind';
  const feature = kindNamed(kind)?.notBuilt ?? unknown;
  return fieldProblem(subject, ['kind'], {
    code: 'not-supported-yet',
    what: `is ${kind}, which is not supported yet (${feature})`,
    fix: 'Keep it out of the manifests that Keyferry is given; the operator can go on serving it.',
  });
}
