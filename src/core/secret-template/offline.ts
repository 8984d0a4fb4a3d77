/**
 * Templates without a vault: values, ConfigMaps and Secrets out of manifests, for unit tests of templates.
 *
 * Everything here was written by the user for this purpose, so it is shown as it is.
 */
import { say, setting, type Message } from '../model/message.ts';
import type { ManifestDocument } from '../model/document.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
import type { PullIntent, TemplateSource } from '../model/intent.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { SourceContent } from './content.ts';

export type Values = ReadonlyMap<string, SecretValue>;

/** The values of a file: one document of keys and texts, or one Secret manifest. What is neither is a problem. */
export function valuesOf(documents: readonly ManifestDocument[]): {
  readonly values: Values;
  readonly problems: readonly Problem[];
} {
  const [document, second] = documents;
  if (document === undefined) return refused(undefined, say`the file of ${setting('values')} holds none`, ONE_A_LINE);
  if (second !== undefined) {
    const what = say`the file of ${setting('values')} holds ${documents.length} documents, and one is read`;
    return refused(second, what, 'Put the values of all of them into one.');
  }
  if (!isMap(document.value)) {
    return refused(
      document,
      say`the file of ${setting('values')} is no map of keys and texts`,
      `${ONE_A_LINE} An .env file is not read.`,
    );
  }
  const fields = fieldsOf(document.value);
  const isSecret = document.head.kind === 'Secret';
  return {
    values: isSecret ? secretEntries(fields) : textEntries(fields),
    problems: isSecret ? brokenBase64(document, fields) : wrongValues(document, fields),
  };
}

const ONE_A_LINE = "Write one key: 'value' a line.";

function refused(document: ManifestDocument | undefined, what: Message, fix: Message) {
  const origin = document?.origin;
  const problem: Problem = {
    severity: 'error',
    code: 'values',
    ...(origin === undefined ? {} : { origin }),
    what,
    fix,
  };
  return { values: new Map(), problems: [problem] };
}

/** ESO's values are bytes: a number would have to be guessed into a text. */
function wrongValues(document: ManifestDocument, fields: Fields): readonly Problem[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    typeof value === 'string'
      ? []
      : [fieldProblem(document, [key], 'is not a text', 'Put it in quotes; write JSON as one text.')],
  );
}

function brokenBase64(document: ManifestDocument, fields: Fields): readonly Problem[] {
  return Object.entries(fieldsOf(fields['data'])).flatMap(([key, value]) =>
    isBase64(value)
      ? []
      : [fieldProblem(document, ['data', key], 'is no base64', 'Encode it, or put the text under stringData.')],
  );
}

function fieldProblem(document: ManifestDocument, path: FieldPath, what: Message, fix: Message): Problem {
  const origin = document.locate(path);
  const place = origin === undefined ? {} : { origin };
  return { severity: 'error', code: 'values', field: fieldText(path), ...place, what, fix };
}

function isBase64(value: unknown): boolean {
  const text = typeof value === 'string' ? value.replace(/\s/g, '') : ' ';
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

/**
 * Warnings where values and ExternalSecrets do not fit: a sync would read other keys than these. Keys of `dataFrom` are
 * known to the vault only, so that where there is one nothing is too much.
 */
export function unfitting(values: Values, intents: readonly PullIntent[]): readonly Problem[] {
  const keys = new Set(intents.flatMap(certainKeys));
  const isOpen = intents.some(({ entries }) => entries.some(({ kind }) => kind !== 'data'));
  const unread = isOpen || intents.length === 0 ? [] : [...values.keys()].filter((key) => !keys.has(key));
  return [...intents.flatMap((intent) => missingValues(intent, values)), ...unread.map(notRead)];
}

function missingValues(intent: PullIntent, values: Values): readonly Problem[] {
  const missing = certainKeys(intent).filter((key) => !values.has(key));
  if (missing.length === 0) return [];
  const { ref: at, origin } = intent;
  const what = say`has no value in the file of ${setting('values')} for ${missing.map((key) => JSON.stringify(key)).join(', ')}`;
  const place = origin === undefined ? {} : { origin };
  return [{ severity: 'warning', code: 'values', at, ...place, what, fix: 'Add it, as a sync would read it.' }];
}

function notRead(key: string): Problem {
  const what = say`the file of ${setting('values')} has ${JSON.stringify(key)}, which no ExternalSecret here reads`;
  return { severity: 'warning', code: 'values', what, fix: 'Add it to spec.data, or take it out.' };
}

function certainKeys({ entries }: PullIntent): readonly string[] {
  return [...new Set(entries.flatMap((entry) => (entry.kind === 'data' ? [entry.secretKey] : [])))];
}

/** What a `templateFrom` names, found among the manifests of the same namespace. */
export function sourceAmong(
  documents: readonly ManifestDocument[],
  { ref }: PullIntent,
  defaultNamespace: string,
): (source: TemplateSource) => SourceContent {
  return ({ kind, name }) => {
    const document = documents.find(({ head }) => {
      const { namespace = defaultNamespace } = head;
      return head.kind === kind && head.name === name && namespace === ref.namespace;
    });
    const found = document === undefined ? undefined : fieldsOf(document.value);
    if (found === undefined) return { kind: 'absent' };
    if (kind === 'ConfigMap') return { kind: 'found', entries: textEntries(fieldsOf(found['data'])) };
    const broken = Object.entries(fieldsOf(found['data'])).find(([, value]) => !isBase64(value));
    return broken === undefined ? { kind: 'found', entries: secretEntries(found) } : brokenSource(name, broken[0]);
  };
}

function brokenSource(name: string, key: string): SourceContent {
  const what = `names Secret "${name}", whose data.${key} is no base64`;
  return {
    kind: 'failed',
    problem: {
      severity: 'error',
      code: 'template-source-unreadable',
      what,
      fix: 'Encode it, or put it under stringData.',
    },
  };
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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
