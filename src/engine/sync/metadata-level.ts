/** A plan without values: names and versions are read. The ports it is given bring no value. */
import { marksOf } from '../../core/model/condition.ts';
import type { PullIntent } from '../../core/model/intent.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { Source } from '../../core/plan/pull/pull-input.ts';
import { metadataOfEntries, type EntryMetadata } from '../../core/preview/metadata-entries.ts';
import { metadataPlan } from '../../core/preview/metadata-plan.ts';
import { metadataPull } from '../../core/preview/metadata-pull.ts';
import { withoutValues } from '../../core/preview/untold-pushes.ts';
import { FetchedEntries } from './fetched-entries.ts';
import { generatedEntries, WITHOUT_VALUES } from './generated-entries.ts';
import type { Level } from './levels.ts';
import { planAllPushes } from './pushes.ts';
import { openAll, readMarks } from './read-source.ts';
import type { ResolvedPull } from './resolve.ts';
import type { ReadSource, Session } from './session.ts';
import { templateEnvironment } from './template-inputs.ts';

/** Of one run: it remembers what it has seen. Its plan cannot be carried out. */
export function metadataLevel(): Level {
  const seen = new Map<string, readonly EntryMetadata[]>();
  return {
    name: 'metadata',
    readSource: readMetadata(seen),
    makePlan: ({ pulls, ...rest }) =>
      metadataPlan({
        ...rest,
        pulls: pulls.map((pull) => metadataPull(pull, seen.get(refText(pull.intent.ref)) ?? [])),
      }),
    planPushes: (gathered, session) => withoutValues(planAllPushes(gathered, session)),
  };
}

/** What it sees of each ExternalSecret goes into the map; the source itself stays empty. */
function readMetadata(seen: Map<string, readonly EntryMetadata[]>): ReadSource {
  return async (resolved: ResolvedPull, session: Session): Promise<Source> => {
    const { intent } = resolved;
    const { results: generated, parts } = await generatedEntries(resolved, session, WITHOUT_VALUES);
    const fetched = new FetchedEntries(await openAll(intent, session.stores), { ...session, generated });
    await fetched.read(intent.entries);
    const environment = templateEnvironment(session.ports);
    const result = await session.pieces.one(() => metadataOfEntries(intent, fetched, environment));
    if ('problems' in result) return { kind: 'failed', ...result };
    seen.set(refText(intent.ref), result.entries);
    const versionsMark = fetched.versionsMark();
    const sourceMarks = namesTemplates(intent) ? undefined : await readMarks(intent, fetched, session);
    const marks = marksOf({ versionsMark, sourceMarks });
    const { missing, warnings, leftOut, kept } = result;
    const beside = { missing, warnings, leftOut, ...(kept === undefined ? {} : { kept }) };
    const made = parts === undefined ? {} : { generated: parts };
    return { kind: 'data', data: new Map(), ...beside, ...made, ...marks };
  };
}

/** Texts of templates are not read here: only values tell what they make. */
function namesTemplates({ target }: PullIntent): boolean {
  return target.template?.templateFrom.some(({ sources }) => sources.length > 0) === true;
}
