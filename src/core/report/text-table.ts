/** What a terminal shows: aligned columns that fit, wrapped messages. Colour comes in as a function, so that this stays pure. */
import { inOneLine } from '../model/shown.ts';

export type Style = 'add' | 'change' | 'remove' | 'bad' | 'warn' | 'dim' | 'strong';
/** Wraps a text in colour, or gives it back as it is. */
export type Paint = (style: Style, text: string) => string;

/** How a text looks where it is shown. */
export interface Look {
  readonly paint: Paint;
  /** Columns of the terminal; absent = it is none, and every message is one line. */
  readonly width?: number;
}

export const PLAIN: Look = { paint: (_style, text) => text };

/** Columns where nobody says how many there are. */
const WIDTH = 100;
const NARROWEST = 60;
const INDENT = 2;
const GAP = 2;

/** A text, or one that is made to fit the room that its column has. */
export type Cell = string | ((room: number) => string);

/** A line of a table: its sign and the first cell are coloured, where it has a style. */
export interface Row {
  readonly style?: Style;
  readonly sign?: string;
  readonly cells: readonly Cell[];
}

export interface Table {
  /** Of each column, in capitals. */
  readonly heads: readonly string[];
  /** Columns that give way where not all have room, the first of them first. */
  readonly giving: readonly number[];
  readonly rows: readonly Row[];
}

/** '' where there are no rows. */
export function textTable({ heads, giving, rows }: Table, { paint, width = WIDTH }: Look): string {
  if (rows.length === 0) return '';
  const signs = Math.max(...rows.map(({ sign = '' }) => sign.length));
  const sign = signs === 0 ? 0 : signs + 1;
  const natural = heads.map((head, column) =>
    Math.max(head.length, ...rows.map(({ cells }) => wholeCell(cells[column]).length)),
  );
  const room = Math.max(width, NARROWEST) - INDENT - sign - GAP * (heads.length - 1);
  const fitting = fittingWidths(natural, { giving, room, heads });
  const lines = rows.map(({ cells }) => fitting.map((own, column) => cellText(cells[column], own)));
  const widths = heads.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column]?.length ?? 0)));
  const line = (style: Style | undefined, mark: string, cells: readonly string[]) => {
    const [first = '', ...others] = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const start = `${mark.padEnd(sign)}${first}`;
    const marked = style === undefined ? start : paint(style, start);
    return `${' '.repeat(INDENT)}${marked}  ${others.join('  ')}`.trimEnd();
  };
  return [
    line('dim', '', heads),
    ...rows.map((row, index) => line(row.style, row.sign ?? '', lines[index] ?? [])),
  ].join('\n');
}

/** What a column keeps whatever happens: below this nothing could be read any more. */
const LEAST = 20;

interface Fitting {
  readonly giving: readonly number[];
  readonly room: number;
  readonly heads: readonly string[];
}

function fittingWidths(natural: readonly number[], { giving, room, heads }: Fitting): readonly number[] {
  const widths = [...natural];
  for (const column of giving) {
    const over = widths.reduce((sum, own) => sum + own, 0) - room;
    if (over <= 0) break;
    const own = widths[column] ?? 0;
    widths[column] = Math.max(Math.min(own, LEAST), heads[column]?.length ?? 0, own - over);
  }
  return widths;
}

/** A cell as it is where there is room for everything. */
export function wholeCell(cell: Cell | undefined): string {
  return typeof cell === 'function' ? cell(Infinity) : (cell ?? '');
}

function cellText(cell: Cell | undefined, room: number): string {
  return shortened(typeof cell === 'function' ? cell(room) : (cell ?? ''), room);
}

/** Names differ at their ends more than in their middle. */
function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const end = Math.floor((room - 1) / 3);
  return `${text.slice(0, room - 1 - end)}…${text.slice(text.length - end)}`;
}

/** More names than this are cut, whatever the room; the JSON output holds them all. */
export const MOST_NAMES = 8;

/** `a, b and 12 more`: as many names as fit, one at least. `rest` stands behind them. */
export function listed(names: readonly string[], room: number = Infinity, rest = '', most = MOST_NAMES): string {
  const tail = rest === '' ? '' : `${names.length === 0 ? '' : ' '}${rest}`;
  for (let count = Math.min(most, names.length); count > 1; count -= 1) {
    const text = `${firstOf(names, count)}${tail}`;
    if (text.length <= room) return text;
  }
  return `${firstOf(names, Math.min(1, names.length))}${tail}`;
}

function firstOf(names: readonly string[], count: number): string {
  const more = names.length - count;
  return `${names.slice(0, count).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A message after a prefix of `hang` columns: on a terminal its further lines begin where the first does. */
export function wrapped(text: string, hang: number, width: number | undefined): string {
  if (width === undefined) return text;
  const room = Math.max(width, NARROWEST) - hang;
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  // What was within a line may begin one now.
  return lines.map(inOneLine).join(`\n${' '.repeat(hang)}`);
}
