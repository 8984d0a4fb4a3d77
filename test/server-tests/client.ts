/** A bare HTTP client for the tests of the servers: no retries, no proxy, nothing hidden. */
import http from 'node:http';
import https from 'node:https';
import { MANAGED_CLIENT_ID, type LoopbackAzure } from '../servers/index.ts';

export interface Seen {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Parsed where it is JSON, else text. */
  readonly body: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly host?: string;
  /** `null` = none. */
  readonly token?: string | null;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const VAULT_HOST = 'kv-main.vault.azure.net';
const API_VERSION = 'api-version=2025-07-01';

export function vaultToken(azure: LoopbackAzure, resource = 'https://vault.azure.net'): string {
  return azure.entra.issueToken({ identity: azure.entra.identity(MANAGED_CLIENT_ID)!, resource });
}

/** A request to a vault, with a good token unless another is given. */
export function askVault(azure: LoopbackAzure, path: string, ask: Ask = {}): Promise<Seen> {
  const query = path.includes('api') ? '' : `${path.includes('?') ? '&' : '?'}${API_VERSION}`;
  const token = ask.token === undefined ? vaultToken(azure) : ask.token;
  return askHttps(azure, azure.vaults.port, `${path}${query}`, { host: VAULT_HOST, ...ask, token });
}

export function askEntra(azure: LoopbackAzure, path: string, ask: Ask = {}): Promise<Seen> {
  return askHttps(azure, azure.entra.port, path, { host: 'login.microsoftonline.com', ...ask });
}

/** A request to Resource Manager in the public cloud, with a good token unless another is given. */
export function askArm(azure: LoopbackAzure, path: string, ask: Ask = {}): Promise<Seen> {
  const host = ask.host ?? 'management.azure.com';
  const token = ask.token === undefined ? vaultToken(azure, `https://${host}`) : ask.token;
  return askHttps(azure, azure.arm.port, path, { ...ask, host, token });
}

export function askHttp(url: string, ask: Ask = {}): Promise<Seen> {
  return seen(http.request(url, { method: ask.method ?? 'GET', headers: headersOf(ask), agent: false }), ask.body);
}

function askHttps(azure: LoopbackAzure, port: number, path: string, ask: Ask): Promise<Seen> {
  const host = ask.host!;
  const headers = { ...headersOf(ask), host };
  const method = ask.method ?? 'GET';
  const tls = { servername: host, ca: azure.authority.pem, agent: false };
  return seen(https.request({ host: '127.0.0.1', port, path, method, headers, ...tls }), ask.body);
}

function headersOf(ask: Ask): Record<string, string> {
  const authorization = ask.token === undefined || ask.token === null ? {} : { authorization: `Bearer ${ask.token}` };
  return { ...authorization, ...ask.headers };
}

function seen(request: http.ClientRequest, body: unknown): Promise<Seen> {
  return new Promise((resolve, reject) => {
    request.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode!, headers: response.headers, body: parsed(text) });
        });
    });
    request.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
