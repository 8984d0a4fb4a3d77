/** The instance metadata service of a virtual machine or AKS node: tokens for the managed identities assigned to it. */
import type { EntraServer, Identity } from './entra.ts';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { filledAnswer } from './golden.ts';
import { listenHttp, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';

const TOKEN_PATH = '/metadata/identity/oauth2/token';

export interface ManagedIdentityOptions {
  /** Signs the tokens and knows the identities. */
  readonly entra: EntraServer;
  /** Client ids of the user-assigned identities of this machine. */
  readonly userAssigned: readonly string[];
  readonly systemAssigned?: string;
  readonly now?: () => number;
}

export class ManagedIdentityServer {
  /** Client ids that tokens were asked for; '' = none was named. Probes without the header are left out. */
  readonly requests: string[] = [];
  readonly faults = new Faults();
  readonly #options: ManagedIdentityOptions;
  #listener!: Listener;

  private constructor(options: ManagedIdentityOptions) {
    this.#options = options;
  }

  static async start(options: ManagedIdentityOptions): Promise<ManagedIdentityServer> {
    const server = new ManagedIdentityServer(options);
    server.#listener = await listenHttp((request) => server.#handle(request));
    return server;
  }

  /** For AZURE_POD_IDENTITY_AUTHORITY_HOST. */
  get url(): string {
    return `http://127.0.0.1:${this.#listener.port}`;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    if (request.path.replace(/\/$/, '') !== TOKEN_PATH) return { answer: { status: 404 } };
    if (request.headers['metadata']?.toString().toLowerCase() !== 'true') {
      return { answer: filledAnswer('managed-identity', 'missing-header', {}) };
    }
    this.requests.push(request.query.get('client_id') ?? '');
    const fault = this.faults.take([`${request.method} ${request.path}`]);
    const instead = fault === undefined ? undefined : answerInstead(fault, faultAnswer);
    return withDelivery(instead ?? this.#token(request.query), fault);
  }

  #token(query: URLSearchParams): Answer {
    const resource = query.get('resource');
    if (resource === null) return filledAnswer('managed-identity', 'missing-resource', {});
    const clientId = query.get('client_id') ?? this.#defaultClientId();
    if (clientId === 'several') return filledAnswer('managed-identity', 'several-identities', {});
    const assigned = [...this.#options.userAssigned, this.#options.systemAssigned];
    const identity = assigned.includes(clientId) ? this.#options.entra.identity(clientId) : undefined;
    if (identity === undefined) return filledAnswer('managed-identity', 'identity-not-found', {});
    return { status: 200, body: this.#tokenBody(identity, resource) };
  }

  #defaultClientId(): string {
    const { systemAssigned, userAssigned } = this.#options;
    return systemAssigned ?? (userAssigned.length > 1 ? 'several' : (userAssigned[0] ?? ''));
  }

  /** All numbers are text here, unlike in Entra's own answers. */
  #tokenBody(identity: Identity, resource: string): Readonly<Record<string, string>> {
    const now = Math.floor((this.#options.now?.() ?? Date.now()) / 1000);
    const lifetime = this.#options.entra.lifetimeOf(identity);
    return {
      access_token: this.#options.entra.issueToken({ identity, resource }),
      client_id: identity.clientId,
      expires_in: String(lifetime),
      expires_on: String(now + lifetime),
      ext_expires_in: String(lifetime),
      not_before: String(now),
      resource,
      token_type: 'Bearer',
    };
  }
}

function faultAnswer(fault: Fault): Answer {
  const values = { error: fault.code ?? 'unknown', message: fault.message ?? 'injected' };
  return { ...filledAnswer('managed-identity', 'any', values), status: fault.status ?? 500 };
}
