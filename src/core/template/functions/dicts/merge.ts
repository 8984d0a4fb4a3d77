/**
 * Merging of dicts as mergo 1.0 does it for sprig.
 *
 * | the target has | the source has | without overwriting | overwriting |
 * | --- | --- | --- | --- |
 * | nothing, or an empty value | nil | stays | nil |
 * | nothing, or an empty value | anything else | the source's | the source's |
 * | a dict | a dict | merged inside | merged inside |
 * | anything else | anything else | stays | the source's, nil too |
 *
 * Values are shared, not copied: a later `set` in the result can change the source.
 */
import { LimitError, VALUE } from '../../runtime.ts';
import { GoMap, type GoString, type GoValue, goError } from '../../values.ts';
import { isEmpty } from '../equality.ts';

export interface Merging {
  readonly overwrites: boolean;
  readonly spend: (units: number) => void;
}

/** Deeper dicts are given up, before they exhaust the stack. */
const MOST_LEVELS = 1_000;

/** Merges in place. */
export function mergeInto(target: GoMap, source: GoMap, merging: Merging, level = 0): void {
  if (level > MOST_LEVELS) throw new LimitError(`dicts have more than ${MOST_LEVELS} levels`);
  merging.spend(VALUE * (1 + source.entries.size));
  for (const key of source.sortedKeys()) {
    const value = source.entries.get(key) ?? null;
    const present = target.entries.get(key);
    if (value instanceof GoMap && present instanceof GoMap && !present.isNil) {
      mergeInto(present, value, merging, level + 1);
      if (present.entries.size > 0) continue;
    }
    const isMissing = present === undefined || isEmpty(present);
    if (merging.overwrites || (value !== null && isMissing)) assign(target, key, value);
  }
}

/** Only `map[string]interface {}` takes every value. */
function assign(target: GoMap, key: GoString, value: GoValue): void {
  if (target.elementType === 'string' && typeof value !== 'string') {
    throw goError`reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string`;
  }
  target.entries.set(key, value);
}
