/**
 * One vault, read as one identity.
 *
 * What counts as absent is in vault-object.ts. Every value is given to the masker before anything else is done with it.
 * Bodies are read as they came, not as the SDK reshapes them.
 */
import type { TokenCredential } from '@azure/identity';
import type { CertificateClient } from '@azure/keyvault-certificates';
import type { KeyClient } from '@azure/keyvault-keys';
import type { SecretClient, SecretProperties } from '@azure/keyvault-secrets';
import { isRecord } from '../../core/model/fields.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { FetchedObject, ListedObject, RemoteObject, RemoteType } from '../../core/model/vault.ts';
import { PortError } from '../../ports/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderReader } from '../../ports/provider.ts';
import type { Cloud } from './cloud.ts';
import type { Lane } from './lane.ts';
import { createOutageGuard } from './outage-guard.ts';
import { everyPage } from './pages.ts';
import { publicKeyJson } from './public-key.ts';
import type { AzureContext } from './settings.ts';
import type { VaultRequest } from './to-port-error.ts';
import { GarbledAnswer, jsonObject } from './vault-answer.ts';
import { fetched, isAbsence, partsOf, tagsOf, timesOf } from './vault-object.ts';
import { vaultPolicy } from './vault-pipeline.ts';
import { createWire, SDK_OPTIONS } from './wire.ts';

export interface KeyVaultOptions {
  readonly key: string;
  readonly vaultUrl: URL;
  readonly cloud: Cloud;
  readonly lane: Lane;
  readonly credential: TokenCredential;
  /** Who reads, where that is known. */
  readonly clientId?: string;
}

type Body = Readonly<Record<string, unknown>>;

export function openKeyVault(context: AzureContext, options: KeyVaultOptions): ProviderReader {
  const description = vaultDescription(options.vaultUrl);
  const clients = createClients(context, options, description);
  const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
  return {
    key: options.key,
    description,
    get: (object) => guarded(() => get(context, clients, object), requestFor(options, description, object)),
    list: () => guarded(() => list(context.clock, clients), requestFor(options, description)),
  };
}

/** `vault kv-shop`, from the host name. */
export function vaultDescription(vaultUrl: URL): string {
  return `vault ${vaultName(vaultUrl)}`;
}

function vaultName(vaultUrl: URL): string {
  return vaultUrl.hostname.split('.')[0] ?? vaultUrl.hostname;
}

/** What is asked of the vault, for messages; without an object it is the list. */
export function requestFor(options: KeyVaultOptions, vault: string, object?: RemoteObject): VaultRequest {
  const { vaultUrl, cloud, clientId } = options;
  const request = { vault, vaultName: vaultName(vaultUrl), host: vaultUrl.host, cloud, clientId };
  return object === undefined ? { ...request, type: 'secret' } : { ...request, type: object.type, name: object.name };
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

/** The rules of URLs take dots for steps up: the request would ask for something else. */
export function refuseUnsendable(name: string): void {
  if (name !== '.' && name !== '..') return;
  throw new PortError({
    kind: 'Invalid',
    what: `"${name}" cannot be the name of a vault object`,
    fix: 'Write a name in remoteRef.key, as db-password or cert/web.',
  });
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

/** All secrets, without values. */
export async function list(clock: Clock, clients: Clients): Promise<readonly ListedObject[]> {
  const client = await clients.secrets();
  return (await everyPage(clock, client.listPropertiesOfSecrets().byPage())).map(listed);
}

function listed(secret: SecretProperties): ListedObject {
  partsOf(secret.id, 'secret');
  return { name: secret.name, enabled: secret.enabled, tags: tagsOf(secret.tags), attributes: timesOf(secret) };
}

export interface Clients {
  secrets(): Promise<SecretClient>;
  keys(): Promise<KeyClient>;
  certificates(): Promise<CertificateClient>;
}

/** Each SDK is loaded when it is first needed: a job that reads secrets only does not pay for the others. */
export function createClients(context: AzureContext, options: KeyVaultOptions, vault: string): Clients {
  const url = options.vaultUrl.href.replace(/\/+$/, '');
  const { credential } = options;
  const clientOptions = () => createClientOptions(context, options, vault);
  return {
    secrets: once(async () => {
      const [sdk, settings] = await Promise.all([
        import(/* webpackMode: 'eager' */ '@azure/keyvault-secrets'),
        clientOptions(),
      ]);
      return new sdk.SecretClient(url, credential, settings as never);
    }),
    keys: once(async () => {
      const [sdk, settings] = await Promise.all([
        import(/* webpackMode: 'eager' */ '@azure/keyvault-keys'),
        clientOptions(),
      ]);
      return new sdk.KeyClient(url, credential, settings);
    }),
    certificates: once(async () => {
      const [sdk, settings] = await Promise.all([
        import(/* webpackMode: 'eager' */ '@azure/keyvault-certificates'),
        clientOptions(),
      ]);
      return new sdk.CertificateClient(url, credential, settings as never);
    }),
  };
}

/** A new object for each client: the SDK writes into it. */
async function createClientOptions(context: AzureContext, options: KeyVaultOptions, vault: string) {
  const { createDefaultHttpClient } = await import(/* webpackMode: 'eager' */ '@azure/core-rest-pipeline');
  const httpClient = createWire({
    http: createDefaultHttpClient(),
    timeoutMs: context.settings.requestTimeoutMs,
    environment: context.environment,
    before: options.lane.pace,
  });
  return {
    serviceVersion: context.settings.serviceVersion,
    httpClient,
    additionalPolicies: [{ policy: vaultPolicy(context, vault, options.vaultUrl.host), position: 'perCall' as const }],
    ...SDK_OPTIONS,
  };
}

function once<Value>(create: () => Promise<Value>): () => Promise<Value> {
  let created: Promise<Value> | undefined;
  return () => (created ??= create());
}
