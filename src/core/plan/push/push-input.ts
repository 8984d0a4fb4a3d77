/** What planning one PushSecret takes: the intent, what is remembered, what its sources hold, and what the vaults have. */
import type { Message } from '../../model/message.ts';
import type { SyncState } from '../../model/condition.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { Problem } from '../../model/problem.ts';
import type { PushFault, PushIntent, PushMetadata } from '../../model/push-intent.ts';
import type { SecretValue } from '../../model/secret-value.ts';
import type { VaultContent, VaultRef, DeletedVaultObject } from '../../model/vault-object.ts';
import type { FetchResult } from '../../transform/assemble.ts';
import type { PublicJwk } from '../../push/key-content.ts';

/** A value in the form in which it is written, and compared. */
export type WantedValue =
  /** Nobody looked: a plan without values. */
  | { readonly type: 'untold' }
  | { readonly type: 'secret'; readonly value: SecretValue; readonly isBase64: boolean }
  /** Members of a JSON object; the others are somebody else's. */
  | { readonly type: 'members'; readonly members: ReadonlyMap<string, SecretValue> }
  | { readonly type: 'key'; readonly jwk: SecretValue; readonly publicKey: PublicJwk }
  | {
      readonly type: 'cert';
      readonly content: Extract<VaultContent, { type: 'cert' }>;
      /** DER, as Key Vault gives it in `cer`. */
      readonly leaf: SecretValue;
      /** Absent where the source has the leaf alone, which says nothing of a chain. */
      readonly chain?: string;
      /** Digest of all certificates that a write of it sends. */
      readonly sent: string;
    };

/** One entry of one source Secret for one store, named as a vault object. */
export interface WantedEntry {
  /** `SecretStore/kv`. */
  readonly store: string;
  /** ESO 2.9: `remoteKey` or `remoteKey/property`. */
  readonly reference: string;
  readonly written: Readonly<Record<string, unknown>>;
  readonly field: FieldPath;
  /** The source Secret. */
  readonly from: ObjectRef;
  /** Of the source Secret: the key of hashes that are remembered; '' = there is none. */
  readonly uid: string;
  /** Names of source keys, for what is shown; '*' for all of them. */
  readonly keys: readonly string[];
  /** '' = the whole value. */
  readonly property: string;
  readonly target: VaultRef;
  readonly metadata: PushMetadata | PushFault;
  readonly value: WantedValue | PushFault;
  /** Keyed hash of the source's value; absent where there is no value. */
  readonly source?: string;
}

/** What the sources of a PushSecret came to. */
export type PushSourceState =
  | { readonly kind: 'not-due'; readonly reason: string }
  | { readonly kind: 'other-class'; readonly reason: string }
  /** Nothing can be said: a read failed, or the manifest allows no pass. */
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] }
  /** The named source Secret is surely not there. `held`: why nothing may be deleted for it all the same. */
  | { readonly kind: 'gone'; readonly held?: Message }
  /** The PushSecret itself is being deleted, and waits for what it wrote to go. */
  | { readonly kind: 'ending' }
  | { readonly kind: 'found'; readonly entries: readonly WantedEntry[]; readonly faults: readonly LocatedFault[] };

/** A fault of an entry that names no object, or of a whole store. */
export interface LocatedFault extends PushFault {
  readonly store?: string;
}

export interface PushInput {
  readonly intent: PushIntent;
  readonly state: SyncState | undefined;
  /** It is in no manifest any more. */
  readonly isGone?: true;
  readonly source: PushSourceState;
  /** Every store that the PushSecret uses, as `SecretStore/kv`, in the order of its references. */
  readonly stores: readonly string[];
  /** By `vaultRefKey`: what is there of everything that entries or records name. */
  readonly observed: ReadonlyMap<string, FetchResult>;
  /** By `vaultRefKey`: deleted objects that block a name, where it was looked at. */
  readonly deleted: ReadonlyMap<string, DeletedVaultObject>;
  /** Objects that records name and that can still be reached, by `vaultRefKey`. */
  readonly recorded: readonly RecordedTarget[];
  readonly ownership: PushOwnership;
  /** By `vaultRefKey`: what another PushSecret of this installation wrote, and does not want any more. Absent = nothing. */
  readonly released?: ReadonlySet<string>;
  /** By `vaultRefKey`: what any child of its ClusterPushSecret remembers. Absent = it has no siblings. */
  readonly ofFamily?: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export interface RecordedTarget {
  readonly target: VaultRef;
  readonly store: string;
  /** The entries that led to it, as they were written: all references of it. */
  readonly references: readonly string[];
  readonly properties?: readonly string[];
  readonly wroteTags: readonly string[];
  /** False where it is only in the operator's status. */
  readonly isOurs: boolean;
  /** It was about to be written for the first time, and whether it was is not known. */
  readonly isUnsure?: true;
  /** Another PushSecret may want it, of which this pass found out too little: a later one looks again. */
  readonly isDisputed?: true;
  /** Absent = its store can be used; else why not. */
  readonly unreachable?: string;
}

/** Who this installation is in the tags of a vault. */
export interface PushOwnership {
  /** Random, made once; '' where there is none yet. */
  readonly installation: string;
  /** Hashes of PushSecrets that these manifests hold, by which a hand-over is told from a theft. */
  readonly known: ReadonlyMap<string, string>;
  /** `--take-over`. */
  readonly takeOver: boolean;
}
