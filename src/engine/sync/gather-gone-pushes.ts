/**
 * Vault objects that PushSecrets left behind which are in no manifest any more.
 *
 * A custom resource that is surely gone is a wish; where the manifests are files, only `--prune` says so. What was pushed
 * under `deletionPolicy: None` stays in the vault, and is forgotten.
 */
import type { ObjectRef } from '../../core/model/object-ref.ts';
import { refText } from '../../core/model/object-ref.ts';
import { roleOf } from '../../core/model/kinds.ts';
import { EMPTY_STATE, type SyncState } from '../../core/model/condition.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import { vaultRefKey, vaultRefText } from '../../core/model/vault-object.ts';
import { belongingOf } from '../../core/plan/push/owner.ts';
import type { PushInput, RecordedTarget } from '../../core/plan/push/push-input.ts';
import { gatherGonePush, type PushSession } from './gather-pushes.ts';
import type { Loaded } from './load.ts';

export interface GonePushes {
  readonly inputs: readonly PushInput[];
  /** They left nothing. */
  readonly forgets: readonly ObjectRef[];
  /** How many are remembered and in no manifest, and were left alone. */
  readonly leftBehind: number;
}

export async function gatherGonePushes(loaded: Loaded, push: PushSession): Promise<GonePushes> {
  const { ports, settings } = push.session;
  if (settings.removesPushed === true) return await gatherAllPushed(push);
  const seen = new Set([...loaded.knownPushes.map(({ ref }) => ref), ...loaded.refused, ...loaded.others].map(refText));
  const remembered = (await ports.state.remembered('push')).filter((ref) => !seen.has(refText(ref)));
  const isAsked = settings.only.length === 0 && (settings.home === 'custom-resources' || settings.prune);
  const gone = isAsked ? remembered.filter((ref) => isSurelyGone(ref, loaded, settings.home)) : [];
  const inputs: PushInput[] = [];
  const forgets: ObjectRef[] = [];
  for (const ref of gone) {
    const state = await ports.state.read(ref);
    const intent = goneIntent(ref, state !== undefined && leavesObjects(state));
    if (state === undefined || !leavesObjects(state)) forgets.push(ref);
    else inputs.push(await gatherGonePush(intent, state, push));
  }
  return { inputs, forgets, leftBehind: settings.only.length > 0 ? 0 : remembered.length - gone.length };
}

/** Everything that is remembered, whatever its deletionPolicy: whoever takes the installation away asked for it. */
async function gatherAllPushed(push: PushSession): Promise<GonePushes> {
  const { state } = push.session.ports;
  const inputs: PushInput[] = [];
  for (const ref of await state.remembered('push')) {
    const { pushed = [], ...rest } = (await state.read(ref)) ?? EMPTY_STATE;
    const all = pushed.map((one) => ({ ...one, deletes: true as const }));
    const input = await gatherGonePush(goneIntent(ref, true), { ...rest, pushed: all }, push);
    inputs.push({ ...input, recorded: input.recorded.filter((one) => !isOthers(one, input, push)) });
  }
  return { inputs, forgets: [], leftBehind: 0 };
}

/** Its tags do not say any more that it is ours: it stays, and no longer concerns an installation that goes. */
function isOthers({ target }: RecordedTarget, { intent, observed, ownership }: PushInput, push: PushSession): boolean {
  const found = observed.get(vaultRefKey(target));
  if (found?.kind !== 'found') return false;
  const belonging = belongingOf(found.object.tags, intent.ref, ownership);
  if (belonging !== 'another' && belonging !== 'foreign') return false;
  const { logger } = push.session.ports;
  logger.warn(
    `${refText(intent.ref)}: ${vaultRefText(target)} stays: its tags do not say that it is this installation's`,
  );
  return true;
}

function leavesObjects({ pushed }: SyncState): boolean {
  return (pushed ?? []).some(({ deletes }) => deletes === true);
}

/** As with ExternalSecrets: not where a document could not be read, or one of its namespace was refused. */
function isSurelyGone(ref: ObjectRef, loaded: Loaded, home: 'files' | 'custom-resources'): boolean {
  if (home === 'files' && !loaded.knownPushes.some((intent) => intent.ref.namespace === ref.namespace)) return false;
  const refusedHere = loaded.refused.some(
    ({ kind, namespace }) => roleOf(kind) === 'push' && namespace === ref.namespace,
  );
  return loaded.complete && !refusedHere;
}

/** What is left of a PushSecret: whose objects they are. */
function goneIntent({ kind, namespace = '', name }: ObjectRef, deletes: boolean): PushIntent {
  return {
    kind: 'push',
    ref: { kind, namespace, name },
    locate: () => undefined,
    labels: {},
    annotations: {},
    generation: '',
    refresh: { policy: 'Periodic', intervalMs: 0 },
    storeRefs: [],
    source: { kind: 'none' },
    stores: [],
    updatePolicy: 'Replace',
    deletionPolicy: deletes ? 'Delete' : 'None',
    data: [],
    dataTo: [],
    extras: { adopt: 'never', noContentType: false, binary: 'refused', resolve: [] },
  };
}
