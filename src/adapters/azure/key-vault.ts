/**
 * One vault, read as one identity.
 *
 * Absent means one thing only: Key Vault itself said SecretNotFound, KeyNotFound or CertificateNotFound. Every value is
 * given to the masker before anything else is done with it. Bodies are read as they came, not as the SDK reshapes them.
 */
import type { HttpClient, PipelinePolicy } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { CertificateClient } from '@azure/keyvault-certificates';
import type { KeyClient } from '@azure/keyvault-keys';
import type { SecretClient, SecretProperties } from '@azure/keyvault-secrets';
import { SecretValue } from '../../core/model/secret-value.ts';
import type {
  FetchedObject,
  ListedObject,
  RemoteAttributes,
  RemoteObject,
  RemoteTags,
  RemoteType,
} from '../../core/model/vault.ts';
import { PortError } from '../../ports/errors.ts';
import type { Provider } from '../../ports/provider.ts';
import type { Cloud } from './cloud.ts';
import type { Lane } from './lane.ts';
import { createOutageGuard } from './outage-guard.ts';
import { publicKeyJson } from './public-key.ts';
import type { AzureContext } from './settings.ts';
import type { VaultRequest } from './to-port-error.ts';
import { GarbledAnswer, isRecord, jsonObject, VaultRefusal } from './vault-answer.ts';
import { vaultPolicy } from './vault-pipeline.ts';
import { createWire } from './wire.ts';

/** Vaults have no such number of pages; a list that never ends is a loop. */
export const MOST_PAGES = 10_000;
const ABSENT_CODES = new Set(['SecretNotFound', 'KeyNotFound', 'CertificateNotFound']);

export interface KeyVaultOptions {
  readonly key: string;
  readonly vaultUrl: URL;
  readonly cloud: Cloud;
  readonly lane: Lane;
  readonly credential: TokenCredential;
}

type Body = Readonly<Record<string, unknown>>;

