/**
 * Templates without a vault: values, ConfigMaps and Secrets out of manifests, for unit tests of templates.
 *
 * Everything here was written by the user for this purpose, so it is shown as it is.
 */
import type { ManifestDocument } from '../model/document.ts';
import type { PullIntent, TemplateSource } from '../model/intent.ts';
import type { Problem } from '../model/problem.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { SourceContent } from './content.ts';

export type Values = ReadonlyMap<string, SecretValue>;

/** The values of a file: one document of keys and texts, or one Secret manifest. */
export function valuesOf(documents: readonly ManifestDocument[]): {
  readonly values: Values;
  readonly problems: readonly Problem[];
} {
  const fields = documents.map(({ value }) => fieldsOf(value));
  const problems = documents.flatMap((document, index) => wrongValues(document, fields[index] ?? {}));
  const pairs = fields.flatMap((one) => [...(one['kind'] === 'Secret' ? secretEntries(one) : textEntries(one))]);
  return { values: new Map(pairs), problems };
}

/** ESO's values are bytes: a number would have to be guessed into a text. */
function wrongValues(document: ManifestDocument, fields: Fields): readonly Problem[] {
  if (fields['kind'] === 'Secret') return [];
  return Object.entries(fields).flatMap(([key, value]): readonly Problem[] => {
    if (typeof value === 'string') return [];
    const origin = document.locate([key]);
    const place = origin === undefined ? {} : { origin };
    const fix = 'Put it in quotes; write JSON as one text.';
    return [{ severity: 'error', code: 'wrong-type', field: key, ...place, what: 'is not a text', fix }];
  });
}

/** What a `templateFrom` names, found among the manifests of the same namespace. */
export function sourceAmong(
  documents: readonly ManifestDocument[],
  { ref }: PullIntent,
  defaultNamespace: string,
): (source: TemplateSource) => SourceContent {
  const objects = documents.map(({ value }) => fieldsOf(value));
  return ({ kind, name }) => {
    const found = objects.find((object) => {
      const metadata = fieldsOf(object['metadata']);
      const namespace = metadata['namespace'] ?? defaultNamespace;
      return object['kind'] === kind && metadata['name'] === name && namespace === ref.namespace;
    });
    if (found === undefined) return { kind: 'absent' };
    return { kind: 'found', entries: kind === 'Secret' ? secretEntries(found) : textEntries(fieldsOf(found['data'])) };
  };
}

type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textEntries(fields: Fields): Values {
  return new Map(
    Object.entries(fields).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, SecretValue.ofText(value)] as const] : [],
    ),
  );
}

/** `data` in base64, `stringData` over it. */
export function secretEntries(object: Fields): Values {
  const encoded = Object.entries(fieldsOf(object['data'])).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, SecretValue.of(new Uint8Array(Buffer.from(value, 'base64')))] as const] : [],
  );
  return new Map([...encoded, ...textEntries(fieldsOf(object['stringData']))]);
}
