import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { printNeeds, vaultNeeds } from '../../../src/core/deploy/vault-needs.ts';

const store = (kind: string, name: string, vault: string, namespace = '') => `
apiVersion: external-secrets.io/v1
kind: ${kind}
metadata: {name: ${name}${namespace}}
spec: {provider: {azurekv: {vaultUrl: https://${vault}.vault.azure.net, authType: WorkloadIdentity}}}
---`;

function push(name: string, keys: readonly string[], rest = ''): string {
  const data = keys.map((key) => `{match: {secretKey: a, remoteRef: {remoteKey: ${key}}}}`);
  return `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: ${name}, namespace: shop}
spec:
  secretStoreRefs: [{name: kv}]
  selector: {secret: {name: ${name}}}${rest}
  data: [${data.join(', ')}]
---`;
}

const PULL = `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
spec:
  secretStoreRef: {name: kv}
  data: [{secretKey: a, remoteRef: {key: a}}, {secretKey: b, remoteRef: {key: cert/b}}]
  dataFrom: [{find: {name: {regexp: x}}}]
---`;

const EVERYWHERE = `
apiVersion: external-secrets.io/v1alpha1
kind: ClusterPushSecret
metadata: {name: spread}
spec:
  namespaceSelectors: [{matchLabels: {team: shop}}]
  pushSecretSpec:
    secretStoreRefs: [{kind: ClusterSecretStore, name: shared}]
    selector: {secret: {name: app}}
    data: [{match: {secretKey: a, remoteRef: {remoteKey: key/signing}}}]
---`;

function printed(text: string): readonly string[] {
  const found = checkManifests(parseDocuments('all.yaml', text).documents);
  expect(found.problems).toEqual([]);
  return printNeeds(vaultNeeds(found, found.stores)).split('\n').slice(0, -1);
}

const KV = store('SecretStore', 'kv', 'kv-shop', ', namespace: shop');
const SHARED = store('ClusterSecretStore', 'shared', 'kv-shared');

describe('what an installation needs in its vaults', () => {
  it('is reading for ExternalSecrets, by type, and a list only for find', () => {
    expect(printed(KV + PULL)).toEqual([
      '# Vault kv-shop: the job needs "Key Vault Certificate User" there, or an access policy with certificates: get. For ExternalSecret shop/db.',
      '# Vault kv-shop: the job needs "Key Vault Secrets User" there, or an access policy with secrets: get list. For ExternalSecret shop/db.',
    ]);
  });

  it('is writing for PushSecrets, and deleting and recovering only under deletionPolicy Delete', () => {
    expect(printed(KV + push('app', ['orders', 'cert/site']))).toEqual([
      '# Vault kv-shop: the job needs "Key Vault Certificates Officer" there, or an access policy with certificates: get import update. For PushSecret shop/app.',
      '# Vault kv-shop: the job needs "Key Vault Secrets Officer" there, or an access policy with secrets: get set. For PushSecret shop/app.',
    ]);
    expect(printed(KV + push('app', ['orders']) + push('pay', ['pay'], '\n  deletionPolicy: Delete'))).toEqual([
      '# Vault kv-shop: the job needs "Key Vault Secrets Officer" there, or an access policy with secrets: get set delete recover. For PushSecret shop/app, PushSecret shop/pay.',
    ]);
  });

  it('is told of a ClusterPushSecret, whatever namespaces it reaches', () => {
    expect(printed(SHARED + EVERYWHERE)).toEqual([
      '# Vault kv-shared: the job needs "Key Vault Crypto Officer" there, or an access policy with keys: get import update. For ClusterPushSecret spread.',
    ]);
  });

  it('is nothing for a store that nobody uses', () => {
    expect(printed(KV)).toEqual([]);
  });
});
