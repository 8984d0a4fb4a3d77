/** Settings → what the Azure adapter is told. */
import { DEFAULT_AZURE_SETTINGS, type AzureSettings } from '../adapters/azure/settings.ts';
import type { Settings } from '../core/settings/parse.ts';
import { allowedLoginsOf } from './allowed-logins.ts';

export function azureSettingsOf(settings: Settings): AzureSettings {
  const { azureClientId, azureTenantId, tokenVariable, tokenFile, serviceConnectionId } = settings;
  return {
    ...DEFAULT_AZURE_SETTINGS,
    identity: settings.identity,
    audience: settings.tokenAudience,
    logins: allowedLoginsOf(settings),
    storeIdentities: settings.storeIdentities,
    serviceVersion: settings.keyVaultApiVersion,
    ...(azureClientId === undefined ? {} : { azureClientId }),
    ...(azureTenantId === undefined ? {} : { azureTenantId }),
    ...(tokenVariable === undefined ? {} : { tokenVariable }),
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(serviceConnectionId === undefined ? {} : { serviceConnectionId }),
  };
}
