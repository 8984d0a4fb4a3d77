/**
 * Opens Azure Key Vault stores.
 *
 * One factory is one run: its tokens, its lanes and its clients are shared by all stores that reach the same vault as
 * the same identity. Opening asks neither Entra nor the vault.
 */
import { isHostName } from '../../core/model/host-name.ts';
import { vaultOfPrivateLink } from '../../core/model/private-link.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { AzureKeyVaultProvider, Store } from '../../core/model/store.ts';
import { PortError } from '../../ports/errors.ts';
import type { Provider, ProviderFactory } from '../../ports/provider.ts';
import { digestOf } from './assertion.ts';
import { clientIdIn } from './caller.ts';
import { createCredentials, type Credentials } from './credential.ts';
import { resolveIdentity } from './identity.ts';
import { openKeyVault, vaultDescription } from './key-vault.ts';
import { createLane, type Lane } from './lane.ts';
import type { OpenedIdentity } from './resolved-identity.ts';
import type { AzureContext } from './settings.ts';
import type { KeyVaultOptions } from './vault-clients.ts';

/** Who reaches a store, and the tokens for it. */
export interface VaultLogin extends Credentials {
  identityOf(store: Store, provider: AzureKeyVaultProvider, namespace: string): Promise<OpenedIdentity>;
}

/** How a vault is reached, once it is known as whom. */
export type OpenVault = (context: AzureContext, options: KeyVaultOptions) => Provider;

type Options = Omit<AzureContext, 'random'> &
  Partial<Pick<AzureContext, 'random'>> & {
    /** Absent = what the stores say, with tokens of Entra or of the machine. */
    readonly login?: VaultLogin;
    /** Absent = with values. */
    readonly openVault?: OpenVault;
  };

export function createAzureProviders(options: Options): ProviderFactory {
  const context: AzureContext = { random: Math.random, ...options };
  const login = options.login ?? createLogin(context);
  const opener: Opener = { context, login, open: options.openVault ?? openKeyVault, lanes: new Map(), sent: 0 };
  const providers = new Map<string, Provider>();
  return {
    get requestCount() {
      return opener.sent;
    },
    open: async (store, namespace) => {
      if (store.provider.type !== 'azurekv') throw new Error(`not an azurekv store: ${refText(store.ref)}`);
      const vaultUrl = parseVaultUrl(store, store.provider.vaultUrl);
      const opened = await login.identityOf(store, store.provider, namespace);
      const key = providerKey(vaultUrl, opened);
      return remember(providers, key, () => openVault(opener, { key, vaultUrl, opened }));
    },
  };
}

function createLogin(context: AzureContext): VaultLogin {
  return {
    ...createCredentials(context),
    identityOf: (store, provider, namespace) => resolveIdentity(context, store, provider, namespace),
  };
}

interface Opener {
  readonly context: AzureContext;
  readonly login: Credentials;
  readonly open: OpenVault;
  readonly lanes: Map<string, Lane>;
  /** Requests to all vaults. */
  sent: number;
}

function openVault(
  opener: Opener,
  target: { readonly key: string; readonly vaultUrl: URL; readonly opened: OpenedIdentity },
): Provider {
  const { key, vaultUrl, opened } = target;
  const { context, login, lanes } = opener;
  const { clock, settings } = context;
  return opener.open(context, {
    key,
    vaultUrl,
    cloud: opened.cloud,
    lane: counted(
      opener,
      remember(lanes, vaultUrl.host, () => createLane(clock, settings.concurrency)),
    ),
    credential: login.credentialFor(opened, vaultDescription(vaultUrl)),
    ...clientIdIn(opened.identity),
  });
}

/** Every request passes its lane, whoever sends it. */
function counted(opener: Opener, lane: Lane): Lane {
  const counting = (pace: () => Promise<void>) => () => {
    opener.sent += 1;
    return pace();
  };
  return { ...lane, pace: counting(lane.pace), paceNewVersion: counting(lane.paceNewVersion) };
}

function providerKey(vaultUrl: URL, opened: OpenedIdentity): string {
  return `${vaultUrl.host}${vaultUrl.pathname}#${digestOf(new TextEncoder().encode(JSON.stringify(opened.identity)))}`;
}

function parseVaultUrl(store: Store, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const own = vaultOfPrivateLink(url?.hostname ?? '');
  if (own !== undefined) throw privateLink(store, own);
  const isPlain = url?.username === '' && url.search === '' && url.hash === '';
  if (url?.protocol === 'https:' && isPlain && isHostName(url.hostname)) return url;
  const reason = url?.protocol === 'http:' ? 'which is not encrypted' : 'which is no plain https address';
  throw new PortError({
    kind: 'Invalid',
    what: `${refText(store.ref)} has the vaultUrl "${withoutLogin(url, text)}", ${reason}`,
    fix: 'Write it as https://NAME.vault.azure.net.',
    whole: true,
  });
}

function privateLink(store: Store, host: string): PortError {
  return new PortError({
    kind: 'Invalid',
    what: `${refText(store.ref)} has a vaultUrl in the DNS zone of a private endpoint, which no vault answers by`,
    fix: `Write https://${host}; inside its network it resolves to the private address by itself.`,
    whole: true,
  });
}

/** Somebody may have put a password into the address. */
function withoutLogin(url: URL | undefined, text: string): string {
  if (url === undefined) return text.includes('@') ? '…' : text;
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function remember<Value>(known: Map<string, Value>, key: string, create: () => Value): Value {
  const value = known.get(key) ?? create();
  known.set(key, value);
  return value;
}
