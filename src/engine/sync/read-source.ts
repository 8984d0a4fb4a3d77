/** Reads what an intent asks for: its entries from their stores, and what its template makes of them. */
import type { SourceMarks } from '../../core/model/condition.ts';
import { namesStore, type PullIntent } from '../../core/model/intent.ts';
import type { Source } from '../../core/plan/pull/pull-input.ts';
import { renewalOf } from '../../core/resolve/renewal.ts';
import { assemble, type Assembled, type NotAssembled } from '../../core/transform/assemble.ts';
import { FetchedEntries, storeKey } from './fetched-entries.ts';
import { drawOnce, generatedEntries, takenProblems } from './generated-entries.ts';
import type { ResolvedPull } from './resolve.ts';
import type { Session } from './session.ts';
import type { Opened, OpenStores } from './stores.ts';
import { templateEnvironment } from './template-inputs.ts';

/** With values, as a sync needs them. */
export async function readValues(resolved: ResolvedPull, session: Session): Promise<Source> {
  const { intent } = resolved;
  const { results: generated, parts, expires } = await generatedEntries(resolved, session, drawOnce(session));
  const fetched = new FetchedEntries(await openAll(intent, session.stores), { ...session, generated });
  const assembled = await readAndAssemble(intent, fetched, session);
  if ('problems' in assembled) return { kind: 'failed', ...assembled };
  const rendered = await session.templates.render(intent, assembled.data);
  const taken = takenProblems(intent, parts, { data: assembled.data, rendered });
  if (taken.length > 0) return { kind: 'failed', problems: taken, missing: [] };
  const versionsMark = fetched.versionsMark();
  const sourceMarks = await readMarks(intent, fetched, session);
  return {
    kind: 'data',
    ...assembled,
    ...(rendered === undefined ? {} : { rendered }),
    ...(parts === undefined ? {} : { generated: parts }),
    ...(versionsMark === undefined ? {} : { versionsMark }),
    ...(sourceMarks === undefined ? {} : { sourceMarks }),
    ...(expires === undefined ? {} : { renewBy: renewalOf(expires, session.ports.clock.now()) }),
  };
}

/** What the guard on updates compares with the last sync; `undefined` where not all of it is known. */
export async function readMarks(
  intent: PullIntent,
  fetched: FetchedEntries,
  { templates, settings: { engineVersion } }: Session,
): Promise<SourceMarks | undefined> {
  const engine = engineVersion === undefined ? undefined : await templates.mark(intent, engineVersion);
  return engine === undefined ? undefined : { engine, vaults: fetched.vaultMarks() };
}

/**
 * A person wants every problem at once, so everything is read together. The job comes back every few minutes: there
 * entries are read in their order and, as in ESO 2.9, nothing more is asked once it is clear that nothing can be written.
 */
async function readAndAssemble(
  intent: PullIntent,
  fetched: FetchedEntries,
  session: Session,
): Promise<Assembled | NotAssembled> {
  const environment = templateEnvironment(session.ports);
  // Templates of `rewrite` are work, too.
  const assembled = (entries: PullIntent['entries']): Promise<Assembled | NotAssembled> =>
    session.pieces.one(() => assemble({ ...intent, entries }, fetched, environment));
  if (session.settings.mode === 'always') {
    await fetched.read(intent.entries);
    return await assembled(intent.entries);
  }
  for (const [index, entry] of intent.entries.entries()) {
    await fetched.read([entry]);
    const sofar = await assembled([entry]);
    if (!('problems' in sofar)) continue;
    return await assembled(intent.entries.slice(0, index + 1));
  }
  return await assembled(intent.entries);
}

/** Every store that the entries name, by its text. */
export async function openAll(intent: PullIntent, stores: OpenStores): Promise<ReadonlyMap<string, Opened>> {
  const refs = new Map(
    intent.entries
      .filter(namesStore)
      .filter((entry) => entry.kind !== 'empty')
      .map((e) => [storeKey(e.store), e.store]),
  );
  const opened = await Promise.all(
    [...refs].map(async ([key, ref]) => [key, await stores.open(ref, intent.ref.namespace)] as const),
  );
  return new Map(opened);
}
