/** What one entry of an ExternalSecret contributes, and the problems that can keep it from doing so. */
import type { Message } from '../model/message.ts';
import { entryPath, type PullIntent, type RemoteRef, type SourceEntry } from '../model/intent.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { SecretValue } from '../model/secret-value.ts';
import {
  STATE_ANNOTATIONS,
  type KeptKeys,
  type LeftOut,
  type LeftOutReason,
  type ObjectState,
} from '../model/left-out.ts';
import type { Account } from '../template/limits.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import type { Fetched, LooseProblem } from './fetched.ts';
import type { MetadataResult } from './metadata.ts';

export type Values = ReadonlyMap<string, SecretValue>;

export type EntryOutcome =
  | {
      readonly kind: 'values';
      readonly values: Values;
      readonly warnings: readonly Problem[];
      readonly leftOut?: readonly LeftOut[];
      /** Set where the manifest leaves something out of it. */
      readonly kept?: KeptKeys;
    }
  /** It is not to be used in its state, or may be absent; what it gave the Secret earlier stays. */
  | {
      readonly kind: 'left-out';
      readonly leftOut: LeftOut;
      readonly kept: KeptKeys;
      readonly warnings: readonly Problem[];
    }
  /** The remote object positively does not exist; the problem is what Retain makes of it. */
  | { readonly kind: 'absent'; readonly problem: Problem }
  /** A store or vault did not give what was asked of it; other entries may tell the same. */
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] };

export type Failed = Extract<EntryOutcome, { readonly kind: 'failed' }>;
export type Unreadable = Extract<EntryOutcome, { readonly kind: 'unreadable' }>;

/** One entry and what surrounds it. */
export interface EntryContext<Entry extends SourceEntry = SourceEntry> {
  readonly intent: PullIntent;
  readonly fetched: Fetched;
  readonly environment: TemplateEnvironment;
  /** What templates and patterns of all entries may use together. */
  readonly account: Account;
  readonly entry: Entry;
}

/** A problem at a field of an entry, as `remoteRef.key`. */
export function problemAt({ intent, entry }: EntryContext, field: FieldPath, problem: LooseProblem): Problem {
  const path = [...entryPath(entry), ...field];
  const origin = intent.locate(path);
  return { ...problem, at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
}

/** An outcome of one problem. */
export function failedAt(context: EntryContext, field: FieldPath, problem: LooseProblem): Failed {
  return { kind: 'failed', problems: [problemAt(context, field, problem)] };
}

/** An outcome of one problem that the store or vault gave. */
export function unreadableAt(context: EntryContext, field: FieldPath, problem: LooseProblem): Unreadable {
  return { kind: 'unreadable', problems: [problemAt(context, field, problem)] };
}

/** A vault object that the entry does not take. */
export function leftOutAt({ entry }: EntryContext, field: FieldPath, name: string, why: LeftOutReason): LeftOut {
  return { field: fieldText([...entryPath(entry), ...field]), name, why };
}

/** Of objects for whose state the manifest has a policy. */
export function stateProblem(severity: Problem['severity'], what: string, state: ObjectState): LooseProblem {
  const leaving = `set the annotation ${STATE_ANNOTATIONS[state]} to skip`;
  const fix = severity === 'error' ? `See to it in the vault, or ${leaving}.` : 'See to it in the vault.';
  return { severity, code: 'object-state', what, fix };
}

/** An outcome without warnings. */
export function valuesOf(values: Values): EntryOutcome {
  return { kind: 'values', values, warnings: [] };
}

/** Told beside the values, where there are any. */
export function withWarnings(outcome: EntryOutcome, warnings: readonly Problem[]): EntryOutcome {
  if (outcome.kind === 'values') return { ...outcome, warnings: [...warnings, ...outcome.warnings] };
  return outcome;
}

/** A problem of severity error. */
export function errorOf(code: string, what: Message, fix: Message): LooseProblem {
  return { severity: 'error', code, what, fix };
}

/** ESO 2.9: `Secret does not exist`. */
export function absentProblem(remoteRef: RemoteRef, place: string): LooseProblem {
  const what =
    remoteRef.version === ''
      ? `"${remoteRef.key}" does not exist in ${place}`
      : `"${remoteRef.key}" does not exist in version ${remoteRef.version} in ${place}`;
  const name = remoteRef.version === '' ? 'Check the name' : 'Check the name and the version';
  return errorOf('remote-object-absent', what, `${name}; set target.deletionPolicy to Merge if it may be absent.`);
}

/** ESO 2.9: `unknown Azure Keyvault object Type`. */
export function unknownTypeProblem(key: string, type: string): LooseProblem {
  const fix = 'Write the bare name, or secret/name, cert/name or key/name.';
  if (type === '') return errorOf('remote-key-invalid', `"${key}" begins with a slash`, fix);
  return errorOf('remote-key-invalid', `"${key}" names the unknown object type "${type}"`, fix);
}

/** A property or tag that is not there. Tells names only: never what else the value holds. */
export function missingProblem(result: Exclude<MetadataResult, { kind: 'found' }>, ref: RemoteRef): LooseProblem {
  if (result.kind === 'tag-missing') {
    const what = `names the tag "${result.tag}", which "${ref.key}" does not have`;
    return errorOf('tag-absent', what, 'Check the name of the tag; set no metadataPolicy to select from the value.');
  }
  if (result.kind === 'too-costly') {
    const what = `"${result.property}" makes more of "${result.key}" than can be worked through`;
    return errorOf(
      'property-too-costly',
      what,
      'Write a shorter path: each multipath or modifier may double the text.',
    );
  }
  const what = `"${result.property}" does not exist in "${result.key}"`;
  const fix = 'Check the property; write a dot that belongs to a name as "\\.".';
  return errorOf('property-absent', what, fix);
}
