/**
 * The endpoint of Azure DevOps that hands out ID tokens to the jobs of a pipeline, for service connections that use
 * workload identity federation.
 *
 * The tokens are Entra's own kind: their issuer is the tenant of the service connection, their subject a path that only
 * that connection has.
 */
import { randomUUID } from 'node:crypto';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { filledAnswer } from './golden.ts';
import { SigningKey, type Jwks } from './json-web-token.ts';
import { listenHttp, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';

export const SERVICE_CONNECTION_ID = '44444444-4444-4444-4444-444444444444';
const LIFETIME_SECONDS = 3600;

export interface AzurePipelinesOptions {
  readonly tenantId: string;
  readonly now?: () => number;
}

export class AzurePipelinesServer {
  /** `POST api-version service-connection-id`, also of requests that were refused. */
  readonly requests: string[] = [];
  readonly faults = new Faults();
  /** What SYSTEM_ACCESSTOKEN holds once a step maps it. */
  readonly accessToken = `job-${randomUUID()}`;
  readonly issuer: string;
  readonly subject = `/eid1/c/pub/t/contoso/a/devops/sc/55555555-5555-5555-5555-555555555555/${SERVICE_CONNECTION_ID}`;
  readonly #key = new SigningKey();
  readonly #now: () => number;
  #listener!: Listener;

  private constructor({ tenantId, now }: AzurePipelinesOptions) {
    this.issuer = `https://login.microsoftonline.com/${tenantId}/v2.0`;
    this.#now = now ?? ((): number => Date.now());
  }

  static async start(options: AzurePipelinesOptions): Promise<AzurePipelinesServer> {
    const server = new AzurePipelinesServer(options);
    server.#listener = await listenHttp((request) => server.#handle(request));
    return server;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  jwks(): Jwks {
    return { keys: [this.#key.jwk] };
  }

  /** The variables of a step inside AzureCLI@2 that maps its access token. */
  environment(): Record<string, string> {
    return {
      TF_BUILD: 'True',
      SYSTEM_OIDCREQUESTURI: `http://127.0.0.1:${this.#listener.port}/contoso/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken`,
      SYSTEM_ACCESSTOKEN: this.accessToken,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: SERVICE_CONNECTION_ID,
    };
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    const connection = request.query.get('serviceConnectionId') ?? '';
    this.requests.push(`${request.method} ${request.query.get('api-version') ?? ''} ${connection}`);
    const fault = this.faults.take([`${request.method} ${request.path}`]);
    const instead = fault === undefined ? undefined : answerInstead(fault, faultAnswer);
    return withDelivery(instead ?? this.#token(request, connection), fault);
  }

  #token(request: LoopbackRequest, connection: string): Answer {
    const isJob = request.headers.authorization === `Bearer ${this.accessToken}`;
    // Without this header the service sends a browser to its sign-in page.
    if (request.headers['x-tfs-fedauthredirect'] !== 'Suppress' && !isJob) {
      return { status: 302, headers: { location: 'https://spsprodweu1.vssps.visualstudio.com/_signin' } };
    }
    if (!isJob) return filledAnswer('azure-pipelines', 'unauthorized', {});
    if (request.method !== 'POST') return { status: 405 };
    if (connection !== SERVICE_CONNECTION_ID) {
      const message = `No service connection found with identifier ${connection}.`;
      return filledAnswer('azure-pipelines', 'not-found', { message });
    }
    return { status: 200, body: { oidcToken: this.#signed() } };
  }

  #signed(): string {
    const now = Math.floor(this.#now() / 1000);
    return this.#key.sign({
      iss: this.issuer,
      sub: this.subject,
      aud: 'api://AzureADTokenExchange',
      iat: now,
      nbf: now - 300,
      exp: now + LIFETIME_SECONDS,
    });
  }
}

function faultAnswer(fault: Fault): Answer {
  return {
    ...filledAnswer('azure-pipelines', 'any', { message: fault.message ?? 'injected' }),
    status: fault.status ?? 403,
  };
}
