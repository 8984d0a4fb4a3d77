import { describe, expect, it } from '@jest/globals';
import { compareAsShown } from '../../../src/core/model/object-ref.ts';
import { listed, PLAIN, textTable, type Row } from '../../../src/core/report/text-table.ts';

const KEYS = Array.from({ length: 136 }, (_, index) => `item-${String(index).padStart(3, '0')}`);

const row = (secret: string, keys: readonly string[], from: string): Row => ({
  style: 'add',
  sign: '+',
  cells: ['create', secret, (room) => listed(keys, room), from],
});

const table = (...rows: readonly Row[]) => ({ heads: ['ACTION', 'SECRET', 'KEYS', 'FROM'], giving: [2, 3, 1], rows });
const longest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

describe('textTable', () => {
  it('cuts keys to what fits into 100 columns, and pads no more than the rows need', () => {
    expect(textTable(table(row('shop/all', KEYS, 'everything'), row('shop/one', ['password'], 'one')), PLAIN)).toBe(
      [
        '    ACTION  SECRET    KEYS                                                           FROM',
        '  + create  shop/all  item-000, item-001, item-002, item-003, item-004 and 131 more  everything',
        '  + create  shop/one  password                                                       one',
      ].join('\n'),
    );
  });

  it.each([undefined, 80, 120])('fits a terminal of %s columns, however long names are', (width) => {
    const name = 'a'.repeat(63);
    const text = textTable(table(row(`${name}/${name}`, KEYS, name), row('a/b', ['c'.repeat(253)], 'd')), {
      ...PLAIN,
      ...(width === undefined ? {} : { width }),
    });
    expect(longest(text)).toBeLessThanOrEqual(width ?? 100);
    expect(text).toContain('…');
  });

  it('is nothing where there are no rows', () => {
    expect(textTable(table(), PLAIN)).toBe('');
  });
});

describe('compareAsShown', () => {
  it('counts as people do', () => {
    const names = ['es-10', 'es-2', 'es-1', 'es-02', 'es', 'db-9z', 'db-10a', 'x99999999999999999999', 'x9'];
    const refs = names.map((name) => ({ kind: 'ExternalSecret', namespace: 'shop', name }));
    expect(refs.toSorted(compareAsShown).map(({ name }) => name)).toEqual([
      'db-9z',
      'db-10a',
      'es',
      'es-1',
      'es-02',
      'es-2',
      'es-10',
      'x9',
      'x99999999999999999999',
    ]);
  });
});
