/**
 * Problems in the report that a pass leaves: texts in words of the command line, as they always were, and beside them the
 * parts of those that speak of settings or commands, so that whoever reads the report can say them in words of its own.
 */
import { COMMANDS } from '../model/command-names.ts';
import { isRecord } from '../model/fields.ts';
import { messageOf, messageText, partsOf, type CommandOption, type Message, type Part } from '../model/message.ts';
import type { PassProblem } from '../model/pass-report.ts';
import { SETTING_NAMES } from '../model/setting-names.ts';

const MESSAGES = ['text', 'what', 'fix'] as const;

type Parts = Readonly<Partial<Record<(typeof MESSAGES)[number], readonly Part[]>>>;

export type StoredProblem = PassProblem & { readonly parts?: Parts };

export function storedProblem(problem: PassProblem): StoredProblem {
  const made = MESSAGES.flatMap((name) => {
    const message = problem[name];
    return message === undefined || typeof message === 'string' ? [] : [[name, partsOf(message)] as const];
  });
  return made.length === 0 ? problem : { ...problem, ...textsOf(problem), parts: Object.fromEntries(made) };
}

function textsOf({ text, what, fix }: PassProblem): Pick<PassProblem, 'text' | 'what' | 'fix'> {
  return {
    text: messageText(text),
    ...(what === undefined ? {} : { what: messageText(what) }),
    ...(fix === undefined ? {} : { fix: messageText(fix) }),
  };
}

/** Parts of another version that this one does not know are passed over: the text is there. */
export function readProblem({ parts, ...problem }: StoredProblem): PassProblem {
  const known = Object.entries(isRecord(parts) ? parts : {}).flatMap(([name, value]) => {
    const isOurs = MESSAGES.some((one) => one === name) && Array.isArray(value) && value.every(isPart);
    return isOurs ? [[name, messageOf(value)] as const] : [];
  });
  return { ...problem, ...(Object.fromEntries(known) as Partial<Record<(typeof MESSAGES)[number], Message>>) };
}

function isPart(value: unknown): value is Part {
  if (typeof value === 'string') return true;
  return isRecord(value) && (isSetting(value) || isCommand(value));
}

function isSetting({ setting }: Readonly<Record<string, unknown>>): boolean {
  return SETTING_NAMES.some((name) => name === setting);
}

function isCommand({ command, options }: Readonly<Record<string, unknown>>): boolean {
  return COMMANDS.some((name) => name === command) && Array.isArray(options) && options.every(isOption);
}

function isOption(value: unknown): value is CommandOption {
  if (!isRecord(value) || !isSetting(value)) return false;
  return [value['short'], value['placeholder'], value['value']].every(
    (text) => text === undefined || typeof text === 'string',
  );
}
