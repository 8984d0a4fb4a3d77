/** `plan --plan-level offline`: compares manifests with manifests. No cluster, no vault, no login. */
import { say } from '../core/model/message.ts';
import type { ManifestDocument } from '../core/model/document.ts';
import type { Problem } from '../core/model/problem.ts';
import { manifestObjects } from '../core/preview/manifest-objects.ts';
import { offlinePlan, type ManifestSide } from '../core/preview/offline-plan.ts';
import type { OfflineReport } from '../core/report/offline.ts';
import { storeWorldOf } from '../core/resolve/stores.ts';
import { isAsked } from '../engine/sync/asked.ts';
import { load, type Loaded, type LoadSettings } from '../engine/sync/load.ts';
import { manifestProblems } from '../engine/sync/manifest-problems.ts';
import type { Clock } from '../ports/clock.ts';
import type { ManifestSource } from '../ports/manifest-source.ts';
import { Pieces } from '../engine/sync/pieces.ts';
import type { Stoppable } from '../engine/stop.ts';

export interface OfflineSettings extends LoadSettings {
  readonly prune: boolean;
}

export interface OfflinePorts extends Stoppable {
  readonly head: ManifestSource;
  /** The manifests that the head is compared with. */
  readonly base: ManifestSource;
  readonly clock: Pick<Clock, 'now'>;
}

interface ReadSide {
  readonly documents: readonly ManifestDocument[];
  readonly loaded: Loaded;
  /** Of the source: what could not be read. */
  readonly problems: readonly Problem[];
}

export async function planOffline(ports: OfflinePorts, settings: OfflineSettings): Promise<OfflineReport> {
  const began = ports.clock.now();
  const [head, base] = await Promise.all([readSide(ports.head, settings), readSide(ports.base, settings)]);
  const { only } = settings;
  const problems = await new Pieces(ports).run(manifestProblems(head.loaded, settings));
  const plan = offlinePlan({
    base: sideOf(base, settings),
    head: sideOf(head, settings),
    isAsked: (ref) => only.length === 0 || isAsked(ref, only),
    prune: settings.prune,
    problems: [...problems, ...problemsOfBase(base)],
  });
  const { intents, stores, pushes } = head.loaded;
  return { ...plan, intents, stores, pushes, durationMs: ports.clock.now().getTime() - began.getTime() };
}

async function readSide(source: ManifestSource, settings: OfflineSettings): Promise<ReadSide> {
  const { documents, problems } = await source.load();
  const loaded = await load({ load: () => Promise.resolve({ documents, problems }) }, settings);
  return { documents, loaded, problems };
}

function sideOf({ documents, loaded }: ReadSide, { namespace, controllerClass }: OfflineSettings): ManifestSide {
  const { intents, stores, pushes } = loaded;
  const push = { pushes, stores: storeWorldOf(loaded, controllerClass) };
  return { objects: manifestObjects(documents, namespace), intents, stores, push };
}

/**
 * The base is what there is already: its mistakes are not those of the change. What could not be read of it is told,
 * for it looks as if it were new.
 */
function problemsOfBase({ problems, loaded }: ReadSide): readonly Problem[] {
  const unfilled = loaded.problems.filter(({ code }) => code === 'placeholder-without-value');
  return [...problems, ...unfilled].map((problem) => ({
    ...problem,
    severity: IS_OF_THE_PATH.test(problem.code) ? problem.severity : 'warning',
    what: say`${ofTheBase(problem)} ${problem.what}`,
  }));
}

/** `spec.x of the base is missing`, but `of the base, this document is not valid YAML`. */
function ofTheBase({ field, hasSubject }: Problem): string {
  return field === undefined || hasSubject === true ? 'of the base,' : 'of the base';
}

/** Somebody named a place that is not there. */
const IS_OF_THE_PATH = /^manifest-(?:path-absent|unreadable)$/u;
