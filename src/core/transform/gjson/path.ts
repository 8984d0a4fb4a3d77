/**
 * Takes the first component off a gjson path.
 *
 * | Path | component | then |
 * |---|---|---|
 * | `a.b` | `a` | `b`, inside of each value that `a` names (`rest`) |
 * | `a\|b` | `a` | `b`, applied once to what `a` gave (`pipe`) |
 * | `a.@keys`, `a.{b}`, `a.[b]` | `a` | as a pipe: a modifier or multipath takes a whole value |
 * | `a\.b` | the name `a.b` | |
 * | `a*`, `a?` | a pattern | |
 * | `#`, `#.b`, `#(b==1)`, `#(b==1)#` | of arrays: count, each, first match, all matches | |
 */
import { isModifier } from './modifier-names.ts';
import { parseQuery, skipQuery, type Query } from './query.ts';
import { endOfGroup } from './scan.ts';

/** What comes after a component. At most one of them is set; neither = the component ends the path. */
export interface Rest {
  readonly rest?: string;
  readonly pipe?: string;
}

export interface ObjectComponent extends Rest {
  readonly name: string;
  readonly isPattern: boolean;
}

/** The first component, for members of an object. A backslash makes the character after it an ordinary one. */
export function objectComponent(path: string): ObjectComponent {
  let name = '';
  let isPattern = false;
  for (let index = 0; index < path.length; index++) {
    const sign = path.charAt(index);
    if (sign === '|' || sign === '.') return { name, isPattern, ...restAfter(path, index) };
    if (sign === '*' || sign === '?') isPattern = true;
    name += sign === '\\' ? path.charAt(++index) : sign;
  }
  return { name, isPattern };
}

function restAfter(path: string, index: number): Rest {
  const rest = path.slice(index + 1);
  return path[index] === '|' || beginsPipe(rest) ? { pipe: rest } : { rest };
}

/** Says whether what follows a dot takes the whole value, as if the dot were a pipe. */
function beginsPipe(path: string): boolean {
  if (!path.startsWith('@')) return path.startsWith('[') || path.startsWith('{');
  return isModifier(/^[^.|:]*/.exec(path.slice(1))?.[0] ?? '');
}

export type ArrayComponent = Rest &
  (
    | { readonly kind: 'index'; readonly index: number }
    | { readonly kind: 'count' }
    /** `#.rest`: the rest of the path is looked up in each element. */
    | { readonly kind: 'each'; readonly path: string }
    | { readonly kind: 'query'; readonly query: Query }
    | { readonly kind: 'none' }
  );

/** The first component, for elements of an array. */
export function arrayComponent(path: string): ArrayComponent {
  if (path.startsWith('#.')) return { kind: 'each', path: path.slice(2) };
  if (path.startsWith('#(') || path.startsWith('#[')) return queryComponent(path);
  const end = path.search(/[.|]/);
  const part = end < 0 ? path : path.slice(0, end);
  const hasHash = part.includes('#');
  const rest = end < 0 ? {} : hasHash ? plainRestAfter(path, end) : restAfter(path, end);
  if (part === '#') return { kind: 'count', ...rest };
  return hasHash || !/^\d+$/.test(part) ? { kind: 'none', ...rest } : { kind: 'index', index: Number(part), ...rest };
}

/** After `#` a dot is always a dot: modifiers and multipaths are applied to each element. */
function plainRestAfter(path: string, index: number): Rest {
  const rest = path.slice(index + 1);
  return path[index] === '|' ? { pipe: rest } : { rest };
}

function queryComponent(path: string): ArrayComponent {
  const parsed = parseQuery(path);
  if (parsed === undefined) return { kind: 'query', query: { path: '', operator: '', value: '', all: false } };
  const all = path[parsed.end] === '#';
  const after = path.slice(parsed.end).search(/[.|]/);
  const rest = after < 0 ? {} : plainRestAfter(path, parsed.end + after);
  return { kind: 'query', query: { ...parsed.query, all }, ...rest };
}

/**
 * Splits the path that is looked up in each element from a pipe after it, which takes all results together:
 * `tags.0|1` gives `tags.0` and `1`. A pipe inside of a query or multipath belongs to that.
 */
export function splitAtPipe(path: string): { readonly path: string; readonly pipe: string } | undefined {
  if (path.startsWith('{')) {
    const end = endOfGroup(path, 0);
    return path[end] === '|' ? { path: path.slice(0, end), pipe: path.slice(end + 1) } : undefined;
  }
  for (let index = 0; index < path.length; index++) {
    const sign = path.charAt(index);
    if (sign === '|') return { path: path.slice(0, index), pipe: path.slice(index + 1) };
    if (sign === '\\') index++;
    else if (sign === '.' && path[index + 1] === '#') index = skipHash(path, index + 1);
  }
  return undefined;
}

/** The last index of a `#` and what belongs to it: its query, or else, by gjson's own slip, the character after it. */
function skipHash(path: string, hash: number): number {
  return /[([]/.test(path.charAt(hash + 1)) ? skipQuery(path, hash) - 1 : hash + 1;
}
