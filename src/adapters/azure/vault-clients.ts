/**
 * The SDK's clients of one vault, and requests of our own through their pipelines.
 *
 * Writes are such requests, with the SDK's authentication and our repetition. Its own methods would not do: they cut
 * times after 2038 down to 32 bits, and delete and recover by pollers that read values and wait by timers of their own.
 */
import type { HttpClient, Pipeline, PipelineRequest } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';
import type { CertificateClient } from '@azure/keyvault-certificates';
import type { KeyClient } from '@azure/keyvault-keys';
import type { SecretClient } from '@azure/keyvault-secrets';
import type { RemoteType } from '../../core/model/vault.ts';
import type { Cloud } from './cloud.ts';
import type { Lane } from './lane.ts';
import type { AzureContext } from './settings.ts';
import { GarbledAnswer, jsonObject } from './vault-answer.ts';
import { vaultPolicy } from './vault-pipeline.ts';
import { createWire, SDK_OPTIONS } from './wire.ts';

export interface KeyVaultOptions {
  readonly key: string;
  readonly vaultUrl: URL;
  readonly cloud: Cloud;
  readonly lane: Lane;
  readonly credential: TokenCredential;
  /** Who asks, where that is known. */
  readonly clientId?: string;
}

/** One request of our own; its path begins behind the slash. */
export interface VaultCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** JSON. May hold a value: never kept, never shown. */
  readonly body?: string;
}

export interface Clients {
  secrets(): Promise<SecretClient>;
  keys(): Promise<KeyClient>;
  certificates(): Promise<CertificateClient>;
  /** The JSON that one request of our own is answered with. */
  send(type: RemoteType, request: VaultCall): Promise<Readonly<Record<string, unknown>>>;
}

/** Each SDK is loaded when it is first needed: a job that reads secrets only does not pay for the others. */
export function createClients(context: AzureContext, options: KeyVaultOptions, vault: string): Clients {
  const url = options.vaultUrl.href.replace(/\/+$/, '');
  const { credential } = options;
  const http = once(() => createHttp(context, options));
  const clientOptions = async () => createClientOptions(context, options, { vault, http: await http() });
  const secrets = once(async () => {
    const sdk = await import(/* webpackMode: 'eager' */ '@azure/keyvault-secrets');
    return new sdk.SecretClient(url, credential, (await clientOptions()) as never);
  });
  const keys = once(async () => {
    const sdk = await import(/* webpackMode: 'eager' */ '@azure/keyvault-keys');
    return new sdk.KeyClient(url, credential, await clientOptions());
  });
  const certificates = once(async () => {
    const sdk = await import(/* webpackMode: 'eager' */ '@azure/keyvault-certificates');
    return new sdk.CertificateClient(url, credential, (await clientOptions()) as never);
  });
  const byType = { secret: secrets, key: keys, cert: certificates };
  const send: Clients['send'] = async (type, call) =>
    sendThrough(pipelineOf(await byType[type]()), await http(), { ...call, path: `${url}/${call.path}` });
  return { secrets, keys, certificates, send };
}

/** The SDK shows it to nobody. Its version is pinned, and every test of the writer would fail without it. */
function pipelineOf(client: SecretClient | KeyClient | CertificateClient): Pipeline {
  return (client as unknown as { readonly client: { readonly pipeline: Pipeline } }).client.pipeline;
}

async function sendThrough(
  pipeline: Pipeline,
  http: HttpClient,
  { method, path, body }: VaultCall,
): Promise<Readonly<Record<string, unknown>>> {
  const { createHttpHeaders, createPipelineRequest } = await import(
    /* webpackMode: 'eager' */ '@azure/core-rest-pipeline'
  );
  const headers = { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const content = body === undefined ? {} : { body };
  const request = createPipelineRequest({ url: path, method, headers: createHttpHeaders(headers), ...content });
  const answer = jsonObject((await pipeline.sendRequest(http, request)).bodyAsText ?? '');
  if (answer === undefined) throw new GarbledAnswer('no-json');
  return answer;
}

async function createHttp(context: AzureContext, { lane }: KeyVaultOptions): Promise<HttpClient> {
  const { createDefaultHttpClient } = await import(/* webpackMode: 'eager' */ '@azure/core-rest-pipeline');
  return bodiesOnlyWithToken(
    createWire({
      http: createDefaultHttpClient(),
      timeoutMs: context.settings.requestTimeoutMs,
      environment: context.environment,
      before: (request) => (makesVersion(request) ? lane.paceNewVersion() : lane.pace()),
    }),
  );
}

/** Key Vault REST: set secret, import key, import certificate. */
function makesVersion({ method, url }: PipelineRequest): boolean {
  return method === 'PUT' || (method === 'POST' && new URL(url).pathname.endsWith('/import'));
}

/**
 * SDK: only the very first request of a client goes out without its body while there is no token. After that one failed
 * without an answer, the next would carry its value to whoever listens there.
 */
function bodiesOnlyWithToken(http: HttpClient): HttpClient {
  return {
    sendRequest: async (request) => {
      const { body } = request;
      if (body === undefined || body === null || request.headers.has('authorization')) return http.sendRequest(request);
      request.body = null;
      try {
        return await http.sendRequest(request);
      } finally {
        request.body = body;
      }
    },
  };
}

/** A new object for each client: the SDK writes into it. */
function createClientOptions(
  context: AzureContext,
  options: KeyVaultOptions,
  { vault, http }: { readonly vault: string; readonly http: HttpClient },
) {
  return {
    serviceVersion: context.settings.serviceVersion,
    httpClient: http,
    additionalPolicies: [{ policy: vaultPolicy(context, vault, options.vaultUrl.host), position: 'perCall' as const }],
    ...SDK_OPTIONS,
  };
}

function once<Value>(create: () => Promise<Value>): () => Promise<Value> {
  let created: Promise<Value> | undefined;
  return () => (created ??= create());
}
