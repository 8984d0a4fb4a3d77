/** YAML texts as long as a manifest may be, and longer. */
import { describe, expect, it } from '@jest/globals';
import { readAllYaml, readYaml } from '../../src/core/yaml/read.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const first = (text: string) => readAllYaml(text)[0];

/** CPU of this process, which others on the machine do not lengthen. */
function secondsOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1e6;
}

describe('readYaml', () => {
  it.each([
    ['keys', lines(30_000, (i) => `k${i}: v`)],
    ['keys of a flow map', `{${lines(15_000, (i) => `k${i}: v`).replaceAll('\n', ',')}}`],
    ['items', lines(30_000, () => '- v')],
    ['anchors and aliases', `${lines(8_000, (i) => `k${i}: &a${i} v`)}\n${lines(8_000, (i) => `j${i}: *a${i}`)}`],
    ['problems', lines(30_000, () => '"a"')],
  ])('takes linear time for many %s', (_name, text) => {
    const half = text.slice(0, text.length / 2);
    readAllYaml(half);
    const [short, long] = [secondsOf(() => readAllYaml(half)), secondsOf(() => readAllYaml(text))];
    expect(long).toBeLessThan(8 * short + 1);
  });

  it('finds the places of many fields in linear time', () => {
    const document = first(lines(50_000, (i) => `k${i}: v`));
    const seconds = secondsOf(() => {
      for (let i = 0; i < 50_000; i += 1) if (document?.lineOf([`k${i}`]) !== i + 1) throw new Error(`line of k${i}`);
    });
    expect(seconds).toBeLessThan(5);
  });

  it.each([
    ['keys', `a: 1\n---\n${lines(100_001, (i) => `k${i}: v`)}`],
    ['tags', `a: 1\n---\na: ${'!!str '.repeat(100_001)}`],
    ['brackets', `a: 1\n---\n${'['.repeat(100_001)}`],
  ])('refuses a document of too many %s at its first line, and keeps those before it', (_name, text) => {
    expect(readAllYaml(text).map(({ value, fault }) => [value, fault?.code, fault?.line])).toEqual([
      [{ a: 1 }, undefined, undefined],
      [undefined, 'TOO_MANY_FIELDS', 2],
    ]);
  });

  it('counts the fields of each document for itself', () => {
    const one = `${lines(60_000, (i) => `k${i}: v`)}\n`;
    expect(readAllYaml(`${one}---\n${one}...\n---\n${one}`).map(({ fault }) => fault)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('pauses between documents and within long ones', () => {
    const pauses = (text: string) => [...readYaml(text)].filter((piece) => piece === undefined).length;
    expect(pauses('a: 1\n---\n'.repeat(100))).toBeGreaterThanOrEqual(100);
    expect(pauses(lines(50_000, (i) => `k${i}: v`))).toBeGreaterThanOrEqual(10);
  });
});
