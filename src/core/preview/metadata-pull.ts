/**
 * One ExternalSecret planned without values, by the planner of a sync: every value is an opaque one, the live one where
 * nothing is newer than the last sync, and another where something may be.
 *
 * | what is known of a key                         | its value is                                        |
 * | ---------------------------------------------- | --------------------------------------------------- |
 * | its vault object is that of the last sync      | the live one                                        |
 * | it is newer, or no sync is remembered          | another one                                         |
 * | it comes out of a template or a document       | the live one; only values tell, and that is said    |
 *
 * So ownership, deletion policies, limits and renames are decided by the rules of a sync and not by a copy of them.
 */
import type { PullIntent, TargetTemplate } from '../model/intent.ts';
import { DATA_HASH_ANNOTATION, REDACTED } from '../model/names.ts';
import { UNTOLD_KEY } from '../model/plan.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { LiveSecret } from '../model/secret.ts';
import { shortList } from '../model/short-list.ts';
import { syncedResourceVersion } from '../go/go-hash.ts';
import type { PullInput } from '../plan/pull/pull-input.ts';
import { systemTypeByMarks } from '../plan/pull/system-secret.ts';
import type { Rendered, RenderResult } from '../secret-template/content.ts';
import { includesFetched } from '../secret-template/render-target.ts';
import type { EntryMetadata, SeenKey, SeenObject } from './metadata-entries.ts';
import { newerThanSync } from './newer.ts';

/** The input of the planner, and what its answer means. */
export interface MetadataPull {
  readonly pull: PullInput;
  /** Why something is written. */
  readonly reason?: string;
  /** Where the planner finds nothing to do: why that is not certain. */
  readonly unknown?: string;
}

/** `pull` was read without values: its source holds no data yet. Other sources are planned as they are. */
export function metadataPull(pull: PullInput, entries: readonly EntryMetadata[]): MetadataPull {
  if (pull.source.kind !== 'data') return { pull };
  const view = viewOf(pull, entries);
  const keys = wantedKeys(pull.intent, entries, pull.live, view);
  const live =
    pull.live === undefined ? undefined : completed(pull.live, pull.intent, [...keys.keys(), ...untoldKeys(view)]);
  const data = isNothing(pull.intent, entries) ? new Map<string, SecretValue>() : dataOf(keys, live, view);
  const rendered = renderedOf(pull.intent.target.template, data, live);
  const source = { ...pull.source, data, ...(rendered === undefined ? {} : { rendered }) };
  return { pull: { ...pull, live, source }, ...wordsOf(view) };
}

/** A template of nothing is not rendered, unless the keys that are gone are to be taken out. */
function isNothing({ target }: PullIntent, entries: readonly EntryMetadata[]): boolean {
  return target.deletionPolicy !== 'Merge' && entries.every(({ keys }) => keys?.length === 0);
}

/** What is known before planning. */
interface View {
  readonly isNew: (object: SeenObject) => boolean;
  /** Names of what is newer. */
  readonly newer: readonly string[];
  /** Of these, the ones of which only values tell what they change. */
  readonly untold: readonly string[];
  readonly isManifestChanged: boolean;
  /** There is a Secret, and no sync of it is remembered. */
  readonly isFirst: boolean;
  /** Only values tell all keys. */
  readonly isOpen: boolean;
}

function viewOf({ intent, state, live, source }: PullInput, entries: readonly EntryMetadata[]): View {
  const mark = source.kind === 'data' ? source.versionsMark : undefined;
  const isManifestChanged = hasChanged(intent, state?.syncedResourceVersion);
  const objects = entries.flatMap((entry) => entry.objects);
  const isNew = newerThanSync(objects, { state, mark, isManifestChanged });
  const { template } = intent.target;
  const closed =
    template === undefined || !isRendered(template) ? entries.filter(({ keys }) => keys === undefined) : entries;
  return {
    isNew,
    newer: namesOf(objects.filter(isNew)),
    untold: namesOf(closed.flatMap((entry) => entry.objects).filter(isNew)),
    isManifestChanged,
    isFirst: live !== undefined && state?.refreshTime === undefined,
    isOpen: entries.some(({ keys }) => keys === undefined) || template?.templateFrom.some(isOfData) === true,
  };
}

function namesOf(objects: readonly SeenObject[]): readonly string[] {
  return [...new Set(objects.map(({ name }) => name))];
}

function hasChanged({ generation, annotations, labels }: PullIntent, synced: string | undefined): boolean {
  return synced !== undefined && synced !== syncedResourceVersion(generation, annotations, labels);
}

/** A template that sets a type or finalizers only leaves the values alone. */
function isRendered({ data, templateFrom, labels, annotations }: TargetTemplate): boolean {
  return templateFrom.length > 0 || [data, labels, annotations].some((texts) => Object.keys(texts).length > 0);
}

