/**
 * Azure Container Registry's token endpoints: an Entra token for a refresh token, and that for an access token of a scope.
 *
 * Strict where the service is: form, service, tenant, the token's signature, issuer, audience and end. Every identity of
 * the tenant may do everything until a test takes that away.
 */
import { randomUUID } from 'node:crypto';
import type { CertificateAuthority } from './certificates.ts';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import {
  audiences,
  decodeToken,
  hasValidSignature,
  seconds,
  SigningKey,
  text,
  type Claims,
  type Jwks,
} from './json-web-token.ts';
import { listenHttps, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';

/** Registries of a cloud, and whose tokens they take. Without a slash at the end, which does not count. */
const AUDIENCES: Readonly<Record<string, readonly string[]>> = {
  '.azurecr.io': ['https://management.azure.com', 'https://management.core.windows.net'],
  '.azurecr.us': ['https://management.usgovcloudapi.net', 'https://management.core.usgovcloudapi.net'],
  '.azurecr.cn': ['https://management.chinacloudapi.cn', 'https://management.core.chinacloudapi.cn'],
};
/** What the service gives. */
const REFRESH_SECONDS = 3 * 3_600;
const ACCESS_SECONDS = 75 * 60;

export interface ContainerRegistryOptions {
  readonly authority: CertificateAuthority;
  readonly tokenKeys: () => Jwks;
  readonly tenantId: string;
  readonly now?: () => number;
}

export interface RegistryRequestRecord {
  readonly host: string;
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly status: number;
}

export class ContainerRegistryServer {
  /** Every request, also those that were refused. Tokens in `form` are left out. */
  readonly log: RegistryRequestRecord[] = [];
  readonly faults = new Faults();
  /** Client ids that may pull nothing. */
  readonly denied = new Set<string>();
  /** Seconds that tokens live; absent = as the service's. */
  lifetimeSeconds: number | undefined;
  /** Tokens without `exp`. */
  tellsNoEnd = false;
  readonly #options: ContainerRegistryOptions;
  readonly #key = new SigningKey();
  readonly #hosts = new Set<string>();
  #listener!: Listener;

  private constructor(options: ContainerRegistryOptions) {
    this.#options = options;
  }

  static async start(options: ContainerRegistryOptions): Promise<ContainerRegistryServer> {
    const server = new ContainerRegistryServer(options);
    server.#listener = await listenHttps(options.authority, (request) => server.#handle(request));
    return server;
  }

  get port(): number {
    return this.#listener.port;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  /** Registries of Azure are there without being named. */
  hasHost(host: string): boolean {
    return this.#hosts.has(host) || suffixOf(host) !== undefined;
  }

  /** A registry by another name, as one of a private cloud. */
  addHost(host: string): void {
    this.#hosts.add(host);
  }

  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  /** Forgets requests, faults and all that was set. */
  reset(): void {
    this.log.length = 0;
    this.faults.clear();
    this.denied.clear();
    this.lifetimeSeconds = undefined;
    this.tellsNoEnd = false;
  }

  /** What a token of this registry says; `undefined` where it is none, or its end has come. */
  claimsOf(token: string): Claims | undefined {
    const decoded = decodeToken(token);
    if (decoded === undefined || !hasValidSignature(token, this.#key.jwk)) return undefined;
    const end = seconds(decoded.claims, 'exp');
    return end * 1000 <= this.#now() ? undefined : decoded.claims;
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    const fault = this.faults.take([`${request.method} ${request.path}`]);
    const instead = fault === undefined ? undefined : answerInstead(fault, faultAnswer);
    const answer = instead ?? this.#answer(request);
    this.log.push(recordOf(request, answer));
    return withDelivery(answer, fault);
  }

  #answer(request: LoopbackRequest): Answer {
    if (request.method !== 'POST') return refusal(405, 'UNSUPPORTED', 'the operation is unsupported');
    if (!/^application\/x-www-form-urlencoded\b/u.test(request.headers['content-type'] ?? '')) {
      return refusal(400, 'UNSUPPORTED', 'content type is not a form');
    }
    const form = new URLSearchParams(request.body);
    if (form.get('service') !== request.host) return refusal(400, 'UNSUPPORTED', 'service is not this registry');
    switch (request.path) {
      case '/oauth2/exchange':
        return this.#exchange(request.host, form);
      case '/oauth2/token':
        return this.#token(request.host, form);
      default:
        return refusal(404, 'NOT_FOUND', 'page not found');
    }
  }

  #exchange(host: string, form: URLSearchParams): Answer {
    if (form.get('grant_type') !== 'access_token') return refusal(400, 'UNSUPPORTED', 'grant type is not supported');
    if (form.get('tenant') !== this.#options.tenantId) return refusal(401, 'UNAUTHORIZED', 'tenant does not match');
    const claims = this.#entraClaims(host, form.get('access_token') ?? '');
    if (claims === undefined) return refusal(401, 'UNAUTHORIZED', 'authentication required');
    if (this.denied.has(text(claims, 'appid'))) return refusal(403, 'DENIED', 'requested access is denied');
    const refresh_token = this.#issue(host, text(claims, 'oid'), REFRESH_SECONDS, { grant_type: 'refresh_token' });
    return { status: 200, body: { refresh_token } };
  }

  #token(host: string, form: URLSearchParams): Answer {
    if (form.get('grant_type') !== 'refresh_token') return refusal(400, 'UNSUPPORTED', 'grant type is not supported');
    const claims = this.claimsOf(form.get('refresh_token') ?? '');
    if (claims?.['aud'] !== host || claims['grant_type'] !== 'refresh_token') {
      return refusal(401, 'UNAUTHORIZED', 'authentication required');
    }
    const access = (form.get('scope') ?? '').split(' ').map(accessOf);
    if (access.some((one) => one === undefined)) return refusal(400, 'UNSUPPORTED', 'scope is not understood');
    return { status: 200, body: { access_token: this.#issue(host, text(claims, 'sub'), ACCESS_SECONDS, { access }) } };
  }

  #entraClaims(host: string, token: string): Claims | undefined {
    const { tenantId, tokenKeys } = this.#options;
    const decoded = decodeToken(token);
    const key = tokenKeys().keys.find(({ kid }) => kid === text(decoded?.header ?? {}, 'kid'));
    if (decoded === undefined || key === undefined || !hasValidSignature(token, key)) return undefined;
    const { claims } = decoded;
    const meant = AUDIENCES[suffixOf(host) ?? '.azurecr.io'] ?? [];
    const isMeant = audiences(claims).some((one) => meant.includes(one.replace(/\/$/u, '')));
    const isInTime = seconds(claims, 'exp') * 1000 > this.#now();
    return isMeant && isInTime && text(claims, 'iss') === `https://sts.windows.net/${tenantId}/` ? claims : undefined;
  }

  #issue(host: string, subject: string, lifetime: number, more: Claims): string {
    const now = Math.floor(this.#now() / 1000);
    const end = this.tellsNoEnd ? {} : { exp: now + (this.lifetimeSeconds ?? lifetime) };
    const head = { jti: randomUUID(), sub: subject, nbf: now, iat: now, iss: 'Azure Container Registry', aud: host };
    return this.#key.sign({ ...head, ...end, version: '1.0', ...more });
  }
}

function suffixOf(host: string): string | undefined {
  return Object.keys(AUDIENCES).find((suffix) => host.endsWith(suffix));
}

/** `repository:shop/api:pull,push`. */
function accessOf(scope: string): Claims | undefined {
  const [, type, name, actions] = /^(repository|registry|artifact-repository):([^:]+):([a-z*,_]+)$/u.exec(scope) ?? [];
  return name === undefined ? undefined : { type, name, actions: actions?.split(',') };
}

const TOKENS = new Set(['access_token', 'refresh_token']);

function recordOf({ host, path, body }: LoopbackRequest, { status }: Answer): RegistryRequestRecord {
  const form = [...new URLSearchParams(body)].map(([name, value]) => [name, TOKENS.has(name) ? '(token)' : value]);
  return { host, path, form: Object.fromEntries(form) as Readonly<Record<string, string>>, status };
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { errors: [{ code, message, detail: null }] } };
}

function faultAnswer(fault: Fault): Answer {
  return refusal(fault.status ?? 500, fault.code ?? 'UNKNOWN', fault.message ?? 'injected');
}
