import { describe, expect, it } from '@jest/globals';
import { cloudOf, environmentOfVault } from '../../../src/adapters/azure/cloud.ts';
import type { AzureKeyVaultProvider } from '../../../src/core/model/store.ts';
import { azureStore } from './support.ts';

function cloud(provider: Partial<AzureKeyVaultProvider>) {
  const store = azureStore(provider);
  return cloudOf(store, store.provider);
}

describe('cloudOf', () => {
  it.each([
    ['PublicCloud', 'https://login.microsoftonline.com', 'https://vault.azure.net', '.vault.azure.net'],
    [
      'USGovernmentCloud',
      'https://login.microsoftonline.us',
      'https://vault.usgovcloudapi.net',
      '.vault.usgovcloudapi.net',
    ],
    ['ChinaCloud', 'https://login.chinacloudapi.cn', 'https://vault.azure.cn', '.vault.azure.cn'],
    ['GermanCloud', 'https://login.microsoftonline.de', 'https://vault.microsoftazure.de', '.vault.microsoftazure.de'],
  ] as const)('knows the addresses of %s', (environmentType, authorityHost, vaultResource, vaultDnsSuffix) => {
    expect(cloud({ environmentType })).toEqual({ environmentType, authorityHost, vaultResource, vaultDnsSuffix });
  });

  it('takes AzureStackCloud from customCloudConfig', () => {
    const customCloudConfig = {
      activeDirectoryEndpoint: 'https://login.stack.example/',
      keyVaultDNSSuffix: 'vault.stack.example',
    };
    expect(cloud({ environmentType: 'AzureStackCloud', customCloudConfig })).toEqual({
      environmentType: 'AzureStackCloud',
      authorityHost: 'https://login.stack.example',
      vaultResource: 'https://vault.stack.example',
      vaultDnsSuffix: '.vault.stack.example',
    });
  });

  it('lets customCloudConfig replace only the authority of a known cloud', () => {
    const customCloudConfig = { activeDirectoryEndpoint: 'https://login.partner.microsoftonline.cn' };
    expect(cloud({ environmentType: 'ChinaCloud', customCloudConfig })).toMatchObject({
      authorityHost: 'https://login.partner.microsoftonline.cn',
      vaultDnsSuffix: '.vault.azure.cn',
    });
  });

  it('refuses AzureStackCloud without customCloudConfig', () => {
    expect(() => cloud({ environmentType: 'AzureStackCloud' })).toThrow(
      'SecretStore shop/kv has environmentType AzureStackCloud, but no customCloudConfig. Set spec.provider.azurekv.customCloudConfig.activeDirectoryEndpoint to the sign-in address of that cloud.',
    );
  });

  it.each(['http://login.example', 'login.example', ''])('refuses the authority "%s"', (activeDirectoryEndpoint) => {
    expect(() => cloud({ customCloudConfig: { activeDirectoryEndpoint } })).toThrow('which is no https address');
  });
});

describe('environmentOfVault', () => {
  it('tells the cloud from the host name', () => {
    expect(environmentOfVault('kv-shop.vault.azure.cn')).toBe('ChinaCloud');
  });

  it('knows nothing of other names', () => {
    expect(environmentOfVault('kv-shop.vault.example')).toBeUndefined();
  });
});
