import { describe, expect, it } from '@jest/globals';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { documentsOf } from '../../../src/core/api/documents.ts';
import type { ManifestDocument } from '../../../src/core/model/document.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const GROUP = 'generators.external-secrets.io/v1alpha1';

function check(text: string) {
  const documents: ManifestDocument[] = [];
  for (const part of documentsOf('g.yaml', text)) documents.push(...part.documents);
  const { generators, intents, problems } = checkManifests(documents);
  return { generators, intents, texts: problems.map((one) => `${one.severity}: ${problemText(one)}`) };
}

function generator(kind: string, spec: string): string {
  const head = `apiVersion: ${GROUP}\nkind: ${kind}\nmetadata: {name: g${kind.startsWith('Cluster') ? '' : ', namespace: shop'}}`;
  return `${head}\nspec: ${spec}\n`;
}

function externalSecret(spec: string): string {
  return `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: db, namespace: shop}\nspec: ${spec}\n`;
}

const PASSWORD = {
  kind: 'Password',
  length: 24,
  digits: 6,
  symbols: 6,
  symbolCharacters: '~!@#$%^&*()_+`-={}|[]\\:"<>?,./',
  noUpper: false,
  allowRepeat: false,
  secretKeys: ['password'],
  encoding: 'raw',
  prefix: '',
  suffix: '',
};

describe('a generator', () => {
  it.each([
    ['Password', '{}', PASSWORD],
    ['Password', '{length: 0, symbolCharacters: ""}', PASSWORD],
    [
      'Password',
      '{length: 10, symbols: 0, prefix: "a_", suffix: "_z", secretKeys: [a, b], encoding: hex}',
      {
        ...PASSWORD,
        length: 10,
        digits: 2,
        symbols: 0,
        prefix: 'a_',
        suffix: '_z',
        secretKeys: ['a', 'b'],
        encoding: 'hex',
      },
    ],
    ['UUID', '{}', { kind: 'UUID' }],
    ['SSHKey', '{}', { kind: 'SSHKey', keyType: 'rsa', keySize: 2048, comment: '' }],
    ['SSHKey', '{keyType: ecdsa, comment: me}', { kind: 'SSHKey', keyType: 'ecdsa', keySize: 256, comment: 'me' }],
    ['Fake', '{data: {a: "1"}}', { kind: 'Fake', data: { a: '1' } }],
    ['ClusterGenerator', '{kind: UUID, generator: {uuidSpec: {}}}', { kind: 'UUID' }],
    ['ClusterGenerator', '{kind: Password, generator: {passwordSpec: {}}}', PASSWORD],
    [
      'ACRAccessToken',
      '{registry: shop.azurecr.io, scope: "", auth: {workloadIdentity: {}}}',
      {
        kind: 'ACRAccessToken',
        registry: 'shop.azurecr.io',
        environmentType: 'PublicCloud',
        auth: { type: 'WorkloadIdentity' },
      },
    ],
    [
      'ClusterGenerator',
      '{kind: ACRAccessToken, generator: {acrAccessTokenSpec: {registry: shop.azurecr.io, tenantId: t, scope: s, auth: {managedIdentity: {}, workloadIdentity: {}}}}}',
      {
        kind: 'ACRAccessToken',
        registry: 'shop.azurecr.io',
        tenantId: 't',
        scope: 's',
        environmentType: 'PublicCloud',
        auth: { type: 'ManagedIdentity', identityId: '' },
      },
    ],
  ])('%s %s has the defaults of the operator', (kind, spec, expected) => {
    const { generators, texts } = check(generator(kind, spec));
    expect(texts).toEqual([]);
    expect(generators.map((one) => one.spec)).toEqual([expected]);
  });

  it('keeps the class of a Fake', () => {
    expect(check(generator('Fake', '{controller: other, data: {}}')).generators[0]?.controller).toBe('other');
  });

  const COUNTS =
    'error: Password shop/g: spec asks for a password that cannot be made (length 44, digits 11, symbols 11): number of digits exceeds available digits and repeats are not allowed. Give digits and symbols of your own, at most 10 digits; or set allowRepeat: true. (g.yaml:4)';

  it.each([
    ['Password', '{length: 44}', COUNTS],
    [
      'Password',
      '{length: 4, digits: 3, symbols: 2}',
      'error: Password shop/g: spec asks for a password that cannot be made (length 4, digits 3, symbols 2): number of digits and symbols must be less than total length. Give digits and symbols of your own, at most 10 digits; or set allowRepeat: true. (g.yaml:4)',
    ],
    ['Password', '{digits: -1}', 'error: Password shop/g: spec.digits is less than 0. Write 0 or more. (g.yaml:4)'],
    [
      'Password',
      '{length: "8"}',
      'error: Password shop/g: spec.length is a text, not a number. Check the indentation. (g.yaml:4)',
    ],
    [
      'Password',
      '{secretKeys: [a, a]}',
      'error: Password shop/g: spec.secretKeys[1] stands there twice. Give each key a name of its own. (g.yaml:4)',
    ],
    [
      'Password',
      '{secretKeys: [""]}',
      'error: Password shop/g: spec.secretKeys[0] is empty. Give each key a name of its own. (g.yaml:4)',
    ],
    [
      'Password',
      '{encoding: base46}',
      'error: Password shop/g: spec.encoding is "base46", which is not one of base64, base64url, base32, hex, raw. Did you mean base64? (g.yaml:4)',
    ],
    [
      'SSHKey',
      '{keyType: dsa}',
      'error: SSHKey shop/g: spec.keyType is "dsa", which is not one of rsa, ecdsa, ed25519. Did you mean rsa? (g.yaml:4)',
    ],
    [
      'SSHKey',
      '{keySize: 128}',
      'error: SSHKey shop/g: spec.keySize is not between 256 and 8192. Correct it. (g.yaml:4)',
    ],
    [
      'SSHKey',
      '{keySize: 512}',
      'error: SSHKey shop/g: spec.keySize is 512, and an RSA key of fewer than 1024 bits is refused as insecure. Write 2048 or more, or leave it out. (g.yaml:4)',
    ],
    [
      'ClusterGenerator',
      '{kind: Password, generator: {uuidSpec: {}}}',
      'error: ClusterGenerator g: spec.generator has uuidSpec, and its kind is Password. Write passwordSpec and nothing else below it, or correct kind. (g.yaml:4)',
    ],
    [
      'ClusterGenerator',
      '{kind: SSHKey, generator: {}}',
      'error: ClusterGenerator g: spec.generator has nothing, and its kind is SSHKey. Write sshKeySpec and nothing else below it, or correct kind. (g.yaml:4)',
    ],
    [
      'ClusterGenerator',
      '{kind: Password, generator: {passwordSpec: {length: 44}}}',
      COUNTS.replace('Password shop/g: spec', 'ClusterGenerator g: spec.generator.passwordSpec'),
    ],
    [
      'ACRAccessToken',
      '{registry: shop.azurecr.io, auth: {}}',
      'error: ACRAccessToken shop/g: spec.auth says of nobody who logs in to the registry. Write one of servicePrincipal, managedIdentity and workloadIdentity below it. (g.yaml:4)',
    ],
    [
      'ClusterGenerator',
      '{kind: ACRAccessToken, generator: {acrAccessTokenSpec: {registry: shop.azurecr.io, auth: {}}}}',
      'error: ClusterGenerator g: spec.generator.acrAccessTokenSpec.auth says of nobody who logs in to the registry. Write one of servicePrincipal, managedIdentity and workloadIdentity below it. (g.yaml:4)',
    ],
    [
      'ACRAccessToken',
      '{registry: shop.azurecr.io, auth: {servicePrincipal: {secretRef: {clientId: {name: sp, key: id}, clientSecret: {name: sp}}}}}',
      'error: ACRAccessToken shop/g: spec.auth.servicePrincipal.secretRef.clientSecret does not name a Secret and its key. Write name and key. (g.yaml:4)',
    ],
    [
      'ACRAccessToken',
      '{registry: shop.azurecr.io, environmentType: AzureStackCloud, auth: {managedIdentity: {}}}',
      'error: ACRAccessToken shop/g: spec.environmentType is AzureStackCloud, which has no registries. Write the cloud of the registry, as PublicCloud. (g.yaml:4)',
    ],
    [
      'ACRAccessToken',
      '{auth: {managedIdentity: {}}}',
      'error: ACRAccessToken shop/g: spec.registry is missing. Add it. (g.yaml:4)',
    ],
  ])('%s %s is refused with field and line', (kind, spec, expected) => {
    const { generators, texts } = check(generator(kind, spec));
    expect(texts).toEqual([expected]);
    expect(generators).toEqual([]);
  });

  it('of a kind that is not served is refused where it is wrapped', () => {
    const { texts } = check(generator('ClusterGenerator', '{kind: Grafana, generator: {grafanaSpec: {}}}'));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(
      'ClusterGenerator g: spec.kind is Grafana, a generator that Keyferry does not have. Put the value into Key Vault, and read it from there; or leave it to the operator. There are ',
    );
  });
});

