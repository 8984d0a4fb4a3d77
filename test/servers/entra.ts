/**
 * Microsoft Entra's token endpoint for several tenants, and the keys by which the vaults check its tokens.
 *
 * Client credentials only: an assertion of a foreign issuer (workload identity federation), an assertion signed with
 * the client's own certificate, or a client secret. Every assertion is verified; entra-assertions.ts says how.
 */
import { randomUUID } from 'node:crypto';
import type { CertificateAuthority } from './certificates.ts';
import { AADSTS, answerOf, type EntraProblem } from './entra-problem.ts';
import { checkCredential, type Issuers, type JwksSource } from './entra-assertions.ts';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { filledAnswer, goldenFile } from './golden.ts';
import { decodeToken, SigningKey, type Jwks } from './json-web-token.ts';
import { VAULT_RESOURCES } from './key-vault-access.ts';
import { AKS_SERVER_ID } from './managed-cluster.ts';
import { MANAGEMENT_RESOURCES } from './resource-manager.ts';
import { listenHttps, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';

/** Login hosts of all clouds that still have one, and of one that was closed. */
export const LOGIN_HOSTS = [
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
  'login.microsoftonline.de',
];

const KNOWN_RESOURCES = [
  ...VAULT_RESOURCES,
  ...Object.values(MANAGEMENT_RESOURCES),
  'https://graph.microsoft.com',
  AKS_SERVER_ID,
];

export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** An app registration or a user-assigned managed identity: they differ in how long their tokens live. */
export interface Identity {
  readonly clientId: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly kind: 'application' | 'managed-identity';
  readonly secrets?: readonly string[];
  /** PEM; public halves of the client's own certificates. */
  readonly certificates?: readonly string[];
  readonly federatedCredentials?: readonly FederatedCredential[];
}

export interface Tenant {
  readonly id: string;
  /** Verified domain, which may stand for the id in URLs. */
  readonly domain?: string;
  /** The only login host that knows this tenant; absent = all do. */
  readonly loginHost?: string;
}

export interface TokenRequestRecord {
  readonly host: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly scope: string;
  readonly credential: 'assertion' | 'secret' | 'none';
  /** Whom an assertion is about: a workflow, a ServiceAccount, or the application itself. */
  readonly subject?: string;
  readonly status: number;
  /** 0 where a token was issued. */
  readonly errorCode: number;
}

export interface EntraOptions {
  readonly authority: CertificateAuthority;
  readonly tenants: readonly Tenant[];
  readonly identities: readonly Identity[];
  /** Absent = 24 hours for managed identities and one hour for applications, as in the service. */
  readonly expiresInSeconds?: number;
  /** Login hosts beside those of the known clouds. */
  readonly extraHosts?: readonly string[];
  /** Resources beside those that every tenant has, as an application of one's own. */
  readonly extraResources?: readonly string[];
  readonly now?: () => number;
}

export interface TokenRequest {
  readonly identity: Identity;
  readonly resource: string;
  readonly expiresInSeconds?: number;
  /** Replace claims, to make tokens that a vault must refuse. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export class EntraServer {
  readonly log: TokenRequestRecord[] = [];
  /** All requests, also for metadata, as `GET /common/discovery/instance`. */
  readonly requests: string[] = [];
  readonly faults = new Faults();
  readonly hosts: readonly string[];
  expiresInSeconds: number | undefined;
  readonly #options: EntraOptions;
  readonly #identities: Identity[];
  readonly #issuers: Issuers = new Map();
  readonly #extraResources: string[];
  readonly #key = new SigningKey();
  #listener!: Listener;

  private constructor(options: EntraOptions) {
    this.#options = options;
    this.#identities = [...options.identities];
    this.hosts = [...LOGIN_HOSTS, ...(options.extraHosts ?? [])];
    this.expiresInSeconds = options.expiresInSeconds;
    this.#extraResources = [...(options.extraResources ?? [])];
  }

  static async start(options: EntraOptions): Promise<EntraServer> {
    const server = new EntraServer(options);
    server.#listener = await listenHttps(options.authority, (request) => server.#handle(request));
    return server;
  }

  get port(): number {
    return this.#listener.port;
  }

  /** How often a token was asked for, also in vain. */
  get tokenRequests(): number {
    return this.log.length;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  jwks(): Jwks {
    return { keys: [this.#key.jwk] };
  }

  /** Tells Entra where the keys of an assertion's issuer are to be had: a function, or a URL. */
  registerIssuer(issuer: string, jwks: JwksSource): void {
    this.#issuers.set(issuer, jwks);
  }

  /** Adds an identity, or replaces the one with the same client id. */
  setIdentity(identity: Identity): void {
    this.removeIdentity(identity.clientId);
    this.#identities.push(identity);
  }

  removeIdentity(clientId: string): void {
    const at = this.#identities.findIndex((identity) => identity.clientId === clientId);
    if (at >= 0) this.#identities.splice(at, 1);
  }

  identity(clientId: string): Identity | undefined {
    return this.#identities.find((identity) => identity.clientId === clientId.toLowerCase());
  }

  /** A resource that only this tenant has, as an application of one's own. */
  allowResource(resource: string): void {
    this.#extraResources.push(resource);
  }

  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  /** Signs an access token without any check: for managed identities, and for tests that need an odd token. */
  issueToken(request: TokenRequest): string {
    const { identity } = request;
    const now = Math.floor(this.#now() / 1000);
    return this.#key.sign({
      aud: request.resource,
      iss: `https://sts.windows.net/${identity.tenantId}/`,
      iat: now,
      nbf: now,
      exp: now + (request.expiresInSeconds ?? this.lifetimeOf(identity)),
      appid: identity.clientId,
      appidacr: '2',
      idp: `https://sts.windows.net/${identity.tenantId}/`,
      oid: identity.objectId,
      sub: identity.objectId,
      tid: identity.tenantId,
      uti: randomUUID(),
      ver: '1.0',
      ...request.claims,
    });
  }

  lifetimeOf(identity: Identity): number {
    return this.expiresInSeconds ?? (identity.kind === 'managed-identity' ? 86_399 : 3_599);
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    const line = `${request.method} ${request.path}`;
    this.requests.push(line);
    const fault = this.faults.take([line]);
    const instead = fault === undefined ? undefined : answerInstead(fault, faultAnswer);
    const isTokenRequest = request.method === 'POST' && request.path.endsWith('/oauth2/v2.0/token');
    const outcome = instead ?? (isTokenRequest ? await this.#token(request) : this.#metadata(request));
    const answer = 'status' in outcome ? outcome : answerOf(outcome, this.#now());
    if (isTokenRequest) this.log.push(recordOf(request, answer));
    return withDelivery(answer, fault);
  }

  #tenantOf(request: LoopbackRequest): Tenant | undefined {
    const name = tenantNameOf(request).toLowerCase();
    return this.#options.tenants.find(
      (tenant) =>
        [tenant.id, tenant.domain].includes(name) &&
        (tenant.loginHost === undefined || tenant.loginHost === request.host),
    );
  }

  async #token(request: LoopbackRequest): Promise<Answer | EntraProblem> {
    const tenant = this.#tenantOf(request);
    if (tenant === undefined) return AADSTS.tenantNotFound(tenantNameOf(request));
    const form = new URLSearchParams(request.body);
    const problem = formProblem(form) ?? this.#scopeProblem(form.get('scope')!, tenant);
    if (problem !== undefined) return problem;
    const clientId = form.get('client_id')!;
    const identity = this.#identities.find(
      (one) => one.clientId === clientId.toLowerCase() && one.tenantId === tenant.id,
    );
    if (identity === undefined) return AADSTS.clientNotFound(clientId, tenant.id);
    const context = { issuers: this.#issuers, nowMs: this.#now(), tokenUrls: tokenUrls(request.host, tenant) };
    const refused = await checkCredential(form, identity, context);
    return refused ?? this.#issued(identity, form);
  }

  #scopeProblem(scope: string, tenant: Tenant): EntraProblem | undefined {
    if (!scope.endsWith('/.default')) return AADSTS.scopeWithoutDefault(scope);
    const resource = resourceOf(scope).replace(/\/$/, '');
    const known = [...KNOWN_RESOURCES, ...this.#extraResources];
    return known.includes(resource) ? undefined : AADSTS.resourceNotFound(resource, tenant.id);
  }

  #issued(identity: Identity, form: URLSearchParams): Answer {
    const expiresIn = this.lifetimeOf(identity);
    const continuous = (form.get('claims') ?? '').includes('cp1') ? { xms_cc: ['cp1'] } : {};
    const access_token = this.issueToken({ identity, resource: resourceOf(form.get('scope')!), claims: continuous });
    const body = { token_type: 'Bearer', expires_in: expiresIn, ext_expires_in: expiresIn, access_token };
    return { status: 200, headers: { 'cache-control': 'no-store, no-cache', pragma: 'no-cache' }, body };
  }

  #metadata(request: LoopbackRequest): Answer | EntraProblem {
    if (request.path === '/common/discovery/instance') return this.#instanceDiscovery(request);
    const tenant = this.#tenantOf(request);
    if (tenant === undefined) return AADSTS.tenantNotFound(tenantNameOf(request));
    if (request.path.endsWith('/discovery/v2.0/keys')) return { status: 200, body: this.jwks() };
    if (request.path.endsWith('/v2.0/.well-known/openid-configuration'))
      return openIdConfiguration(request.host, tenant);
    return { status: 404 };
  }

  #instanceDiscovery(request: LoopbackRequest): Answer | EntraProblem {
    const endpoint = request.query.get('authorization_endpoint') ?? '';
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (url === undefined || !this.hosts.includes(url.host)) return AADSTS.unknownInstance();
    const tenant = url.pathname.split('/')[1] ?? 'common';
    const metadata = this.hosts.map((host) => ({ preferred_network: host, preferred_cache: host, aliases: [host] }));
    const tenant_discovery_endpoint = `https://${url.host}/${tenant}/v2.0/.well-known/openid-configuration`;
    return { status: 200, body: { tenant_discovery_endpoint, 'api-version': '1.1', metadata } };
  }
}

