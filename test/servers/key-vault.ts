/**
 * The data plane of Azure Key Vault for any number of vaults, told apart by host name, on one loopback listener.
 *
 * A request passes, in this order: vault known, token present, token good, fault, network rules, permissions, rate limit,
 * operation. Requests without token are answered by a challenge and counted apart from the request log.
 */
import { randomUUID } from 'node:crypto';
import type { CertificateAuthority } from './certificates.ts';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { filledAnswer } from './golden.ts';
import { without } from './json.ts';
import { text, type Jwks } from './json-web-token.ts';
import {
  checkToken,
  claimsChallenge,
  defaultChallenge,
  networkRefusal,
  Permissions,
  vaultHeaders,
  type Denial,
  type NetworkRule,
  type TokenCheck,
  type VaultIdentity,
} from './key-vault-access.ts';
import { performOperation, type VaultSettings } from './key-vault-operations.ts';
import { routeOf, type VaultRoute } from './key-vault-route.ts';
import { listenHttps, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';
import { RateWindow, SERVICE_LIMITS, type RateLimits } from './rate-limit.ts';
import { VaultContent, type VaultContentEdit, type VaultSnapshot } from './vault-content.ts';

export interface VaultOptions extends Partial<VaultSettings> {
  /** Where the name alone does not say it: a vault of another cloud. */
  readonly host?: string;
  readonly tenantId?: string;
  readonly network?: NetworkRule;
  readonly challenge?: Partial<VaultIdentity['challenge']>;
  readonly rateLimits?: Partial<RateLimits>;
}

/** One vault in the notation of the conformance cases. */
export interface VaultCase extends VaultContentEdit {
  readonly options?: VaultOptions;
  readonly pageSize?: number;
  readonly emptyPageAfter?: number;
}

export interface VaultRequestRecord {
  readonly vault: string;
  /** `GET /secrets/db-password/`, as the conformance cases write it. */
  readonly line: string;
  readonly status: number;
  readonly clientId: string;
  readonly apiVersion: string;
  /** True when a fault answered or harmed the answer. */
  readonly faulty: boolean;
  readonly receivedAtMs: number;
}

export interface KeyVaultOptions {
  readonly authority: CertificateAuthority;
  /** The keys of Entra, whose tokens are accepted. */
  readonly tokenKeys: () => Jwks;
  readonly tenantId: string;
  readonly now?: () => number;
}

interface Vault {
  readonly identity: VaultIdentity;
  readonly content: VaultContent;
  settings: VaultSettings;
  network: NetworkRule;
  rateLimits: RateLimits;
  readonly window: RateWindow;
}

const DEFAULT_SETTINGS: VaultSettings = {
  pageSize: 25,
  emptyPageAfter: undefined,
  purgeProtection: false,
  deletionDelayMs: 0,
  recoveryDelayMs: 0,
  acceptAnyKey: false,
  region: 'westeurope',
};

export class KeyVaultServer {
  /** Requests with a token, in order of arrival. */
  readonly log: VaultRequestRecord[] = [];
  /** Requests without a token; `withBody` = those that carried one, and so possibly a value, all the same. */
  readonly challenges = { count: 0, withBody: 0 };
  readonly faults = new Faults();
  readonly permissions = new Permissions();
  readonly #options: KeyVaultOptions;
  readonly #vaults = new Map<string, Vault>();
  #listener!: Listener;

  private constructor(options: KeyVaultOptions) {
    this.#options = options;
  }

  static async start(options: KeyVaultOptions): Promise<KeyVaultServer> {
    const server = new KeyVaultServer(options);
    server.#listener = await listenHttps(options.authority, (request) => server.#handle(request));
    return server;
  }

  get port(): number {
    return this.#listener.port;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  hasHost(host: string): boolean {
    return this.#byHost(host) !== undefined;
  }

  /** Makes vaults and edits them: versions are appended, `null` removes, options are replaced one by one. */
  edit(vaults: Readonly<Record<string, VaultCase>>): void {
    for (const [name, change] of Object.entries(vaults)) {
      const { options = {}, pageSize, emptyPageAfter, ...content } = change;
      const paging = {
        ...(pageSize === undefined ? {} : { pageSize }),
        ...(emptyPageAfter === undefined ? {} : { emptyPageAfter }),
      };
      this.configure(name, { ...paging, ...options });
      this.#vault(name).content.edit(content);
    }
  }

  /** Makes the vault if there is none of that name. Host, tenant and challenge are fixed by then. */
  configure(name: string, options: VaultOptions): void {
    const vault = this.#vaults.get(name) ?? this.#add(name, options);
    const { network, rateLimits } = options;
    const settings = without(options, 'network', 'rateLimits', 'host', 'tenantId', 'challenge');
    vault.settings = { ...vault.settings, ...settings };
    vault.network = network ?? vault.network;
    vault.rateLimits = { ...vault.rateLimits, ...rateLimits };
  }

  snapshot(name: string): VaultSnapshot {
    return this.#vault(name).content.snapshot();
  }

  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  deny(denial: Denial): () => void {
    return this.permissions.deny(denial);
  }

  /** The request log of one vault, or of all, in the notation of the conformance cases. */
  requests(vault?: string): readonly string[] {
    return this.log.filter((record) => vault === undefined || record.vault === vault).map((record) => record.line);
  }

  /** Forgets requests and challenges, not content, faults or denials. */
  clearLog(): void {
    this.log.length = 0;
    Object.assign(this.challenges, { count: 0, withBody: 0 });
  }

  #add(name: string, options: VaultOptions): Vault {
    const host = options.host ?? (name.includes('.') ? name : `${name}.vault.azure.net`);
    const tenantId = options.tenantId ?? this.#options.tenantId;
    const challenge = { ...defaultChallenge(host, tenantId), ...options.challenge };
    const region = options.region ?? DEFAULT_SETTINGS.region;
    const vault = {
      identity: { name, host, tenantId, region, challenge },
      content: new VaultContent(name),
      settings: DEFAULT_SETTINGS,
      network: 'open' as const,
      rateLimits: SERVICE_LIMITS,
      window: new RateWindow(),
    };
    this.#vaults.set(name, vault);
    return vault;
  }

  #vault(name: string): Vault {
    const vault = this.#vaults.get(name);
    if (vault === undefined)
      throw new Error(`No loopback vault ${name}; there are: ${[...this.#vaults.keys()].join(', ')}`);
    return vault;
  }

  #byHost(host: string): Vault | undefined {
    return [...this.#vaults.values()].find((vault) => vault.identity.host === host.toLowerCase());
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    const vault = this.#byHost(request.host);
    if (vault === undefined)
      return { answer: filledAnswer('key-vault-errors', 'vault-not-found', { vault: request.host }) };
    const trust = { jwks: this.#options.tokenKeys(), nowMs: this.#now() };
    const check = checkToken(request.headers.authorization, vault.identity, trust);
    if (check.outcome === 'missing') {
      this.challenges.count += 1;
      if (request.body !== '') this.challenges.withBody += 1;
      return withHeaders({ answer: check.answer }, vault, request);
    }
    return withHeaders(this.#reply(request, vault, check), vault, request);
  }

  #reply(request: LoopbackRequest, vault: Vault, check: Exclude<TokenCheck, { outcome: 'missing' }>): Reply {
    const route = routeOf(request);
    const fault = this.faults.take([route.pathLine, route.line], vault.identity.name);
    const claims = check.outcome === 'accepted' ? check.claims : {};
    const answer =
      (check.outcome === 'refused' ? check.answer : undefined) ??
      (fault === undefined ? undefined : answerInstead(fault, (hit) => errorAnswer(hit, vault.identity))) ??
      networkRefusal(vault.network, vault.identity, claims) ??
      this.permissions.refusal(route, vault.identity, claims) ??
      this.#perform(request, { vault, route, fault });
    this.log.push({
      vault: vault.identity.name,
      line: route.line,
      status: answer.status,
      clientId: text(claims, 'appid'),
      apiVersion: request.query.get('api-version') ?? '',
      faulty: fault !== undefined,
      receivedAtMs: this.#now(),
    });
    return withDelivery(answer, fault);
  }

  #perform(request: LoopbackRequest, at: { vault: Vault; route: VaultRoute; fault: Fault | undefined }): Answer {
    const { vault, route, fault } = at;
    const nowMs = this.#now();
    if (!vault.window.admits(route.operation, vault.rateLimits, nowMs)) {
      return filledAnswer('key-vault-errors', 'Throttled', {});
    }
    return performOperation(route, {
      host: vault.identity.host,
      vault: vault.identity.name,
      content: vault.content,
      settings: vault.settings,
      nowMs,
      query: request.query,
      body: request.body,
      ...(fault?.nextLinkHost === undefined ? {} : { nextLinkHost: fault.nextLinkHost }),
    });
  }
}

function errorAnswer(fault: Fault, vault: VaultIdentity): Answer {
  if (fault.claims !== undefined) return claimsChallenge(vault, fault.claims);
  const { code = 'Fault', innerCode, message = 'injected' } = fault;
  const answer =
    innerCode === undefined
      ? filledAnswer('key-vault-errors', 'any', { code, message })
      : filledAnswer('key-vault-errors', 'any-with-inner-code', { code, message, innerCode });
  return { ...answer, status: fault.status ?? answer.status };
}

function withHeaders(reply: Reply, vault: Vault, request: LoopbackRequest): Reply {
  const clientRequestId = request.headers['x-ms-client-request-id'];
  const own = vaultHeaders(vault.identity, randomUUID());
  const echoed = typeof clientRequestId === 'string' ? { 'x-ms-client-request-id': clientRequestId } : {};
  return { ...reply, answer: { ...reply.answer, headers: { ...own, ...echoed, ...reply.answer.headers } } };
}
