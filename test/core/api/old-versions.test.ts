import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { problemText } from '../../../src/core/model/problem.ts';

function check(text: string) {
  const { documents, problems } = parseDocuments('old.yaml', text);
  const checked = checkManifests(documents);
  return { ...checked, texts: [...problems, ...checked.problems].map((p) => `${p.severity}: ${problemText(p)}`) };
}

/** What ESO 0.4 served, with every field that it had. */
const EXTERNAL_SECRET = `apiVersion: external-secrets.io/v1alpha1
kind: ExternalSecret
metadata:
  name: db
  namespace: shop
spec:
  refreshInterval: 15m
  secretStoreRef:
    name: kv
    kind: SecretStore
  target:
    name: orders-db
    creationPolicy: Merge
    immutable: true
    template:
      type: Opaque
      engineVersion: v1
      metadata:
        labels: {team: shop}
        annotations: {a: b}
      data:
        url: "postgres://{{ .password | toString }}@db"
      templateFrom:
        - configMap:
            name: tpl
            items: [{key: config}]
  data:
    - secretKey: password
      remoteRef:
        key: database-password
        version: 0123456789abcdef0123456789abcdef
        property: p
        conversionStrategy: Unicode
  dataFrom:
    - key: settings
      property: inner
      conversionStrategy: Unicode
`;

const STORE = `apiVersion: external-secrets.io/v1alpha1
kind: SecretStore
metadata: {name: kv, namespace: shop}
spec:
  controller: keyferry
  retrySettings: {maxRetries: 3, retryInterval: 10s}
  provider:
    azurekv:
      vaultUrl: https://kv-shop.vault.azure.net
      tenantId: 00000000-0000-0000-0000-000000000001
      authSecretRef:
        clientId: {name: sp, key: id}
        clientSecret: {name: sp, key: secret}
`;

/** The same in the newest version. */
function asV1(text: string): string {
  return text
    .replace('/v1alpha1', '/v1')
    .replace('engineVersion: v1', 'engineVersion: v2')
    .replace('    - key: settings\n      property: inner\n      conversionStrategy: Unicode\n', '')
    .replace(
      'dataFrom:\n',
      'dataFrom:\n    - extract: {key: settings, property: inner, conversionStrategy: Unicode}\n',
    );
}

