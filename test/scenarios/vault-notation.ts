/** Stores over vaults in the notation of the conformance cases, without network and SDK. */
import { fetched } from '../builders/index.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import type { FetchedObject, ListedObject, RemoteObject, RemoteType } from '../../src/core/model/vault.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { ProviderReader, ProviderFactory } from '../../src/ports/provider.ts';
import type { VaultCase } from '../servers/key-vault.ts';
import { VaultContent, type Collection, type StoredVersion } from '../servers/vault-content.ts';

/** Vault name → what it holds. */
export type Vaults = Readonly<Record<string, VaultCase>>;

const COLLECTIONS: Readonly<Record<RemoteType, Collection>> = { secret: 'secrets', cert: 'certificates', key: 'keys' };

/** May throw a PortError to make a read fail. `object` is absent for a list. */
export type BeforeRead = (vault: string, object?: RemoteObject) => void | Promise<void>;

/** A store reaches the vault that its `vaultUrl` names; a vault of another name does not answer. */
export function vaultProviders(vaults: Vaults, before: BeforeRead = () => undefined): ProviderFactory {
  const contents = new Map(Object.entries(vaults).map(([name, vault]) => [name, contentOf(name, vault)]));
  return {
    open: async (store) => {
      if (store.provider.type !== 'azurekv') throw new Error(`scenarios have azurekv stores only: ${store.ref.name}`);
      const name = new URL(store.provider.vaultUrl).hostname.split('.')[0] ?? '';
      return openVault(name, contents.get(name), before);
    },
  };
}

function contentOf(name: string, vault: VaultCase): VaultContent {
  const content = new VaultContent(name);
  content.edit(vault);
  return content;
}

function openVault(name: string, content: VaultContent | undefined, before: BeforeRead): ProviderReader {
  const reached = (): VaultContent => content ?? unreachable(name);
  return {
    key: name,
    description: `vault ${name}`,
    get: async (object) => {
      await before(name, object);
      return read(name, reached(), object);
    },
    list: async (type = 'secret') => {
      await before(name);
      return reached()
        .list(COLLECTIONS[type])
        .map(({ name: object, versions }) => listed(object, versions.at(-1)));
    },
  };
}

function unreachable(name: string): never {
  throw new PortError({
    kind: 'Unavailable',
    what: `vault ${name} is not known: there is no host ${name}.vault.azure.net (ENOTFOUND)`,
    fix: 'Check vaultUrl.',
    code: 'ENOTFOUND',
    whole: true,
  });
}

function read(vault: string, content: VaultContent, object: RemoteObject): FetchedObject | undefined {
  const versions = content.find(COLLECTIONS[object.type], object.name)?.versions ?? [];
  const version =
    object.version === undefined ? versions.at(-1) : versions.find((one) => one.version === object.version);
  if (version === undefined) return undefined;
  if (!version.attributes.enabled && object.type !== 'cert') throw disabled(vault, object);
  const { text, bytes } = payload(version);
  return fetched(text, {
    ...(bytes === undefined ? {} : { value: SecretValue.of(bytes) }),
    version: version.version,
    tags: new Map(Object.entries(version.tags ?? {})),
    attributes: timesOf(version),
    ...(version.attributes.enabled ? {} : { enabled: false as const }),
  });
}

function payload({ value, jwk, cer }: StoredVersion): { readonly text: string; readonly bytes?: Uint8Array } {
  if (cer !== undefined) return { text: '', bytes: Buffer.from(cer, 'base64') };
  return { text: value ?? JSON.stringify(jwk) };
}

function disabled(vault: string, { type, name }: RemoteObject): PortError {
  return new PortError({
    kind: 'Forbidden',
    what: `${type} "${name}" in vault ${vault} is disabled; this is not a matter of permissions`,
    fix: 'Enable it or take it out of the manifest.',
    code: 'SecretDisabled',
    disabled: true,
  });
}

function listed(name: string, version: StoredVersion | undefined): ListedObject {
  return {
    name,
    enabled: version?.attributes.enabled,
    tags: new Map(Object.entries(version?.tags ?? {})),
    attributes: version === undefined ? {} : timesOf(version),
    ...(version?.managed === true ? { managed: true as const } : {}),
  };
}

function timesOf({ attributes: { created, updated, exp, nbf } }: StoredVersion): FetchedObject['attributes'] {
  return {
    created,
    updated,
    ...(exp === undefined ? {} : { expires: exp }),
    ...(nbf === undefined ? {} : { notBefore: nbf }),
  };
}
