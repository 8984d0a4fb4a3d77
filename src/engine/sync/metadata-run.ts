/** A plan without values: load → gather names and versions → plan. The ports it is given bring no value. */
import type { PullIntent } from '../../core/model/intent.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Source } from '../../core/plan/pull/pull-input.ts';
import { metadataOfEntries, type EntryMetadata } from '../../core/preview/metadata-entries.ts';
import { metadataPlan } from '../../core/preview/metadata-plan.ts';
import { metadataPull } from '../../core/preview/metadata-pull.ts';
import { FetchedEntries } from './fetched-entries.ts';
import { gather } from './gather.ts';
import { load } from './load.ts';
import type { ReadPorts } from './ports.ts';
import { openAll, type Reading, type ReadSource } from './read-source.ts';
import type { Planned } from './run.ts';
import type { RunSettings } from './settings.ts';
import { unlessStopped } from '../stop.ts';
import { templateEnvironment } from './template-inputs.ts';

/** Writes nothing, and the plan cannot be carried out. Rejects with RunStopped where it is asked to stop. */
export async function planMetadataRun(ports: ReadPorts, settings: RunSettings): Promise<Planned> {
  return await unlessStopped(ports, () => readAndPlan(ports, settings));
}

async function readAndPlan(ports: ReadPorts, settings: RunSettings): Promise<Planned> {
  const began = ports.clock.now();
  const loaded = await load(ports.manifests, settings);
  const seen = new Map<string, readonly EntryMetadata[]>();
  const gathered = await gather(loaded, ports, settings, readMetadata(seen));
  const plan = metadataPlan({
    pulls: gathered.pulls.map((pull) => metadataPull(pull, seen.get(refText(pull.intent.ref)) ?? [])),
    prunes: gathered.prunes,
    problems: [...loaded.problems, ...gathered.problems],
    deletionLimits: settings.deletionLimits,
  });
  return { level: 'metadata', began, loaded, gathered, plan };
}

/** What it sees of each ExternalSecret goes into the map; the source itself stays empty. */
function readMetadata(seen: Map<string, readonly EntryMetadata[]>): ReadSource {
  return async (intent: PullIntent, reading: Reading): Promise<Source> => {
    const fetched = new FetchedEntries(await openAll(intent, reading.stores), reading);
    await fetched.read(intent.entries);
    const environment = templateEnvironment(reading.ports);
    const result = await reading.pieces.one(() => metadataOfEntries(intent, fetched, environment));
    if ('problems' in result) return { kind: 'failed', ...result };
    seen.set(refText(intent.ref), result.entries);
    const versionsMark = fetched.versionsMark();
    const mark = versionsMark === undefined ? {} : { versionsMark };
    return { kind: 'data', data: new Map(), missing: result.missing, warnings: result.warnings, ...mark };
  };
}
