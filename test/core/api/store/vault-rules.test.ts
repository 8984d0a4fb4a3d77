/** What is known of an azurekv store without a network. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { problemText } from '../../../../src/core/model/problem.ts';

const ID = '11111111-1111-1111-1111-111111111111';
const WORKLOAD = { authType: 'WorkloadIdentity', vaultUrl: 'https://kv-shop.vault.azure.net' };

function told(azurekv: object): readonly string[] {
  const store = {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'kv', namespace: 'shop' },
    spec: { provider: { azurekv } },
  };
  const { documents } = parseDocuments('m.yaml', JSON.stringify(store));
  return checkManifests(documents).problems.map(
    (problem) =>
      `${problem.severity}: ${problemText(problem).replace(/^SecretStore shop\/kv: spec\.provider\.azurekv\.?| \(m\.yaml:\d+\)$/gu, '')}`,
  );
}

describe('vaultUrl', () => {
  const WRITE = 'Write it as https://kv-shop.vault.azure.net, without a path.';
  const PORTAL =
    'https://portal.azure.com/#@example.com/resource/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-shop/overview';
  const PRIVATE = 'is the name that DNS has for a private endpoint; no certificate is for it';
  const RESOLVES = 'Where there is a private endpoint, it resolves to the private address by itself.';

  it.each([
    ['https://kv-shop.privatelink.vaultcore.azure.net', PRIVATE, `${WRITE} ${RESOLVES}`],
    ['https://kv-shop.vaultcore.azure.net/', PRIVATE, `${WRITE} ${RESOLVES}`],
    [
      'https://kv-shop.privatelink.vaultcore.azure.cn',
      PRIVATE,
      `Write it as https://kv-shop.vault.azure.cn, without a path. ${RESOLVES}`,
    ],
    [PORTAL, 'is a page of the portal, not its address', WRITE],
    [
      '/subscriptions/1/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-shop',
      'is the resource id of a vault, not its address',
      WRITE,
    ],
    [
      'https://portal.azure.com/',
      'is a page of the portal, not the address of a vault',
      WRITE.replace('kv-shop', 'NAME'),
    ],
    ['kv-shop', 'is not the address of a vault', WRITE],
    ['kv-shop.vault.azure.net', 'is not the address of a vault', WRITE],
    ['http://kv-shop.vault.azure.net', 'is not the address of a vault', WRITE],
    ['https://kv-shop.vault.azure.net/secrets/db', 'is not the address of a vault', WRITE],
    ['https://kv-shop.vault.azure.net/#a', 'is not the address of a vault', WRITE],
  ])('is refused with the right one: %s', (vaultUrl, what, fix) => {
    expect(told({ ...WORKLOAD, vaultUrl })).toEqual([`error: vaultUrl ${what}. ${fix}`]);
  });

  it.each([
    [
      { vaultUrl: 'https://kv.vault.azure.cn' },
      'is of ChinaCloud, and environmentType is PublicCloud. Set environmentType to ChinaCloud.',
    ],
    [
      { vaultUrl: 'https://kv.example.com' },
      'has a host that no vault of PublicCloud has. Write it as https://NAME.vault.azure.net; for another cloud set environmentType.',
    ],
    [
      { vaultUrl: 'https://kv.vault.azure.net', environmentType: 'USGovernmentCloud' },
      'is of PublicCloud, and environmentType is USGovernmentCloud. Set environmentType to PublicCloud.',
    ],
  ])('is warned of where it is of another cloud: %j', (fields, text) => {
    expect(told({ ...WORKLOAD, ...fields })).toEqual([`warning: vaultUrl ${text}`]);
  });

  it.each([
    { vaultUrl: 'https://kv.vault.azure.cn', environmentType: 'ChinaCloud' },
    { vaultUrl: 'https://KV.VAULT.AZURE.NET/' },
    { vaultUrl: 'https://127.0.0.1:8443' },
    {
      vaultUrl: 'https://kv.vault.local.azurestack.external',
      customCloudConfig: { activeDirectoryEndpoint: 'https://login.local/' },
    },
  ])('may be %j', (fields) => {
    expect(told({ ...WORKLOAD, ...fields })).toEqual([]);
  });
});

describe('authType ServicePrincipal', () => {
  const { vaultUrl } = WORKLOAD;
  const selector = { name: 's', key: 'k' };

  it('is the default, and needs a tenant and credentials, as the first example of the operator has not', () => {
    expect(told({ vaultUrl })).toEqual([
      'error: tenantId is missing, which authType ServicePrincipal, the default, needs. Add it, or set authType to WorkloadIdentity.',
      'error: authSecretRef is missing, which authType ServicePrincipal, the default, needs. Add it with clientId and clientSecret, or set authType to WorkloadIdentity.',
    ]);
  });

  it.each([
    [
      { clientSecret: selector },
      'authSecretRef.clientId is missing, which authType ServicePrincipal needs. Name the Secret and key that hold the client id.',
    ],
    [{ clientId: selector }, 'authSecretRef has neither clientSecret nor clientCertificate. Set one of the two.'],
    [
      { clientId: selector, clientSecret: selector, clientCertificate: selector },
      'authSecretRef has both clientSecret and clientCertificate. Keep one of the two.',
    ],
  ])('needs one credential: %j', (authSecretRef, text) => {
    expect(told({ vaultUrl, authType: 'ServicePrincipal', tenantId: ID, authSecretRef })).toEqual([`error: ${text}`]);
  });
});

describe('ids', () => {
  it.each([
    [
      'tenantId',
      'your-tenant-id',
      'is neither the id of a tenant nor a domain of one. Give what this prints: az account show --query tenantId --output tsv.',
    ],
    ['tenantId', '<tenantID>', 'still holds a placeholder. Replace the part in angle brackets with your own value.'],
    [
      'identityId',
      'sync',
      'is not the client id of an identity. Give what this prints: az identity show --name NAME --resource-group GROUP --query clientId --output tsv.',
    ],
  ])('are refused where they are none: %s %s', (field, id, text) => {
    expect(told({ ...WORKLOAD, authType: 'ManagedIdentity', [field]: id })).toEqual([`error: ${field} ${text}`]);
  });

  it.each([{ tenantId: ID }, { tenantId: 'example.onmicrosoft.com' }, { identityId: ID }])('may be %j', (fields) => {
    expect(told({ ...WORKLOAD, ...fields })).toEqual([]);
  });

  it('may be the resource id of an identity, which is warned of', () => {
    const identityId =
      '/subscriptions/1/resourcegroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/sync';
    expect(told({ ...WORKLOAD, authType: 'ManagedIdentity', identityId })).toEqual([
      'warning: identityId is the resource id of an identity, which External Secrets Operator does not take. Give what this prints: az identity show --ids RESOURCE-ID --query clientId --output tsv.',
    ]);
  });
});

describe('a reference to a Secret', () => {
  const NOWHERE = 'is missing, so that this part of the login is nowhere to be read';
  const base = { vaultUrl: 'https://kv-shop.vault.azure.net', tenantId: ID };

  it.each([
    [
      { clientId: { name: 'sp' }, clientSecret: { name: 'sp', key: 'b' } },
      [`clientId.key ${NOWHERE}. Name the key of the Secret.`],
    ],
    [
      { clientId: { name: 'sp', key: 'a' }, clientSecret: { key: 'b' } },
      [`clientSecret.name ${NOWHERE}. Name the Secret.`],
    ],
    [
      { clientId: { name: 'sp', key: 'a' }, clientCertificate: {} },
      [
        `clientCertificate.name ${NOWHERE}. Name the Secret.`,
        `clientCertificate.key ${NOWHERE}. Name the key of the Secret.`,
      ],
    ],
    [{ clientId: { name: 'sp', key: 'a' }, clientSecret: { name: 'sp', key: 'b' } }, []],
  ])('needs its name and its key: %o', (authSecretRef, texts) => {
    expect(told({ ...base, authSecretRef })).toEqual(texts.map((text) => `error: authSecretRef.${text}`));
  });

  it('is not looked at where nothing is read from it', () => {
    expect(told({ ...base, authType: 'ManagedIdentity', authSecretRef: { clientId: { name: 'sp' } } })).toEqual([]);
  });
});
