/** Tables of a terminal: aligned columns. Colour comes in as a function, so that this stays pure. */

export type Style = 'add' | 'change' | 'remove' | 'bad' | 'warn' | 'dim' | 'strong';
/** Wraps a text in colour, or gives it back as it is. */
export type Paint = (style: Style, text: string) => string;

export const PLAIN: Paint = (_style, text) => text;

/** A line of a table: its sign and word are coloured. */
export interface Row {
  readonly style: Style;
  readonly cells: readonly [sign: string, word: string, target: string, detail: string, owner: string];
}

/** Aligned columns. */
export function textTable(rows: readonly Row[], paint: Paint): string {
  const width = (column: number) => Math.max(...rows.map((row) => row.cells[column]?.length ?? 0));
  const widths = [0, 1, 2, 3].map(width);
  return rows
    .map(({ style, cells }) => {
      const [sign, word, target, detail] = cells.slice(0, 4).map((cell, i) => cell.padEnd(widths[i] ?? 0));
      const marked = paint(style, `${sign ?? ''} ${word ?? ''}`);
      return `  ${marked}  ${target ?? ''}  ${detail ?? ''}  ${paint('dim', cells[4])}`.trimEnd();
    })
    .join('\n');
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
