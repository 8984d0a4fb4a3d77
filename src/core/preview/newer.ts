/**
 * Is a vault object newer than what the last sync read?
 *
 * | remembered                    | newer is                                                             |
 * | ----------------------------- | -------------------------------------------------------------------- |
 * | no sync                       | everything                                                           |
 * | the same versions             | nothing, but for tags, which change without a version                |
 * | other versions, or no versions | what was created after the last sync; if nothing was, all that may have changed |
 *
 * A version that the manifest names stays what it is.
 */
import type { SyncState } from '../model/condition.ts';
import type { SeenObject } from './metadata-entries.ts';

/** Key Vault's times are whole seconds of another clock, and a sync takes a while from its read to its end. */
const DOUBT_SECONDS = 60;

export interface Remembered {
  readonly state: SyncState | undefined;
  /** Of the versions that are there now. */
  readonly mark: string | undefined;
  /** Then other objects are read than before, so that the mark says nothing. */
  readonly isManifestChanged: boolean;
}

export function newerThanSync(
  objects: readonly SeenObject[],
  { state, mark, isManifestChanged }: Remembered,
): (object: SeenObject) => boolean {
  const last = state?.refreshTime;
  if (last === undefined) return () => true;
  const since = last.getTime() / 1000 - DOUBT_SECONDS;
  const hasNewTags = ({ readsTags, object }: SeenObject) => readsTags && (object.attributes.updated ?? 0) > since;
  if (state?.versionsMark !== undefined && state.versionsMark === mark) return hasNewTags;
  const isLater = (one: SeenObject) =>
    hasNewTags(one) || (!one.isPinned && (one.object.attributes.created ?? 0) > since);
  const isUnexplained = state?.versionsMark !== undefined && mark !== undefined && !isManifestChanged;
  return isUnexplained && !objects.some(isLater) ? ({ isPinned }) => !isPinned : isLater;
}
