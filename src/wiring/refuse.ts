/** A problem of settings, thrown where there is nobody to hand it to. */
import type { Problem } from '../core/model/problem.ts';
import { PortError } from '../ports/errors.ts';

/** Does nothing without problems; throws a PortError of the first. */
export function refuse([problem]: readonly Problem[]): void {
  if (problem === undefined) return;
  throw new PortError({ kind: 'Invalid', code: 'Setting', whole: true, what: problem.what, fix: problem.fix });
}
