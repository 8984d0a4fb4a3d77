import { describe, expect, it } from '@jest/globals';
import { readAllYaml } from '../../../src/core/yaml/read.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const first = (text: string) => readAllYaml(text)[0];
const faultOf = (text: string) => {
  const { code, line, column, words } = readAllYaml(text).find(({ fault }) => fault !== undefined)?.fault ?? {};
  return [code, line, column, words];
};

describe('readYaml', () => {
  it('reads one anchor that is used a hundred times', () => {
    const text = `a: &db {key: db}\nlist:\n${lines(100, () => '  - *db')}`;
    expect(first(text)?.value).toEqual({ a: { key: 'db' }, list: Array.from({ length: 100 }, () => ({ key: 'db' })) });
  });

  it.each([
    ['lists', lines(9, (i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)],
    ['maps', lines(9, (i) => `l${i + 1}: &l${i + 1} {${lines(9, (j) => `k${j}: *l${i}`).replaceAll('\n', ', ')}}`)],
    ['merges', lines(12, (i) => `l${i + 1}: &l${i + 1} {x${i}: 1, <<: [${Array(9).fill(`*l${i}`).join(', ')}]}`)],
  ])('refuses aliases that multiply, at the line of one: %s', (_name, levels) => {
    const [code, line, , words] = faultOf(`l0: &l0 {x: 1}\n${levels}`);
    expect([code, words]).toEqual(['ALIASES_MULTIPLY', 'its aliases multiply to more than 200000 values']);
    expect(line).toBeGreaterThan(3);
  });

  it.each([
    ['a: 1\nb: *none', ['ALIAS_WITHOUT_ANCHOR', 2, 4, 'an alias (*name) has no anchor (&name) before it']],
    ['a: &a [*a]', ['ALIAS_OF_ITSELF', 1, 8, 'an alias (*name) stands within its own anchor (&name)']],
    ['a: &a\n  <<: *a', ['ALIAS_OF_ITSELF', 2, 7, 'an alias (*name) stands within its own anchor (&name)']],
    ['a: &a 1\nb: {<<: *a}', ['MERGE_OF_NO_MAP', 2, 9, 'a merge (<<) names something that is no map']],
    [
      'a: 1\nb: 2\na: 3',
      ['DUPLICATE_KEY', 3, 1, 'the same field is written twice, or a line with --- is missing before it'],
    ],
    [
      'spec:\n  name\n  kind: x',
      ['MULTILINE_IMPLICIT_KEY', 2, 3, 'a colon is missing at the end of this line, or of one before it'],
    ],
    ['a:\n\tb: 1', ['TAB_AS_INDENT', 2, 1, 'a tab stands in the indentation; YAML takes spaces only']],
    ['a:\n    b: 1\n  c: 2', ['BAD_INDENT', 3, 1, 'the indentation does not fit the lines before it']],
    [
      'a: b: c',
      [
        'BLOCK_AS_IMPLICIT_KEY',
        1,
        4,
        'a second colon stands on one line, or the colon is missing at the end of the line before',
      ],
    ],
    ['a: @x', ['BAD_SCALAR_START', 1, 4, 'a text begins with a character that needs quotes around it']],
    [
      '? {a: 1}\n: 2',
      ['KEY_NOT_TEXT', 1, 3, 'a field name is a map or a list; a text that begins with { or [ needs quotes'],
    ],
  ])('says what is wrong with %j, and where', (text, fault) => {
    expect(faultOf(text)).toEqual(fault);
  });

  it.each([[`a: ${'['.repeat(300)}${']'.repeat(300)}`], [`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`]])(
    'refuses what is nested too deeply',
    (text) => {
      expect(faultOf(text)[0]).toBe('RESOURCE_EXHAUSTION');
    },
  );

  it('merges as YAML 1.1 does: what is written wins, then what is merged first', () => {
    const text = 'a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], z: 3}\nd: {y: 4, <<: *a}\n"<<": text';
    expect(first(text)?.value).toEqual({
      a: { x: 1, y: 1 },
      b: { y: 2, z: 2 },
      c: { x: 1, y: 1, z: 3 },
      d: { x: 1, y: 4 },
      '<<': 'text',
    });
  });

  it('takes __proto__ for a field like any other', () => {
    const value = first('a: {__proto__: {x: 1}, constructor: 2}')?.value as { readonly a: object };
    expect(Object.entries(value.a)).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2],
    ]);
    expect(({} as { readonly x?: unknown }).x).toBeUndefined();
  });

  it('finds the words that YAML 1.1 reads otherwise, and not those in quotes', () => {
    const text = "y: a\n'n': b\nlist:\n  - on\n  - 'off'\n  - 1_000\n  - 0b11\n  - text\n  - true\n";
    expect(first(text)?.oldWords()).toEqual([
      { path: ['y'], isKey: true, word: 'y', meaning: true },
      { path: ['list', 0], isKey: false, word: 'on', meaning: true },
      { path: ['list', 2], isKey: false, word: '1_000', meaning: 'number' },
      { path: ['list', 3], isKey: false, word: '0b11', meaning: 'number' },
    ]);
  });
});
