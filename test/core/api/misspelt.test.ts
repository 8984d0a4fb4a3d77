/** Slips of the keyboard in manifests: each is told with what was meant, once, and nothing is written. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const HEAD = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namespace: shop}\n';
const DATA = 'data: [{secretKey: k, remoteRef: {key: a}}]';
const STORE = 'apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: kv, namespace: shop}\n';

function told(text: string) {
  const { documents, problems } = parseDocuments('m.yaml', text);
  const checked = checkManifests(documents);
  return [...problems, ...checked.problems].map(
    (problem) => `${problem.severity}: ${problemText(problem).replace(/^\w+ shop\/\w+: | \(m\.yaml:\d+\)$/gu, '')}`,
  );
}

describe('a field that is nearly a known one', () => {
  it.each([
    [`target: {creationpolicy: Merge}, ${DATA}`, 'spec.target.creationpolicy', 'creationPolicy'],
    [`target: {deletionPolcy: Merge}, ${DATA}`, 'spec.target.deletionPolcy', 'deletionPolicy'],
    [`refreshintervall: 1h, ${DATA}`, 'spec.refreshintervall', 'refreshInterval'],
    ['datas: [{secretKey: k, remoteRef: {key: a}}]', 'spec.datas', 'data'],
    ['data: [{secretkey: k, remoteRef: {key: a}}]', 'spec.data[0].secretkey', 'secretKey'],
    ['data: [{secretKey: k, remoteref: {key: a}}]', 'spec.data[0].remoteref', 'remoteRef'],
    ['data: [{secretKey: k, remoteRef: {key: a, proprety: p}}]', 'spec.data[0].remoteRef.proprety', 'property'],
    ['data: [{secretKey: k, remoteRef: {keys: a}}]', 'spec.data[0].remoteRef.keys', 'key'],
    ['dataFrom: [{find: {name: {regex: a}}}]', 'spec.dataFrom[0].find.name.regex', 'regexp'],
    ['dataFrom: [{extract: {key: a}, rewrites: []}]', 'spec.dataFrom[0].rewrites', 'rewrite'],
    ['dataFrom: [{sourceref: {storeRef: {name: kv}}, find: {}}]', 'spec.dataFrom[0].sourceref', 'sourceRef'],
    [`target: {template: {mergepolicy: Merge}}, ${DATA}`, 'spec.target.template.mergepolicy', 'mergePolicy'],
    [`target: {template: {stringData: {a: b}}}, ${DATA}`, 'spec.target.template.stringData', 'data'],
    [`target: {template: {metadata: {lables: {}}}}, ${DATA}`, 'spec.target.template.metadata.lables', 'labels'],
    [
      `target: {template: {templateFrom: [{configmap: {name: a, items: []}}]}}, ${DATA}`,
      'spec.target.template.templateFrom[0].configmap',
      'configMap',
    ],
    [`secretStoreRef: {nmae: kv}, ${DATA}`, 'spec.secretStoreRef.nmae', 'name'],
  ])('of an ExternalSecret is an error with the right name: %s', (spec, field, meant) => {
    expect(told(`${HEAD}spec: {${spec}}`)).toEqual([
      `error: ${field} is not a field of this kind. Did you mean ${meant}?`,
    ]);
  });

  it.each([
    [
      'provider: {azurekv: {vaultURL: "https://kv.vault.azure.net", authType: WorkloadIdentity}}',
      'azurekv.vaultURL',
      'vaultUrl',
    ],
    [
      'provider: {azurekv: {vaultUrl: "https://kv.vault.azure.net", authtype: WorkloadIdentity}}',
      'azurekv.authtype',
      'authType',
    ],
    [
      'provider: {azurekv: {vaultUrl: "https://kv.vault.azure.net", authType: WorkloadIdentity, serviceAccountref: {name: a}}}',
      'azurekv.serviceAccountref',
      'serviceAccountRef',
    ],
  ])('of a store is one: %s', (spec, field, meant) => {
    expect(told(`${STORE}spec: {${spec}}`)).toEqual([
      `error: spec.provider.${field} is not a field of this kind. Did you mean ${meant}?`,
    ]);
  });

  it('of a selector is one', () => {
    const spec =
      'provider: {fake: {data: []}}, conditions: [{namespaceSelector: {matchLabel: {a: b}}}, {namespacesRegexes: [a]}]';
    expect(told(`${STORE}spec: {${spec}}`)).toEqual([
      'error: spec.conditions[0].namespaceSelector.matchLabel is not a field of this kind. Did you mean matchLabels?',
      'error: spec.conditions[1].namespacesRegexes is not a field of this kind. Did you mean namespaceRegexes?',
    ]);
  });

  it('of the object itself is one, so that a namespace is not taken from elsewhere', () => {
    const text = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namepsace: shop}\n';
    const { documents } = parseDocuments('m.yaml', `${text}spec: {${DATA}}`);
    expect(checkManifests(documents, 'other').problems.map(problemText)).toEqual([
      'ExternalSecret other/db: metadata.namepsace is not a field of this kind. Did you mean namespace? (m.yaml:3)',
    ]);
    expect(checkManifests(documents, 'other').intents).toEqual([]);
  });

  it('is none in a free map', () => {
    const template =
      'template: {data: {Data: x, labels: z}, metadata: {labels: {label: a}, annotations: {annotation: b}}}';
    const text = `${HEAD.replace('namespace: shop}', 'namespace: shop, labels: {lable: a}}')}spec: {target: {${template}}, ${DATA}}`;
    expect(told(text)).toEqual([]);
  });
});

describe('fields that stand beside the one they belong to', () => {
  it('are told by their lines, where the indentation of azurekv was lost', () => {
    const text = `${STORE}spec:\n  provider:\n    azurekv:\n    vaultUrl: https://kv-shop.vault.azure.net\n    authType: WorkloadIdentity\n`;
    const { documents } = parseDocuments('m.yaml', text);
    expect(checkManifests(documents).problems.map(problemText)).toEqual([
      'SecretStore shop/kv: spec.provider.vaultUrl is a field of azurekv, and stands beside it. It belongs below azurekv: check the indentation. (m.yaml:7)',
      'SecretStore shop/kv: spec.provider.authType is a field of azurekv, and stands beside it. It belongs below azurekv: check the indentation. (m.yaml:8)',
    ]);
  });

  it('are told for azurekv without provider', () => {
    expect(told(`${STORE}spec: {azurekv: {vaultUrl: "https://kv.vault.azure.net"}}`)).toEqual([
      'error: spec.provider is missing. Add it.',
      'warning: spec.azurekv is not a field of this kind and has no effect. It belongs below provider: check the indentation.',
    ]);
  });
});

describe('words of YAML 1.1', () => {
  const target = (fields: string) => `${HEAD}spec: {target: {${fields}}, ${DATA}}`;

  it.each(['yes', 'on', 'y', 'True'])('are booleans where one is meant: %s', (word) => {
    const { documents } = parseDocuments('m.yaml', target(`immutable: ${word}`));
    const { intents, problems } = checkManifests(documents);
    expect([intents[0]?.target.immutable, problems]).toEqual([true, []]);
  });

  it('are texts in quotes, and told so', () => {
    expect(told(target('immutable: "yes"'))).toEqual([
      'error: spec.target.immutable is a text, not a boolean. Write true or false, without quotes.',
    ]);
  });

  it('are warned of where kubectl would make something else of them', () => {
    const template = `template: {metadata: {labels: {a: on, b: 'on'}, annotations: {c: 1_000}}, data: {y: '{{ .k }}', 'n': x, z: no}}`;
    expect(told(target(template))).toEqual([
      'warning: spec.target.template.metadata.labels.a has a value without quotes that kubectl, Helm and Argo CD read as true; here it is the text on. Put it in quotes.',
      'warning: spec.target.template.metadata.annotations.c has a value without quotes that kubectl, Helm and Argo CD read as a number; here it is a text. Put it in quotes.',
      'warning: spec.target.template.data.y has a name without quotes that kubectl, Helm and Argo CD read as true; here it is the text y. Put it in quotes.',
      'warning: spec.target.template.data.z has a value without quotes that kubectl, Helm and Argo CD read as false; here it is the text no. Put it in quotes.',
    ]);
  });

  it('are found in the items of a List too', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n${target('immutable: yes').replace(/^/gmu, '    ').replace('    ', '  - ')}`;
    const { documents } = parseDocuments('m.yaml', list);
    expect(checkManifests(documents).intents[0]?.target.immutable).toBe(true);
  });

  it('have nothing to do with !!binary, which is called by its name', () => {
    expect(told(target('template: {data: {a: !!binary aGVsbG8=}}'))).toEqual([
      'error: spec.target.template.data.a is binary data (!!binary), not a text. Write it as a text, without the tag.',
    ]);
  });
});

describe('what a name may hold', () => {
  it.each([
    [
      'name: Db_1',
      'metadata.name is not a valid Kubernetes name: small letters, digits, "-" and ".", with a letter or digit at both ends. Correct it.',
    ],
    [
      'name: <NAME>',
      'metadata.name still holds a placeholder. Replace the part in angle brackets with your own value.',
    ],
    [
      'name: "#{NAME}#"',
      'metadata.name still holds a placeholder. Replace it with your own value, as the pipeline does.',
    ],
  ])('is said: %s', (name, text) => {
    const [first] = told(`${HEAD.replace('name: db', name)}spec: {${DATA}}`);
    expect(first?.replace(/^error: (?:ExternalSecret [^:]*: )?/u, '')).toBe(text);
  });

  it('is no matter for a key without a value, which is there', () => {
    expect(told(`${HEAD}spec: {target: {template: {data: {empty: }}}, ${DATA}}`)).toEqual([
      'error: spec.target.template.data.empty has no value. Write one, or "" if none is meant.',
    ]);
  });
});
