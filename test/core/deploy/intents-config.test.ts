import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { intentsConfig, readIntents, readIntentsConfig } from '../../../src/core/deploy/intents-config.ts';
import { intentsDigestOf, isReplaced, pinIn, pinsOf, pinText } from '../../../src/core/deploy/intents-pins.ts';
import { documentOf, type ManifestDocument } from '../../../src/core/model/document.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
const METADATA = { metadata: { name: 'keyferry-intents-0123456789ab', namespace: 'shop' } };
const UNREADABLE =
  'ConfigMap shop/keyferry-intents-0123456789ab: does not hold intents as this version of Keyferry writes them. Deploy again, with this version or a newer one.';

function document(name: string, more: object = {}): ManifestDocument {
  const value = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name }, ...more };
  return documentOf({ value, origin: { file: 'a.yaml', line: 1 }, locate: () => undefined, home: 'file' });
}

const textOf = (configMap: KubernetesObject | undefined): string =>
  (configMap?.['data'] as Record<string, string>)['intents.json'] ?? '';

describe('intentsConfig', () => {
  it('makes ConfigMaps that are immutable and named by the digest of their text', () => {
    const { configMaps, pins } = intentsConfig([document('db')], INSTALLATION);
    const digest = createHash('sha256').update(textOf(configMaps[0])).digest('hex');
    expect(configMaps).toEqual([
      expect.objectContaining({
        immutable: true,
        metadata: expect.objectContaining({ name: `keyferry-intents-${digest.slice(0, 12)}`, namespace: 'shop' }),
      }),
    ]);
    expect(pins).toEqual([{ name: `keyferry-intents-${digest.slice(0, 12)}`, digest }]);
  });

  it('never makes one ConfigMap of two parts, however alike they are', () => {
    const large = document('db', { spec: { text: 'x'.repeat(800_000) } });
    const { configMaps, pins } = intentsConfig([large, large, large], INSTALLATION);
    expect([configMaps.length, new Set(pins.map(({ name }) => name)).size]).toEqual([3, 3]);
  });

  it('gives back what was put in, with the places of it', () => {
    const { configMaps, pins } = intentsConfig([document('db')], INSTALLATION);
    const stored = readIntentsConfig(configMaps[0]!, pins[0]!);
    expect('documents' in stored && stored.documents.map(({ value, origin }) => [value, origin])).toEqual([
      [document('db').value, { file: 'a.yaml', line: 1 }],
    ]);
  });
});

describe('readIntentsConfig', () => {
  it('takes nothing that is not what was deployed, whatever it says of itself', () => {
    const { configMaps, pins } = intentsConfig([document('db', { spec: { key: 'db' } })], INSTALLATION);
    const text = textOf(configMaps[0]);
    const [pin] = pins;
    for (const changed of [
      text.replace('"key":"db"', '"key":"root-ca"'),
      `${text} `,
      text.replace(/\[[^]*\]/u, '[]'),
    ]) {
      const found = createHash('sha256').update(changed).digest('hex');
      const stored = readIntentsConfig({ ...configMaps[0]!, data: { 'intents.json': changed } }, pin!);
      expect('problem' in stored && problemText(stored.problem)).toBe(
        `ConfigMap shop/${pin?.name ?? ''}: does not hold the intents that were deployed: their digest is ${found.slice(0, 12)}…, expected ${pin?.digest.slice(0, 12) ?? ''}…. They were not used. Deploy again, and find out who changed the ConfigMap.`,
      );
    }
  });

  it.each([
    ['no data', {}],
    ['data that is a text', { data: 'x' }],
    ['another key', { data: { other: 'x' } }],
    ['a list in place of the text', { data: { 'intents.json': ['x'] } }],
    ['a null in place of the text', { data: { 'intents.json': null } }],
  ])('finds %s unreadable', (_case, content) => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', ...METADATA, ...content };
    const stored = readIntentsConfig(configMap, { name: 'x', digest: 'a'.repeat(64) });
    expect('problem' in stored && problemText(stored.problem)).toBe(UNREADABLE);
  });
});