export function openKeyVault(context: AzureContext, options: KeyVaultOptions): Provider {
  const description = vaultDescription(options.vaultUrl);
  const clients = createClients(context, options, description);
  const guarded = createOutageGuard({ lane: options.lane, clock: context.clock });
  return {
    key: options.key,
    description,
    get: (object) => guarded(() => get(context, clients, object), requestFor(options, description, object)),
    list: () => guarded(() => list(clients), requestFor(options, description)),
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
  const { vaultUrl, cloud } = options;
  const request = { vault, vaultName: vaultName(vaultUrl), host: vaultUrl.host, cloud };
  return object === undefined ? { ...request, type: 'secret' } : { ...request, type: object.type, name: object.name };
}

async function get(context: AzureContext, clients: Clients, object: RemoteObject): Promise<FetchedObject | undefined> {
  refuseUnsendable(object.name);
  try {
    return await readers[object.type](context, clients, object.name, object.version ?? '');
  } catch (error) {
    if (isAbsence(error)) return undefined;
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

/** Did Key Vault itself say that there is no such object? */
export function isAbsence(error: unknown): boolean {
  return error instanceof VaultRefusal && error.answer.status === 404 && ABSENT_CODES.has(error.answer.code);
}

type Reader = (context: AzureContext, clients: Clients, name: string, version: string) => Promise<FetchedObject>;

const readers: Readonly<Record<RemoteType, Reader>> = {
  secret: async (context, clients, name, version) => {
    const client = await clients.secrets();
    const body = await rawBody((onResponse) => client.getSecret(name, { version, onResponse }));
    const value = arrived(context, body['value'], (text) => SecretValue.ofText(text));
    if (value === undefined) throw new GarbledAnswer();
    return fetched(value, body, body['id']);
  },
  cert: async (context, clients, name, version) => {
    const client = await clients.certificates();
    const body = await rawBody((onResponse) =>
      version === ''
        ? client.getCertificate(name, { onResponse })
        : client.getCertificateVersion(name, version, { onResponse }),
    );
    const value = arrived(context, body['cer'], (text) => SecretValue.of(Buffer.from(text, 'base64')));
    return fetched(value, body, body['id']);
  },
  key: async (context, clients, name, version) => {
    const client = await clients.keys();
    const body = await rawBody((onResponse) => client.getKey(name, { version, onResponse }));
    const key = body['key'];
    if (!isRecord(key)) throw new GarbledAnswer();
    return fetched(
      arrived(context, publicKeyJson(key), (text) => SecretValue.ofText(text)),
      body,
      key['kid'],
    );
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

/** Without an id it is no object: an empty name may be taken for the list. */
function fetched(value: SecretValue | undefined, body: Body, id: unknown): FetchedObject {
  if (typeof id !== 'string') throw new GarbledAnswer();
  const version = id.split('/')[5];
  const read = { value, tags: tagsOf(body['tags']), attributes: attributesOf(body['attributes']) };
  return version === undefined ? read : { ...read, version };
}

/** The body of a good answer. What the SDK makes of it afterwards does not matter, not even when that fails. */
async function rawBody(
  send: (onResponse: (response: { readonly bodyAsText?: string | null }) => void) => Promise<unknown>,
): Promise<Body> {
  const seen: { body?: Body } = {};
  try {
    await send((response) => {
      const body = jsonObject(response.bodyAsText ?? '');
      if (body !== undefined) seen.body = body;
    });
  } catch (error) {
    if (seen.body === undefined) throw error;
  }
  if (seen.body === undefined) throw new GarbledAnswer();
  return seen.body;
}

/** All secrets, without values. */
export async function list(clients: Clients): Promise<readonly ListedObject[]> {
  const client = await clients.secrets();
  const objects: ListedObject[] = [];
  let pages = 0;
  for await (const page of client.listPropertiesOfSecrets().byPage()) {
    pages += 1;
    if (pages > MOST_PAGES) throw new GarbledAnswer();
    objects.push(...page.map(listed));
  }
  return objects;
}

function listed(secret: SecretProperties): ListedObject {
  return { name: secret.name, enabled: secret.enabled, tags: tagsOf(secret.tags), attributes: timesOf(secret) };
}

export interface Times {
  readonly createdOn?: Date | undefined;
  readonly updatedOn?: Date | undefined;
  readonly expiresOn?: Date | undefined;
  readonly notBefore?: Date | undefined;
}

/** Of one line of a list. */
export function timesOf({ createdOn, updatedOn, expiresOn, notBefore }: Times): RemoteAttributes {
  return definedTimes({
    created: seconds(createdOn),
    updated: seconds(updatedOn),
    expires: seconds(expiresOn),
    notBefore: seconds(notBefore),
  });
}

export function tagsOf(tags: unknown): RemoteTags {
  if (!isRecord(tags)) return new Map();
  return new Map(Object.entries(tags).map(([name, value]) => [name, typeof value === 'string' ? value : null]));
}

function attributesOf(attributes: unknown): RemoteAttributes {
  if (!isRecord(attributes)) return {};
  return definedTimes({
    created: wholeNumber(attributes['created']),
    updated: wholeNumber(attributes['updated']),
    expires: wholeNumber(attributes['exp']),
    notBefore: wholeNumber(attributes['nbf']),
  });
}

function definedTimes(times: { readonly [Name in keyof RemoteAttributes]-?: number | undefined }): RemoteAttributes {
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined));
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.floor(value) : undefined;
}

function seconds(date: Date | undefined): number | undefined {
  return date instanceof Date ? Math.floor(date.getTime() / 1000) : undefined;
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

interface ClientOptions {
  readonly serviceVersion: string;
  readonly httpClient: HttpClient;
  readonly additionalPolicies: { readonly policy: PipelinePolicy; readonly position: 'perCall' }[];
  readonly retryOptions: { readonly maxRetries: 0 };
  readonly redirectOptions: { readonly maxRetries: 0 };
}

/** A new object for each client: the SDK writes into it. */
async function createClientOptions(
  context: AzureContext,
  options: KeyVaultOptions,
  vault: string,
): Promise<ClientOptions> {
  const { createDefaultHttpClient } = await import(/* webpackMode: 'eager' */ '@azure/core-rest-pipeline');
  const httpClient = createWire({
    http: createDefaultHttpClient(),
    timeoutMs: context.settings.requestTimeoutMs,
    before: options.lane.pace,
  });
  return {
    serviceVersion: context.settings.serviceVersion,
    httpClient,
    additionalPolicies: [{ policy: vaultPolicy(context, vault, options.vaultUrl.host), position: 'perCall' }],
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
  };
}

function once<Value>(create: () => Promise<Value>): () => Promise<Value> {
  let created: Promise<Value> | undefined;
  return () => (created ??= create());
}
