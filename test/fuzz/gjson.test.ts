/**
 * Whatever a property and a text are, the lookup ends, at once, with a text or with none: never with an exception.
 *
 * FUZZ_RUNS sets how many are tried; a failure prints both.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getProperty } from '../../src/core/transform/get-property.ts';
import { busyMs, runs } from './fuzz-runs.ts';

const LONGEST_MS = 1_000;

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../core/transform/gjson/cases.json'), 'utf8'),
) as unknown;

/** Every recorded document and path, whatever the file calls them. */
function textsIn(value: unknown, names: RegExp, found: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, one] of Object.entries(value)) {
    if (typeof one === 'string' && names.test(name)) found.add(one);
    else textsIn(one, names, found);
  }
  return found;
}

const documents = [...textsIn(recorded, /json|doc|text|input/i), '{"a":{"b":[1,{"c":"d"}]},"tls.crt":"x"}'];
const paths = [...textsIn(recorded, /path|property/i), 'a.b.1.c', 'tls\\.crt', '@this'];

const bytes = fc.uint8Array({ maxLength: 80 }).map((array) => Buffer.from(array).toString('latin1'));
const words = fc.array(
  fc.constantFrom(
    ...['{', '}', '[', ']', '"', ':', ',', '\\', '.', '|', '#', '*', '?', '@', '!', '~', '(', ')', '%', '<', '=', '>'],
    ...['a', 'b', '0', '-1', '1e999', 'true', 'null', '"a"', '{"a":1}', '[1,2]', '#(a=="b")#', '#.a', '..', '\u0000'],
    ...[
      '@reverse',
      '@flatten',
      '@join',
      '@keys',
      '@values',
      '@tostr',
      '@fromstr',
      '@group',
      '@dig:a',
      '@pretty',
      '@ugly',
    ],
    ...['*a*', 'a*b*c*', '?????', '\ud83d\ude00', '\ud800', 'é'],
  ),
  { maxLength: 40 },
);
const soup = words.map((parts) => parts.join(''));

/** A recorded text with some of it cut, doubled or taken from another. */
function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.constantFrom(...texts), fc.nat(300), fc.nat(60), bytes, fc.nat(2))
    .map(([text, other, at, length, insert, how]) => {
      const place = at % (text.length + 1);
      const middle = [
        other.slice(at % (other.length + 1)).slice(0, length),
        insert,
        text.slice(place, place + length).repeat(3),
      ];
      return text.slice(0, place) + (middle[how] ?? '') + text.slice(place + (length % 7));
    });
}

const json = fc.json({ maxDepth: 5 });
const anyText = fc.oneof(bytes, soup, json, mutated(documents));
const anyPath = fc.oneof(bytes, soup, mutated(paths), fc.constantFrom(...paths));

describe('any property of any text', () => {
  it('is found or is not, within a second', () => {
    fc.assert(
      fc.property(anyText, anyPath, (text, path) => {
        const began = busyMs();
        const result = getProperty(text, path, 'db');
        return ['found', 'missing', 'too-costly'].includes(result.kind) && busyMs() - began < LONGEST_MS;
      }),
      runs(1),
    );
  });

  it('tells nothing of the text where it is not found', () => {
    fc.assert(
      fc.property(anyText, anyPath, (text, path) => {
        const result = getProperty(`{"canary-7f3a":918273645,"x":${JSON.stringify(text)}}`, `no.${path}`, 'db');
        return result.kind === 'found' || !/canary-7f3a|918273645/.test(JSON.stringify(result).replaceAll(path, ''));
      }),
      runs(0.2),
    );
  });

  it.each([
    ['brackets', '['.repeat(100_000), '0.0.0'],
    ['objects', '{"a":'.repeat(50_000), 'a.a.a'],
    ['quotes', '"\\'.repeat(100_000), 'a'],
    ['stars', `{"${'a'.repeat(5_000)}":1}`, `${'*a'.repeat(500)}b`],
    ['queries', `[${'{"a":1},'.repeat(5_000)}{"a":2}]`, '#(a==2)#|#(a==2)#|#(a==2)#'],
    ['modifiers', `[${'1,'.repeat(2_000)}1]`, '@reverse|'.repeat(200)],
    ['multipaths', '{"a":1}', `${'['.repeat(500)}a${']'.repeat(500)}`],
    ['doublings', '{"a":"x"}', '[@this,@this]|'.repeat(140)],
    ['doublings of objects', '{"a":"x"}', '{"a":@this,"b":@this}|'.repeat(90)],
    ['quotings', '{"a":"x"}', '@tostr|'.repeat(280)],
    ['flattening', `${'['.repeat(2_000)}1${']'.repeat(2_000)}`, '@flatten:{"deep":true}'],
    ['digging', `{"a":${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}}`, '@dig:a'],
  ])('ends soon for many %s', (_what, text, path) => {
    const began = busyMs();
    expect(['found', 'missing', 'too-costly']).toContain(getProperty(text, path, 'db').kind);
    expect(busyMs() - began).toBeLessThan(5_000);
  });
});
