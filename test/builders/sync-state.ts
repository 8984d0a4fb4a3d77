/** What is remembered of an ExternalSecret, in as few words as a case needs. */
import type { SyncState } from '../../src/core/model/condition.ts';

/** Synced on the first day of 2026 into a Secret of this name. */
export function state(target: string, parts: Partial<SyncState> = {}): SyncState {
  return {
    refreshTime: new Date('2026-01-01T00:00:00Z'),
    syncedResourceVersion: '1-synced',
    binding: target,
    lastTarget: target,
    conditions: [],
    ...parts,
  };
}
