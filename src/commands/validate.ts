/** `validate`: checks manifests, with no network at all. */
import type { Validation } from '../core/report/validation.ts';
import { refText } from '../core/model/object-ref.ts';
import type { Problem } from '../core/model/problem.ts';
import { storeObjectRef } from '../core/resolve/stores.ts';
import { checkTemplates } from '../core/secret-template/check-templates.ts';
import { load, type Loaded } from '../engine/load.ts';
import { Pieces } from '../engine/pieces.ts';
import type { Stoppable } from '../engine/stop.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export async function validate(
  manifests: ManifestSource,
  settings: Stoppable & {
    readonly namespace?: string;
    readonly only: readonly string[];
    readonly controllerClass: string;
  },
): Promise<Validation> {
  const loaded = await load(manifests, settings);
  const problems = await new Pieces(settings).run(manifestProblems(loaded));
  return {
    stores: loaded.stores.length,
    externalSecrets: loaded.intents.length,
    refused: loaded.refused.length,
    foreign: loaded.foreign,
    problems,
  };
}

/** Everything that manifests alone tell. Templates are parsed one ExternalSecret after the other, with stops between. */
export function* manifestProblems(loaded: Loaded): Generator<void, readonly Problem[]> {
  const ofTemplates: Problem[] = [];
  for (const intent of loaded.intents) {
    ofTemplates.push(...checkTemplates(intent));
    yield;
  }
  return [...loaded.problems, ...ofTemplates, ...absentStores(loaded)];
}

/** A warning only: the store may live in the cluster, applied by somebody else. */
function absentStores(loaded: Loaded): readonly Problem[] {
  const present = new Set([
    ...loaded.stores.map(({ ref }) => refText(ref)),
    ...loaded.refused.map(refText),
    ...loaded.foreignStores,
  ]);
  return loaded.intents.flatMap((intent) => {
    const named = intent.storeRefs.map((ref) => refText(storeObjectRef(ref, intent.ref.namespace)));
    return [...new Set(named)]
      .filter((store) => !present.has(store))
      .map((store): Problem => ({
        severity: 'warning',
        code: 'store-absent',
        at: intent.ref,
        ...(intent.origin === undefined ? {} : { origin: intent.origin }),
        what: `names ${store}, which is not in these manifests`,
        fix: 'Add it, or correct the reference (kind and namespace matter).',
      }));
  });
}
