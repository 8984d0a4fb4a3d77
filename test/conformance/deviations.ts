/**
 * Where the recorded behaviour would hurt its users, what is wanted instead, and why.
 *
 * Each entry replaces parts of an expectation, which is then compared like any other. Each is explained to users in
 * docs/reference/differences-from-eso.md; few are better than many.
 */
import { mergePatch } from '../fakes/kubernetes-object.ts';
import { GONE } from './gone.ts';
import type { ConformanceCase, Expectation, Fields } from './load-case.ts';
import { PULL_DEVIATIONS } from './pull-deviations.ts';
import { PUSH_DEVIATIONS } from './push-deviations.ts';

/** A merge patch for each entry of `expect`, by its index: `null` takes a member away, a list is replaced. */
export type Instead = Readonly<Record<number, Fields>>;

/** Cases that differ for one reason. */
export interface Deviation {
  readonly reason: string;
  readonly cases: Readonly<Record<string, Instead>>;
}

export const DEVIATIONS: readonly Deviation[] = [...PULL_DEVIATIONS, ...PUSH_DEVIATIONS];

/** The case with our expectation where there is one. */
export function withDeviations(one: ConformanceCase): ConformanceCase {
  const own = DEVIATIONS.flatMap(({ cases }) => cases[one.id] ?? []);
  if (own.length === 0) return one;
  const expect = one.expect.map((expected, index) =>
    own.reduce<Expectation>((result, instead) => mergePatch(result, instead[index] ?? {}) as Expectation, expected),
  );
  return { ...one, expect: expect.map(withoutGone) };
}

/** A merge patch cannot set `null`, which in an expectation means that something is gone. */
function withoutGone(expected: Expectation): Expectation {
  return JSON.parse(JSON.stringify(expected), (_name, value: unknown) =>
    value === GONE ? null : value,
  ) as Expectation;
}
