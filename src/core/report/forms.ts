/**
 * A report in its three forms, as they leave the program: nothing in a name forges a line, a command or markup.
 *
 * Entries print only what this gives. The printers are handed texts of one line; JSON keeps every name as it is.
 */
import { everyText, inJson, inOneLine } from '../model/shown.ts';
import type { MarkdownRoom } from './markdown.ts';
import type { Look } from './text-table.ts';

export interface Forms {
  text(look: Look): string;
  markdown(room?: MarkdownRoom): string;
  json(): string;
}

export interface Printers<Told> {
  readonly text: (told: Told, look: Look) => string;
  readonly markdown: (told: Told, room?: MarkdownRoom) => string;
  readonly json: (told: Told) => string;
}

export function formsOf<Told>(told: Told, { text, markdown, json }: Printers<Told>): Forms {
  const shown = () => everyText(told, inOneLine);
  return {
    text: (look) => text(shown(), look),
    markdown: (room) => markdown(shown(), room),
    json: () => inJson(json(told)),
  };
}
