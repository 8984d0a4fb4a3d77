/** The clouds: who issues tokens for a store, and which vaults belong there. Never asks the network. */
import { say, setting, type Message } from '../../core/model/message.ts';
import { refText } from '../../core/model/object-ref.ts';
import { KNOWN_CLOUDS_ONLY, LOGIN_HOSTS, mayLogInAt, type AllowedLogins } from '../../core/model/login-hosts.ts';
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

export type KnownEnvironment = Exclude<AzureEnvironment, 'AzureStackCloud'>;
/** Clouds with AKS. */
export type KnownCloud = Exclude<KnownEnvironment, 'GermanCloud'>;

const KNOWN_CLOUDS: Readonly<Record<KnownEnvironment, Cloud>> = {
  PublicCloud: cloud('PublicCloud', 'vault.azure.net'),
  USGovernmentCloud: cloud('USGovernmentCloud', 'vault.usgovcloudapi.net'),
  ChinaCloud: cloud('ChinaCloud', 'vault.azure.cn'),
  GermanCloud: cloud('GermanCloud', 'vault.microsoftazure.de'),
};

const RESOURCE_MANAGERS: Readonly<Record<KnownEnvironment, string>> = {
  PublicCloud: 'https://management.azure.com',
  USGovernmentCloud: 'https://management.usgovcloudapi.net',
  ChinaCloud: 'https://management.chinacloudapi.cn',
  GermanCloud: 'https://management.microsoftazure.de',
};

/** A cloud with its Resource Manager. */
export function knownCloud(environment: KnownEnvironment): Cloud & { readonly resourceManager: string } {
  return { ...KNOWN_CLOUDS[environment], resourceManager: RESOURCE_MANAGERS[environment] };
}

/**
 * The cloud of a store. `customCloudConfig` works with every environmentType, also without `useAzureSDK`, but its login
 * only where the run allows it.
 */
export function cloudOf(store: Store, provider: AzureKeyVaultProvider, logins = KNOWN_CLOUDS_ONLY): Cloud {
  const base = provider.environmentType === 'AzureStackCloud' ? undefined : KNOWN_CLOUDS[provider.environmentType];
  const custom = provider.customCloudConfig;
  if (custom !== undefined)
    return customCloud(store, { environmentType: provider.environmentType, custom, base, logins });
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

function cloud(environmentType: KnownEnvironment, vaultDomain: string): Cloud {
  return {
    environmentType,
    authorityHost: `https://${LOGIN_HOSTS[environmentType]}`,
    vaultResource: `https://${vaultDomain}`,
    vaultDnsSuffix: `.${vaultDomain}`,
  };
}

interface CustomCloud {
  readonly environmentType: AzureEnvironment;
  readonly custom: NonNullable<AzureKeyVaultProvider['customCloudConfig']>;
  readonly base: Cloud | undefined;
  readonly logins: AllowedLogins;
}

function customCloud(store: Store, { environmentType, custom, base, logins }: CustomCloud): Cloud {
  const suffix = custom.keyVaultDNSSuffix?.replace(/^\.?/, '.');
  return {
    environmentType,
    authorityHost: customAuthority(store, custom.activeDirectoryEndpoint, logins),
    vaultResource: suffix === undefined ? base?.vaultResource : `https://${suffix.slice(1)}`,
    vaultDnsSuffix: suffix ?? base?.vaultDnsSuffix,
  };
}

/** As the parser writes it, so that nobody behind reads another host out of it than was judged here. */
function customAuthority(store: Store, endpoint: string, logins: AllowedLogins): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== 'https:') throw noAddress(store);
  if (!mayLogInAt(url, logins)) throw foreignLogin(`${refText(store.ref)} logs in at`, url.host);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** The text is not shown: it may be an address with a login in it. */
function noAddress(store: Store): PortError {
  return new PortError({
    kind: 'Invalid',
    what: `${refText(store.ref)} has a customCloudConfig.activeDirectoryEndpoint that is no https address`,
    fix: 'Set it to the sign-in address of that cloud, as https://login.example.com/.',
    whole: true,
  });
}

/** A host that no proof of identity is sent to; `what` goes on with its name. */
export function foreignLogin(what: Message, host: string): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'LoginHost',
    what: say`${what} ${host}, which is no login host of a known cloud and not allowed by this run`,
    fix: say`Nothing was sent there. If that host is trusted to be you, allow it with ${setting('login-hosts')} ${host}.`,
    whole: true,
  });
}
