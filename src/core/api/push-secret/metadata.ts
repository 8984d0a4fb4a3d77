/**
 * `metadata` of one entry: ESO's `PushSecretMetadata`, read as ESO reads it (sigs.k8s.io/yaml, strict).
 *
 * It has no schema in the definition, and ESO 2.9 looks at it only once the entry's turn has come. A fault stays with
 * its entry, therefore: it never refuses the PushSecret. Names of fields count without case, numbers and booleans become
 * texts, `null` an empty one.
 *
 * | of Key Vault | most |
 * | --- | --- |
 * | content type | 255 characters |
 * | name or value of a tag | 256 characters |
 * | tags | 15, of which `managed-by` is one, and `keyferry-owner` another where there is room |
 */
import { parseRfc3339 } from '../../go/rfc3339.ts';
import { scalarText } from '../../go/scalar-text.ts';
import { isRecord, type Fields } from '../../model/fields.ts';
import { MANAGED_BY_TAG, MOST_TAGS, OWNER_TAG } from '../../model/names.ts';
import { nearest } from '../../model/nearest.ts';
import type { Message } from '../../model/message.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { PushFault, PushMetadata } from '../../model/push-intent.ts';
import { foreignPlaceholder } from '../foreign-placeholders.ts';
import { hasPlaceholder } from '../placeholders.ts';

const API_VERSION = 'kubernetes.external-secrets.io/v1alpha1';
const KIND = 'PushSecretMetadata';
const HEAD_FIELDS = ['apiVersion', 'kind', 'spec'];
const SPEC_FIELDS = ['contentType', 'expirationDate', 'tags'];
const LONGEST_CONTENT_TYPE = 255;
const LONGEST_TAG = 256;
/** Key Vault: the end of the year 9999, in whole seconds. */
const LAST_SECOND = 253_402_300_799;

/** `path` leads to the metadata, from the root of the manifest. Absent or `null`: nothing is asked for. */
export function toPushMetadata(given: unknown, path: FieldPath): PushMetadata | PushFault {
  if (given === undefined || given === null) return {};
  return formFault(given, path) ?? readMetadata(membersOf(given, HEAD_FIELDS), path);
}

function readMetadata(head: Members, path: FieldPath): PushMetadata | PushFault {
  const at: FieldPath = [...path, 'spec'];
  const spec = membersOf(head.get('spec')?.value, SPEC_FIELDS);
  const found = headFault(head, path) ?? expiryFault(spec, at) ?? contentTypeFault(spec, at) ?? tagsFault(spec, at);
  if (found !== undefined) return found;
  const tags = tagsOf(spec);
  const contentType = textOf(spec, 'contentType');
  const expires = parseRfc3339(textOf(spec, 'expirationDate'));
  return {
    ...(tags.length === 0 ? {} : { tags: Object.fromEntries(tags) }),
    ...(contentType === '' ? {} : { contentType }),
    ...(expires === undefined ? {} : { expires }),
  };
}

/** A known field, as it was written. */
interface Member {
  readonly name: string;
  readonly value: unknown;
}
type Members = ReadonlyMap<string, Member>;

/** Go: the last spelling of a name counts; the API server has put them in order. */
function membersOf(given: unknown, known: readonly string[]): Members {
  const names = isRecord(given) ? Object.keys(given).sort() : [];
  return new Map(
    names.flatMap((name) => {
      const field = known.find((one) => one.toLowerCase() === name.toLowerCase());
      return field === undefined ? [] : [[field, { name, value: (given as Fields)[name] }] as const];
    }),
  );
}

function textOf(members: Members, field: string): string {
  return scalarText(members.get(field)?.value ?? '') ?? '';
}

function tagsOf(spec: Members): readonly (readonly [string, string])[] {
  const given = spec.get('tags')?.value;
  if (!isRecord(given)) return [];
  return Object.entries(given).map(([name, value]) => [name, scalarText(value ?? '') ?? ''] as const);
}

/** Everything that ESO cannot decode. */
function formFault(given: unknown, path: FieldPath): PushFault | undefined {
  const shape = objectFault(given, path) ?? unknownField(given, HEAD_FIELDS, path);
  if (shape !== undefined) return shape;
  const head = membersOf(given, HEAD_FIELDS);
  const spec = head.get('spec');
  const at: FieldPath = [...path, spec?.name ?? 'spec'];
  return (
    scalarFault(head, 'apiVersion', path) ??
    scalarFault(head, 'kind', path) ??
    objectFault(spec?.value ?? {}, at) ??
    unknownField(spec?.value, SPEC_FIELDS, at) ??
    specFormFault(membersOf(spec?.value, SPEC_FIELDS), at)
  );
}

function specFormFault(spec: Members, at: FieldPath): PushFault | undefined {
  const tags = spec.get('tags')?.value ?? {};
  const path: FieldPath = [...at, 'tags'];
  return (
    scalarFault(spec, 'contentType', at) ??
    scalarFault(spec, 'expirationDate', at) ??
    objectFault(tags, path) ??
    firstOf(Object.entries(tags), ([name, value]) => noScalar(value, [...path, name]))
  );
}

