/**
 * Everything that planning needs, as plain data: what each intent reads, and what those that are gone left behind.
 *
 * Nothing is written here.
 */
import type { Problem } from '../../core/model/problem.ts';
import type { PullInput } from '../../core/plan/pull/pull-input.ts';
import { gatherGone, pruneWithheld, type Gone } from './gather-gone.ts';
import { gatherPulls } from './gather-pulls.ts';
import type { Loaded } from './load.ts';
import type { Resolved } from './resolve.ts';
import type { Session } from './session.ts';

export interface Gathered extends Gone {
  readonly pulls: readonly PullInput[];
  /** Problems of no single intent. */
  readonly problems: readonly Problem[];
  /** How many remembered ExternalSecrets these manifests do not hold; without `prune` they are left alone. */
  readonly leftBehind: number;
}

export async function gather(loaded: Loaded, { forgotten, gone }: Resolved, session: Session): Promise<Gathered> {
  const { ports, settings } = session;
  const pulls = await gatherPulls(loaded.intents, session);
  const { prunes, forgets, problems } = await gatherGone(settings.prune ? gone : [], loaded, ports);
  const withheld = settings.prune ? pruneWithheld(forgotten - gone.length) : [];
  return {
    pulls,
    prunes,
    forgets,
    problems: [...problems, ...withheld],
    // Who looks at some only has not asked about the others, and of what cannot be read nothing can be said.
    leftBehind: settings.prune || settings.only.length > 0 ? 0 : gone.length,
  };
}