describe('a generatorRef', () => {
  it('becomes an entry', () => {
    const { intents, texts } = check(
      externalSecret('{dataFrom: [{sourceRef: {generatorRef: {kind: UUID, name: u}}}]}'),
    );
    expect(texts).toEqual([]);
    expect(intents[0]?.entries).toEqual([
      { kind: 'generate', index: 0, generator: { kind: 'UUID', name: 'u' }, rewrite: [] },
    ]);
  });

  it.each([
    [
      'in spec.data never works',
      '{data: [{secretKey: a, remoteRef: {key: x}, sourceRef: {generatorRef: {kind: UUID, name: u}}}]}',
      'error: ExternalSecret shop/db: spec.data[0].sourceRef.generatorRef is in spec.data, where generators never work. Move it to an entry of spec.dataFrom; a rewrite there gives its key another name. (g.yaml:4)',
    ],
    [
      'to another group',
      '{dataFrom: [{sourceRef: {generatorRef: {apiVersion: v1, kind: UUID, name: u}}}]}',
      'error: ExternalSecret shop/db: spec.dataFrom[0].sourceRef.generatorRef.apiVersion is not of the group of generators. Write generators.external-secrets.io/v1alpha1, or leave it out. (g.yaml:4)',
    ],
    [
      'without a name',
      '{dataFrom: [{sourceRef: {generatorRef: {kind: UUID}}}]}',
      'error: ExternalSecret shop/db: spec.dataFrom[0].sourceRef.generatorRef.name is missing. Add it. (g.yaml:4)',
    ],
  ])('%s', (_, spec, expected) => {
    const { intents, texts } = check(externalSecret(spec));
    expect(texts).toEqual([expected]);
    expect(intents).toEqual([]);
  });

  it.each(['MFA', 'Webhook', 'ECRAuthorizationToken'])('to the kind %s names the field and the nearest way', (kind) => {
    const { texts } = check(externalSecret(`{dataFrom: [{sourceRef: {generatorRef: {kind: ${kind}, name: u}}}]}`));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain(
      `spec.dataFrom[0].sourceRef.generatorRef.kind is ${kind}, a generator that Keyferry does not have. `,
    );
  });
});
