/**
 * What the manifests mean here and now: which stores there are, which intents are due, which are no longer written down.
 *
 * State and live Secrets are read, no vault is.
 */
import { roleOf } from '../../core/model/kinds.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { SyncState } from '../../core/model/condition.ts';
import type { PullIntent } from '../../core/model/intent.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import { targetOf } from '../../core/model/target.ts';
import { syncedResourceVersion } from '../../core/go/go-hash.ts';
import { withManagedLabel } from '../../core/plan/pull/desired-secret.ts';
import { createdBy, type OtherIntents } from '../../core/plan/pull/ownership.ts';
import type { Source } from '../../core/plan/pull/pull-input.ts';
import { wholeSeconds } from '../../core/model/sync-record.ts';
import { decideRefresh, isTargetValid, nextDue } from '../../core/resolve/refresh.ts';
import { belongsToOtherClass, type StoreWorld } from '../../core/resolve/stores.ts';
import { failureOf } from '../../ports/errors.ts';
import { clusterProblem, failedSource } from './findings.ts';
import type { Loaded } from './load.ts';
import type { ReadPorts } from './ports.ts';
import type { RunSettings } from './settings.ts';
import { storeWorld } from './store-world.ts';

/** An ExternalSecret that a manifest held, and none holds now. */
export type NamespacedRef = PullIntent['ref'];

/** One intent, and what is there of it. */
export interface ResolvedPull {
  readonly intent: PullIntent;
  readonly state: SyncState | undefined;
  readonly live: LiveSecret | undefined;
  /** Why its vault is not asked; absent = it is due. */
  readonly settled?: Source;
}

export interface Resolved {
  readonly world: StoreWorld;
  /** What is known of other ExternalSecrets. */
  readonly others: OtherIntents;
  /** How many are remembered, and in no manifest. */
  readonly forgotten: number;
  /** Those of them that are gone for certain. */
  readonly gone: readonly NamespacedRef[];
}

/** Of everything at once; each intent is looked at by `resolvePull`. */
export async function resolve(loaded: Loaded, ports: ReadPorts, settings: RunSettings): Promise<Resolved> {
  const forgotten = await forgottenIntents(loaded, ports);
  const gone = forgotten.filter((ref) => isSurelyGone(ref, loaded));
  return {
    world: await storeWorld(loaded, ports, settings),
    others: {
      gone: new Set(settings.prune ? gone.map(createdBy) : []),
      known: new Map(loaded.known.map(({ ref }) => [createdBy(ref), `${ref.namespace}/${ref.name}`])),
    },
    forgotten: forgotten.length,
    gone,
  };
}

/** Never rejects for what a cluster does. */
export async function resolvePull(
  intent: PullIntent,
  world: StoreWorld,
  ports: ReadPorts,
  settings: RunSettings,
): Promise<ResolvedPull> {
  const nothing = { intent, state: undefined, live: undefined };
  if (belongsToOtherClass(intent, world)) {
    return { ...nothing, settled: { kind: 'other-class', reason: 'its store belongs to another controller' } };
  }
  try {
    const [state, live] = await Promise.all([ports.state.read(intent.ref), ports.cluster.getSecret(targetOf(intent))]);
    const settled = notDue(intent, state, live, { ...settings, now: ports.clock.now() });
    return { intent, state, live, ...(settled === undefined ? {} : { settled }) };
  } catch (error) {
    return { ...nothing, settled: failedSource(clusterProblem(intent, failureOf(error))) };
  }
}

/** `undefined` = it is due. */
function notDue(
  intent: PullIntent,
  state: SyncState | undefined,
  live: LiveSecret | undefined,
  { mode, renewAheadMs = 0, now }: Pick<RunSettings, 'mode' | 'renewAheadMs'> & { readonly now: Date },
): Source | undefined {
  const target = live === undefined ? undefined : withManagedLabel(live);
  const decision = decideRefresh({
    refresh: intent.refresh,
    state,
    resourceVersion: syncedResourceVersion(intent.generation, intent.annotations, intent.labels),
    now,
    targetValid: isTargetValid({ creationPolicy: intent.target.creationPolicy, target }),
    mode,
    renewAheadMs,
  });
  if (decision.due) return undefined;
  return { kind: 'not-due', reason: `${decision.reason}${dueAgain(intent, state, now)}` };
}

function dueAgain({ refresh }: PullIntent, state: SyncState | undefined, now: Date): string {
  const due = nextDue({ refresh, state, now });
  return due === undefined || due <= now ? '' : `, due again at ${wholeSeconds(due)}`;
}

/** Remembered ExternalSecrets that no manifest holds any more. Ones that are merely refused are not gone. */
async function forgottenIntents(loaded: Loaded, ports: ReadPorts): Promise<readonly NamespacedRef[]> {
  const seen = [...loaded.known.map(({ ref }) => ref), ...loaded.refused, ...loaded.others];
  const present = new Set(seen.map(refText));
  const remembered = await ports.state.remembered('pull');
  return remembered.flatMap(({ kind, namespace, name }) =>
    namespace === undefined || present.has(refText({ kind, namespace, name })) ? [] : [{ kind, namespace, name }],
  );
}

/**
 * Not where a document could not be read, nor where an ExternalSecret of the same namespace was refused: either may be
 * the one that takes over. And not in a namespace that these manifests say nothing about: an empty input, or one for
 * another namespace, is no wish to delete.
 */
function isSurelyGone(ref: NamespacedRef, loaded: Loaded): boolean {
  if (!loaded.known.some((intent) => intent.ref.namespace === ref.namespace)) return false;
  const refusedHere = loaded.refused.some(
    ({ kind, namespace }) => roleOf(kind) === 'pull' && namespace === ref.namespace,
  );
  return loaded.complete && !refusedHere;
}