function scalarFault(members: Members, field: string, path: FieldPath): PushFault | undefined {
  const member = members.get(field);
  return member === undefined ? undefined : noScalar(member.value, [...path, member.name]);
}

function noScalar(value: unknown, path: FieldPath): PushFault | undefined {
  if (scalarText(value ?? '') !== undefined) return undefined;
  return { code: 'push-metadata', path, what: 'is not a text', fix: 'Write one text.' };
}

function objectFault(given: unknown, path: FieldPath): PushFault | undefined {
  if (isRecord(given)) return undefined;
  return {
    code: 'push-metadata',
    path,
    what: `is ${Array.isArray(given) ? 'a list' : 'a single value'}, not an object`,
    fix: SHAPE,
  };
}

const SHAPE = `Write apiVersion: ${API_VERSION}, kind: ${KIND} and spec, with ${SPEC_FIELDS.join(', ')} in it.`;

function unknownField(given: unknown, known: readonly string[], path: FieldPath): PushFault | undefined {
  const names = isRecord(given) ? Object.keys(given) : [];
  const unknown = names.find((name) => !known.some((one) => one.toLowerCase() === name.toLowerCase()));
  if (unknown === undefined) return undefined;
  const meant = nearest(unknown, known);
  return {
    code: 'push-metadata',
    path: [...path, unknown],
    what: `is no field of ${KIND}`,
    fix: meant === undefined ? SHAPE : `Did you mean ${meant}?`,
  };
}

function headFault(head: Members, path: FieldPath): PushFault | undefined {
  return wrongWord(head, 'apiVersion', API_VERSION, path) ?? wrongWord(head, 'kind', KIND, path);
}

function wrongWord(head: Members, field: string, expected: string, path: FieldPath): PushFault | undefined {
  const text = textOf(head, field);
  if (text === expected || hasPlaceholder(text)) return undefined;
  return {
    code: 'push-metadata',
    path: [...path, head.get(field)?.name ?? field],
    what: text === '' ? 'is missing' : `is not ${expected}`,
    fix: `Write ${field}: ${expected}.`,
  };
}

function expiryFault(spec: Members, at: FieldPath): PushFault | undefined {
  const text = textOf(spec, 'expirationDate');
  if (text === '' || hasPlaceholder(text)) return undefined;
  const path = [...at, spec.get('expirationDate')?.name ?? 'expirationDate'];
  const seconds = parseRfc3339(text);
  if (seconds === undefined) {
    return {
      code: 'push-expiry',
      path,
      what: 'is not a time as RFC 3339 has it',
      fix: placeholderFix(text) ?? EXAMPLE,
    };
  }
  if (seconds >= 0 && seconds <= LAST_SECOND) return undefined;
  return {
    code: 'push-expiry',
    path,
    what: 'is not between the years 1970 and 9999',
    fix: 'Key Vault takes no other.',
  };
}

const EXAMPLE = 'Write day, time and zone, as 2030-12-31T20:00:00Z.';

/** A template of another tool is a likelier cause than a wrong form. */
function placeholderFix(text: string): Message | undefined {
  return foreignPlaceholder(text);
}

function contentTypeFault(spec: Members, at: FieldPath): PushFault | undefined {
  const { length } = textOf(spec, 'contentType');
  if (length <= LONGEST_CONTENT_TYPE) return undefined;
  return tooLong([...at, spec.get('contentType')?.name ?? 'contentType'], length, LONGEST_CONTENT_TYPE);
}

function tooLong(path: FieldPath, length: number, most: number): PushFault {
  const what = `has ${length} characters, and Key Vault takes ${most}`;
  return { code: 'push-too-long', path, what, fix: 'Shorten it.' };
}

function tagsFault(spec: Members, at: FieldPath): PushFault | undefined {
  const path: FieldPath = [...at, spec.get('tags')?.name ?? 'tags'];
  const tags = tagsOf(spec);
  return firstOf(tags, ([name, value]) => tagFault(name, value, [...path, name])) ?? tagCountFault(tags.length, path);
}

function tagFault(name: string, value: string, path: FieldPath): PushFault | undefined {
  if (name === MANAGED_BY_TAG || name === OWNER_TAG) {
    return {
      code: 'push-tag',
      path,
      what: 'is a tag that says whose the object is',
      fix: 'Remove it: it is written anyway.',
    };
  }
  if (name === '')
    return {
      code: 'push-tag',
      path: path.slice(0, -1),
      what: 'has a tag without a name',
      fix: 'Name it, or remove it.',
    };
  const longest = Math.max(name.length, value.length);
  return longest > LONGEST_TAG ? tooLong(path, longest, LONGEST_TAG) : undefined;
}

function tagCountFault(count: number, path: FieldPath): PushFault | undefined {
  if (count < MOST_TAGS) return undefined;
  const what = `has ${count} tags, and beside ${MANAGED_BY_TAG} Key Vault has room for ${MOST_TAGS - 1}`;
  return { code: 'push-tag', path, what, fix: 'Remove some.' };
}

function firstOf<T>(list: readonly T[], faultOf: (one: T) => PushFault | undefined): PushFault | undefined {
  for (const one of list) {
    const fault = faultOf(one);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
