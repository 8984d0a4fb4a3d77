/** Problems of settings, thrown where there is nobody to hand it to. */
import { joined, say } from '../core/model/message.ts';
import type { Problem } from '../core/model/problem.ts';
import { PortError } from '../ports/errors.ts';

/** Does nothing without problems. A PortError has one fix, so that those of the others stand before. */
export function refuse(problems: readonly Problem[]): void {
  const last = problems.at(-1);
  if (last === undefined) return;
  const others = problems.slice(0, -1).map((problem) => say`${problem.what}. ${problem.fix}`);
  const what = joined([...others, last.what], ' ');
  throw new PortError({ kind: 'Invalid', code: 'Setting', whole: true, what, fix: last.fix });
}
