/** The second half of a run: what is pushed of the Secrets that the first half leaves. */
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Plan } from '../../core/model/plan.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import type { PushPlan } from '../../core/model/push-plan.ts';
import type { StoreRef } from '../../core/model/intent.ts';
import { normalVaultUrl } from '../../core/model/vault-object.ts';
import { secretsAfter } from '../../core/plan/make-plan.ts';
import { loopsAmong, type Loop } from '../../core/plan/push/loops.ts';
import { isStore, resolveStore } from '../../core/resolve/stores.ts';
import { pusherOf, pushHash } from '../../core/plan/push/owner.ts';
import { planPushes, type PlannedPushes } from '../../core/plan/push/plan-pushes.ts';
import type { PushInput, PushOwnership } from '../../core/plan/push/push-input.ts';
import { gatherGonePushes, type GonePushes } from './gather-gone-pushes.ts';
import { gatherPushes } from './gather-pushes.ts';
import type { PushSession } from './push-vaults.ts';
import type { Loaded } from './load.ts';
import type { ReadPorts } from './ports.ts';
import type { Session } from './session.ts';

export interface GatheredPushes {
  readonly inputs: ReadonlyMap<PushIntent, PushInput>;
  readonly push: PushSession;
  readonly gone: GonePushes;
  readonly loops: readonly Loop[];
  /** When the reading began, in milliseconds since 1970. */
  readonly readAt: number;
}

/** Nothing is read where nothing is pushed, nor ever was. */
export async function gatherAllPushes(
  loaded: Loaded,
  session: Session,
  { pulls, withValues }: { readonly pulls: Plan; readonly withValues: boolean },
): Promise<GatheredPushes> {
  const readAt = session.ports.clock.now().getTime();
  const push: PushSession = {
    session,
    planned: secretsAfter(pulls),
    ownership: await ownershipOf(loaded, session),
    withValues,
  };
  const gone = await gatherGonePushes(loaded, push);
  const inputs = [...(await gatherPushes(loaded.pushes, push)), ...gone.inputs];
  const loops = loopsAmong(loaded.intents, inputs, (pull, { store }) =>
    vaultUrlFor(store, pull.ref.namespace, session),
  );
  return { inputs: new Map(inputs.map((input) => [input.intent, input])), push, gone, loops, readAt };
}

function vaultUrlFor(store: StoreRef, namespace: string, { stores }: Session): string | undefined {
  const found = resolveStore(store, namespace, stores.world);
  return isStore(found) && found.provider.type === 'azurekv' ? normalVaultUrl(found.provider.vaultUrl) : undefined;
}

export function planAllPushes({ inputs, loops }: GatheredPushes, { settings }: Session): PlannedPushes {
  return planPushes({ inputs: [...inputs.values()], loops, limits: settings.deletionLimits });
}

async function ownershipOf(loaded: Loaded, { ports, settings }: Session): Promise<PushOwnership> {
  const pushers = [...loaded.knownPushes.map(pusherOf), ...loaded.clusterPushes.map(({ ref }) => ref)];
  const known = new Map(pushers.map((ref) => [pushHash(ref), refText(ref)]));
  const takeOver = settings.takeOver === true;
  const named = await ports.state.installation();
  // Nothing is named where nothing is pushed.
  const installation = named ?? (loaded.knownPushes.length === 0 ? '' : newName(ports));
  return { installation, known, takeOver };
}

/** 16 hex digits that nobody else draws. It becomes the installation's with the first write. */
function newName({ random }: Pick<ReadPorts, 'random'>): string {
  return Buffer.from(random.bytes(8)).toString('hex');
}

/** PushSecrets that are gone, and of which nothing is left. */
export function forgottenPushes(
  gone: GonePushes,
  applied: readonly { readonly item: PushPlan }[],
): readonly ObjectRef[] {
  const isGone = new Set(gone.inputs.map(({ intent }) => intent));
  const ended = applied.filter(({ item }) => isGone.has(item.intent) && (item.result.pushed ?? []).length === 0);
  return [...gone.forgets, ...ended.filter(({ item }) => item.verdict !== 'failed').map(({ item }) => item.intent.ref)];
}