/** What does not depend on where something stands. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, part: unknown) => (name === 'origin' ? undefined : part)));
}

describe('a manifest in v1alpha1', () => {
  it.each([
    ['ExternalSecret', EXTERNAL_SECRET],
    ['SecretStore', STORE],
    [
      'ClusterSecretStore',
      STORE.replace('kind: SecretStore', 'kind: ClusterSecretStore').replace(', namespace: shop', ''),
    ],
  ])('is the same as one in v1: %s', (_, text) => {
    const old = check(text);
    expect(old.texts).toEqual([]);
    const { intents, stores } = check(asV1(text));
    expect([...intents, ...stores]).toHaveLength(1);
    expect(plain([old.intents, old.stores])).toEqual(plain([intents, stores]));
  });

  it('is found in a list as well, and takes yes for true', () => {
    const item = EXTERNAL_SECRET.replace('immutable: true', 'immutable: yes').replaceAll('\n', '\n    ');
    const { intents, texts } = check(`apiVersion: v1\nkind: List\nitems:\n  - ${item}`);
    expect(texts).toEqual([]);
    expect(intents.map(({ target }) => target.immutable)).toEqual([true]);
  });

  it('keeps the line of each field', () => {
    const [intent] = check(EXTERNAL_SECRET).intents;
    expect(intent?.locate(['spec', 'dataFrom', 0, 'extract', 'property'])).toEqual({ file: 'old.yaml', line: 36 });
  });

  it.each([
    ['dataFrom:\n    - kye: settings\n', 'spec.dataFrom[0].kye is not a field of this kind. Did you mean key?'],
    ['dataFrom:\n    - key: 7\n', 'spec.dataFrom[0].key is a number, not a text. Put it in quotes if a text is meant.'],
    ['dataFrom:\n    - property: a\n', 'spec.dataFrom[0].key is missing. Add it.'],
    [
      'dataFrom:\n    - extract: {key: a}\n',
      'spec.dataFrom[0].extract does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1.',
    ],
    [
      'dataFrom:\n    - find: {name: {regexp: a}}\n',
      'spec.dataFrom[0].find does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1.',
    ],
    [
      'dataFrom:\n    - {key: a, decodingStrategy: Auto}\n',
      'spec.dataFrom[0].decodingStrategy does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1.',
    ],
  ])('is told about in its own words: %s', (dataFrom, text) => {
    const head = EXTERNAL_SECRET.slice(0, EXTERNAL_SECRET.indexOf('dataFrom:'));
    expect(check(`${head}${dataFrom}`).texts).toEqual([`error: ExternalSecret shop/db: ${text} (old.yaml:35)`]);
  });

  it.each([
    ['  refreshPolicy: OnChange', 'refreshPolicy', 7],
    ['  syncWindows: {kind: deny, windows: [{schedule: "0 1 * * *", duration: 1h}]}', 'syncWindows', 7],
  ])('does not have what came later: %s', (line, field, at) => {
    const text = EXTERNAL_SECRET.replace('spec:\n', `spec:\n${line}\n`);
    expect(check(text).texts).toEqual([
      `error: ExternalSecret shop/db: spec.${field} does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1. (old.yaml:${at})`,
    ]);
  });

  it.each([
    ['deletionPolicy: Delete', 'creationPolicy: Merge', 'target.deletionPolicy', 13],
    ['creationPolicy: Orphan', 'creationPolicy: Merge', 'target.creationPolicy', 13],
    ['manifest: {apiVersion: v1, kind: Secret}', 'creationPolicy: Merge', 'target.manifest', 13],
  ])('has a target that knows less: %s', (line, before, field, at) => {
    const { texts } = check(EXTERNAL_SECRET.replace(before, line));
    expect(texts).toContain(
      `error: ExternalSecret shop/db: spec.${field} does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1. (old.yaml:${at})`,
    );
  });

  it.each([
    ['conditions: [{namespaces: [shop]}]', '', 'conditions'],
    ['refreshInterval: 60', '', 'refreshInterval'],
  ])('is a store that knows less: %s', (line, _, field) => {
    const text = STORE.replace('  controller:', `  ${line}\n  controller:`);
    expect(check(text).texts).toEqual([
      `error: SecretStore shop/kv: spec.${field} does not exist in v1alpha1. Write apiVersion: external-secrets.io/v1. (old.yaml:5)`,
    ]);
  });
});

describe('a template of engine v1', () => {
  const of = (text: string) => EXTERNAL_SECRET.replace('postgres://{{ .password | toString }}@db', text);

  it.each([
    ['{{ .a | base64decode }}', 'base64decode', 'Write b64dec'],
    ['{{ fromJSON .a }}', 'fromJSON', 'Write fromJson'],
    ['{{ .a | pkcs12key | pemPrivateKey }}', 'pkcs12key', 'It gives PEM there: leave pemPrivateKey out'],
    ['{{ .a | pemCertificate }}', 'pemCertificate', 'Leave it out, for certificates are PEM already there'],
  ])('is refused where engine v2 would make something else of it: %s', (text, name, instead) => {
    expect(check(of(text)).texts).toEqual([
      `error: ExternalSecret shop/db: spec.target.template.data.url holds ${name} of template engine v1, and here engine v2 renders it. ${instead}; then say engineVersion: v2. (old.yaml:22)`,
    ]);
    expect(check(of(text).replace('engineVersion: v1', 'engineVersion: v2')).texts).toEqual([]);
    expect(check(of(text).replace('      engineVersion: v1\n', '')).texts).toHaveLength(1);
  });

  it('is refused where engine v1 left braces alone', () => {
    const text = EXTERNAL_SECRET.replace('annotations: {a: b}', 'annotations: {a: "{{ .b }}"}');
    expect(check(text).texts).toEqual([
      'error: ExternalSecret shop/db: spec.target.template.metadata.annotations.a holds "{{", which engine v1 leaves as it is and engine v2 renders. Write engineVersion: v2 if it is a template. (old.yaml:20)',
    ]);
  });

  it('is none of v1beta1, which has engine v2 alone', () => {
    const text = asV1(EXTERNAL_SECRET).replace('/v1\n', '/v1beta1\n').replace('| toString', '| base64decode');
    expect(check(text).texts).toEqual([]);
  });
});

it.each([['refreshInterval: "5m"', 'refreshInterval']])(
  'a store in v1beta1 takes whole seconds alone: %s',
  (line, field) => {
    const text = STORE.replace('/v1alpha1', '/v1beta1').replace('  controller:', `  ${line}\n  controller:`);
    expect(check(text).texts).toEqual([
      `error: SecretStore shop/kv: spec.${field} does not exist in v1beta1. Write apiVersion: external-secrets.io/v1. (old.yaml:5)`,
    ]);
  },
);
