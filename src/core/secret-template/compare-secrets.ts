/** Rendered Secrets against expected ones, for unit tests of templates. Values are shown: both sides are test data. */
import type { DocumentHead, ManifestDocument } from '../model/document.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import { secretRef } from '../model/secret.ts';
import type { SecretValue } from '../model/secret-value.ts';
import { secretEntries, type Values } from './offline.ts';

export interface RenderedSecret {
  readonly ref: ObjectRef;
  readonly type: string;
  readonly data: Values;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** Keys of data that are random or of the time: they are expected to exist, whatever they are. */
  readonly volatileKeys: ReadonlySet<string>;
}

/**
 * Lines that say what differs: `-` is expected, `+` is rendered. Nothing is said of what the expected manifest leaves
 * out (type, labels, annotations), except for keys of data, which must all be named.
 */
export function differences(
  rendered: readonly RenderedSecret[],
  expected: readonly ManifestDocument[],
  namespace: string,
): readonly string[] {
  const wanted = expected.filter(({ head }) => head.kind === 'Secret');
  const byRef = new Map(wanted.map(({ head, value }) => [refText(refOf(head, namespace)), fieldsOf(value)]));
  const known = new Set(rendered.map(({ ref }) => refText(ref)));
  const missing = [...byRef.keys()].filter((ref) => !known.has(ref));
  return [
    ...rendered.flatMap((secret) => differencesOf(secret, byRef.get(refText(secret.ref)))),
    ...missing.flatMap((ref) => [ref, '  - is expected, and nothing renders it']),
  ];
}

function refOf({ namespace, name = '' }: DocumentHead, given: string): ObjectRef {
  return secretRef(namespace ?? given, name);
}

function differencesOf(secret: RenderedSecret, wanted: Fields | undefined): readonly string[] {
  if (wanted === undefined) return [refText(secret.ref), '  + is rendered, and not expected'];
  const metadata = fieldsOf(wanted['metadata']);
  const lines = [
    ...(wanted['type'] === undefined ? [] : lineOf('type', wanted['type'], secret.type)),
    ...dataLines(secret, secretEntries(wanted)),
    ...textLines('labels', metadata['labels'], secret.labels),
    ...textLines('annotations', metadata['annotations'], secret.annotations),
  ];
  return lines.length === 0 ? [] : [refText(secret.ref), ...lines];
}

function dataLines({ data, volatileKeys }: RenderedSecret, wanted: Values): readonly string[] {
  const keys = [...new Set([...wanted.keys(), ...data.keys()])].sort();
  return keys.flatMap((key) => {
    const [want, got] = [wanted.get(key), data.get(key)];
    if (want !== undefined && got !== undefined && (volatileKeys.has(key) || want.equals(got))) return [];
    return lineOf(key, shown(want), shown(got));
  });
}

function textLines(field: string, wanted: unknown, got: ReadonlyMap<string, string>): readonly string[] {
  return Object.entries(fieldsOf(wanted)).flatMap(([key, text]) => lineOf(`${field}.${key}`, text, got.get(key)));
}

function lineOf(name: string, want: unknown, got: unknown): readonly string[] {
  if (want === got) return [];
  const line = (sign: string, value: unknown): string => `  ${sign} ${name}: ${JSON.stringify(value)}`;
  return [...(want === undefined ? [] : [line('-', want)]), ...(got === undefined ? [] : [line('+', got)])];
}

/** A text, or the base64 of what is none. */
function shown(value: SecretValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value.reveal());
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : `base64 ${bytes.toString('base64')}`;
}
