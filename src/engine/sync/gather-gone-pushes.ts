/**
 * Vault objects that PushSecrets left behind which are in no manifest any more.
 *
 * A custom resource that is surely gone is a wish; where the manifests are files, only `--prune` says so. What was pushed
 * under `deletionPolicy: None` stays in the vault, and is forgotten.
 */
import type { ObjectRef } from '../../core/model/object-ref.ts';
import { refText } from '../../core/model/object-ref.ts';
import { kindNamed, roleOf } from '../../core/model/kinds.ts';
import { EMPTY_STATE, type SyncState } from '../../core/model/condition.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import { vaultRefKey, vaultRefText } from '../../core/model/vault-object.ts';
import { belongingOf, pusherOf } from '../../core/plan/push/owner.ts';
import type { PushInput, RecordedTarget } from '../../core/plan/push/push-input.ts';
import { gatherGonePush, gatherPush } from './gather-pushes.ts';
import type { PushSession } from './push-vaults.ts';
import type { Loaded } from './load.ts';

export interface GonePushes {
  readonly inputs: readonly PushInput[];
  /** They left nothing. */
  readonly forgets: readonly ObjectRef[];
  /** Whoever asks to prune is told why it did not happen. */
  readonly problems: readonly Problem[];
}

export async function gatherGonePushes(loaded: Loaded, push: PushSession): Promise<GonePushes> {
  const { ports, settings } = push.session;
  if (settings.removesPushed === true) return await gatherAllPushed(push);
  const seen = new Set([...loaded.knownPushes.map(({ ref }) => ref), ...loaded.refused, ...loaded.others].map(refText));
  const remembered = (await ports.state.remembered('push')).filter((ref) => !seen.has(refText(ref)));
  const isAsked = settings.only.length === 0 && (settings.home === 'custom-resources' || settings.prune);
  const left: ObjectRef[] = [];
  const inputs: PushInput[] = [];
  const forgets: ObjectRef[] = [];
  for (const ref of remembered) {
    const state = await ports.state.read(ref);
    const intent = goneIntent(ref, state);
    if (!isAsked) continue;
    if (!isSurelyGone(intent, loaded, settings.home)) {
      if (settings.prune) left.push(ref);
      continue;
    }
    if (state === undefined || !leavesObjects(state)) forgets.push(ref);
    else inputs.push(await gatherGonePush(intent, state, push));
  }
  return { inputs, forgets, problems: left.map(pruneWithheld) };
}

function pruneWithheld(at: ObjectRef): Problem {
  return {
    severity: 'warning',
    code: 'prune-withheld',
    at,
    hasSubject: true,
    what: 'what it wrote into vaults was left there though it is in no manifest: documents with errors may hold or replace it, or no PushSecret of its namespace is in these manifests',
    fix: 'Mend those documents, and give all manifests of the namespace. The last vault objects of a namespace go with an empty data of their PushSecret, or by hand.',
  };
}

/** Everything that is remembered, whatever its deletionPolicy: whoever takes the installation away asked for it. */
async function gatherAllPushed(push: PushSession): Promise<GonePushes> {
  const { state } = push.session.ports;
  const inputs: PushInput[] = [];
  for (const ref of await state.remembered('push')) {
    const { pushed = [], ...rest } = (await state.read(ref)) ?? EMPTY_STATE;
    const all: SyncState = { ...rest, pushed: pushed.map((one) => ({ ...one, deletes: true })) };
    const input = await gatherGonePush(goneIntent(ref, all), all, push);
    inputs.push({ ...input, recorded: input.recorded.filter((one) => !isOthers(one, input, push)) });
  }
  return { inputs, forgets: [], problems: [] };
}

/** Its tags do not say any more that it is ours: it stays, and no longer concerns an installation that goes. */
function isOthers({ target }: RecordedTarget, { intent, observed, ownership }: PushInput, push: PushSession): boolean {
  const found = observed.get(vaultRefKey(target));
  if (found?.kind !== 'found') return false;
  const belonging = belongingOf(found.object.tags, pusherOf(intent), ownership);
  if (belonging !== 'another' && belonging !== 'foreign') return false;
  const { logger } = push.session.ports;
  logger.warn(
    `${refText(intent.ref)}: ${vaultRefText(target)} stays: its tags do not say that it is this installation's`,
  );
  return true;
}

/** Reads one of either kind once more. */
export async function gatherAgain(
  intent: PushIntent,
  before: PushInput | undefined,
  push: PushSession,
): Promise<PushInput> {
  const isGone = before?.isGone === true && before.state !== undefined;
  return isGone ? await gatherGonePush(intent, before.state, push) : await gatherPush(intent, push);
}

function leavesObjects({ pushed }: SyncState): boolean {
  return (pushed ?? []).some(({ deletes }) => deletes === true);
}

/** Of a manifest that is refused, or whose namespaces could not be listed, nobody knows which children it has. */
function mayBeChild({ ref, parent }: PushIntent, { refused, fannedOut }: Loaded): boolean {
  const isMaker = (at: ObjectRef): boolean => parent === undefined || refText(at) === refText(parent);
  return (
    refused.some((at) => kindNamed(at.kind)?.makes === ref.kind && isMaker(at)) ||
    fannedOut.some(({ fanOut, isKnown }) => !isKnown && fanOut.childName === ref.name && isMaker(fanOut.ref))
  );
}

/** Do these manifests say anything of its namespace, or of what it was made from? */
function isTheirs({ ref, parent }: PushIntent, { knownPushes, clusterPushes }: Loaded): boolean {
  if (parent !== undefined && clusterPushes.some((one) => refText(one.ref) === refText(parent))) return true;
  return knownPushes.some((intent) => intent.ref.namespace === ref.namespace);
}

/** As with ExternalSecrets: not where a document could not be read, or one of its namespace was refused. */
function isSurelyGone(intent: PushIntent, loaded: Loaded, home: 'files' | 'custom-resources'): boolean {
  const { ref } = intent;
  if (mayBeChild(intent, loaded)) return false;
  if (home === 'files' && !isTheirs(intent, loaded)) return false;
  const refusedHere = loaded.refused.some(
    ({ kind, namespace }) => roleOf(kind) === 'push' && namespace === ref.namespace,
  );
  return loaded.complete && !refusedHere;
}

function parentIn(state: SyncState | undefined): Pick<PushIntent, 'parent'> {
  const text = state?.pushed?.find(({ parent }) => parent !== undefined)?.parent;
  const [kind = '', name = ''] = text?.split('/') ?? [];
  return text === undefined ? {} : { parent: { kind, name } };
}

/** What is left of a PushSecret: whose objects they are. */
function goneIntent({ kind, namespace = '', name }: ObjectRef, state: SyncState | undefined): PushIntent {
  const deletes = state !== undefined && leavesObjects(state);
  return {
    kind: 'push',
    ref: { kind, namespace, name },
    ...parentIn(state),
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
    extras: { adopt: 'never', noContentType: false, binary: 'refused', resolve: [], lenientTemplates: false },
  };
}
