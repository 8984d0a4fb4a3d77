/** Where the values of each ExternalSecret come from: for pictures and reports of plans. */
import type { PullIntent } from '../model/intent.ts';
import { refText } from '../model/object-ref.ts';
import type { Report } from '../model/report.ts';
import type { Store } from '../model/store.ts';
import { sourcesOf } from '../resolve/sources.ts';

/** Intents and stores as the manifests have them. */
export interface Manifests {
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
}

/** The report with the sources of its objects. */
export function withSources(report: Report, { intents, stores }: Manifests): Report {
  const known = new Map(stores.map((store) => [refText(store.ref), store]));
  const sources = new Map(intents.map((intent) => [refText(intent.ref), sourcesOf(intent, known)]));
  return {
    ...report,
    objects: report.objects.map((object) => ({ ...object, sources: sources.get(refText(object.ref)) ?? [] })),
  };
}
