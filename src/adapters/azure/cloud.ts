/** The clouds: who issues tokens for a store, and which vaults belong there. Never asks the network. */
import { refText } from '../../core/model/object-ref.ts';
import type { AzureEnvironment, AzureKeyVaultProvider, Store } from '../../core/model/store.ts';
import { PortError } from '../../ports/errors.ts';

export interface Cloud {
  readonly environmentType: AzureEnvironment;
  /** Without slash at the end. */
  readonly authorityHost: string;
  /** What tokens for vaults are issued for. Undefined where only the vault's challenge tells. */
  readonly vaultResource: string | undefined;
  /** As `.vault.azure.net`. */
  readonly vaultDnsSuffix: string | undefined;
}

type KnownEnvironment = Exclude<AzureEnvironment, 'AzureStackCloud'>;
/** Clouds with AKS. */
export type KnownCloud = Exclude<KnownEnvironment, 'GermanCloud'>;

/** GermanCloud was closed in 2021; ESO's addresses are kept so that its manifests mean the same here. */
const KNOWN_CLOUDS: Readonly<Record<KnownEnvironment, Cloud>> = {
  PublicCloud: cloud('PublicCloud', 'https://login.microsoftonline.com', 'vault.azure.net'),
  USGovernmentCloud: cloud('USGovernmentCloud', 'https://login.microsoftonline.us', 'vault.usgovcloudapi.net'),
  ChinaCloud: cloud('ChinaCloud', 'https://login.chinacloudapi.cn', 'vault.azure.cn'),
  GermanCloud: cloud('GermanCloud', 'https://login.microsoftonline.de', 'vault.microsoftazure.de'),
};

const RESOURCE_MANAGERS: Readonly<Record<KnownCloud, string>> = {
  PublicCloud: 'https://management.azure.com',
  USGovernmentCloud: 'https://management.usgovcloudapi.net',
  ChinaCloud: 'https://management.chinacloudapi.cn',
};

/** A cloud with its Resource Manager. */
export function knownCloud(environment: KnownCloud): Cloud & { readonly resourceManager: string } {
  return { ...KNOWN_CLOUDS[environment], resourceManager: RESOURCE_MANAGERS[environment] };
}

/** The cloud of a store. `customCloudConfig` works with every environmentType, also without `useAzureSDK`. */
export function cloudOf(store: Store, provider: AzureKeyVaultProvider): Cloud {
  const base = provider.environmentType === 'AzureStackCloud' ? undefined : KNOWN_CLOUDS[provider.environmentType];
  const custom = provider.customCloudConfig;
  if (custom !== undefined) return customCloud(store, provider.environmentType, custom, base);
  if (base !== undefined) return base;
  throw new PortError({
    kind: 'Invalid',
    what: `${refText(store.ref)} has environmentType AzureStackCloud, but no customCloudConfig`,
    fix: 'Set spec.provider.azurekv.customCloudConfig.activeDirectoryEndpoint to the sign-in address of that cloud.',
    whole: true,
  });
}

/** The environmentType that a vault's host name belongs to; undefined for custom names. */
export function environmentOfVault(host: string): AzureEnvironment | undefined {
  return Object.values(KNOWN_CLOUDS).find((cloud) => host.endsWith(cloud.vaultDnsSuffix ?? '/'))?.environmentType;
}

function cloud(environmentType: KnownEnvironment, authorityHost: string, vaultDomain: string): Cloud {
  return {
    environmentType,
    authorityHost,
    vaultResource: `https://${vaultDomain}`,
    vaultDnsSuffix: `.${vaultDomain}`,
  };
}

function customCloud(
  store: Store,
  environmentType: AzureEnvironment,
  custom: NonNullable<AzureKeyVaultProvider['customCloudConfig']>,
  base: Cloud | undefined,
): Cloud {
  const suffix = custom.keyVaultDNSSuffix?.replace(/^\.?/, '.');
  return {
    environmentType,
    authorityHost: customAuthority(store, custom.activeDirectoryEndpoint),
    vaultResource: suffix === undefined ? base?.vaultResource : `https://${suffix.slice(1)}`,
    vaultDnsSuffix: suffix ?? base?.vaultDnsSuffix,
  };
}

function customAuthority(store: Store, endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === 'https:') return endpoint.replace(/\/+$/, '');
  throw new PortError({
    kind: 'Invalid',
    what: `${refText(store.ref)} has the customCloudConfig.activeDirectoryEndpoint "${endpoint}", which is no https address`,
    fix: 'Set it to the sign-in address of that cloud, as https://login.example.com/.',
    whole: true,
  });
}
