/** Annotations of ours that are about single entries of `data` and `dataFrom`. */
import type { PullExtras, SourceEntry } from '../../model/intent.ts';
import { DATA_KEY } from '../../model/kubernetes-names.ts';
import { PULL_ANNOTATIONS } from '../../model/names.ts';
import type { Problem } from '../../model/problem.ts';
import { shortList } from '../../model/short-list.ts';
import type { RemoteType } from '../../model/vault.ts';
import { annotationProblem, type Annotations } from '../annotations.ts';
import type { Subject } from '../check.ts';
import { hasPlaceholder } from '../placeholders.ts';
import type { WrittenExternalSecretSpec } from './schema.ts';

/** `data[0]`, `dataFrom[1]`, or a key of `data`. */
export type EntryName = { readonly list: 'data' | 'dataFrom'; readonly index: number } | { readonly secretKey: string };

export interface FindTypeChoice {
  /** Of `dataFrom`; absent = every find. */
  readonly index?: number;
  readonly type: RemoteType;
}

const PLACE = /^(data|dataFrom)\[(\d{1,6})\]$/u;
const TYPES: readonly RemoteType[] = ['secret', 'cert', 'key'];

/** `undefined` where a part of it names nothing that can be. */
export function optionalIn(text: string): readonly EntryName[] | undefined {
  return allOf(partsOf(text).map(entryName));
}

/** The same for `find-type`. */
export function findTypesIn(text: string): readonly FindTypeChoice[] | undefined {
  return allOf(partsOf(text).map(findTypeChoice));
}

/** Entries that are named and are not there, or have nothing to find. */
export function entryExtrasProblems(
  subject: Subject,
  annotations: Annotations,
  written: WrittenExternalSecretSpec,
): readonly Problem[] {
  const optional = given(annotations, PULL_ANNOTATIONS.optional, optionalIn).filter((name) => !isThere(name, written));
  const found = given(annotations, PULL_ANNOTATIONS.findType, findTypesIn).filter(
    ({ index }) => !(written.dataFrom ?? []).some(({ find }, at) => find !== undefined && isAt(index, at)),
  );
  return [
    ...absent(subject, PULL_ANNOTATIONS.optional, optional.map(nameText), 'which the spec does not have'),
    ...absent(subject, PULL_ANNOTATIONS.findType, found.map(placeText), 'which has no find'),
  ];
}

/** The entry with what the annotations say of it. */
export function withExtras(
  entries: readonly SourceEntry[],
  annotations: Annotations,
  { states }: Pick<PullExtras, 'states'>,
): readonly SourceEntry[] {
  const optional = given(annotations, PULL_ANNOTATIONS.optional, optionalIn);
  const types = given(annotations, PULL_ANNOTATIONS.findType, findTypesIn);
  return entries.map((entry): SourceEntry => {
    if (entry.kind === 'empty') return entry;
    const marked = optional.some((name) => isNameOf(name, entry)) ? { ...entry, isOptional: true as const } : entry;
    if (marked.kind !== 'find') return marked;
    const type = types.findLast(({ index }) => isAt(index, marked.index))?.type ?? 'secret';
    const hasPolicies = Object.keys(states).length > 0;
    const find = {
      ...marked.find,
      ...(type === 'secret' ? {} : { type }),
      ...(hasPolicies ? { states } : {}),
    };
    return { ...marked, find };
  });
}

/** What is not filled yet says nothing. */
function given<One>(
  annotations: Annotations,
  name: string,
  parse: (text: string) => readonly One[] | undefined,
): readonly One[] {
  const text = annotations[name];
  return text === undefined || hasPlaceholder(text) ? [] : (parse(text) ?? []);
}

function absent(subject: Subject, annotation: string, names: readonly string[], why: string): readonly Problem[] {
  if (names.length === 0) return [];
  const fix = 'Correct it, or take it out.';
  return [annotationProblem(subject, annotation, { what: `names ${shortList(names)}, ${why}`, fix })];
}

function isThere(name: EntryName, { data = [], dataFrom = [] }: WrittenExternalSecretSpec): boolean {
  if ('secretKey' in name) return data.some(({ secretKey }) => secretKey === name.secretKey);
  return name.index < (name.list === 'data' ? data : dataFrom).length;
}

function isNameOf(name: EntryName, entry: SourceEntry): boolean {
  if ('secretKey' in name) return entry.kind === 'data' && entry.secretKey === name.secretKey;
  return name.index === entry.index && (name.list === 'data') === (entry.kind === 'data');
}

function isAt(index: number | undefined, at: number): boolean {
  return index === undefined || index === at;
}

function nameText(name: EntryName): string {
  return 'secretKey' in name ? name.secretKey : `${name.list}[${name.index}]`;
}

function placeText({ index }: FindTypeChoice): string {
  return index === undefined ? 'spec.dataFrom' : `dataFrom[${index}]`;
}

function entryName(text: string): EntryName | undefined {
  const [, list, index] = PLACE.exec(text) ?? [];
  if (list === 'data' || list === 'dataFrom') return { list, index: Number(index) };
  return DATA_KEY.test(text) ? { secretKey: text } : undefined;
}

function findTypeChoice(text: string): FindTypeChoice | undefined {
  const [, index, word = text] = /^dataFrom\[(\d{1,6})\]=(.*)$/u.exec(text) ?? [];
  const type = TYPES.find((one) => one === word);
  if (type === undefined) return undefined;
  return index === undefined ? { type } : { index: Number(index), type };
}

function partsOf(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim());
}

function allOf<One>(all: readonly (One | undefined)[]): readonly One[] | undefined {
  const defined = all.filter((one) => one !== undefined);
  return defined.length === all.length ? defined : undefined;
}
