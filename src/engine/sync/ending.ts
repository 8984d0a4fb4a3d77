/** The last pass of an installation that goes with what it wrote into vaults: nothing is wanted any more. */
import type { Loaded } from './load.ts';

/** Nothing is pulled, and no Secret counts as left behind: what becomes of those is decided elsewhere. */
export function withoutIntents(loaded: Loaded): Loaded {
  return { ...loaded, intents: [], pushes: [], clusterPushes: [], knownPushes: [] };
}
