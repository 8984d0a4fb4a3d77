/** What is remembered between runs: the custom resource's status, or a record beside the Secrets. Never a value. */
import type { StoreStatus, SyncState } from '../core/model/condition.ts';
import type { IntentRole } from '../core/model/kinds.ts';
import type { ObjectRef } from '../core/model/object-ref.ts';

export interface StateReader {
  /** `undefined` = nothing is remembered of this object. */
  read(ref: ObjectRef): Promise<SyncState | undefined>;
  /** Every intent of a role that something is remembered of: those no longer in the manifests have left something behind. */
  remembered(role: IntentRole): Promise<readonly ObjectRef[]>;
  readStore(ref: ObjectRef): Promise<StoreStatus | undefined>;
  /** The random name of this installation in the tags of vaults; `undefined` = none was made yet. */
  installation(): Promise<string | undefined>;
}

export interface StateWriter {
  write(ref: ObjectRef, state: SyncState): Promise<void>;
  /** Of this, what a status has no field for; what a status has, a later `write` tells. */
  writeBeside(ref: ObjectRef, state: SyncState): Promise<void>;
  forget(ref: ObjectRef): Promise<void>;
  writeStore(ref: ObjectRef, status: StoreStatus): Promise<void>;
  /** Kept for ever. Where another run was faster, its name stands: gives the one that is stored. */
  nameInstallation(name: string): Promise<string>;
}

export interface State extends StateReader, StateWriter {}
