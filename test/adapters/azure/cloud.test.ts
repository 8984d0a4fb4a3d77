import { describe, expect, it } from '@jest/globals';
import { cloudOf, environmentOfVault } from '../../../src/adapters/azure/cloud.ts';
import type { AzureKeyVaultProvider } from '../../../src/core/model/store.ts';
import { azureStore } from './support.ts';

function cloud(provider: Partial<AzureKeyVaultProvider>) {
  const store = azureStore(provider);
  return cloudOf(store, store.provider, { hosts: ['login.stack.example'], audiences: [] });
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

  it.each([
    ['https://login.evil.example.com/', 'login.evil.example.com'],
    ['https://login.microsoftonline.com.evil.example.com', 'login.microsoftonline.com.evil.example.com'],
    ['https://evil.example.com/login.microsoftonline.com', 'evil.example.com'],
    ['https://evil.example.com\\@login.microsoftonline.com', 'evil.example.com'],
    ['https://login.microsoftonline.com:8443', 'login.microsoftonline.com:8443'],
    ['https://login.m\u0456crosoftonline.com', 'xn--login-mcrosoftonline-'],
    ['https://login.microsoftonline.com.', 'login.microsoftonline.com.'],
    ['https://2130706433', '127.0.0.1'],
    ['https://stack.example', 'stack.example'],
    ['https://sub.login.stack.example', 'sub.login.stack.example'],
  ])('refuses a login at %s, which the run does not allow', (activeDirectoryEndpoint, host) => {
    const shown = host.startsWith('xn--') ? 'xn--' : `${host}, which is no login host of a known cloud`;
    expect(() => cloud({ customCloudConfig: { activeDirectoryEndpoint } })).toThrow(
      `SecretStore shop/kv logs in at ${shown}`.replace(' xn--', ' login.xn--'),
    );
  });

  it.each([
    ['https://LOGIN.microsoftonline.COM/', 'https://login.microsoftonline.com'],
    ['https://login.microsoftonline.com:443//', 'https://login.microsoftonline.com'],
    ['https://login.stack.example\\@evil.example.com', 'https://login.stack.example/@evil.example.com'],
    ['https://login.stack.example/adfs/', 'https://login.stack.example/adfs'],
  ])('hands %s on as the parser reads it', (activeDirectoryEndpoint, authorityHost) => {
    expect(cloud({ customCloudConfig: { activeDirectoryEndpoint } })).toMatchObject({ authorityHost });
  });

  it.each(['http://login.example', 'login.example', ''])('refuses the authority "%s"', (activeDirectoryEndpoint) => {
    expect(() => cloud({ customCloudConfig: { activeDirectoryEndpoint } })).toThrow(
      'SecretStore shop/kv has a customCloudConfig.activeDirectoryEndpoint that is no https address',
    );
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
