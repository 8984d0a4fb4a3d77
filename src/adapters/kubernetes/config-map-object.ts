/** ConfigMaps that are targets, as the API server writes them: texts under `data`, everything else under `binaryData`. */
import { SecretValue } from '../../core/model/secret-value.ts';
import type { SecretContent } from '../../core/model/secret.ts';
import type { Json } from './object-api.ts';

type Data = Pick<SecretContent, 'data' | 'binaryKeys'>;

export function configMapContent(object: Json): Data {
  const binary = Object.entries(texts(object['binaryData']));
  return {
    data: new Map([
      ...Object.entries(texts(object['data'])).map(([key, text]) => [key, SecretValue.ofText(text)] as const),
      ...binary.map(([key, text]) => [key, SecretValue.of(Buffer.from(text, 'base64'))] as const),
    ]),
    ...(binary.length === 0 ? {} : { binaryKeys: binary.map(([key]) => key) }),
  };
}

/** Empty parts are left out, as the API server does. */
export function configMapData({ data, binaryKeys = [] }: Data): Json {
  const entries = [...data].map(([key, value]) => ({ key, bytes: Buffer.from(value.reveal()) }));
  const isBinary = ({ key, bytes }: (typeof entries)[number]) => binaryKeys.includes(key) || !isText(bytes);
  const binary = entries.filter(isBinary).map(({ key, bytes }) => [key, bytes.toString('base64')] as const);
  const plain = entries
    .filter((entry) => !isBinary(entry))
    .map(({ key, bytes }) => [key, bytes.toString('utf8')] as const);
  return {
    ...(plain.length === 0 ? {} : { data: Object.fromEntries(plain) }),
    ...(binary.length === 0 ? {} : { binaryData: Object.fromEntries(binary) }),
  };
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return (value ?? {}) as Readonly<Record<string, string>>;
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}
