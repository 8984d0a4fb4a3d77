/**
 * `metadataPolicy: Fetch`: tags and times of a vault object in the place of its value.
 *
 * ESO 2.9 with its default Key Vault engine: the times count as tags named `attribute.expires`, `attribute.created`,
 * `attribute.updated` and `attribute.notBefore`, and replace tags of these names.
 */
import type { FetchedObject, RemoteAttributes } from '../model/vault.ts';
import { compareBytes } from '../go/go-hash.ts';
import { getProperty, type PropertyResult } from './get-property.ts';
import { quote } from './gjson/text.ts';

/** Tags by name; `null` = present without a value. */
export type Metadata = ReadonlyMap<string, string | null>;

export type MetadataResult = PropertyResult | { readonly kind: 'tag-missing'; readonly tag: string };

/** Tags and times of an object. */
export function metadataOf({ tags, attributes }: Pick<FetchedObject, 'tags' | 'attributes'>): Metadata {
  return new Map([...tags, ...attributeTags(attributes)]);
}

function attributeTags(attributes: RemoteAttributes): [string, string][] {
  const times = [
    ['expires', attributes.expires],
    ['created', attributes.created],
    ['updated', attributes.updated],
    ['notBefore', attributes.notBefore],
  ] as const;
  return times.flatMap(([name, seconds]) => {
    return seconds === undefined ? [] : [[`attribute.${name}`, rfc3339(seconds)] as [string, string]];
  });
}

/** RFC 3339 in UTC and whole seconds. A year beyond 9999 is written as Go writes it, without a sign. */
function rfc3339(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/^\+0?/, '');
}

/**
 * What a data entry with `metadataPolicy: Fetch` gets.
 *
 * | property | gives |
 * |---|---|
 * | empty | all tags as a JSON object, names in byte order, tags without a value left out |
 * | the name of a tag | its value |
 * | `tag.path` | the path, by the property rule, in the value of `tag` |
 * | other | nothing: the tag does not exist |
 */
export function fetchMetadata(metadata: Metadata, property: string): MetadataResult {
  if (property === '') return { kind: 'found', text: metadataJson(metadata) };
  const value = metadata.get(property);
  if (value !== undefined) return { kind: 'found', text: value ?? '' };
  const dot = property.indexOf('.');
  const holder = dot > 0 ? metadata.get(property.slice(0, dot)) : undefined;
  if (holder === undefined) return { kind: 'tag-missing', tag: property };
  return getProperty(holder ?? '', property.slice(dot + 1), property);
}

function metadataJson(metadata: Metadata): string {
  const members = [...metadata]
    .filter((entry): entry is [string, string] => entry[1] !== null)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => `${quote(name)}:${quote(value)}`);
  return `{${members.join(',')}}`;
}

export interface MetadataMapInput {
  readonly metadata: Metadata;
  /** As written, with its prefix. */
  readonly refKey: string;
  /** The name of the vault object, without prefix. */
  readonly secretName: string;
  readonly property: string;
}

/**
 * The keys of an `extract` with `metadataPolicy: Fetch`.
 *
 * ESO 2.9: each tag gives `<secretName>_<tag>`; a tag whose value is a JSON object of texts is opened to
 * `<secretName>_<tag>_<member>`, so `{}` and `null` vanish. With a property there is exactly one key,
 * `<key>_<property>`, looked up under that name in the former and empty when it is not there. It never is there when
 * the key has a prefix (`secret/a`).
 */
export function metadataMap({ metadata, refKey, secretName, property }: MetadataMapInput): ReadonlyMap<string, string> {
  const opened = new Map(
    [...metadata]
      .filter((entry): entry is [string, string] => entry[1] !== null)
      .sort(([a], [b]) => compareBytes(a, b))
      .flatMap(([tag, value]) => openedTag(`${secretName}_${tag}`, value)),
  );
  if (property === '') return opened;
  const name = `${refKey}_${property}`;
  const result = fetchMetadata(opened, name);
  return new Map([[name, result.kind === 'found' ? result.text : '']]);
}

function openedTag(name: string, value: string): [string, string][] {
  const members = textMembers(value);
  if (members === undefined) return [[name, value]];
  return members.map(([member, text]) => [`${name}_${member}`, text]);
}

/** A JSON object of texts and nulls, or `null`; `undefined` for everything else. */
function textMembers(json: string): [string, string][] | undefined {
  const value = parseJson(json);
  if (value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const members = Object.entries(value as Record<string, unknown>);
  if (!members.every(([, member]) => member === null || typeof member === 'string')) return undefined;
  return members.map(([name, member]) => [name.toWellFormed(), ((member as string | null) ?? '').toWellFormed()]);
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
