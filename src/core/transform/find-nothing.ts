/** What is told of a `find` that takes no secret: how many there are, and names that may have been meant. */
import type { Message } from '../model/message.ts';
import type { FindSpec } from '../model/intent.ts';
import { compareText } from '../model/object-ref.ts';
import type { ListedObject } from '../model/vault.ts';
import type { LooseProblem } from './fetched.ts';
import { judgeFind, type FoundInState } from './find.ts';
import { LEFT_OUT_WORDS } from '../model/left-out.ts';
import type { RemoteType } from '../model/vault.ts';

/** Names of vault objects may be shown, but never many of them. */
const MOST_NAMES = 3;
const PLURALS: Readonly<Record<RemoteType, string>> = { secret: 'secrets', cert: 'certificates', key: 'keys' };
/** This share of the letter pairs of a pattern must be in a name that is near to it: two letters that changed places take three of five. */
const NEAR = 0.4;

/** A warning; whether it is an error is for the plan to say, which knows the target. `place` as `vault kv-shop`. */
export function nothingFound(names: SeenNames, find: FindSpec, place: string): LooseProblem {
  return { severity: 'warning', code: 'find-empty', ...words(names, find, place) };
}

/** What a vault lists, and which of it the pattern of a find fits. */
export interface SeenNames {
  readonly listed: readonly ListedObject[];
  readonly fitting: ReadonlySet<string>;
  readonly nowSeconds: number;
}

function words(
  { listed, fitting, nowSeconds }: SeenNames,
  find: FindSpec,
  place: string,
): { readonly what: Message; readonly fix: Message } {
  const plurals = PLURALS[find.type ?? 'secret'];
  if (listed.length === 0) return { what: `finds nothing: ${place} holds no ${plurals}`, fix: 'Check the vault.' };
  const fix = Object.keys(find.tags).length === 0 ? 'Check name.regexp.' : 'Check name.regexp and tags.';
  const { leftOut } = judgeFind(listed, find, fitting, nowSeconds);
  if (leftOut.length > 0) return onlyLeftOut(leftOut, plurals, place);
  const secrets = listed.length === 1 ? `1 ${plurals.slice(0, -1)}` : `${listed.length} ${plurals}`;
  const names = few(nearNames({ listed, fitting }, find));
  return { what: `matches none of ${secrets} in ${place}${names === '' ? '' : `; nearest names: ${names}`}`, fix };
}

/** The state where all are in the same one. */
function onlyLeftOut(
  leftOut: readonly FoundInState[],
  plurals: string,
  place: string,
): { readonly what: Message; readonly fix: Message } {
  const states = new Set(leftOut.map(({ state }) => state));
  const [first] = states;
  const names = few(leftOut.map(({ name }) => name));
  if (states.size === 1 && first === 'disabled') {
    const fix = 'Enable them, or change the pattern.';
    return { what: `matches only disabled ${plurals} in ${place}: ${names}`, fix };
  }
  const words = [...states].map((state) => LEFT_OUT_WORDS[state]).join(', ');
  const fix = 'Renew or enable them, or change the pattern or the annotations that leave them out.';
  return { what: `matches only ${plurals} that are left out (${words}) in ${place}: ${names}`, fix };
}

function few(names: readonly string[]): string {
  return names.slice(0, MOST_NAMES).join(', ');
}

/** Names that fit but for their tags, nearest first; where there are none, names that look like the pattern. */
function nearNames({ listed, fitting }: Pick<SeenNames, 'listed' | 'fitting'>, find: FindSpec): readonly string[] {
  const near = listed
    .filter(({ name }) => fitting.has(name))
    .filter((item) => find.nameRegexp !== '' || sharedTags(item, find) > 0);
  if (near.length > 0) return ranked(near, (item) => sharedTags(item, find));
  return ranked(listed, ({ name }) => likeness(name, find.nameRegexp)).filter(
    (name) => likeness(name, find.nameRegexp) >= NEAR,
  );
}

function ranked(listed: readonly ListedObject[], rank: (item: ListedObject) => number): readonly string[] {
  return listed
    .map((item) => ({ name: item.name, rank: rank(item) }))
    .sort((a, b) => b.rank - a.rank || compareText(a.name, b.name))
    .map(({ name }) => name);
}

function sharedTags({ tags }: ListedObject, find: FindSpec): number {
  return Object.keys(find.tags).filter((tag) => tags.has(tag)).length;
}

/** 0 to 1: of the pairs of letters that stand in one of the pattern's alternatives as they are, how many are in the name. */
function likeness(name: string, pattern: string): number {
  const there = pairsOf(name);
  const shares = pattern
    .replaceAll(NOT_LITERAL, ' ')
    .split('|')
    .map(pairsOf)
    .filter(({ size }) => size > 0)
    .map((wanted) => [...wanted].filter((pair) => there.has(pair)).length / wanted.size);
  return Math.max(0, ...shares);
}

/** Escapes, flags, classes and counts. */
const NOT_LITERAL = /\\.|\(\?[a-zA-Z-]*[:)]?|\[[^\]]*\]?|\{[^}]*\}?/gu;

/** Of letters and digits; the dash stands in most names and tells nothing. */
function pairsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[a-z0-9]+/gu) ?? [];
  return new Set(words.flatMap((word) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2))));
}

/** Is this what is told of such a find? */
export function tellsEmptyFind({ code }: LooseProblem): boolean {
  return code === 'find-empty';
}
