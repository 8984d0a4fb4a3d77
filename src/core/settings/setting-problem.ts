/** A problem of one setting, in the words of the command line; other entries put it into theirs. */
import type { Problem } from '../model/problem.ts';

/** `what` goes on from the name of the setting. */
export function settingProblem(name: string, what: string, fix: string): Problem {
  return { severity: 'error', code: 'setting', what: `--${name} ${what}`, fix };
}