function isOfData({ target }: TargetTemplate['templateFrom'][number]): boolean {
  return target === 'data';
}

/** The keys that are certain → whether their value may be another one. */
function wantedKeys(
  { target: { template } }: PullIntent,
  entries: readonly EntryMetadata[],
  live: LiveSecret | undefined,
  { isFirst, isNew }: View,
): ReadonlyMap<string, boolean> {
  const there = new Set(live?.data.values());
  const isFresh = (seen: SeenKey) =>
    'generated' in seen ? seen.generated.isOpaque && !there.has(seen.generated) : isFirst || isNew(seen.from);
  const fetched = entries.flatMap(({ keys = [] }) => keys.map((seen) => [seen.key, isFresh(seen)] as const));
  if (template === undefined) return new Map(fetched);
  const rendered = Object.keys(template.data).map((key) => [key, isFirst] as const);
  return new Map([...(includesFetched(template) ? fetched : []), ...rendered]);
}

/** Where only values tell all keys, those that are there stay, and one stands for those that may come. */
function dataOf(
  keys: ReadonlyMap<string, boolean>,
  live: LiveSecret | undefined,
  view: View,
): ReadonlyMap<string, SecretValue> {
  const certain = [...keys].map(
    ([key, isFresh]) => [key, (isFresh ? undefined : live?.data.get(key)) ?? opaqueValue()] as const,
  );
  if (!view.isOpen) return new Map(certain);
  return new Map([...untoldKeys(view).map((key) => [key, opaqueValue()] as const), ...(live?.data ?? []), ...certain]);
}

function untoldKeys({ isOpen }: View): readonly string[] {
  return isOpen ? [UNTOLD_KEY] : [];
}

/** Equal to itself only. */
export function opaqueValue(): SecretValue {
  return SecretValue.fingerprint(() => false);
}

/**
 * What metadata does not tell of a Secret is taken to be as it is wanted: type, immutability, keys that nobody owns.
 * The key that stands for others is there too, so that it is never what differs.
 */
function completed(live: LiveSecret, { target }: PullIntent, keys: readonly string[]): LiveSecret {
  const type = live.type ?? systemTypeByMarks(live) ?? target.template?.type;
  const areKeysKnown = live.data.size > 0 || live.ownedFields.length > 0;
  const assumed = areKeysKnown ? keys.filter((key) => key === UNTOLD_KEY) : keys;
  return {
    ...live,
    ...(type === undefined ? {} : { type }),
    immutable: target.immutable,
    annotations: assumed.length === 0 ? live.annotations : withoutHash(live.annotations),
    data: new Map([...live.data, ...assumed.map((key) => [key, opaqueValue()] as const)]),
  };
}

/** The hash of a Secret is that of its own keys, not of those that are taken to be there. */
function withoutHash(annotations: LiveSecret['annotations']): LiveSecret['annotations'] {
  if (!annotations.has(DATA_HASH_ANNOTATION)) return annotations;
  return new Map(annotations).set(DATA_HASH_ANNOTATION, REDACTED);
}

/** As if the template had given what is there already. */
function renderedOf(
  template: TargetTemplate | undefined,
  data: ReadonlyMap<string, SecretValue>,
  live: LiveSecret | undefined,
): RenderResult | undefined {
  if (template === undefined) return undefined;
  const texts = (wanted: Readonly<Record<string, string>>, there: ReadonlyMap<string, string> | undefined) =>
    settled(new Map([...Object.keys(wanted).map((name) => [name, ''] as const), ...(there ?? [])]));
  const content = {
    data: settled(data),
    labels: texts(template.labels, live?.labels),
    annotations: texts(template.annotations, live?.annotations),
  };
  return { kind: 'rendered', content };
}

function settled<Value>(values: ReadonlyMap<string, Value>): ReadonlyMap<string, Rendered<Value>> {
  return new Map([...values].map(([name, value]) => [name, { value, isVolatile: false }]));
}

function wordsOf({ newer, untold, isManifestChanged, isFirst, isOpen }: View): Omit<MetadataPull, 'pull'> {
  const changed = isManifestChanged ? ['the manifest changed since the last sync'] : [];
  const reasons = isFirst
    ? ['first sync of a Secret that is there already']
    : [...changed, ...(newer.length === 0 ? [] : [`newer than the last sync: ${shortList(newer)}`])];
  const doubts = [
    ...changed,
    ...(untold.length === 0 ? [] : [`newer than the last sync: ${shortList(untold)}`]),
    ...(isFirst && isOpen ? ['first sync of a Secret that is there already'] : []),
  ];
  return {
    ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }),
    ...(doubts.length === 0 ? {} : { unknown: `${doubts.join('; ')}; only values tell what changes` }),
  };
}
