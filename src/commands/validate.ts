/** `validate`: checks manifests, with no network at all. */
import type { Validation } from '../core/report/validation.ts';
import { roleOf, type KindRole } from '../core/model/kinds.ts';
import { load, type LoadSettings } from '../engine/sync/load.ts';
import { manifestProblems, pushProblems } from '../engine/sync/manifest-problems.ts';
import { Pieces } from '../engine/sync/pieces.ts';
import type { Stoppable } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export async function validate(manifests: ManifestSource, settings: LoadSettings & Stoppable): Promise<Validation> {
  const loaded = await load(manifests, settings);
  const problems = await new Pieces(settings).run(manifestProblems(loaded, settings));
  const unjudged = (role: KindRole) => loaded.unjudged.filter((ref) => roleOf(ref.kind) === role).length;
  const faulty = new Set(pushProblems(loaded).map(({ at }) => at));
  const pushes = [...loaded.pushes, ...loaded.clusterPushes].filter(({ ref }) => !faulty.has(ref)).length;
  return {
    stores: loaded.stores.length + unjudged('store'),
    externalSecrets: loaded.intents.length + unjudged('pull'),
    pushSecrets: pushes + unjudged('push') + unjudged('fan-out'),
    refused: loaded.refused.length + faulty.size,
    foreign: loaded.foreign,
    problems,
  };
}