function tenantNameOf(request: LoopbackRequest): string {
  return decodeURIComponent(request.path.split('/')[1] ?? '');
}

function tokenUrls(host: string, tenant: Tenant): readonly string[] {
  return [tenant.id, ...(tenant.domain === undefined ? [] : [tenant.domain])].flatMap((name) => [
    `https://${host}/${name}/oauth2/v2.0/token`,
    `https://${host}/${name}/v2.0`,
  ]);
}

function formProblem(form: URLSearchParams): EntraProblem | undefined {
  const missing = ['grant_type', 'client_id', 'scope'].find((name) => (form.get(name) ?? '') === '');
  if (missing !== undefined) return AADSTS.parameterMissing(missing);
  const grantType = form.get('grant_type')!;
  return grantType === 'client_credentials' ? undefined : AADSTS.unsupportedGrant(grantType);
}

/** `https://vault.azure.net/.default` asks for `https://vault.azure.net`; a client may repeat other scopes before it. */
function resourceOf(scope: string): string {
  return (scope.split(' ').find((part) => part.endsWith('/.default')) ?? scope).replace(/\/\.default$/, '');
}

function recordOf(request: LoopbackRequest, answer: Answer): TokenRequestRecord {
  const form = new URLSearchParams(request.body);
  const codes = (answer.body as { error_codes?: readonly number[] } | undefined)?.error_codes;
  const credential = form.has('client_assertion') ? 'assertion' : form.has('client_secret') ? 'secret' : 'none';
  const subject = decodeToken(form.get('client_assertion') ?? '')?.claims['sub'] as string | undefined;
  return {
    host: request.host,
    tenant: tenantNameOf(request),
    clientId: form.get('client_id') ?? '',
    scope: form.get('scope') ?? '',
    credential,
    ...(subject === undefined ? {} : { subject }),
    status: answer.status,
    errorCode: codes?.[0] ?? 0,
  };
}

function openIdConfiguration(host: string, tenant: Tenant): Answer {
  const answer = filledAnswer('entra', 'openid-configuration', { host, tenant: tenant.id });
  const lists = {
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'tid', 'ver'],
    cloud_instance_name: host.split('.').slice(1).join('.'),
    tenant_region_scope: 'EU',
  };
  return { ...answer, body: { ...(answer.body as object), ...lists } };
}

/** `code` is an AADSTS number: worded as in the golden file, or with `message` when one is given. */
function faultAnswer(fault: Fault): Answer {
  const code = fault.code ?? '90033';
  const isKnown = code in goldenFile('entra-errors').answers && fault.message === undefined;
  const values = {
    error: 'temporarily_unavailable',
    code,
    message: fault.message ?? 'A transient error has occurred.',
  };
  const answer = answerOf({ code: isKnown ? code : 'any', values }, Date.now());
  const body = isKnown ? answer.body : { ...(answer.body as object), error_codes: [Number(code)] };
  return { ...answer, status: fault.status ?? answer.status, body };
}
