/** Reading the one object that an entry of `data` or an `extract` names, and judging the state in which it is. */
import type { DataEntry, ExtractEntry, ParsedKey } from '../model/intent.ts';
import { LEFT_OUT_WORDS, type KeptKeys, type ObjectState } from '../model/left-out.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { FetchedObject } from '../model/vault.ts';
import {
  absentProblem,
  failedAt,
  leftOutAt,
  problemAt,
  stateProblem,
  unreadableAt,
  type EntryContext,
  type EntryOutcome,
} from './entry-outcome.ts';
import { statesOf, verdictOn } from './object-states.ts';
import { remoteObject } from './remote-object.ts';

type NamedContext = EntryContext<DataEntry | ExtractEntry>;

export interface ReadObject {
  readonly kind: 'read';
  readonly object: FetchedObject;
  readonly warnings: readonly Problem[];
}

/** `field` is that of the key. */
export function readEntry(
  context: NamedContext,
  parsed: ParsedKey,
  field: FieldPath,
): ReadObject | Exclude<EntryOutcome, { readonly kind: 'values' }> {
  const { entry, fetched } = context;
  const { remoteRef } = entry;
  const read = fetched.get(entry.store, remoteObject(parsed, remoteRef));
  if (read.kind === 'absent') {
    if (isToBeRetained(context))
      return { ...nothingOf(context), leftOut: leftOutAt(context, field, remoteRef.key, 'absent') };
    const problem = absentProblem(remoteRef, fetched.describe(entry.store));
    return { kind: 'absent', problem: problemAt(context, field, problem) };
  }
  const { disabled = 'fail' } = context.intent.extras.states;
  if (read.kind === 'failed') {
    const isLeftOut = read.isDisabled === true && disabled !== 'fail';
    return isLeftOut ? leftOut(context, field, 'disabled', disabled) : unreadableAt(context, field, read.problem);
  }
  return judged(context, field, read.object);
}

/** Under the other policies an absent object is no error anyway. */
function isToBeRetained({ entry, intent }: NamedContext): boolean {
  return entry.isOptional === true && intent.target.deletionPolicy === 'Retain';
}

/** Which keys an extract would have given cannot be known. */
function nothingOf({ entry }: NamedContext) {
  const kept: KeptKeys = entry.kind === 'data' ? [entry.secretKey] : 'all';
  return { kind: 'left-out', kept, warnings: [] } as const;
}

/** A certificate's secret is read by its name like any other: `managed` is a matter of finds alone. */
function judged(context: NamedContext, field: FieldPath, object: FetchedObject) {
  const { fetched, intent } = context;
  const states = statesOf(object, fetched.nowSeconds).filter((state) => state !== 'managed');
  const verdict = verdictOn(states, intent.extras.states);
  if (verdict === undefined) return { kind: 'read', object, warnings: [] } as const;
  const { state, policy } = verdict;
  if (policy === 'skip') return leftOut(context, field, state, policy);
  const what = stateText(context, state);
  if (policy === 'fail') return failedAt(context, field, stateProblem('error', what, state));
  return { kind: 'read', object, warnings: [problemAt(context, field, stateProblem('warning', what, state))] } as const;
}

function leftOut(context: NamedContext, field: FieldPath, state: ObjectState, policy: 'warn' | 'skip') {
  const name = context.entry.remoteRef.key;
  const warning = stateProblem('warning', stateText(context, state), state);
  return {
    ...nothingOf(context),
    leftOut: leftOutAt(context, field, name, state),
    warnings: policy === 'warn' ? [problemAt(context, field, warning)] : [],
  } as const;
}

function stateText({ entry, fetched }: NamedContext, state: ObjectState): string {
  return `"${entry.remoteRef.key}" is ${LEFT_OUT_WORDS[state]} in ${fetched.describe(entry.store)}`;
}
