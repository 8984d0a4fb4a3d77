import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const STORE = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: kv, namespace: shop}
spec: {provider: {azurekv: {vaultUrl: "https://kv-shop.vault.azure.net", authType: WorkloadIdentity, serviceAccountRef: {name: sync}}}}
`;

function check(text: string, namespace?: string) {
  const { documents, problems } = parseDocuments('m.yaml', text);
  const checked = checkManifests(documents, namespace);
  return { ...checked, texts: [...problems, ...checked.problems].map((p) => `${p.severity}: ${problemText(p)}`) };
}

/** An ExternalSecret whose spec is the given YAML, indented by two. */
function externalSecret(spec: string, head = 'external-secrets.io/v1'): string {
  const body = spec
    .trim()
    .split('\n')
    .map((line) => `  ${line}`);
  return [
    `apiVersion: ${head}`,
    'kind: ExternalSecret',
    'metadata: {name: db, namespace: shop}',
    'spec:',
    ...body,
  ].join('\n');
}

const DATA = 'data: [{secretKey: k, remoteRef: {key: a}}]';

describe('checkManifests', () => {
  it('gives a store its labels, by which others may choose it', () => {
    const labelled = STORE.replace('namespace: shop}', 'namespace: shop, labels: {team: shop}}');
    expect(check(labelled).stores.map(({ labels }) => labels)).toEqual([{ team: 'shop' }]);
    expect(check(STORE).stores.map(({ labels }) => labels)).toEqual([{}]);
  });

  it('reads the manifests of the published guides without a word', () => {
    const guide = externalSecret(
      'secretStoreRef: {name: kv}\ndataFrom: [{find: {name: {}}}]',
      'external-secrets.io/v1beta1',
    );
    const { texts, intents, stores } = check(`${STORE}---\n${guide}`);
    expect(texts).toEqual([]);
    expect(stores.map(({ ref }) => ref.name)).toEqual(['kv']);
    expect(intents[0]?.entries).toEqual([
      {
        kind: 'find',
        index: 0,
        rewrite: [],
        store: { kind: 'SecretStore', name: 'kv' },
        find: {
          nameRegexp: '',
          tags: {},
          conversionStrategy: 'Default',
          decodingStrategy: 'None',
          nullBytePolicy: 'Ignore',
        },
      },
    ]);
  });

  it('fills in every default of ESO', () => {
    const { intents } = check(externalSecret(`secretStoreRef: {name: kv}\n${DATA}`));
    expect(intents[0]?.refresh).toEqual({ policy: 'Periodic', intervalMs: 3_600_000 });
    expect(intents[0]?.target).toEqual({
      name: 'db',
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      immutable: false,
    });
  });

  it.each([
    ['kubernetes-client.io/v1', 'ExternalSecret', 'kubernetes-client.io'],
    ['spv.no/v1', 'AzureKeyVaultSecret', 'spv.no'],
  ])(
    'names an object of the operator before this one, and counts it as one of other kinds: %s %s',
    (api, kind, group) => {
      const { foreign, intents, problems, texts } = check(
        `${STORE}---\napiVersion: ${api}\nkind: ${kind}\nmetadata: {name: db, namespace: shop}\nspec: {backendType: azureKeyVault}`,
      );
      expect({ foreign, intents, codes: problems.map(({ code }) => code) }).toEqual({
        foreign: 1,
        intents: [],
        codes: ['other-operator'],
      });
      expect(texts).toEqual([
        `warning: ${kind} db: is of an operator before External Secrets (${group}), and was left aside. Write it anew as an ExternalSecret of external-secrets.io/v1, or leave it to that operator. (m.yaml:7)`,
      ]);
    },
  );

  it.each(['kubernetes-client.io/v1', 'spv.no/v1'])('says nothing about other kinds of %s', (api) => {
    expect(check(`apiVersion: ${api}\nkind: Deployment\nmetadata: {name: db}`)).toMatchObject({
      foreign: 1,
      texts: [],
    });
  });

  it('counts documents of other kinds and says nothing about them', () => {
    const { foreign, texts } = check(
      'apiVersion: apps/v1\nkind: Deployment\n---\nresources: [a.yaml]\n---\n- just a list',
    );
    expect({ foreign, texts }).toEqual({ foreign: 3, texts: [] });
  });

  it.each([
    [
      'apiVersion: external-secrets.io/v1\nKind: ExternalSecret\nmetadata: {name: a}',
      'Kind is not a field of this kind. Did you mean kind?',
    ],
    ['apiVersion: external-secrets.io/v1\nmetadata: {name: a}', 'kind is missing'],
    ['kind: ExternalSecret\nmetadata: {name: a}', 'apiVersion is missing. Add it: apiVersion: external-secrets.io/v1.'],
    [
      'apiversion: external-secrets.io/v1\nkind: ExternalSecret',
      'apiversion is not a field of this kind. Did you mean apiVersion?',
    ],
    ['apiVersion: v1\nkind: SecretStore', 'apiVersion is v1, which has no SecretStore. Write external-secrets.io/v1.'],
    [
      'apiVersion: external-secrets/v1\nkind: ExternalSecret',
      'apiVersion is external-secrets/v1, which has no ExternalSecret.',
    ],
    ...['ExternalSecrets', 'Externalsecret', 'externalSecret'].map((kind) => [
      `apiVersion: external-secrets.io/v1\nkind: ${kind}\nmetadata: {name: a}`,
      `kind is ${kind}, which external-secrets.io does not have. Did you mean ExternalSecret?`,
    ]),
    ['apiVersion: external-secrets.io/v1\nkind: secretstore', 'Did you mean SecretStore?'],
    ['apiVersion: external-secrets.io/v1\nkind: Vault', 'Its kinds are ExternalSecret, SecretStore, '],
    ['kind: ExternalSecrets', 'apiVersion is missing'],
    [
      'apiVersion: external-secret.io/v1\nkind: ExternalSecret\nmetadata: {name: a}',
      'Did you mean external-secrets.io/v1?',
    ],
  ])('does not pass over a document that was surely meant for it: %j', (text, message) => {
    expect(check(text).texts).toEqual([expect.stringContaining(message)]);
  });

  it('asks for a namespace where none is given, and takes the one of --namespace', () => {
    const text = externalSecret(DATA).replace(', namespace: shop', '');
    expect(check(text).texts).toEqual([
      'error: ExternalSecret db: metadata.namespace is missing, so it is open which namespace is meant. ' +
        'Add it, or give --namespace for all documents without one. (m.yaml:3)',
    ]);
    expect(check(text, 'other').intents[0]?.ref.namespace).toBe('other');
  });

  it('gives every problem of a document at once, each with its line, and goes on with the others', () => {
    const broken = externalSecret(`
