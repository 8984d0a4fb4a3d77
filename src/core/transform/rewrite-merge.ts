/** `rewrite[].merge`: the members of several JSON objects as one. ESO 2.9, 2.5.4. */
import type { RewriteMerge } from '../model/intent.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { Account } from '../template/limits.ts';
import { parseJson } from '../template/functions/json/parse.ts';
import { writeJson } from '../template/functions/json/write.ts';
import { formatFloat } from '../template/strconv/format-float.ts';
import { dictOf, fromBytes, fromUtf8, GoError, GoFloat, GoMap, toBytes, toUtf8Text } from '../template/values.ts';
import type { GoString, GoValue } from '../template/values.ts';
import { errorOf, type Values } from './entry-outcome.ts';
import type { LooseProblem } from './fetched.ts';
import type { StepResult } from './rewrite.ts';

interface Merged {
  readonly members: ReadonlyMap<GoString, GoValue>;
  /** Names that came from more than one object. */
  readonly conflicts: readonly GoString[];
}

/** Objects in the order of their names, then those of `priority`; later ones win, if conflicts are allowed at all. */
export function mergeValues(values: Values, operation: RewriteMerge, { spend }: Account): StepResult {
  const sources = inOrder(values, operation);
  if ('problem' in sources) return sources;
  const merged = mergeObjects(values, sources.names, spend);
  if ('problem' in merged) return merged;
  if (merged.conflicts.length > 0 && operation.conflictPolicy !== 'Ignore') {
    return { problem: conflictProblem(merged.conflicts) };
  }
  return operation.strategy === 'JSON' ? asOneValue(values, merged, operation) : { values: asValues(merged) };
}

function inOrder(
  values: Values,
  { priority, priorityPolicy }: RewriteMerge,
): { readonly names: readonly string[] } | { readonly problem: LooseProblem } {
  const missing = priority.find((name) => !values.has(name));
  if (missing !== undefined && priorityPolicy === 'Strict') {
    const what = `gives priority to "${missing}", which is not among what was read`;
    return { problem: errorOf('merge-priority-absent', what, 'Correct it, or set priorityPolicy to IgnoreNotFound.') };
  }
  const others = [...values.keys()].filter((name) => !priority.includes(name));
  const sorted = others.sort((a, b) => (fromUtf8(a) < fromUtf8(b) ? -1 : 1));
  return { names: [...sorted, ...priority.filter((name) => values.has(name))] };
}

function mergeObjects(
  values: Values,
  names: readonly string[],
  spend: Account['spend'],
): Merged | { readonly problem: LooseProblem } {
  const members = new Map<GoString, GoValue>();
  const conflicts: GoString[] = [];
  for (const name of names) {
    const object = objectOf(values.get(name), spend);
    if (object === undefined) return { problem: notAnObject(name) };
    for (const [key, value] of object) {
      if (members.has(key)) conflicts.push(key);
      members.set(key, value);
    }
  }
  return { members, conflicts };
}

/** ESO 2.9: `null` counts as an object without members. */
function objectOf(value: SecretValue | undefined, spend: Account['spend']): ReadonlyMap<GoString, GoValue> | undefined {
  try {
    const parsed = parseJson(fromBytes(value?.reveal() ?? new Uint8Array()), spend);
    if (parsed === null) return new Map();
    return parsed instanceof GoMap ? parsed.entries : undefined;
  } catch (error) {
    if (error instanceof GoError) return undefined;
    throw error;
  }
}

function notAnObject(name: string): LooseProblem {
  const what = `needs JSON objects, and the value of "${name}" is none`;
  return errorOf('merge-not-an-object', what, 'Leave it out of the entry, or store a JSON object.');
}

function conflictProblem(conflicts: readonly GoString[]): LooseProblem {
  const names = [...new Set(conflicts)].sort().map(toUtf8Text).join(', ');
  const fix = 'Rename them, or set conflictPolicy to Ignore: the later object then wins, those of priority last.';
  return errorOf('merge-conflict', `finds the same name in more than one object: ${names}`, fix);
}

/** Texts as they are, everything else as JSON; numbers without exponent. */
function asValues({ members }: Merged): Values {
  return new Map([...members].map(([key, value]) => [toUtf8Text(key), SecretValue.of(toBytes(textOf(value)))]));
}

function textOf(value: GoValue): GoString {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return value instanceof GoFloat ? formatFloat(value.value, 'f', -1) : toJson(value, true);
}

function asOneValue(values: Values, { members }: Merged, { into }: RewriteMerge): StepResult {
  if (into === '') {
    const what = 'has the strategy JSON, but does not say under which name';
    return { problem: errorOf('merge-without-into', what, 'Set merge.into.') };
  }
  const text = toJson(dictOf(members), false);
  return { values: new Map(values).set(into, SecretValue.of(toBytes(text))) };
}

function toJson(value: GoValue, escapesHtml: boolean): GoString {
  return writeJson(value, { escapesHtml, isPretty: false, spend: () => undefined });
}
