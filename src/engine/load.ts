/** Manifests → checked objects, narrowed to what the user asked for. */
import { checkManifests, type CheckedManifests } from '../core/api/manifests.ts';
import { refuseForeignLogins } from '../core/api/foreign-logins.ts';
import { setOthersAside, type SortedManifests } from '../core/api/other-controllers.ts';
import { KNOWN_CLOUDS_ONLY, type AllowedLogins } from '../core/model/login-hosts.ts';
import type { PullIntent } from '../core/model/intent.ts';
import type { ObjectRef } from '../core/model/object-ref.ts';
import type { Problem } from '../core/model/problem.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';

export interface Loaded extends SortedManifests {
  /** Every intent of the manifests, also those that `only` leaves out: a missing one means deleted, an unasked one not. */
  readonly known: readonly PullIntent[];
  /** False = some document could not be read or placed, warnings included: an ExternalSecret that seems to be gone may be hidden in it. */
  readonly complete: boolean;
}

export interface LoadSettings {
  readonly namespace?: string;
  readonly only: readonly string[];
  readonly controllerClass: string;
  /** Where stores may log in; absent = at the known clouds only. `unasked`: this command logs in for no store. */
  readonly logins?: AllowedLogins | 'unasked';
}

/** Reads and checks everything. Unreadable documents and failed checks are problems; the rest goes on. */
export async function load(source: ManifestSource, settings: LoadSettings): Promise<Loaded> {
  const { documents, problems } = await source.load();
  const { logins = KNOWN_CLOUDS_ONLY } = settings;
  const sorted = setOthersAside(checkManifests(documents, settings.namespace), documents, settings);
  const checked = logins === 'unasked' ? sorted : refuseForeignLogins(sorted, logins);
  const { intents, unmatched } = narrow(checked, settings.only);
  return {
    ...checked,
    known: checked.intents,
    // A kind of the whole cluster that may not be listed hides no ExternalSecret.
    complete: problems.every(({ code }) => code === 'kind-not-listed') && !checked.refused.some(isPlaceless),
    intents,
    problems: [...problems, ...checked.problems, ...unmatched],
  };
}

/** An ExternalSecret that is refused before it is known which one it is. */
function isPlaceless({ kind, namespace }: ObjectRef): boolean {
  return kind === 'ExternalSecret' && namespace === undefined;
}

function narrow(
  { intents, refused }: CheckedManifests,
  only: readonly string[],
): { readonly intents: readonly PullIntent[]; readonly unmatched: readonly Problem[] } {
  if (only.length === 0) return { intents, unmatched: [] };
  const nameOf = ({ ref }: { readonly ref: ObjectRef }) => `${ref.namespace ?? ''}/${ref.name}`;
  const names = new Set([...intents, ...refused.map((ref) => ({ ref }))].map(nameOf));
  const unmatched = only
    .filter((name) => !names.has(name))
    .map((name): Problem => ({
      severity: 'error',
      code: 'only-unmatched',
      what: `--only ${name} matches no ExternalSecret of the manifests`,
      fix: 'Write it as namespace/name, as the manifests have it.',
    }));
  return { intents: intents.filter((intent) => only.includes(nameOf(intent))), unmatched };
}