refreshInterval: 1d
target:
  creationPolicy: Onwer
  deletionPolicy: 5
data:
  - secretKey: a b
    remoteRef: {}
`);
    const { texts, intents, refused } = check(
      `${STORE}---\n${broken}\n---\n${externalSecret(DATA).replace('name: db', 'name: ok')}`,
    );
    expect(texts).toEqual([
      'error: ExternalSecret shop/db: spec.target.creationPolicy is "Onwer", which is not one of Owner, Orphan, Merge, None, CreateOrMerge. Did you mean Owner? (m.yaml:13)',
      'error: ExternalSecret shop/db: spec.target.deletionPolicy is a number, which is not one of Delete, Merge, Retain. Use one of these. (m.yaml:14)',
      'error: ExternalSecret shop/db: spec.data[0].secretKey may hold only letters, digits, "-", "_" and ".". Correct it. (m.yaml:16)',
      'error: ExternalSecret shop/db: spec.data[0].remoteRef.key is missing. Add it. (m.yaml:17)',
    ]);
    expect(intents.map(({ ref }) => ref.name)).toEqual(['ok']);
    expect(refused.map(({ name }) => name)).toEqual(['db']);
  });

  it('warns about fields that do not exist, which the API server drops in silence', () => {
    const { texts, intents } = check(externalSecret(`somethingElse: 5m\ncreationPolicy: Merge\n${DATA}`));
    expect(texts).toEqual([
      'warning: ExternalSecret shop/db: spec.somethingElse is not a field of this kind and has no effect. ' +
        'Check the spelling and the indentation, or remove it. (m.yaml:5)',
      'warning: ExternalSecret shop/db: spec.creationPolicy is not a field of this kind and has no effect. ' +
        'It belongs below target: check the indentation. (m.yaml:6)',
    ]);
    expect(intents).toHaveLength(1);
  });

  it('uses none of two definitions of one object, whatever their order', () => {
    const { intents, texts } = check(`${externalSecret(DATA)}\n---\n${externalSecret(DATA)}`);
    expect(intents).toEqual([]);
    expect(texts).toEqual([
      'error: ExternalSecret shop/db: is defined more than once, first at m.yaml:1. Keep one definition; none of them was used. (m.yaml:7)',
    ]);
  });

  it.each([
    ['ClusterExternalSecret', 'external-secrets.io/v1', 'cluster-wide ExternalSecrets'],
    ['Webhook', 'generators.external-secrets.io/v1alpha1', 'generators'],
  ])('refuses %s by name', (kind, apiVersion, feature) => {
    const { texts } = check(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x, namespace: shop}\n`);
    expect(texts[0]).toContain(
      `kind is ${kind}, which is not supported yet (${feature}). Keep it out of the manifests`,
    );
  });

  it('reads a template with every default of the operator', () => {
    const { texts, intents } = check(
      externalSecret(
        `target: {template: {type: kubernetes.io/tls, metadata: {labels: {a: b}}, data: {c: "{{ .k }}"}, templateFrom: [{configMap: {name: m, items: [{key: i}]}, literal: "x: y"}]}}\n${DATA}`,
      ),
    );
    expect(texts).toEqual([]);
    expect(intents[0]?.target.template).toEqual({
      type: 'kubernetes.io/tls',
      mergePolicy: 'Replace',
      labels: { a: 'b' },
      annotations: {},
      finalizers: [],
      data: { c: '{{ .k }}' },
      templateFrom: [
        {
          target: 'data',
          valuesDecodingStrategy: 'None',
          sources: [{ kind: 'ConfigMap', name: 'm', items: [{ key: 'i', templateAs: 'Values' }] }],
          literal: 'x: y',
        },
      ],
    });
  });

  it('reads every kind of renaming with the defaults of the operator', () => {
    const rewrite = '[{regexp: {source: a, target: b}}, {transform: {template: "{{ .value }}"}}, {merge: {}}]';
    const { texts, intents } = check(externalSecret(`dataFrom: [{extract: {key: a}, rewrite: ${rewrite}}]`));
    expect(texts).toEqual([]);
    expect(intents[0]?.entries).toMatchObject([
      {
        rewrite: [
          { kind: 'regexp', source: 'a', target: 'b' },
          { kind: 'transform', template: '{{ .value }}' },
          {
            kind: 'merge',
            strategy: 'Extract',
            into: '',
            priority: [],
            priorityPolicy: 'Strict',
            conflictPolicy: 'Error',
          },
        ],
      },
    ]);
  });

  it.each([
    ['target: {creationPolicy: Merge, deletionPolicy: Delete}', 'delete-without-owner'],
    ['target: {creationPolicy: None, deletionPolicy: Merge}', 'merge-into-nothing'],
    ['target: {template: {type: bootstrap.kubernetes.io/token}}', 'forbidden-type'],
    ['target: {template: {type: helm.sh/release.v1}}', 'forbidden-type'],
    ['target: {template: {templateFrom: [{literal: x, target: Spec}]}}', 'template-target'],
    [
      'target: {template: {type: kubernetes.io/service-account-token, templateFrom: [{literal: x, target: annotations}]}}',
      'forbidden-type',
    ],
    ['dataFrom: [{extract: {key: a}, rewrite: [{}]}]', 'rewrite-kind'],
    ['dataFrom: [{extract: {key: a}, rewrite: [{merge: {}, transform: {template: x}}]}]', 'rewrite-kind'],
    ['dataFrom: [{extract: {key: a}, rewrite: [{regexp: {source: "(a", target: b}}]}]', 'regexp'],
    ['dataFrom: [{extract: {key: a}, find: {name: {}}}]', 'several-sources'],
    ['dataFrom: [{}]', 'no-source'],
    ['dataFrom: [{sourceRef: {}}]', 'source-ref'],
    ['refreshInterval: "90"', 'duration'],
    ['dataFrom: [{find: {name: {regexp: "^(b64"}}}]', 'regexp'],
    ['syncWindows: {kind: deny, windows: [{schedule: "0 25 * * *", duration: 1h}]}', 'window-never-active'],
    ['syncWindows: {kind: allow, windows: [{schedule: "* * * * *", duration: 1d}]}', 'duration'],
  ])('refuses %s', (spec, code) => {
    expect(check(externalSecret(`${spec}\n${DATA}`)).problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('refuses a repeated secretKey under Retain only', () => {
    const twice = 'data: [{secretKey: k, remoteRef: {key: a}}, {secretKey: k, remoteRef: {key: b}}]';
    expect(check(externalSecret(twice)).problems.map(({ code }) => code)).toEqual(['repeated-key']);
    expect(check(externalSecret(`target: {deletionPolicy: Merge}\n${twice}`)).problems).toEqual([]);
  });

  it('refuses in v1beta1 what only v1 has', () => {
    const { problems } = check(
      externalSecret(
        `target: {creationPolicy: CreateOrMerge, template: {templateFrom: [{literal: x, valuesDecodingStrategy: Auto}]}}\ndataFrom: [{extract: {key: a}, rewrite: [{merge: {}}]}]`,
        'external-secrets.io/v1beta1',
      ),
    );
    expect(problems.map(({ code, field }) => [code, field])).toEqual([
      ['newer-than-v1beta1', 'spec.target.creationPolicy'],
      ['newer-than-v1beta1', 'spec.target.template.templateFrom[0].valuesDecodingStrategy'],
      ['newer-than-v1beta1', 'spec.dataFrom[0].rewrite[0].merge'],
    ]);
  });

  it('refuses versions that were never served', () => {
    expect(check(externalSecret(DATA, 'external-secrets.io/v1alpha2')).problems.map(({ code }) => code)).toEqual([
      'unserved-version',
    ]);
  });

  it('ignores uid and generation of a manifest in a file: they were copied from somewhere', () => {
    const text = externalSecret(DATA).replace('{name: db,', '{name: db, uid: abc, generation: 7,');
    expect(check(text).intents[0]).toMatchObject({ generation: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(check(text).intents[0]?.owner).toBeUndefined();
  });
});

describe('checkManifests of stores', () => {
  const store = (provider: string, more = '') =>
    `apiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: kv, namespace: shop}\nspec:\n  provider: ${provider}\n${more}`;
  const azurekv = (fields: string, authType = 'authType: WorkloadIdentity, ') =>
    store(`{azurekv: {${authType}vaultUrl: "https://kv.vault.azure.net", ${fields}}}`);

  it.each([
    ['{}', 'provider-count'],
    ['{azurekv: {vaultUrl: "https://a.vault.azure.net"}, fake: {data: []}}', 'provider-count'],
    ['{aws: {service: SecretsManager}}', 'provider-unknown'],
    ['{azurekv: {authType: WorkloadIdentity, vaultUrl: "http://a.vault.azure.net"}}', 'vault-url'],
    ['{azurekv: {authType: WorkloadIdentity, vaultUrl: "https://a.vault.azure.net/secrets/x"}}', 'vault-url'],
    ['{azurekv: {authType: WorkloadIdentity, vaultUrl: "https://${vault}.vault.azure.net"}}', 'vault-url'],
    ['{azurekv: {authType: WorkloadIdentity, vaultUrl: "https://kv_shop.vault.azure.net"}}', 'vault-url'],
    ['{azurekv: {authType: WorkloadIdentity, vaultUrl: "https://<keyvaultname>.vault.azure.net/"}}', 'placeholder'],
    ['{azurekv: {}}', 'missing-field'],
  ])('refuses provider %s', (provider, code) => {
    expect(check(store(provider)).problems.map((problem) => problem.code)).toEqual([code]);
  });

  it.each([
    ['tenantId: "<tenantID>"', 'placeholder'],
    ['environmentType: AzureStackCloud', 'custom-cloud'],
    ['serviceAccountRef: {name: s, namespace: other}', 'foreign-namespace'],
    ['authSecretRef: {clientId: {name: s, key: k, namespace: other}}', 'foreign-namespace'],
  ])('refuses azurekv with %s', (fields, code) => {
    expect(check(azurekv(fields)).problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('refuses an authType that does not exist', () => {
    expect(check(azurekv('authType: Password', '')).problems.map(({ code }) => code)).toEqual(['unknown-value']);
  });

  it.each(['refreshInterval: "10"', 'refreshInterval: -1', 'refreshInterval: "-5m"'])('refuses %s', (more) => {
    const text = store('{fake: {data: []}}', `  ${more}\n`);
    expect(check(text).problems.map(({ code }) => code)).toEqual(['store-refresh-interval']);
  });

  it('takes a custom cloud without asking for useAzureSDK', () => {
    const text = azurekv(
      'environmentType: AzureStackCloud, customCloudConfig: {activeDirectoryEndpoint: "https://login.local/"}',
    );
    expect(check(text).texts).toEqual([]);
  });
});