describe('readIntents', () => {
  const head = '"schemaVersion": 2, "home": "config-maps", "part": 0';
  it.each([
    ['no JSON', '{'],
    ['another shape', '[]'],
    ['null', 'null'],
    ['another version', '{"schemaVersion": 1, "home": "config-maps", "documents": []}'],
    ['no home', '{"schemaVersion": 2, "documents": []}'],
    ['another home', '{"schemaVersion": 2, "home": "files", "documents": []}'],
    ['no documents', `{${head}}`],
    ['documents that are a number', `{${head}, "documents": 1000000000}`],
    ['a null document', `{${head}, "documents": [null]}`],
    ['a text for a document', `{${head}, "documents": ["x"]}`],
    ['a document without a value', `{${head}, "documents": [{}]}`],
    ['a value that is a list', `{${head}, "documents": [{"value": []}]}`],
    ['a place without a line', `{${head}, "documents": [{"value": {}, "origin": {"file": "a"}}]}`],
    ['a line that is absurd', `{${head}, "documents": [{"value": {}, "origin": {"file": "a", "line": 1e99}}]}`],
    [
      'a head without a name',
      '{"schemaVersion": 2, "home": "custom-resources", "documents": [{"value": {"kind": "x"}}]}',
    ],
    [
      'a head of another kind',
      '{"schemaVersion": 2, "home": "custom-resources", "documents": [{"value": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}}}]}',
    ],
  ])('finds %s unreadable', (_case, text) => {
    const stored = readIntents(text, METADATA);
    expect('problem' in stored && problemText(stored.problem)).toBe(UNREADABLE);
  });

  it('does not believe a count', () => {
    const stored = readIntents(`{${head}, "count": 1e9, "digest": "x", "documents": []}`, METADATA);
    expect(stored).toEqual({ home: 'config-maps', documents: [] });
  });
});

describe('the pins of a CronJob', () => {
  const pins = [
    { name: 'keyferry-intents-aaaaaaaaaaaa', digest: 'a'.repeat(64) },
    { name: 'keyferry-intents-bbbbbbbbbbbb', digest: 'b'.repeat(64) },
  ];
  const cronJob = (value: unknown, containers: unknown = [{ env: [{ name: 'KEYFERRY_INTENTS', value }] }]) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'keyferry' },
    spec: { jobTemplate: { spec: { template: { spec: { containers } } } } },
  });
  const text = pins.map(pinText).join(',');

  it('are read from its pod spec, beside whatever an admission controller has added', () => {
    const sidecar = { name: 'proxy', env: null };
    const own = { name: 'keyferry', env: [{ name: 'X' }, { name: 'KEYFERRY_INTENTS', value: text }] };
    expect(pinsOf(cronJob(undefined, [sidecar, own]))).toEqual(pins);
  });

  it.each([
    ['no list', undefined],
    ['a number', 1],
    ['an empty list', ''],
    ['a digest that is none', 'keyferry-intents-a=abc'],
    ['a path for a name', `../x=${'a'.repeat(64)}`],
    ['one good and one bad', `${text},x`],
  ])('are none where there is %s', (_case, value) => {
    expect(pinsOf(cronJob(value))).toEqual([]);
  });

  it.each([[{}], [{ spec: null }], [{ spec: { jobTemplate: [] } }]])('are none in %j', (content) => {
    expect(pinsOf({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'x' }, ...content })).toEqual([]);
  });

  it('tell whether another deployment came after', () => {
    expect(isReplaced(pins, cronJob(text))).toBe(false);
    expect(isReplaced(pins.slice(1), cronJob(text))).toBe(true);
    expect(isReplaced(pins.toReversed(), cronJob(text))).toBe(true);
    expect(isReplaced(pins, cronJob(''))).toBe(false);
  });

  it('have one digest for all', () => {
    expect(intentsDigestOf(pins)).not.toBe(intentsDigestOf(pins.toReversed()));
    expect(pinIn(pinText(pins[0]!))).toEqual(pins[0]);
  });
});
