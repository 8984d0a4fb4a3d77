/** Status as ESO shapes it: conditions, and the record of the last refresh. */
import type { RemoteType } from './vault.ts';

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** RFC 3339, whole seconds, UTC. */
  readonly lastTransitionTime: string;
}

/** What a sync was made from beside its manifest, so that the next can tell what has changed since. */
export interface SourceMarks {
  /** Of the engine's version and the texts of template sources. */
  readonly engine: string;
  /** What was read, by vault (`vault kv-shop`); those without versions are left out. */
  readonly vaults: Readonly<Record<string, string>>;
}

/** Ours, kept beside the status: short hashes of what the last sync was made from, and when its values end. */
export interface Marks {
  /** Of the inputs of a template whose result is random or of the time; equal means unchanged. */
  readonly templateMark?: string;
  /** Of the versions of the vault objects that were read; equal means that none is newer. */
  readonly versionsMark?: string;
  readonly sourceMarks?: SourceMarks;
  /** RFC 3339: when a value that ends is to be asked for again; absent = none of them ends. */
  readonly renewBy?: string;
}

/** The marks among other things; what there is none of stays away. */
export function marksOf({
  templateMark,
  versionsMark,
  sourceMarks,
  renewBy,
}: {
  readonly [Name in keyof Marks]?: Marks[Name] | undefined;
}): Marks {
  return {
    ...(templateMark === undefined ? {} : { templateMark }),
    ...(versionsMark === undefined ? {} : { versionsMark }),
    ...(sourceMarks === undefined ? {} : { sourceMarks: structuredClone(sourceMarks) }),
    ...(renewBy === undefined ? {} : { renewBy }),
  };
}

/** One vault object that a PushSecret has written, as it left it. Never a value: a version tells all that is needed. */
export interface PushedObject {
  readonly vaultUrl: string;
  readonly type: RemoteType;
  readonly name: string;
  /** `SecretStore/kv`: by which store it was written. */
  readonly store: string;
  /** The version after the last write, or the one that was found equal; absent where the vault told none. */
  readonly version?: string;
  /** Members of the JSON object that are ours; absent where the whole value is. */
  readonly properties?: readonly string[];
  /** Names of the tags that we wrote. */
  readonly tags: readonly string[];
  /** `expires-in`: counted once, when the value was written. */
  readonly expires?: number;
  /** Of a certificate's chain, which a vault does not show. */
  readonly chain?: string;
  /** Keyed hash of the source's value; the key is the uid of the source Secret, which only who may read it can see. */
  readonly source?: string;
  /** Keyed hash of what was about to be written: whoever finds it in the vault finds what a run that broke off left. */
  readonly writing?: string;
  /** `ClusterPushSecret/spread`: what the PushSecret was made from, so that it is still known once that child is gone. */
  readonly parent?: string;
  /** `deletionPolicy: Delete` at the last write: it goes with its PushSecret. */
  readonly deletes?: true;
}

/** ESO 2.9: `status.syncedPushSecrets`: store, reference, entry as written. */
export type SyncedPushSecrets = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What is remembered of an ExternalSecret between runs. Never a value. ESO 2.9: `status` of the resource. */
export interface SyncState extends Marks {
  readonly refreshTime?: Date;
  readonly syncedResourceVersion?: string;
  /** Name of the Secret that was last created or updated; empty when there was none yet. */
  readonly binding: string;
  readonly conditions: readonly Condition[];
  /** Ours, kept beside the status: the last target (`targetRecord`), so that a rename can be cleaned up without a list. */
  readonly lastTarget?: string;
  /** Of a PushSecret only. */
  readonly syncedPushSecrets?: SyncedPushSecrets;
  /** Ours, of a PushSecret only; kept beside the status. */
  readonly pushed?: readonly PushedObject[];
}

export const EMPTY_STATE: SyncState = { binding: '', conditions: [] };

/** An Event on an object; ESO 2.9's reasons. */
export interface ObjectEvent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** Status of a SecretStore or ClusterSecretStore. */
export interface StoreStatus {
  readonly conditions: readonly Condition[];
  readonly capabilities?: 'ReadOnly' | 'WriteOnly' | 'ReadWrite';
}
