/** Multipaths: `{a,"b":c.d}` and `[a,c.d]` collect what several paths select into a new object or array. */
import { endOfString } from './scan.ts';
import { quote } from './text.ts';
import { isValid } from './valid.ts';

export interface Selector {
  readonly path: string;
  /** The name in the new object, in quotes. */
  readonly label: string;
}

export interface Multipath {
  readonly kind: 'object' | 'array';
  readonly selectors: readonly Selector[];
  /** What follows the closing bracket. */
  readonly rest: string;
}

/** Splits a path that begins with a bracket at its commas; `undefined` when the bracket never closes. */
export function splitMultipath(path: string): Multipath | undefined {
  const selectors: Selector[] = [];
  let depth = 1;
  let start = 1;
  let colon: number | undefined;
  let inModifier = false;
  const take = (end: number): void => {
    selectors.push(selector(path, start, colon, end));
    start = end + 1;
    colon = undefined;
    inModifier = false;
  };
  for (let index = 1; index < path.length; index++) {
    const sign = path.charAt(index);
    if (sign === '\\') index++;
    else if (sign === '@') inModifier ||= '.|'.includes(path.charAt(index - 1));
    else if (sign === ':' && depth === 1 && !inModifier) colon ??= index;
    else if (sign === '"') index = endOfString(path, index).end - 1;
    else if ('[({'.includes(sign)) depth++;
    else if (sign === ',' && depth === 1) take(index);
    else if ('])}'.includes(sign) && --depth === 0) {
      take(index);
      return { kind: path.startsWith('{') ? 'object' : 'array', selectors, rest: path.slice(index + 1) };
    }
  }
  return undefined;
}

function selector(path: string, start: number, colon: number | undefined, end: number): Selector {
  const own = path.slice(colon === undefined ? start : colon + 1, end);
  const name = colon === undefined ? '' : path.slice(start, colon);
  if (name === '') return { path: own, label: lastName(own) };
  return { path: own, label: name.startsWith('"') && isValid(name) ? name : quote(name) };
}

/** Without a name of its own, a member is called after the last component, or `_` if that is no plain name. */
function lastName(path: string): string {
  const name = path.slice(lastSeparator(path) + 1);
  // eslint-disable-next-line no-control-regex -- control characters make a name that is not plain
  return quote(/[\u0000-\u001f[\]{}()#|!]/.test(name) ? '_' : name);
}

function lastSeparator(path: string): number {
  for (let index = path.length - 1; index >= 0; index--) {
    if ('.|'.includes(path.charAt(index)) && path[index - 1] !== '\\') return index;
  }
  return -1;
}
