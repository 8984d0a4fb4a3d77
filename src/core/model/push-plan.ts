/** What a plan makes of one PushSecret: changes to vault objects, and what is told and remembered of them. */
import type { ObjectEvent, PushedObject, SyncedPushSecrets } from './condition.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath } from './origin.ts';
import type { KeyDiff, Verdict } from './plan.ts';
import type { Problem } from './problem.ts';
import type { PushIntent } from './push-intent.ts';
import type { VaultContent, VaultProperties, VaultRef } from './vault-object.ts';

interface VaultChangeHead {
  /** The PushSecret. */
  readonly owner: ObjectRef;
  readonly target: VaultRef;
  /** By which store: `SecretStore/kv`. */
  readonly store: string;
  /** The entry that asks for it; of the manifest itself where none does any more. */
  readonly field: FieldPath;
  /** Names of source keys, or of JSON members, by what becomes of them. */
  readonly keys: KeyDiff;
  /** What differs beside the value: `tag team`, `content type`, `expiry`. */
  readonly metadata: readonly string[];
}

/** One new version. */
export interface VaultSet extends VaultChangeHead {
  readonly action: 'set';
  /** That nothing is there, that the deleted one is ours, or the very version that was read. */
  readonly precondition: 'absent' | 'deleted' | { readonly version: string };
  readonly content: VaultContent;
  readonly properties: VaultProperties;
  /** Keyed hash of the content as a read gives it back; absent where there is no key. */
  readonly mark?: string;
  /** What is remembered once it is written. */
  readonly pushed: PushedObject;
}

/** Properties of the current version. */
export interface VaultPatch extends VaultChangeHead {
  readonly action: 'patch';
  readonly precondition: { readonly version: string };
  readonly properties: VaultProperties;
  /** What is written where the answer shows that something could not be cleared so; absent where a value is not known. */
  readonly content?: VaultContent;
  /** As of `VaultSet`. */
  readonly mark?: string;
  readonly pushed: PushedObject;
}

export interface VaultRemove extends VaultChangeHead {
  readonly action: 'remove';
  readonly precondition: { readonly version: string };
  readonly reason:
    'its source Secret is gone' | 'no longer in the manifests' | 'its source Secret is no longer selected';
}

export type VaultChange = VaultSet | VaultPatch | VaultRemove;

/** One entry for one store and one source Secret. */
export interface PushedEntry {
  /** `SecretStore/kv`. */
  readonly store: string;
  /** ESO 2.9: `remoteKey` or `remoteKey/property`. */
  readonly reference: string;
  readonly written: Readonly<Record<string, unknown>>;
  /** The object it is about; absent where its key names none. */
  readonly target?: VaultRef;
  readonly field: FieldPath;
  /** Why it is not written; absent = it is, or will be. */
  readonly problem?: Problem;
}

export interface PushPlan {
  readonly intent: PushIntent;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly entries: readonly PushedEntry[];
  readonly changes: readonly VaultChange[];
  /** Records of objects that are as they should be, or that are to be looked at again. */
  readonly kept: readonly PushedObject[];
  /** What status remembers of entries that could not be ended. */
  readonly remembered: SyncedPushSecrets;
  /** Every store of the PushSecret, as `SecretStore/kv`. */
  readonly stores: readonly string[];
  /** What another child of its ClusterPushSecret writes for it; absent = nothing. */
  readonly shared?: readonly VaultRef[];
  readonly isSourceGone?: boolean;
  /** The PushSecret itself is to go, and waits for this. */
  readonly isEnding?: boolean;
  readonly problems: readonly Problem[];
  /** As if every change were made; `settled` (core/plan/push) says what becomes of it where some are not. */
  readonly result: PushResult;
}

export interface PushResult {
  /** ESO's Ready condition; absent = the status is left as it is. */
  readonly condition?: { readonly status: 'True' | 'False'; readonly reason: string; readonly message: string };
  readonly refreshed: boolean;
  /** Absent = they stay as they are. */
  readonly synced?: SyncedPushSecrets;
  readonly pushed?: readonly PushedObject[];
  readonly events: readonly ObjectEvent[];
}
