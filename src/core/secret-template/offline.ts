/**
 * Templates without a vault: values, ConfigMaps and Secrets out of manifests, for unit tests of templates.
 *
 * Everything here was written by the user for this purpose, so it is shown as it is.
 */
import type { ManifestDocument } from '../model/document.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
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
  const pairs = documents.flatMap(({ head, value }) => {
    const fields = fieldsOf(value);
    return [...(head.kind === 'Secret' ? secretEntries(fields) : textEntries(fields))];
  });
  return { values: new Map(pairs), problems: documents.flatMap(wrongValues) };
}

/** ESO's values are bytes: a number would have to be guessed into a text. */
function wrongValues(document: ManifestDocument): readonly Problem[] {
  if (document.head.kind === 'Secret') return [];
  return Object.entries(fieldsOf(document.value)).flatMap(([key, value]): readonly Problem[] => {
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
  return ({ kind, name }) => {
    const found = documents.find(({ head }) => {
      const { namespace = defaultNamespace } = head;
      return head.kind === kind && head.name === name && namespace === ref.namespace;
    });
    if (found === undefined) return { kind: 'absent' };
    const fields = fieldsOf(found.value);
    const entries = kind === 'Secret' ? secretEntries(fields) : textEntries(fieldsOf(fields['data']));
    return { kind: 'found', entries };
  };
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
