/**
 * One vault, read as one identity that may see no value: names, versions, times and tags, from lists alone.
 *
 * The role Key Vault Reader is enough. `getSecret` and its like are never sent, so a value cannot arrive by mistake.
 */
import type { FetchedObject, RemoteObject, RemoteType } from '../../core/model/vault.ts';
import type { ProviderReader } from '../../ports/provider.ts';
import { list, listRequestFor, requestFor, vaultDescription } from './key-vault.ts';
import { createOutageGuard } from './outage-guard.ts';
import { everyPage } from './pages.ts';
import type { AzureContext } from './settings.ts';
import { disabledError } from './to-port-error.ts';
import { createClients, type Clients, type KeyVaultOptions } from './vault-clients.ts';
import { isAbsence, refuseUnsendable, tagsOf, timesOf, versionIn, type Times } from './vault-object.ts';
import type { VaultRequest } from './vault-request.ts';

/** A ProviderReader whose objects have a version and no value. */
export function openVaultMetadata(context: AzureContext, options: KeyVaultOptions): ProviderReader {
  const description = vaultDescription(options.vaultUrl);
  const clients = createClients(context, options, description);
  const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
  const request = (object: RemoteObject): VaultRequest => ({
    ...requestFor(options, description, 'get', object),
    metadataOnly: true,
  });
  return {
    key: options.key,
    description,
    get: (object) => guarded(() => describe(context, clients, request(object), object), request(object)),
    list: (type = 'secret') =>
      guarded(() => list(context.clock, clients, type), {
        ...listRequestFor(options, description, type),
        metadataOnly: true,
      }),
  };
}

/** One line of a list of versions, of whatever type. */
interface Version extends Times {
  readonly id?: string | undefined;
  readonly version?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly tags?: unknown;
  readonly contentType?: string | undefined;
  readonly managed?: boolean | undefined;
}

async function describe(
  context: AzureContext,
  clients: Clients,
  request: VaultRequest,
  object: RemoteObject,
): Promise<FetchedObject | undefined> {
  refuseUnsendable(object.name);
  const version = wantedVersion(await versionsOf(context, clients, object), object.version);
  if (version === undefined) return undefined;
  // Key Vault: a disabled certificate can still be read.
  if (version.enabled === false && object.type !== 'cert') throw disabledError(request);
  const described = {
    value: undefined,
    tags: tagsOf(version.tags),
    attributes: timesOf(version),
    ...(version.contentType === undefined || object.type !== 'secret' ? {} : { contentType: version.contentType }),
    ...(version.managed === true ? { managed: true as const } : {}),
    ...(version.enabled === false ? { enabled: version.enabled } : {}),
  };
  return version.version === undefined ? described : { ...described, version: version.version };
}

/** The current version is the one that was created last; times are whole seconds. */
function wantedVersion(versions: readonly Version[], version: string | undefined): Version | undefined {
  if (version !== undefined) return versions.find((one) => one.version?.toLowerCase() === version.toLowerCase());
  const createdAt = (one: Version) => one.createdOn?.getTime() ?? 0;
  return versions.reduce<Version | undefined>(
    (newest, one) => (newest === undefined || createdAt(one) >= createdAt(newest) ? one : newest),
    undefined,
  );
}

/** Key Vault: of an object that does not exist the list is empty, and there is no 404. */
async function versionsOf(
  { clock }: AzureContext,
  clients: Clients,
  { type, name }: RemoteObject,
): Promise<readonly Version[]> {
  try {
    const versions = await everyPage<Version>(clock, (await listers[type](clients, name)).byPage());
    for (const { id } of versions) versionIn(id, { type, name });
    return versions;
  } catch (error) {
    if (isAbsence(error, type)) return [];
    throw error;
  }
}

const listers = {
  secret: async (clients: Clients, name: string) => (await clients.secrets()).listPropertiesOfSecretVersions(name),
  cert: async (clients: Clients, name: string) =>
    (await clients.certificates()).listPropertiesOfCertificateVersions(name),
  key: async (clients: Clients, name: string) => (await clients.keys()).listPropertiesOfKeyVersions(name),
} satisfies Record<RemoteType, unknown>;
