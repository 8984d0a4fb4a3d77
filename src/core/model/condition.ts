/** Status as ESO shapes it: conditions, and the record of the last refresh. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** RFC 3339, whole seconds, UTC. */
  readonly lastTransitionTime: string;
}

/** What is remembered of an ExternalSecret between runs. Never a value. ESO 2.9: `status` of the resource. */
export interface SyncState {
  readonly refreshTime?: Date;
  readonly syncedResourceVersion?: string;
  /** Name of the Secret that was last created or updated; empty when there was none yet. */
  readonly binding: string;
  readonly conditions: readonly Condition[];
  /** Ours, kept beside the status: the last target, so that a rename can be cleaned up without listing Secrets. */
  readonly lastTarget?: string;
  /** Ours too: of the inputs of a template whose result is random or of the time; equal means unchanged. */
  readonly templateMark?: string;
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
