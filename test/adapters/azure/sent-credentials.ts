/** What leaves this process over HTTP, whoever sends it, and which credentials are in it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { decodeToken } from '../../servers/index.ts';

interface Sent {
  readonly host: string;
  readonly authorization: string;
  body: string;
}

type Passed = (...given: readonly unknown[]) => unknown;

const CHANNEL = 'http.client.request.created';

export class SentCredentials {
  readonly #sent: Sent[] = [];
  readonly #listen = (message: unknown): void => this.#note((message as { readonly request: ClientRequest }).request);

  start(): void {
    subscribe(CHANNEL, this.#listen);
  }

  stop(): void {
    unsubscribe(CHANNEL, this.#listen);
  }

  clear(): void {
    this.#sent.length = 0;
  }

  /** `client secret → login.microsoftonline.com`, each once, sorted. */
  lines(): readonly string[] {
    const lines = this.#sent.flatMap((one) => credentialsIn(one).map((name) => `${name} → ${one.host}`));
    return [...new Set(lines)].toSorted();
  }

  /** Every host that was asked for anything, proxies left out. */
  hosts(): readonly string[] {
    return [...new Set(this.#sent.map(({ host }) => host))].toSorted();
  }

  #note(request: ClientRequest): void {
    if (request.method === 'CONNECT') return;
    const authorization = String(request.getHeader('authorization') ?? '');
    const sent: Sent = { host: request.host, authorization, body: '' };
    this.#sent.push(sent);
    const write = request.write.bind(request) as Passed;
    const end = request.end.bind(request) as Passed;
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array)
        sent.body += Buffer.from(chunk as string).toString();
    };
    request.write = (...given: readonly unknown[]) => {
      keep(given[0]);
      return write(...given) as boolean;
    };
    request.end = (...given: readonly unknown[]) => {
      keep(given[0]);
      return end(...given) as ClientRequest;
    };
  }
}

function credentialsIn({ authorization, body }: Sent): readonly string[] {
  const form = new URLSearchParams(body);
  const assertion = form.get('client_assertion');
  return [
    ...(assertion === null ? [] : [assertionName(assertion)]),
    ...(form.has('client_secret') ? ['client secret'] : []),
    ...(authorization === '' ? [] : [bearerName(authorization.replace(/^bearer /iu, ''))]),
  ];
}

function assertionName(token: string): string {
  const { iss = '', sub = '' } = (decodeToken(token)?.claims ?? {}) as { readonly iss?: string; readonly sub?: string };
  if (iss === sub) return 'signature of a certificate';
  return sub.startsWith('system:serviceaccount:') ? 'token of a ServiceAccount' : 'assertion';
}

function bearerName(token: string): string {
  const { aud } = (decodeToken(token)?.claims ?? {}) as { readonly aud?: string };
  if (aud === undefined) return 'request token';
  if (aud.includes('vault')) return 'vault token';
  return aud.includes('management') ? 'Resource Manager token' : 'API server token';
}
