/**
 * What a user is told, in parts: text, settings and commands. The command line says `--force`, a workflow `the input
 * force`, a pod KEYFERRY_FORCE: which of them is decided where the message is shown, and nowhere before.
 *
 * A message is made with `say`. What is put into one as a text stays text, whatever it looks like: a file that is called
 * `--force` is never taken for the setting. A message without settings and commands may be a plain string.
 */
import type { CommandName } from './command-names.ts';
import type { SettingName } from './setting-names.ts';

export type Message = string | ComposedMessage;

/** A class, so that nothing that was read from anywhere is one. JSON that nobody worded has the command line's words. */
export class ComposedMessage {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }

  toJSON(): string {
    return messageText(this);
  }
}

export type Part = string | SettingPart | CommandPart;

export interface SettingPart {
  readonly setting: SettingName;
}

/** A command of ours, as somebody would give it. */
export interface CommandPart {
  readonly command: CommandName;
  readonly options: readonly CommandOption[];
}

export interface CommandOption extends SettingPart {
  /** The letter of the command line, where that is what people write. */
  readonly short?: string;
  /** What stands for the value on a command line. */
  readonly placeholder?: string;
  readonly value?: string;
}

/** How an entry says what it shows. */
export type Words = (message: Message) => string;

export function setting(name: SettingName): SettingPart {
  return { setting: name };
}

export function command(name: CommandName, ...options: readonly CommandOption[]): CommandPart {
  return { command: name, options };
}

/** Tag of a template: settings and commands in it are parts, messages bring theirs along, and all else is text. */
export function say(texts: TemplateStringsArray, ...holes: readonly (Message | Part | number)[]): Message {
  return messageOf(
    texts.flatMap((text, index) => [text, ...(index < holes.length ? partsOf(holes[index] ?? '') : [])]),
  );
}

export function joined(messages: readonly (Message | Part)[], separator: string): Message {
  return messageOf(messages.flatMap((message, index) => [index === 0 ? '' : separator, ...partsOf(message)]));
}

/** The same message with its texts changed; settings and commands hold nothing of anybody else. */
export function withTexts(message: Message, change: (text: string) => string): Message {
  return messageOf(partsOf(message).map((part) => (typeof part === 'string' ? change(part) : part)));
}

export function inWordsOf(
  settingText: (part: SettingPart) => string,
  commandText: (part: CommandPart) => string = commandLine,
): Words {
  const partText = (part: Part): string => {
    if (typeof part === 'string') return part;
    return 'setting' in part ? settingText(part) : commandText(part);
  };
  return (message) => partsOf(message).map(partText).join('');
}

/** In words of the command line, which machines get too. */
export const messageText: Words = inWordsOf(optionText);

function commandLine({ command: name, options }: CommandPart): string {
  const given = options.map(({ value, placeholder, short, setting: option }) => [
    short === undefined ? `--${option}` : `-${short}`,
    ...[value ?? placeholder ?? []].flat(),
  ]);
  return ['keyferry', name, ...given.flat()].join(' ');
}

function optionText({ setting: name }: SettingPart): string {
  return `--${name}`;
}

export function partsOf(piece: Message | Part | number): readonly Part[] {
  if (typeof piece === 'number') return [String(piece)];
  if (typeof piece === 'string') return [piece];
  return piece instanceof ComposedMessage ? piece.parts : [piece];
}

/** Texts that meet become one, and a message of texts alone is a plain string: equal messages are equal values. */
export function messageOf(parts: readonly Part[]): Message {
  const said: Part[] = [];
  for (const part of parts) {
    const last = said.at(-1);
    if (typeof part === 'string' && typeof last === 'string') said[said.length - 1] = last + part;
    else if (part !== '') said.push(part);
  }
  const [only = ''] = said;
  return said.length < 2 && typeof only === 'string' ? only : new ComposedMessage(said);
}
