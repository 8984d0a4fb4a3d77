/** The intents that the pod spec names; a pod of a deployment reads none that it does not name. */
import { pinIn, type IntentsPin } from '../deploy/intents-pins.ts';
import type { Problem } from '../model/problem.ts';
import type { CommandName } from '../model/command-names.ts';
import { settingProblem } from './setting-problem.ts';
import type { Value } from './setting.ts';

const FIX = 'Leave the variable as deploy and render write it into the pod spec; or deploy again.';

export function intentsOf(
  command: CommandName,
  values: Readonly<Record<string, Value>>,
): { readonly pins: readonly IntentsPin[]; readonly problems: readonly Problem[] } {
  const given = (values['intents'] as readonly string[] | undefined) ?? [];
  const pins = given.map(pinIn).filter((pin) => pin !== undefined);
  if (pins.length < given.length) {
    return { pins: [], problems: [settingProblem('intents', 'is no list of ConfigMaps with their SHA-256', FIX)] };
  }
  const needsThem = command === 'job' && (values['home'] === 'config-maps' || values['deployed'] === true);
  if (!needsThem || pins.length > 0) return { pins, problems: [] };
  return { pins, problems: [settingProblem('intents', 'is missing', FIX)] };
}
