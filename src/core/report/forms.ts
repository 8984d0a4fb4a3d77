/**
 * A report in its three forms, as they leave the program: nothing in a name forges a line, a command or markup.
 *
 * Entries print only what this gives. The printers are handed texts of one line; JSON keeps every name as it is.
 */
import { everyText, inJson, inOneLine } from '../model/shown.ts';
import type { MarkdownRoom } from './markdown.ts';
import type { Look } from './text-table.ts';
import { messageText, type Words } from '../model/message.ts';
import { worded } from './worded.ts';

/** Without words, those of the command line. */
export interface Forms {
  text(look: Look, words?: Words): string;
  markdown(room?: MarkdownRoom, words?: Words): string;
  json(words?: Words): string;
}

export interface Printers<Told> {
  readonly text: (told: Told, look: Look, words: Words) => string;
  readonly markdown: (told: Told, room: MarkdownRoom | undefined, words: Words) => string;
  readonly json: (told: Told) => string;
}

export function formsOf<Told>(told: Told, { text, markdown, json }: Printers<Told>): Forms {
  const shown = (words: Words) => everyText(worded(told, words), inOneLine);
  return {
    text: (look, words = messageText) => text(shown(words), look, words),
    markdown: (room, words = messageText) => markdown(shown(words), room, words),
    json: (words = messageText) => inJson(json(worded(told, words))),
  };
}
