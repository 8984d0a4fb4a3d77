/**
 * `cases.json` was measured with gjson 1.18.0: a text, a path, and the result's string form; without `text` the path
 * selects nothing. About half of the cases were drawn at random, some over texts that are not valid JSON.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../../../../src/core/model/group-by.ts';
import { get } from '../../../../src/core/transform/gjson/get.ts';
import { exists, resultText } from '../../../../src/core/transform/gjson/result.ts';

interface Case {
  readonly json: string;
  readonly path: string;
  readonly text?: string;
}

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, 'cases.json'), 'utf8')) as readonly Case[];

function lookup(json: string, path: string): string | undefined {
  const result = get(json, path);
  return exists(result) ? resultText(result).toWellFormed() : undefined;
}

describe('get', () => {
  const byText = groupBy(CASES, (one) => one.json);
  it.each([...byText])('selects from %s what gjson 1.18.0 selects', (json, cases) => {
    const ours = cases.map(({ path }) => ({ path, text: lookup(json, path) }));
    expect(ours).toEqual(cases.map(({ path, text }) => ({ path, text })));
  });

  it('compares texts by bytes, not by UTF-16 units', () => {
    expect(lookup('["\uffee","😀"]', '#(>"\uffee")')).toBe('😀');
  });

  it.each(['@pretty', '@dig:a', '@flatten:{"deep":true}'])(
    'gives nothing for %s of a text of 20,000 levels',
    (path) => {
      const json = '['.repeat(20_000) + ']'.repeat(20_000);
      expect(lookup(json, path)).toBeUndefined();
    },
  );

  it('stays linear over a large text', () => {
    const json = JSON.stringify({ a: Array.from({ length: 50_000 }, (_, i) => ({ b: `é\n${i}` })), z: 'last' });
    expect(lookup(json, 'z')).toBe('last');
    expect(lookup(json, 'a.#(b=="nope").b')).toBeUndefined();
    expect(lookup(json, 'a.#')).toBe('50000');
  });
});

describe('get, as a law', () => {
  const name = fc.string({
    minLength: 1,
    maxLength: 5,
    unit: fc.constantFrom('a', 'b', 'é', '😀', '_', '-', '0', ' '),
  });
  const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null));
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree')),
      fc.dictionary(name, tie('tree'), { noNullPrototype: true }),
    ),
  }));

  it('finds by plain names and indexes what JSON.parse finds', () => {
    fc.assert(
      fc.property(tree, fc.array(fc.nat()), fc.nat({ max: 2 }), (value, choices, indent) => {
        const json = JSON.stringify(value, undefined, indent);
        const { path, found } = walk(JSON.parse(json), choices);
        if (path.length > 0) expect(lookup(json, path.join('.'))).toBe(expectedText(json, found, indent, path.length));
      }),
    );
  });

  it('never throws, whatever the text and the path', () => {
    const noise = fc.string({ unit: fc.constantFrom(...Array.from('{}[]()":,.|#@!*?\\=<>%~ab1 \n')), maxLength: 40 });
    fc.assert(
      fc.property(noise, noise, (json, path) => void lookup(json, path)),
      { numRuns: 2000 },
    );
  });

  /** Goes down into a value, at each level to one of its members. */
  function walk(value: unknown, choices: readonly number[]): { path: string[]; found: unknown } {
    const path: string[] = [];
    let found = value;
    for (const choice of choices) {
      if (typeof found !== 'object' || found === null) break;
      const members: [string, unknown][] = Object.entries(found);
      const member = members[choice % Math.max(1, members.length)];
      if (member === undefined) break;
      path.push(member[0]);
      found = member[1];
    }
    return { path, found };
  }

  /** An object or array keeps its source text, so its indent counts from where it stood. */
  function expectedText(json: string, found: unknown, indent: number, depth: number): string {
    if (found === null) return '';
    if (typeof found === 'string') return found.toWellFormed();
    if (typeof found !== 'object') return JSON.stringify(found);
    const text = JSON.stringify(found, undefined, indent).replaceAll('\n', `\n${' '.repeat(indent * depth)}`);
    expect(json).toContain(text);
    return text;
  }
});
