/**
 * One vault, reached as one identity.
 *
 * What counts as absent is in vault-object.ts. Every value is given to the masker before anything else is done with it.
 * Bodies are read as they came, not as the SDK reshapes them.
 */
import { isRecord } from '../../core/model/fields.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { FetchedObject, ListedObject, RemoteObject, RemoteType } from '../../core/model/vault.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Provider, VaultAction } from '../../ports/provider.ts';
import { createOutageGuard } from './outage-guard.ts';
import { everyPage } from './pages.ts';
import { publicKeyJson } from './public-key.ts';
import type { AzureContext } from './settings.ts';
import type { VaultRequest } from './vault-request.ts';
import { GarbledAnswer, jsonObject } from './vault-answer.ts';
import { createClients, type Clients, type KeyVaultOptions } from './vault-clients.ts';
import { fetched, isAbsence, partsOf, refuseUnsendable, tagsOf, timesOf, type Times } from './vault-object.ts';
import { createVaultWriter } from './vault-writer.ts';

type Body = Readonly<Record<string, unknown>>;

export function openKeyVault(context: AzureContext, options: KeyVaultOptions): Provider {
  const description = vaultDescription(options.vaultUrl);
  const clients = createClients(context, options, description);
  const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
  const read = (object: RemoteObject): Promise<FetchedObject | undefined> =>
    guarded(() => get(context, clients, object), requestFor(options, description, 'get', object));
  return {
    key: options.key,
    description,
    get: read,
    list: (type = 'secret') =>
      guarded(() => list(context.clock, clients, type), listRequestFor(options, description, type)),
    writer: createVaultWriter(context, {
      clients,
      read,
      guarded: (act, action, object) => guarded(act, requestFor(options, description, action, object)),
    }),
  };
}

/** `vault kv-shop`, from the host name. */
export function vaultDescription(vaultUrl: URL): string {
  return `vault ${vaultName(vaultUrl)}`;
}

function vaultName(vaultUrl: URL): string {
  return vaultUrl.hostname.split('.')[0] ?? vaultUrl.hostname;
}

/** What is asked of the vault, for messages; without an object it is the list of secrets. */
export function requestFor(
  options: KeyVaultOptions,
  vault: string,
  action: VaultAction,
  object?: RemoteObject,
): VaultRequest {
  const { vaultUrl, cloud, clientId } = options;
  const request = { vault, vaultName: vaultName(vaultUrl), host: vaultUrl.host, cloud, action, clientId };
  return object === undefined ? { ...request, type: 'secret' } : { ...request, type: object.type, name: object.name };
}

/** The same of a list. */
export function listRequestFor(options: KeyVaultOptions, vault: string, type: RemoteType): VaultRequest {
  return { ...requestFor(options, vault, 'list'), type };
}

async function get(context: AzureContext, clients: Clients, object: RemoteObject): Promise<FetchedObject | undefined> {
  refuseUnsendable(object.name);
  try {
    return await readers[object.type](context, clients, object);
  } catch (error) {
    if (isAbsence(error, object.type)) return undefined;
    throw error;
  }
}

type Reader = (context: AzureContext, clients: Clients, object: RemoteObject) => Promise<FetchedObject>;

const readers: Readonly<Record<RemoteType, Reader>> = {
  secret: async (context, clients, object) => {
    const client = await clients.secrets();
    const version = object.version ?? '';
    const body = await rawBody((onResponse) => client.getSecret(object.name, { version, onResponse }));
    const value = arrived(context, body['value'], (text) => SecretValue.ofText(text));
    if (value === undefined) throw new GarbledAnswer('no-json');
    return fetched(object, value, body, body['id']);
  },
  cert: async (context, clients, object) => {
    const client = await clients.certificates();
    const { name, version = '' } = object;
    const body = await rawBody((onResponse) =>
      version === ''
        ? client.getCertificate(name, { onResponse })
        : client.getCertificateVersion(name, version, { onResponse }),
    );
    const value = arrived(context, body['cer'], (text) => SecretValue.of(Buffer.from(text, 'base64')));
    return fetched(object, value, body, body['id']);
  },
  key: async (context, clients, object) => {
    const client = await clients.keys();
    const version = object.version ?? '';
    const body = await rawBody((onResponse) => client.getKey(object.name, { version, onResponse }));
    const key = body['key'];
    // Stryker disable next-line ConditionalExpression,CallExpression: what is no key has no id, which is told alike
    if (!isRecord(key)) throw new GarbledAnswer('no-json');
    const value = arrived(context, publicKeyJson(key), (text) => SecretValue.ofText(text));
    return fetched(object, value, body, key['kid']);
  },
};

function arrived(
  context: AzureContext,
  text: unknown,
  toValue: (text: string) => SecretValue,
): SecretValue | undefined {
  if (typeof text !== 'string') return undefined;
  const value = toValue(text);
  context.masker.mask(value);
  return value;
}

/** The body of a good answer. What the SDK makes of it afterwards does not matter, not even when that fails. */
async function rawBody(
  send: (onResponse: (response: { readonly bodyAsText?: string | null }) => void) => Promise<unknown>,
): Promise<Body> {
  const seen: { body?: Body | undefined; error: unknown } = { error: new GarbledAnswer('no-json') };
  try {
    await send((response) => {
      seen.body = jsonObject(response.bodyAsText ?? '');
    });
  } catch (error) {
    seen.error = error;
  }
  if (seen.body === undefined) throw seen.error;
  return seen.body;
}

/** One line of a list, of whatever type. */
interface Line extends Times {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly tags?: unknown;
  readonly managed?: boolean | undefined;
}

const listers = {
  secret: async (clients: Clients) => (await clients.secrets()).listPropertiesOfSecrets(),
  cert: async (clients: Clients) => (await clients.certificates()).listPropertiesOfCertificates(),
  key: async (clients: Clients) => (await clients.keys()).listPropertiesOfKeys(),
} satisfies Record<RemoteType, unknown>;

/** All objects of a type, without values. */
export async function list(clock: Clock, clients: Clients, type: RemoteType): Promise<readonly ListedObject[]> {
  const lines = await everyPage<Line>(clock, (await listers[type](clients)).byPage());
  return lines.map((line) => listed(line, type));
}

function listed(line: Line, type: RemoteType): ListedObject {
  const parts = partsOf(line.id, type);
  const { name = parts.name, enabled, tags, managed } = line;
  const described = { name, enabled, tags: tagsOf(tags), attributes: timesOf(line) };
  return managed === true ? { ...described, managed } : described;
}
