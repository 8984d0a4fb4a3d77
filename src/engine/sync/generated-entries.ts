/** What the generators of one ExternalSecret give: values that stay, values that are drawn, and values that a service gives. */
import pLimit from 'p-limit';
import { drawnText, keepOrDraw, type Drawn, type Kept } from '../../core/generate/keep.ts';
import { marksText, type Mark } from '../../core/generate/marks.ts';
import { placeOf } from '../../core/generate/place.ts';
import { namesOf, renamed, type EntryFault } from '../../core/generate/names.ts';
import {
  isStable,
  keysOfGenerator,
  type Generated,
  type Generator,
  type GeneratorSpec,
  type StableSpec,
} from '../../core/model/generator.ts';
import type { GenerateEntry, PullIntent, TargetTemplate } from '../../core/model/intent.ts';
import { say, setting } from '../../core/model/message.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { Problem } from '../../core/model/problem.ts';
import type { LiveSecret } from '../../core/model/secret.ts';
import type { GeneratedParts } from '../../core/plan/pull/pull-input.ts';
import { keyTaken } from '../../core/generate/previous.ts';
import type { RenderResult } from '../../core/secret-template/content.ts';
import { isGenerator, resolveGenerator } from '../../core/resolve/generators.ts';
import { errorOf } from '../../core/transform/entry-outcome.ts';
import { opaqueValue } from '../../core/preview/metadata-pull.ts';
import type { GeneratedResult, LooseProblem } from '../../core/transform/fetched.ts';
import { asPortError } from '../../ports/errors.ts';
import { findingOf } from './findings.ts';
import { drawAndMask, generate } from './generate.ts';
import type { ResolvedPull } from './resolve.ts';
import type { Session } from './session.ts';
import { templateEnvironment } from './template-inputs.ts';

export interface GeneratedEntries {
  readonly results: ReadonlyMap<GenerateEntry, GeneratedResult>;
  /** Absent where no generator is named. */
  readonly parts?: GeneratedParts;
  /** Milliseconds since 1970 at which the first of the values ends; absent = none of them does. */
  readonly expires?: number;
}

type Named = Pick<ResolvedPull, 'intent' | 'live'>;

/** How new values come about. */
export interface Drawing {
  /** `key` names what is drawn: the same within a run. */
  readonly draw: (spec: StableSpec, key: string) => ReadonlyMap<string, SecretValue>;
  /** False = nothing is asked of a service, and no value is known. */
  readonly withValues: boolean;
}

/** For plans that read no value: what is new is another one, whichever it is. */
export const WITHOUT_VALUES: Drawing = { draw: standIns, withValues: false };

function standIns(spec: GeneratorSpec): ReadonlyMap<string, SecretValue> {
  return new Map(keysOfGenerator(spec).map((key) => [key, opaqueValue()]));
}

/** Once in a run, however often it is planned, so that what is written is what was planned. */
export function drawOnce({ draws, ports }: Session): Drawing {
  const draw: Drawing['draw'] = (spec, key) => {
    const drawn = draws.get(key) ?? drawAndMask(spec, ports);
    draws.set(key, drawn);
    return drawn;
  };
  return { draw, withValues: true };
}

interface OneEntry {
  readonly result: GeneratedResult;
  readonly kept?: Kept;
  readonly expires?: number;
}

/** Never rejects for what a user or a service did. */
export async function generatedEntries(named: Named, session: Session, drawing: Drawing): Promise<GeneratedEntries> {
  const entries = named.intent.entries.filter((entry) => entry.kind === 'generate');
  if (entries.length === 0) return { results: new Map() };
  const found = await pLimit(session.settings.concurrency).map(entries, async (entry) => {
    return [entry, await oneEntry(entry, named, { session, drawing })] as const;
  });
  const kept = found.flatMap(([, one]) => one.kept ?? []);
  const ends = found.flatMap(([, one]) => one.expires ?? []);
  return {
    results: new Map(found.map(([entry, { result }]) => [entry, result])),
    parts: partsOf(kept),
    ...(ends.length === 0 ? {} : { expires: Math.min(...ends) }),
  };
}

/** Later entries win, as among all others. */
function partsOf(kept: readonly Kept[]): GeneratedParts {
  const marks = new Map<string, Mark>(kept.flatMap((one) => [...one.marks]));
  const drawn: readonly Drawn[] = kept.flatMap((one) => one.drawn);
  const text = drawnText(drawn);
  return {
    beside: new Map(kept.flatMap((one) => [...one.beside])),
    ...(marks.size === 0 ? {} : { marks: marksText(marks) }),
    ...(text === undefined ? {} : { drawn: text }),
  };
}

interface Means {
  readonly session: Session;
  readonly drawing: Drawing;
}

