/**
 * What the user wants written back: one PushSecret after checking and defaulting.
 *
 * A fault of one entry is kept with that entry and never stops the others; what `validate` and `deploy` refuse, a pass
 * tells when it comes to that entry (ESO 2.9 looks at an entry only once it is its turn).
 */
import type { IntentHead, RewriteOperation, TargetTemplate } from './intent.ts';
import type { StoreKind } from './kinds.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Message } from './message.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath } from './origin.ts';
import type { LabelSelector } from './store.ts';

export type PushConversion = 'None' | 'ReverseUnicode';
export type UpdatePolicy = 'Replace' | 'IfNotExists';
export type PushDeletionPolicy = 'Delete' | 'None';

/** ESO 2.9: a name, or labels of stores; the name counts for nothing where labels are given. */
export interface PushStoreRef {
  readonly kind: StoreKind;
  readonly name: string;
  readonly labelSelector?: LabelSelector;
}

/** ESO 2.9: `PushSecretMetadata`. What is absent is not ours and is left as it is in the vault. */
export interface PushMetadata {
  readonly tags?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  /** Whole seconds since 1970. */
  readonly expires?: number;
}

/** Why one entry, or one source of a value, cannot be written; told on the PushSecret, with the place of the field. */
export interface PushFault {
  readonly code: string;
  /** From the root of the manifest. */
  readonly path: FieldPath;
  readonly what: Message;
  readonly fix: Message;
  /** True where `what` begins with a subject of its own. */
  readonly hasSubject?: true;
}

/** What entries of `data` and `dataTo` have in common. */
interface PushEntryHead {
  readonly index: number;
  readonly conversion: PushConversion;
  readonly metadata: PushMetadata | PushFault;
  /** As it was written, with ESO's defaults: what `status.syncedPushSecrets` holds. */
  readonly written: Readonly<Record<string, unknown>>;
}

export interface PushDataEntry extends PushEntryHead {
  readonly kind: 'data';
  /** '' = the whole Secret, as JSON. */
  readonly secretKey: string;
  readonly remoteKey: string;
  /** '' = none. */
  readonly property: string;
}

/** Many keys at once. ESO 2.9: with `remoteKey` all of them in one JSON object, else one object for each. */
export interface PushDataToEntry extends PushEntryHead {
  readonly kind: 'data-to';
  /** Absent where the manifest has none, which no pass gets over. */
  readonly store?: PushStoreRef;
  /** '' = one vault object for each key. */
  readonly remoteKey: string;
  /** RE2, searched; '' = every key. */
  readonly match: string;
  readonly rewrite: readonly RewriteOperation[];
}

export function pushEntryPath(entry: PushDataEntry | PushDataToEntry): FieldPath {
  return ['spec', entry.kind === 'data' ? 'data' : 'dataTo', entry.index];
}

export type PushSource =
  | { readonly kind: 'secret'; readonly name: string }
  | { readonly kind: 'labels'; readonly selector: LabelSelector }
  /** ESO 2.9: `secret: {}` is admitted and fails at every pass. */
  | { readonly kind: 'none' };

/** Ours, as annotations under `keyferry.dev/`: the manifest stays valid for the operator. */
export interface PushExtras {
  /** What becomes of a vault object that is not ours. */
  readonly adopt: 'never' | 'ifEqual' | 'always';
  /** `expires-in`: milliseconds from when a value is written; absent = not asked for. */
  readonly expiresInMs?: number;
  /** `content-type: none`: it is taken off. */
  readonly noContentType: boolean;
  /** `binary: base64`: what is no text is written as Base64, with the tag `encoding=base64`. */
  readonly binary: 'refused' | 'base64';
  /** `pfx-password-key`: the key of the source Secret that holds the password of its PKCS#12. */
  readonly pfxPasswordKey?: string;
  /** Answers to `push-conflict`: which side counts, for the very version that was told. */
  readonly resolve: readonly PushResolution[];
  /** `lenient-templates: "true"`: failures that Go's functions pass over are passed over. */
  readonly lenientTemplates: boolean;
}

export interface PushResolution {
  readonly side: 'source' | 'vault';
  readonly version: string;
}

/** The same where it is not in the manifest: `--resolve`. */
export interface AskedResolution extends PushResolution {
  /** `namespace/name` of the PushSecret. */
  readonly push: string;
}

/** Key Vault gives 32 hexadecimal digits; what is asked here is only that it is one word. */
const RESOLUTION = /^(?<side>source|vault)@(?<version>[0-9A-Za-z-]{1,127})$/u;

/** Of `source@VERSION` or `vault@VERSION`. */
export function resolutionIn(text: string): PushResolution | undefined {
  const { side, version = '' } = RESOLUTION.exec(text)?.groups ?? {};
  return side === undefined ? undefined : { side: side === 'vault' ? 'vault' : 'source', version };
}

export interface PushIntent extends IntentHead {
  readonly kind: 'push';
  /** Of a custom resource. */
  readonly lifecycle?: Lifecycle;
  /** The ClusterPushSecret that it was made from: its children are one pusher. */
  readonly parent?: ObjectRef;
  readonly source: PushSource;
  readonly stores: readonly PushStoreRef[];
  readonly updatePolicy: UpdatePolicy;
  readonly deletionPolicy: PushDeletionPolicy;
  readonly template?: TargetTemplate;
  readonly data: readonly PushDataEntry[];
  readonly dataTo: readonly PushDataToEntry[];
  readonly extras: PushExtras;
}

export function isFault(metadata: PushMetadata | PushFault): metadata is PushFault {
  return 'code' in metadata;
}
