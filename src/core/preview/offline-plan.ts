/** Two sets of manifests → what a change of one into the other means, without asking anybody. Pure. */
import type { PullIntent } from '../model/intent.ts';
import { isIntentKind } from '../model/kinds.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import { formatFingerprint } from '../plan/fingerprint.ts';
import { newAsks, type Ask } from './asked-names.ts';
import { manifestChanges, type ManifestChange, type ManifestObject } from './manifest-objects.ts';
import { targetChanges, type TargetChange } from './target-changes.ts';
import { vaultObjectChanges, type PushSide, type VaultObjectChange } from './vault-object-changes.ts';

/** One set of manifests: as written, and what of it is valid and asked for. */
export interface ManifestSide {
  readonly objects: ReadonlyMap<string, ManifestObject>;
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  readonly push: PushSide;
}

export interface OfflineInput {
  readonly base: ManifestSide;
  readonly head: ManifestSide;
  /** ExternalSecrets that are looked at; stores always are. */
  readonly isAsked: (ref: ObjectRef) => boolean;
  readonly prune: boolean;
  readonly problems: readonly Problem[];
}

export interface OfflinePlan {
  readonly changes: readonly ManifestChange[];
  /** Objects that both sides have, written alike. */
  readonly unchanged: number;
  readonly targets: readonly TargetChange[];
  readonly vaultObjects: readonly VaultObjectChange[];
  readonly asks: readonly Ask[];
  readonly problems: readonly Problem[];
  readonly fingerprint: string;
}

export function offlinePlan({ base, head, isAsked, prune, problems }: OfflineInput): OfflinePlan {
  const seen = ({ ref }: { readonly ref: ObjectRef }) => !isIntentKind(ref.kind) || isAsked(ref);
  const changes = manifestChanges(base.objects, head.objects).filter(seen);
  const touched = new Set(changes.map(({ ref }) => refText(ref)));
  const unchanged = [...head.objects].filter(([text, object]) => seen(object) && !touched.has(text)).length;
  const written = new Set(head.objects.keys());
  const targets = targetChanges({ base: base.intents, head: head.intents, written, prune });
  const vaultObjects = vaultObjectChanges({ base: base.push, head: head.push, written, prune });
  return {
    changes,
    unchanged,
    targets,
    vaultObjects,
    asks: newAsks(base, head),
    problems,
    fingerprint: fingerprintOf({ changes, targets, vaultObjects, problems }),
  };
}

/**
 * Other than that of a plan with values this one is made of what is written: the same field may change into different
 * things. Manifests hold no values, and whoever may see the fingerprint may read them.
 */
function fingerprintOf({
  changes,
  targets,
  vaultObjects,
  problems,
}: Pick<OfflinePlan, 'changes' | 'targets' | 'vaultObjects' | 'problems'>): string {
  const count = (action: ManifestChange['action']) => changes.filter((change) => change.action === action).length;
  const counts = { create: count('added'), update: count('changed'), delete: count('removed') };
  return formatFingerprint('offline', counts, [
    ...changes.map(({ action, ref, content }) => `${action} ${refText(ref)} ${content}`),
    ...targets.map(({ action, target, owner }) => `${action} ${refText(target)} ${refText(owner)}`),
    ...vaultObjects.map(({ action, object, owner }) => `${action} ${object} ${refText(owner)}`),
    ...problems.map(({ severity, code }) => `${severity} ${code}`),
  ]);
}
