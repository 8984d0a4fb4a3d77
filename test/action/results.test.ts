import { describe, expect, it } from '@jest/globals';
import { withinLimit } from '../../src/action/results.ts';

const MEBIBYTE = 1024 * 1024;

describe('withinLimit', () => {
  it('leaves a summary alone that fits', () => {
    const summary = 'x'.repeat(MEBIBYTE);
    expect(withinLimit(summary)).toBe(summary);
  });

  it('cuts a longer one at a line end, and says where the rest is', () => {
    const line = `- ${'ü'.repeat(200)}\n`;
    const cut = withinLimit(line.repeat(5000));
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(MEBIBYTE);
    const [head = '', tail] = cut.split('\n\nThis is not all: ');
    expect(`${head}\n`.replaceAll(line, '')).toBe('');
    expect(tail).toBe('a summary has room for 1 MiB. The file of the output report-path holds the rest.\n');
  });
});
