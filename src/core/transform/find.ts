/** Chooses the secrets of a vault that a `dataFrom[].find` takes. */
import type { FindSpec } from '../model/intent.ts';
import type { ObjectState } from '../model/left-out.ts';
import type { ListedObject } from '../model/vault.ts';
import { statesOf, verdictOn } from './object-states.ts';
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

/** An object that a find fits, and the state that matters. */
export interface FoundInState {
  readonly name: string;
  readonly state: ObjectState;
}

/** What a find fits, in the order of the list. */
export interface FindMatches {
  /** To be read. */
  readonly names: readonly string[];
  /** Not read, because of its state. */
  readonly leftOut: readonly FoundInState[];
  /** What is to be told; read where it can be read. */
  readonly warned: readonly FoundInState[];
  /** What fails the refresh. */
  readonly refused: readonly FoundInState[];
}

/**
 * ESO 2.9: enabled must be true; every tag of the find must be there with an equal value; the pattern must fit. Expired
 * and certificate-backed secrets are taken, unless (ours) the manifest says otherwise.
 */
export function judgeFind(
  listed: readonly ListedObject[],
  { tags, states = {} }: Pick<FindSpec, 'tags' | 'states'>,
  fitting: FittingNames,
  nowSeconds: number,
): FindMatches {
  if (fitting === 'too-costly') return { names: [], leftOut: [], warned: [], refused: [] };
  const judged = listed
    .filter((item) => hasTags(item, tags) && fitting.has(item.name))
    .map((item) => {
      const { name, enabled } = item;
      const isReadable = enabled === true;
      const found = statesOf({ ...item, enabled: isReadable }, nowSeconds);
      return { name, isReadable, ...verdictOn(found, { disabled: 'skip', ...states }) };
    });
  const inState = (...policies: readonly (string | undefined)[]) =>
    judged.flatMap(({ name, state, policy }) =>
      state !== undefined && policies.includes(policy) ? [{ name, state }] : [],
    );
  return {
    names: judged.flatMap(({ name, isReadable, policy }) =>
      isReadable && (policy === undefined || policy === 'warn') ? [name] : [],
    ),
    leftOut: judged.flatMap(({ name, isReadable, state, policy }) =>
      state !== undefined && (policy === 'skip' || (policy === 'warn' && !isReadable)) ? [{ name, state }] : [],
    ),
    warned: inState('warn'),
    refused: inState('fail'),
  };
}

/** The names to read. */
export function matchFind(
  listed: readonly ListedObject[],
  find: Pick<FindSpec, 'tags' | 'states'>,
  fitting: FittingNames,
  nowSeconds: number,
): readonly string[] {
  return judgeFind(listed, find, fitting, nowSeconds).names;
}

function hasTags(item: ListedObject, tags: FindSpec['tags']): boolean {
  return Object.entries(tags).every(([tag, value]) => item.tags.get(tag) === value);
}
