/** What only a terminal has: colour, and one live line that says how far a long run is. */
import { styleText } from 'node:util';
import type { Paint, Style } from '../core/report/text-table.ts';
import { inOneLine } from '../core/model/shown.ts';
import type { Settings } from '../core/settings/parse.ts';
import type { Logger } from '../ports/logger.ts';
import type { Environment } from '../wiring/environment.ts';

const COLOURS: Readonly<Record<Style, Parameters<typeof styleText>[0]>> = {
  add: 'green',
  change: 'yellow',
  remove: 'red',
  bad: 'red',
  warn: 'yellow',
  dim: 'dim',
  strong: 'bold',
};

export interface Screen {
  readonly isTTY: boolean;
  /** Of a terminal; it may change while the program runs. */
  readonly columns?: number;
  write(text: string): void;
}

/** `auto`: on a terminal, unless NO_COLOR is set (no-color.org). */
export function paintFor(color: Settings['color'], screen: Screen, environment: Environment): Paint {
  const noColor = (environment['NO_COLOR'] ?? '') !== '';
  const coloured = color === 'always' || (color === 'auto' && screen.isTTY && !noColor);
  return coloured
    ? (style, text) => styleText(COLOURS[style], text, { validateStream: false })
    : (_style, text) => text;
}

const ESC = '\u001B';
/** What `paintFor` writes, and nothing else that begins with ESC. */
const COLOUR = new RegExp(String.raw`(${ESC}\[(?:1|2|22|31|32|33|39)m)`, 'u');

/** The text changed, but for the colours in it. */
export function withColours(text: string, change: (part: string) => string): string {
  return text
    .split(COLOUR)
    .map((part) => (COLOUR.test(part) ? part : change(part)))
    .join('');
}

/** The width for what is no terminal, as a file or a page of documentation. */
const USUAL_WIDTH = 100;
const LEAST_WIDTH = 40;

/** How many columns a text may take: those of the terminal, else COLUMNS, else 100. */
export function widthOf(screen: Screen, environment: Environment): number {
  const asked = Number(environment['COLUMNS'] ?? '');
  const width = screen.columns ?? (Number.isInteger(asked) && asked > 0 ? asked : USUAL_WIDTH);
  return Math.max(width, LEAST_WIDTH);
}

const SHOW_AFTER_MS = 800;
const REDRAW_EVERY_MS = 100;
const ERASE_LINE = '\r\u001B[K';

/**
 * A logger that keeps one line up to date instead of printing many. Warnings wait for the report, which holds them.
 * Call `clear` before printing anything else.
 */
export class LiveLine implements Logger {
  readonly #screen: Screen;
  readonly #now: () => number;
  readonly #started: number;
  #drawn = 0;
  #steps = 0;

  constructor(screen: Screen, now: () => number) {
    this.#screen = screen;
    this.#now = now;
    this.#started = now();
  }

  debug(message: string): void {
    this.#show(message);
  }

  info(message: string): void {
    this.#show(message);
  }

  warn(message: string): void {
    this.#show(message);
  }

  error(message: string): void {
    this.#show(message);
  }

  clear(): void {
    if (this.#drawn > 0) this.#screen.write(ERASE_LINE);
    this.#drawn = 0;
  }

  #show(message: string): void {
    this.#steps += 1;
    const now = this.#now();
    if (now - this.#started < SHOW_AFTER_MS || now - this.#drawn < REDRAW_EVERY_MS) return;
    this.#drawn = now;
    const seconds = Math.round((now - this.#started) / 1000);
    const line = inOneLine(`${seconds} s, step ${this.#steps}: ${message}`.replace(/\s+/g, ' ')).slice(0, 78);
    this.#screen.write(`${ERASE_LINE}${line}`);
  }
}
