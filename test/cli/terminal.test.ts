import { describe, expect, it } from '@jest/globals';
import { LiveLine, paintFor } from '../../src/cli/terminal.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => void written.push(text) };
}

describe('LiveLine', () => {
  it('stays silent in a short run', () => {
    const tty = screen(true);
    const line = new LiveLine(tty, () => 0);
    line.info('Secret shop/a: create');
    line.clear();
    expect(tty.written).toEqual([]);
  });

  it('shows the latest step of a long run on one line, not more than ten times a second, and wipes it at the end', () => {
    const tty = screen(true);
    let now = 0;
    const line = new LiveLine(tty, () => now);
    now = 1000;
    line.debug('first');
    now = 1050;
    line.debug('too soon');
    now = 2000;
    line.warn('vault kv-shop throttled,\nwaiting 4 s');
    line.clear();
    expect(tty.written).toEqual([
      '\r\u001B[K1 s, step 1: first',
      '\r\u001B[K2 s, step 3: vault kv-shop throttled, waiting 4 s',
      '\r\u001B[K',
    ]);
  });
});

describe('paintFor', () => {
  it.each([
    ['auto', true, false, true],
    ['auto', true, true, false],
    ['auto', false, false, false],
    ['always', false, true, true],
    ['never', true, false, false],
  ] as const)('with --color %s, terminal %s, NO_COLOR %s colours: %s', (color, isTTY, noColor, coloured) => {
    const environment = noColor ? { NO_COLOR: '1' } : {};
    expect(paintFor(color, screen(isTTY), environment)('bad', 'x') !== 'x').toBe(coloured);
  });
});
