/**
 * The endpoint of a GitHub Actions runner that hands out ID tokens, and the issuer behind it.
 *
 * Plain HTTP on loopback: a real runner gives an https URL in the same variables. The tokens name the real issuer, so
 * Entra has to be told where their keys are.
 */
import { randomUUID } from 'node:crypto';
import { answerInstead, Faults, withDelivery, type Fault } from './faults.ts';
import { filledAnswer } from './golden.ts';
import { SigningKey, type Claims, type Jwks } from './json-web-token.ts';
import { listenHttp, type Answer, type Listener, type LoopbackRequest, type Reply } from './listener.ts';

export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
const LIFETIME_SECONDS = 300;
const BACKDATED_SECONDS = 600;

/** The run that the tokens describe. */
export interface GithubRun {
  /** `owner/name`. */
  readonly repository: string;
  readonly environment?: string;
  /** `refs/heads/main`. */
  readonly ref?: string;
  readonly eventName?: string;
  /** Replaces the subject that follows from the rest: a custom template or an immutable subject. */
  readonly subject?: string;
  readonly issuer?: string;
}

export interface GithubOidcOptions {
  readonly run: GithubRun;
  readonly now?: () => number;
}

export class GithubOidcServer {
  /** Audiences of all requests, also of those that were refused. */
  readonly requests: string[] = [];
  readonly faults = new Faults();
  /** What ACTIONS_ID_TOKEN_REQUEST_TOKEN holds. */
  readonly requestToken = `runner-${randomUUID()}`;
  run: GithubRun;
  #key = new SigningKey();
  readonly #now: () => number;
  #listener!: Listener;

  private constructor(options: GithubOidcOptions) {
    this.run = options.run;
    this.#now = options.now ?? ((): number => Date.now());
  }

  static async start(options: GithubOidcOptions): Promise<GithubOidcServer> {
    const server = new GithubOidcServer(options);
    server.#listener = await listenHttp((request) => server.#handle(request));
    return server;
  }

  get issuer(): string {
    return this.run.issuer ?? GITHUB_ISSUER;
  }

  /** The `sub` of a token asked for now. */
  get subject(): string {
    return this.run.subject ?? subjectOf(this.run);
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${this.#listener.port}/.well-known/jwks`;
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  jwks(): Jwks {
    return { keys: [this.#key.jwk] };
  }

  /** New keys: tokens handed out before are no longer good. */
  rotateKeys(): void {
    this.#key = new SigningKey();
  }

  inject(...faults: readonly Fault[]): void {
    this.faults.inject(...faults);
  }

  /** The variables of a job with `permissions: id-token: write`. */
  environment(): Readonly<Record<string, string>> {
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${this.#listener.port}/idtoken/run/1?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: this.requestToken,
    };
  }

  /** A token without asking over HTTP; `claims` replace what would stand there. */
  token(audience: string, claims: Claims = {}): string {
    const now = Math.floor(this.#now() / 1000);
    const times = { iat: now, nbf: now - BACKDATED_SECONDS, exp: now + LIFETIME_SECONDS };
    return this.#key.sign({
      jti: randomUUID(),
      iss: this.issuer,
      sub: this.subject,
      aud: audience,
      ...runClaims(this.run),
      ...times,
      ...claims,
    });
  }

  async #handle(request: LoopbackRequest): Promise<Reply> {
    if (request.path === '/.well-known/jwks') return { answer: { status: 200, body: this.jwks() } };
    const audience = request.query.get('audience') ?? `https://github.com/${this.run.repository.split('/')[0] ?? ''}`;
    this.requests.push(audience);
    const fault = this.faults.take([`${request.method} ${request.path}`]);
    const instead = fault === undefined ? undefined : answerInstead(fault, faultAnswer);
    return withDelivery(instead ?? this.#token(request, audience), fault);
  }

  #token(request: LoopbackRequest, audience: string): Answer {
    const isAuthorized = request.headers.authorization?.toLowerCase() === `bearer ${this.requestToken}`.toLowerCase();
    if (!isAuthorized)
      return filledAnswer('github-oidc', 'unauthorized', { message: 'The request token is not valid.' });
    const value = this.token(audience);
    return { status: 200, body: { count: value.length, value } };
  }
}

function subjectOf({ repository, environment, ref = 'refs/heads/main', eventName }: GithubRun): string {
  if (environment !== undefined) return `repo:${repository}:environment:${environment.replaceAll(':', '%3A')}`;
  return eventName === 'pull_request' ? `repo:${repository}:pull_request` : `repo:${repository}:ref:${ref}`;
}

function runClaims(run: GithubRun): Claims {
  const [owner = ''] = run.repository.split('/');
  const ref = run.ref ?? 'refs/heads/main';
  return {
    actor: owner,
    actor_id: '1000',
    event_name: run.eventName ?? 'push',
    job_workflow_ref: `${run.repository}/.github/workflows/sync.yml@${ref}`,
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository: run.repository,
    repository_id: '2000',
    repository_owner: owner,
    repository_owner_id: '1000',
    repository_visibility: 'private',
    run_attempt: '1',
    run_id: '3000',
    run_number: '1',
    runner_environment: 'github-hosted',
    workflow: 'sync',
    ...(run.environment === undefined ? {} : { environment: run.environment }),
  };
}

function faultAnswer(fault: Fault): Answer {
  return {
    ...filledAnswer('github-oidc', 'any', { message: fault.message ?? 'injected' }),
    status: fault.status ?? 403,
  };
}
