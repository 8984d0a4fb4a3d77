/** Chooses the secrets of a vault that a `dataFrom[].find` takes. */
import type { FindSpec } from '../model/intent.ts';
import type { ListedObject } from '../model/vault.ts';
import { compileRegexp } from '../go/regexp.ts';

/**
 * The names of a list that a pattern fits. `too-costly`: so large a pattern over so many or so long names that none was
 * searched.
 */
export type FittingNames = ReadonlySet<string> | 'too-costly';

/** Steps of a search, of some twenty nanoseconds at most: in all, of one name, and between two turns for others. */
const MOST_STEPS = 400_000_000;
const MOST_OF_A_NAME = 20_000_000;
const TURN = 2_000_000;

/**
 * Which names the pattern fits, in pieces of well under a second.
 *
 * ESO 2.9: the pattern (RE2) is searched anywhere in the name, and an empty one fits all. One that does not compile was
 * refused with its manifest.
 */
export function* fittingNames(
  listed: readonly Pick<ListedObject, 'name'>[],
  pattern: string,
): Generator<void, FittingNames> {
  const regexp = compileRegexp(pattern);
  if (regexp === undefined) return new Set();
  if (isTooCostly(listed.map(({ name }) => regexp.stepsOf(name)))) return 'too-costly';
  const fitting = new Set<string>();
  let sinceTurn = 0;
  for (const { name } of listed) {
    if (regexp.matches(name)) fitting.add(name);
    sinceTurn += regexp.stepsOf(name);
    if (sinceTurn < TURN) continue;
    yield;
    sinceTurn = 0;
  }
  return fitting;
}

function isTooCostly(steps: readonly number[]): boolean {
  const all = steps.reduce((sum, one) => sum + one, 0);
  return all > MOST_STEPS || steps.some((one) => one > MOST_OF_A_NAME);
}

/**
 * The names to read, in the order of the list.
 *
 * ESO 2.9: enabled must be true; every tag of the find must be there with an equal value; the pattern must fit. Expired
 * and certificate-backed secrets are taken.
 */
export function matchFind(
  listed: readonly ListedObject[],
  { tags }: Pick<FindSpec, 'tags'>,
  fitting: FittingNames,
): readonly string[] {
  if (fitting === 'too-costly') return [];
  return listed
    .filter((item) => item.enabled === true)
    .filter((item) => hasTags(item, tags))
    .filter((item) => fitting.has(item.name))
    .map((item) => item.name);
}

function hasTags(item: ListedObject, tags: FindSpec['tags']): boolean {
  return Object.entries(tags).every(([tag, value]) => item.tags.get(tag) === value);
}
