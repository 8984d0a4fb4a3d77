/** Functions that count: lists and texts of integers. sprig. */
import { printPlain } from '../fmt/print-value.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { GoList, int } from '../values.ts';

/** What an integer of a list takes, in bytes. */
const ELEMENT = 128n;

export const countingFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'until',
    signature: 'func(int) []int',
    source: 'sprig',
    summary: 'The integers from 0 up to, or down to, but without n.',
    example: { template: '{{ until 3 }}', prints: '[0 1 2]' },
    call: (runtime, count) => countUp(runtime, { start: 0n, stop: count, step: count < 0n ? -1n : 1n }),
  }),
  declare({
    name: 'untilStep',
    signature: 'func(int, int, int) []int',
    source: 'sprig',
    summary: 'The integers from a start in steps, without the end.',
    example: { template: '{{ untilStep 0 10 3 }}', prints: '[0 3 6 9]' },
    call: (runtime, start, stop, step) => countUp(runtime, { start, stop, step }),
  }),
  declare({
    name: 'seq',
    signature: 'func(...int) string',
    source: 'sprig',
    summary: 'Integers as one text, as the command seq counts: end; start, end; start, step, end.',
    example: { template: '{{ seq 2 5 }}', prints: '2 3 4 5' },
    call: (runtime, ...params) => {
      const counted = sequence(params);
      return counted === undefined
        ? ''
        : countUp(runtime, counted)
            .items.map((item) => printPlain(item, runtime))
            .join(' ');
    },
  }),
];

interface Counting {
  readonly start: bigint;
  /** Not counted itself. */
  readonly stop: bigint;
  readonly step: bigint;
}

/** A step in the wrong direction counts nothing. */
function countUp(runtime: TemplateRuntime, { start, stop, step }: Counting): GoList {
  const isRight = stop < start ? step < 0n : step > 0n;
  if (!isRight) return new GoList('int', []);
  const distance = stop < start ? start - stop : stop - start;
  const size = step < 0n ? -step : step;
  const count = (distance + size - 1n) / size;
  runtime.spend(count * ELEMENT);
  return new GoList(
    'int',
    Array.from({ length: Number(count) }, (_, index) => int(start + BigInt(index) * step)),
  );
}

function sequence(params: readonly bigint[]): Counting | undefined {
  const [first = 0n, second = 0n, third = 0n] = params;
  if (params.length === 1) return inclusive(1n, first, first < 1n ? -1n : 1n);
  if (params.length === 2) return inclusive(first, second, second < first ? -1n : 1n);
  if (params.length !== 3 || (third < first && second > 0n)) return undefined;
  return inclusive(first, third, second);
}

function inclusive(start: bigint, end: bigint, step: bigint): Counting {
  return { start, stop: end + (end < start ? -1n : 1n), step };
}
