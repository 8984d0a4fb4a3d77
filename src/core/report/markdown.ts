/** The parts that Markdown reports are made of: tables, lists and a folded picture, cut to what has room. */
import type { PassProblem } from '../model/pass-report.ts';
import { plural } from '../model/plural.ts';
import type { Problem, Severity } from '../model/problem.ts';
import { inOneLine } from '../model/shown.ts';
import { causesOf } from './causes.ts';
import { byPlace, told } from './problems.ts';
import { bytesOf, cutLines } from './cut.ts';
import { pictureOf, type Drawn, type DrawnPush } from './picture.ts';

/** Where a text goes, and how much of it has room there, in bytes. */
export interface MarkdownRoom {
  readonly bytes: number;
  /** Of these, for the picture. */
  readonly picture: number;
}

/** GitHub: a summary has at most 1 MiB; Mermaid draws nothing over 50,000 characters. */
export const SUMMARY_ROOM: MarkdownRoom = { bytes: 1_000_000, picture: 45_000 };
/** GitHub: a comment has at most 65,536 characters. */
export const COMMENT_ROOM: MarkdownRoom = { bytes: 64_000, picture: 12_000 };

/** What the sentences about what was left out may take. */
const SPARE = 600;

/** One table: its head, and rows that may be cut. */
export interface MarkdownTable {
  readonly title?: string;
  readonly head: readonly string[];
  readonly rows: readonly string[];
}

export interface MarkdownParts {
  readonly heading: string;
  readonly tables: readonly MarkdownTable[];
  /** In the order of a list. */
  readonly problems: readonly PassProblem[];
  readonly end: string;
}

/** Errors stand before the tables and warnings after them; where room is short, problems have it first, then rows, then the picture. */
export function fittingMarkdown(
  { heading, tables, problems, end }: MarkdownParts,
  room: MarkdownRoom,
  picture: (bytes: number) => string,
): string {
  let left = room.bytes - bytesOf(heading) - bytesOf(end) - SPARE * (tables.length + 3);
  const [errors, warnings] = (['error', 'warning'] as const).map((one) => {
    const text = cutMarkdown(problemLines(problems, one), left / 3, one);
    left -= bytesOf(text);
    return text;
  });
  const tableTexts = tables.map((table) => {
    const text = tableText(table, left);
    left -= bytesOf(text);
    return text;
  });
  const parts = [heading, errors ?? '', ...tableTexts, warnings ?? '', picture(Math.min(room.picture, left)), end];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function tableText({ title, head, rows }: MarkdownTable, room: number): string {
  if (rows.length === 0) return '';
  const rule = head.map(() => '---');
  const top = [...(title === undefined ? [] : [title, '']), tableRow(head), tableRow(rule)].join('\n');
  return `${top}\n${cutMarkdown(rows, room - bytesOf(top), 'row')}`;
}

function cutMarkdown(lines: readonly string[], room: number, word: string): string {
  const cut = cutLines(lines, room);
  if (cut.left === 0) return cut.lines.join('\n');
  const more = `And ${plural(cut.left, word)} more, for which there is no room here; the report as JSON has them all.`;
  return [...cut.lines, '', more].join('\n');
}

/** `| a | b |`, whatever texts the cells are. */
export function tableRow(cells: readonly string[]): string {
  return `|${cells.map((text) => (text === '' ? ' ' : ` ${cell(text)} `)).join('|')}|`;
}

/** A list, by file and line; '' where there are none. */
export function problemsAsMarkdown(problems: readonly Problem[]): string {
  const all = toldByPlace(problems);
  return [...problemLines(all, 'error'), ...problemLines(all, 'warning')].join('\n');
}

export function toldByPlace(problems: readonly Problem[]): readonly PassProblem[] {
  return problems.toSorted(byPlace).map(told);
}

/** Each cause once, with its places as a list of its own. */
function problemLines(problems: readonly PassProblem[], of: Severity): readonly string[] {
  return causesOf(problems.filter(({ severity }) => severity === of)).map(({ text, places }) =>
    [`- **${of}** ${inline(text)}`, ...places.map((place) => `  - ${inline(place)}`)].join('\n'),
  );
}

const PICTURE_TITLE = 'Where the Secrets come from';
/** More objects than this are folded away. */
const MOST_UNFOLDED = 10;

/** '' where there is nothing to draw. */
export function pictureAsMarkdown(objects: readonly (Drawn | DrawnPush)[], room: number): string {
  const { text, left } = pictureOf(objects, room - SPARE);
  if (text === '') return '';
  const more = left === 0 ? '' : `\n\nAnd ${plural(left, 'object')} more, for which there is no room in the picture.`;
  const open = objects.length > MOST_UNFOLDED ? '' : ' open';
  const title = objects.some((object) => 'written' in object) ? `${PICTURE_TITLE} and go to` : PICTURE_TITLE;
  return `<details${open}><summary>${title}</summary>\n\n${text}${more}\n\n</details>`;
}

/** A table cell: no pipes, no line ends, nothing that Markdown reads as more than text. */
export function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|');
}

/** What GitHub looks for in text, also after its entities were read: parted, for a comment in HTML is never seen. */
const PARTED = [
  // Not ours: `&#36;`.
  /(?<!&)[@#](?=[\w\\-])/gu,
  /\bGH(?=-\d)/giu,
  /:(?=\/\/)/gu,
  /\bwww(?=\.)/giu,
  /\b(?:mailto|xmpp):/giu,
  /:(?=[\w+\\-]*[a-z][\w+\\-]*:)/giu,
];

/**
 * Text of somebody else in a line of Markdown. A name of a manifest must be no markup, call nobody (`@name`, `#1`,
 * `GH-1`), lead nowhere (a bare address) and be no formula.
 */
export function inline(text: string): string {
  const marked = inOneLine(text.replace(/\s+/gu, ' '))
    .replaceAll('&', '&amp;')
    .replaceAll('$', '&#36;')
    .replace(/[\\`*_<>[\]]|(?<=\S)~|~(?=~)/gu, (mark) => `\\${mark}`);
  return PARTED.reduce((parted, place) => parted.replace(place, (found) => `${found}<!-- -->`), marked);
}

/** A title that goes on from something. */
export function inSentence(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}
