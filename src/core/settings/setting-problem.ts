/** A problem of one setting, in the words of the command line; other entries put it into theirs. */
import { say, setting, type Message } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';
import type { SettingName } from '../model/setting-names.ts';

/** `what` goes on from the name of the setting. */
export function settingProblem(name: SettingName, what: Message, fix: Message): Problem {
  return { severity: 'error', code: 'setting', what: say`${setting(name)} ${what}`, fix };
}
