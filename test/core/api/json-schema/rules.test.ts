/** What an editor underlines: a fault for each rule, at its field. */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { jsonSchemaOf, servedVersions } from '../../../../src/core/api/json-schema/json-schema.ts';
import { fieldsOf } from '../../../../src/core/model/fields.ts';
import { schemaFaults } from './judge.ts';

type Head = Readonly<Record<string, unknown>>;

const HEADS: Readonly<Record<string, Head>> = {
  ExternalSecret: { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
  'older ExternalSecret': { apiVersion: 'external-secrets.io/v1beta1', kind: 'ExternalSecret' },
  'first ExternalSecret': { apiVersion: 'external-secrets.io/v1alpha1', kind: 'ExternalSecret' },
  SecretStore: { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore' },
  ClusterSecretStore: { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore' },
  PushSecret: { apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret' },
  ClusterPushSecret: { apiVersion: 'external-secrets.io/v1alpha1', kind: 'ClusterPushSecret' },
};

const GOOD: Readonly<Record<string, string>> = {
  ExternalSecret: '{secretStoreRef: {name: kv}, data: [{secretKey: a, remoteRef: {key: a}}]}',
  SecretStore: '{provider: {fake: {data: [{key: a, value: b}]}}}',
  ClusterSecretStore:
    '{provider: {azurekv: {vaultUrl: https://kv.vault.azure.net, authType: WorkloadIdentity, serviceAccountRef: {name: a, namespace: b}}}}',
  PushSecret:
    '{secretStoreRefs: [{name: kv}], selector: {secret: {name: a}}, data: [{match: {remoteRef: {remoteKey: a}}}]}',
  ClusterPushSecret:
    '{namespaceSelectors: [{}], pushSecretSpec: {secretStoreRefs: [{name: kv}], selector: {secret: {name: a}}, data: [{match: {remoteRef: {remoteKey: a}}}]}}',
};

function faultsOf(kind: string, spec: string, metadata: object = {}): readonly string[] {
  return (
    schemaFaults({ ...HEADS[kind], metadata: { name: 'one', ...metadata }, spec: parse(spec) as unknown }) ?? ['none']
  );
}

describe('the JSON Schema of', () => {
  it.each(Object.entries(GOOD))('%s takes a good manifest', (kind, spec) => {
    expect(faultsOf(kind, spec)).toEqual([]);
  });

  it.each([
    ['nothing to read', 'ExternalSecret', '{}', "/spec must have required property 'data'"],
    ['a list that is empty', 'ExternalSecret', '{data: []}', '/spec/data must NOT have fewer than 1 items'],
    [
      'a field that does not exist',
      'ExternalSecret',
      '{data: [{secretKey: a, remoteRef: {key: a, path: b}}]}',
      '/spec/data/0/remoteRef must NOT have additional properties',
    ],
    [
      'a word that is none',
      'ExternalSecret',
      '{target: {creationPolicy: Owned}, dataFrom: [{extract: {key: a}}]}',
      '/spec/target/creationPolicy must be equal to one of the allowed values',
    ],
    [
      'Delete of what is not owned',
      'ExternalSecret',
      '{target: {creationPolicy: Merge, deletionPolicy: Delete}, dataFrom: [{extract: {key: a}}]}',
      '/spec/target/creationPolicy must be equal to one of the allowed values',
    ],
    [
      'Merge into nothing',
      'ExternalSecret',
      '{target: {creationPolicy: None, deletionPolicy: Merge}, dataFrom: [{extract: {key: a}}]}',
      '/spec/target/creationPolicy must NOT be valid',
    ],
    [
      'an interval in days',
      'ExternalSecret',
      '{refreshInterval: 1d, dataFrom: [{extract: {key: a}}]}',
      '/spec/refreshInterval must match pattern',
    ],
    [
      'extract and find in one entry',
      'ExternalSecret',
      '{dataFrom: [{extract: {key: a}, find: {tags: {a: b}}}]}',
      '/spec/dataFrom/0 must NOT be valid',
    ],
    [
      'an entry without a source',
      'ExternalSecret',
      '{dataFrom: [{}]}',
      "/spec/dataFrom/0 must have required property 'extract'",
    ],
    [
      'two steps in one rewrite',
      'ExternalSecret',
      '{dataFrom: [{extract: {key: a}, rewrite: [{regexp: {source: a, target: b}, transform: {template: c}}]}]}',
      '/spec/dataFrom/0/rewrite/0 must match exactly one schema in oneOf',
    ],
    [
      'a type that logs in',
      'ExternalSecret',
      '{target: {template: {type: bootstrap.kubernetes.io/token}}, dataFrom: [{extract: {key: a}}]}',
      '/spec/target/template/type must NOT be valid',
    ],
    [
      'a key that no Secret has',
      'ExternalSecret',
      '{data: [{secretKey: "a/b", remoteRef: {key: a}}]}',
      '/spec/data/0/secretKey must match pattern',
    ],
    [
      'a field that v1beta1 did not have',
      'older ExternalSecret',
      '{syncWindows: {kind: allow, windows: []}, dataFrom: [{extract: {key: a}}]}',
      '/spec must NOT have additional properties',
    ],
    [
      'a word that v1beta1 did not have',
      'older ExternalSecret',
      '{target: {creationPolicy: CreateOrMerge}, dataFrom: [{extract: {key: a}}]}',
      '/spec/target/creationPolicy must be equal to one of the allowed values',
    ],
    ['no provider', 'SecretStore', '{provider: {}}', "/spec/provider must have required property 'azurekv'"],
    [
      'two providers',
      'SecretStore',
      '{provider: {fake: {data: []}, azurekv: {vaultUrl: https://kv.vault.azure.net, authType: ManagedIdentity}}}',
      '/spec/provider must match exactly one schema in oneOf',
    ],
    [
      'a service principal without its Secret',
      'SecretStore',
      '{provider: {azurekv: {vaultUrl: https://kv.vault.azure.net, tenantId: contoso.com}}}',
      "/spec/provider/azurekv must have required property 'authSecretRef'",
    ],
    [
      'the address of the portal',
      'SecretStore',
      '{provider: {azurekv: {vaultUrl: https://portal.azure.com/x, authType: ManagedIdentity}}}',
      '/spec/provider/azurekv/vaultUrl must NOT be valid',
    ],
    ['no selector', 'PushSecret', '{secretStoreRefs: [{name: kv}]}', "/spec must have required property 'selector'"],
    [
      'two sources',
      'PushSecret',
      '{secretStoreRefs: [{name: kv}], selector: {secret: {name: a}, generatorRef: {kind: Password, name: a}}}',
      '/spec/selector must match exactly one schema in oneOf',
    ],
    [
      'a bundle with a rewrite',
      'PushSecret',
      '{secretStoreRefs: [{name: kv}], selector: {secret: {name: a}}, dataTo: [{storeRef: {name: kv}, remoteKey: a, rewrite: [{regexp: {source: a, target: b}}]}]}',
      '/spec/dataTo/0 must NOT be valid',
    ],
  ])('its kind finds %s', (_what, kind, spec, fault) => {
    expect(faultsOf(kind, spec).filter((one) => one.startsWith(fault))).not.toEqual([]);
  });

  it.each([
    [
      'PushSecret',
      { 'keyferry.dev/adopt': 'sometimes' },
      '/metadata/annotations/keyferry.dev~1adopt must match pattern',
    ],
    [
      'PushSecret',
      { 'keyferry.dev/expires-in': 'soon!' },
      '/metadata/annotations/keyferry.dev~1expires-in must match pattern',
    ],
    [
      'ExternalSecret',
      { 'keyferry.dev/lenient-templates': true },
      '/metadata/annotations/keyferry.dev~1lenient-templates must be string',
    ],
  ])('%s finds a wrong value of our annotations: %j', (kind, annotations, fault) => {
    const faults = faultsOf(kind, GOOD[kind]!, { annotations });
    expect(faults.map((one) => one.slice(0, fault.length))).toEqual([fault]);
  });

  it('every kind takes placeholders where a value that fits may come', () => {
    const spec =
      '{refreshInterval: "${INTERVAL}", secretStoreRef: {name: "${STORE}"}, dataFrom: [{extract: {key: "${KEY}"}}]}';
    expect(faultsOf('ExternalSecret', spec, { namespace: '${NAMESPACE}', name: 'app-${ENV}' })).toEqual([]);
  });

  it('every kind says what its fields are for', () => {
    const fields = servedVersions().flatMap((served) => fieldsIn(specIn(jsonSchemaOf(served))));
    const told = fields.filter(({ description }) => description !== undefined);
    expect(told.length / fields.length).toBeGreaterThan(0.9);
  });

  it('ExternalSecret v1alpha1 takes what stood elsewhere then, and engine v1', () => {
    const template = 'target: {template: {engineVersion: v1}}';
    expect(faultsOf('first ExternalSecret', `{${template}, dataFrom: [{key: a, property: b}]}`)).toEqual([]);
    expect(faultsOf('first ExternalSecret', '{dataFrom: [{extract: {key: a}}]}')).toEqual([
      "/spec/dataFrom/0 must have required property 'key'",
      '/spec/dataFrom/0 must NOT have additional properties',
    ]);
    expect(faultsOf('ExternalSecret', `{${template}, dataFrom: [{extract: {key: a}}]}`)).toEqual([
      '/spec/target/template/engineVersion must be equal to one of the allowed values',
    ]);
  });
});

function specIn(schema: unknown): unknown {
  return fieldsOf(fieldsOf(schema)['properties'])['spec'];
}

function fieldsIn(schema: unknown): readonly { readonly description?: unknown }[] {
  const { properties, items } = fieldsOf(schema);
  const own = Object.values(fieldsOf(properties)).map(fieldsOf);
  const below = [...own, fieldsOf(items)].filter((one) => Object.keys(one).length > 0);
  return [...own, ...below.flatMap((one) => fieldsIn(one))];
}