async function oneEntry(entry: GenerateEntry, named: Named, means: Means): Promise<OneEntry> {
  const { session, drawing } = means;
  const found = resolveGenerator(entry.generator, named.intent.ref.namespace, session.stores.world);
  if (!isGenerator(found)) return failed([atReference({ severity: 'error', ...found })]);
  if (!isStable(found.spec)) return await otherEntry({ ...named, entry, ref: found.ref, spec: found.spec }, means);
  const environment = templateEnvironment(session.ports);
  const { spec } = found;
  const spelt = await session.pieces.one(() => namesOf(spec, entry, { environment }));
  if ('faults' in spelt) return failed(spelt.faults);
  return stableEntry({ ...named, entry, spec, generator: refText(found.ref), names: spelt.names, drawing });
}

interface OtherRequest extends Named {
  readonly entry: GenerateEntry;
  readonly ref: Generator['ref'];
  readonly spec: Exclude<GeneratorSpec, StableSpec>;
}

/** Values that are written down, or that a service gives: the same or not, they are taken as they come. */
async function otherEntry({ intent, live, entry, ref, spec }: OtherRequest, means: Means): Promise<OneEntry> {
  const { session, drawing } = means;
  const isGiven = spec.kind === 'Fake' || drawing.withValues;
  try {
    const { values, expires }: Generated = isGiven
      ? await generate({ ref, spec }, intent.ref.namespace, session.ports)
      : { values: standIns(spec) };
    const environment = templateEnvironment(session.ports);
    const result = await session.pieces.one(() => renamed(values, entry, { environment }));
    if ('faults' in result) return failed(result.faults);
    const seen = drawing.withValues ? result.values : asTheyAre([...result.values.keys()], intent, live);
    return { result: { kind: 'generated', values: seen }, ...(expires === undefined ? {} : { expires }) };
  } catch (error) {
    return failed([atReference(findingOf(asPortError(error)))]);
  }
}

/** Without values nobody can tell whether they are others. */
function asTheyAre(
  keys: readonly string[],
  { target }: PullIntent,
  live: LiveSecret | undefined,
): ReadonlyMap<string, SecretValue> {
  return new Map(keys.map((key) => [key, live?.data.get(placeOf(target, key)) ?? opaqueValue()]));
}

interface StableRequest extends Named {
  readonly entry: GenerateEntry;
  readonly spec: StableSpec;
  /** `Password shop/db`. */
  readonly generator: string;
  readonly names: ReadonlyMap<string, string>;
  readonly drawing: Drawing;
}

function stableEntry({ intent, live, entry, generator, spec, names, drawing }: StableRequest): OneEntry {
  const key = `${refText(intent.ref)} ${entry.index} ${JSON.stringify(spec)}`;
  const kept = keepOrDraw({ spec, generator, names, draw: () => drawing.draw(spec, key) }, intent, live);
  const unknown = [...kept.values.values()].some(({ isOpaque }) => isOpaque);
  if (unknown && drawing.withValues && rendersTexts(intent, live))
    return failed([atReference(unknownValueProblem(intent))]);
  return { result: { kind: 'generated', values: kept.values }, kept };
}

/** Keys that stand beside what is read and rendered must be nobody else's. */
export function takenProblems(
  intent: PullIntent,
  parts: GeneratedParts | undefined,
  { data, rendered }: { readonly data: ReadonlyMap<string, SecretValue>; readonly rendered: RenderResult | undefined },
): readonly Problem[] {
  const others = new Set(rendered?.kind === 'rendered' ? rendered.content.data.keys() : data.keys());
  const taken = [...(parts?.beside.keys() ?? [])].filter((key) => others.has(key));
  return taken.map((key) => keyTaken(intent, key));
}

function failed(faults: readonly EntryFault[]): OneEntry {
  return { result: { kind: 'failed', faults } };
}

function atReference(problem: LooseProblem): EntryFault {
  return { path: ['sourceRef', 'generatorRef'], problem };
}

/** Only where its values are hidden from us is a Secret there and its value not known. */
function rendersTexts({ target: { template } }: PullIntent, live: LiveSecret | undefined): boolean {
  return live !== undefined && template !== undefined && hasTexts(template);
}

function hasTexts({ data, labels, annotations, templateFrom }: TargetTemplate): boolean {
  return templateFrom.length > 0 || [data, labels, annotations].some((texts) => Object.keys(texts).length > 0);
}

function unknownValueProblem({ target: { name } }: PullIntent): LooseProblem {
  return errorOf(
    'generated-value-unknown',
    `has its value in Secret ${name}, of which no value is kept here, so that the template cannot be rendered over it`,
    say`Give the folder values with ${setting('show-values')}, or delete the file of that Secret so that a new value is drawn.`,
  );
}
