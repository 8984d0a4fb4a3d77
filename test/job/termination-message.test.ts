import { describe, expect, it } from '@jest/globals';
import { terminationMessage } from '../../job/termination-message.ts';

const LARGEST_BYTES = 4096;

describe('terminationMessage', () => {
  it('is all lines where they fit', () => {
    expect(terminationMessage(['1 created.', 'first problem', 'second problem'])).toBe(
      '1 created.\nfirst problem\nsecond problem',
    );
  });

  it('drops whole lines from the end, and says how many', () => {
    const lines = ['counts', ...Array.from({ length: 9 }, (_, i) => `${i}`.repeat(1000))];
    expect(terminationMessage(lines)).toBe([...lines.slice(0, 5), 'and 5 more, see the log'].join('\n'));
  });

  it('fills the room to the last byte', () => {
    const line = 'x'.repeat(LARGEST_BYTES);
    expect(terminationMessage([line])).toBe(line);
    expect(terminationMessage([line, 'y'])).toBe(line);
  });

  it('cuts a line that is too long by itself at a whole character', () => {
    const message = terminationMessage(['鍵'.repeat(2000)]);
    expect(message).toBe('鍵'.repeat(Math.floor(LARGEST_BYTES / 3)));
  });

  it('is empty where there is nothing to say', () => {
    expect(terminationMessage([])).toBe('');
  });
});
