/**
 * GitHub's REST API, as far as a step needs it.
 *
 * Over the client that `@actions/core` brings: octokit would add more to the bundle than all of this action's own code. Bodies of refusals are read for one word and never shown.
 */
import { HttpClient, type HttpClientResponse } from '@actions/http-client';
import { retryAfterMs, withRetry, type Retryable, type RetryContext } from '../adapters/transport/retry.ts';
import { fieldsOf } from '../core/model/fields.ts';
import { PortError, type PortErrorKind } from '../ports/errors.ts';
import type { Environment } from '../wiring/environment.ts';
import { throughProxies } from './github-proxy.ts';

const TIMEOUT_MS = 30_000;
const DEADLINE_MS = 90_000;
/** Whoever asks for more than this shall have it in another run. */
const LONGEST_WAIT_MS = 60_000;

export interface GithubApiOptions {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly token: string;
  /** For its proxies. */
  readonly environment: Environment;
  readonly retry: RetryContext;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** What is sent; `repeatable` = a second time does no harm where the first one's answer was lost. */
interface Call {
  readonly method: Method;
  readonly url: string;
  readonly body?: object;
  readonly repeatable: boolean;
}

export class GithubApi {
  readonly #options: GithubApiOptions;
  readonly #http: HttpClient;

  constructor(options: GithubApiOptions) {
    this.#options = options;
    const { apiUrl, environment } = options;
    const ways = apiUrl.startsWith('https:') ? [throughProxies(environment)] : [];
    this.#http = new HttpClient('keyferry', ways, { socketTimeout: TIMEOUT_MS, maxRedirects: 3 });
  }

  /** Paths begin with a slash. Every method rejects with a PortError for whatever GitHub does. */
  async get(path: string): Promise<unknown> {
    return await this.#call({ method: 'GET', url: this.#url(path), repeatable: true });
  }

  /** Sent again only where it surely had no effect. */
  async post(path: string, body: object): Promise<unknown> {
    return await this.#call({ method: 'POST', url: this.#url(path), body, repeatable: false });
  }

  async patch(path: string, body: object): Promise<unknown> {
    return await this.#call({ method: 'PATCH', url: this.#url(path), body, repeatable: true });
  }

  async delete(path: string): Promise<void> {
    await this.#call({ method: 'DELETE', url: this.#url(path), repeatable: true });
  }

  /** Who the token belongs to; `undefined` where it may not even ask that. */
  async viewer(): Promise<string | undefined> {
    const query = { query: 'query { viewer { login } }' };
    const call = { method: 'POST', url: this.#options.graphqlUrl, body: query, repeatable: true } as const;
    const answer = await this.#call(call).catch(() => undefined);
    const login = fieldsOf(fieldsOf(fieldsOf(answer)['data'])['viewer'])['login'];
    return typeof login === 'string' ? login : undefined;
  }

  #url(path: string): string {
    return `${this.#options.apiUrl}${path}`;
  }

  async #call(call: Call): Promise<unknown> {
    const { retry } = this.#options;
    try {
      return await withRetry(retry, {
        description: 'GitHub',
        deadlineMs: DEADLINE_MS,
        judge: (error) => judge(error, call),
        attempt: () => this.#send(call),
      });
    } catch (error) {
      throw asPortError(error, call);
    }
  }

  async #send({ method, url, body }: Call): Promise<unknown> {
    const headers = {
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      authorization: `Bearer ${this.#options.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const data = body === undefined ? null : JSON.stringify(body);
    const [response, text] = await this.#http.request(method, url, data, headers).then(withBody, failed);
    const status = response.message.statusCode ?? 0;
    if (status < 200 || status > 299) throw refusalOf(response, text, this.#options.retry.clock.now());
    if (text === '') return undefined;
    return parsed(text);
  }
}

async function withBody(response: HttpClientResponse): Promise<readonly [HttpClientResponse, string]> {
  return [response, await response.readBody().catch(failed)];
}

function failed(error: unknown): never {
  const { code } = error as { readonly code?: unknown };
  throw new NoAnswer(typeof code === 'string' ? code : 'no answer');
}

/** No answer came. */
class NoAnswer extends Error {}

/** An answer other than 2xx. */
class Refusal extends Error {
  readonly status: number;
  /** Too many requests, of whichever of GitHub's limits. */
  readonly isLimited: boolean;
  readonly waitMs: number | undefined;

  constructor(status: number, isLimited: boolean, waitMs: number | undefined) {
    super(`HTTP ${status}`);
    this.status = status;
    this.isLimited = isLimited;
    this.waitMs = waitMs;
  }
}

/** GitHub: limits are 429, or 403 with `retry-after`, without requests left, or with words about a secondary limit. */
function refusalOf({ message }: HttpClientResponse, text: string, now: Date): Refusal {
  const status = message.statusCode ?? 0;
  const header = (name: string) => [message.headers[name]].flat()[0];
  const asked = retryAfterMs(header, now);
  const isSpent = header('x-ratelimit-remaining') === '0';
  const isSecondary = /secondary rate limit|abuse detection/iu.test(text);
  const isLimited = status === 429 || (status === 403 && (asked !== undefined || isSpent || isSecondary));
  const resetMs = isSpent ? Number(header('x-ratelimit-reset') ?? 0) * 1000 - now.getTime() : undefined;
  return new Refusal(status, isLimited, asked ?? (resetMs === undefined ? undefined : Math.max(0, resetMs)));
}

function judge(error: unknown, { repeatable }: Call): Retryable | undefined {
  if (error instanceof NoAnswer) return repeatable ? { reason: `did not answer (${error.message})` } : undefined;
  if (!(error instanceof Refusal)) return undefined;
  const { status, isLimited, waitMs } = error;
  if (waitMs !== undefined && waitMs > LONGEST_WAIT_MS) return undefined;
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  if (isLimited) return { reason: 'limits this token', ...wait };
  return repeatable && status >= 500 ? { reason: `answered HTTP ${status}`, ...wait } : undefined;
}

function asPortError(error: unknown, { method, url }: Call): PortError {
  const asked = `${method} ${new URL(url).pathname}`;
  if (error instanceof NoAnswer && error.message.startsWith('PROXY_')) return noWay(error, new URL(url));
  if (error instanceof NoAnswer) {
    return new PortError({
      kind: 'Unavailable',
      code: 'NoAnswer',
      what: `GitHub did not answer ${asked} (${error.message})`,
      fix: 'Run the job again; behind a proxy set HTTPS_PROXY, and see githubstatus.com if it lasts.',
    });
  }
  if (error instanceof Refusal) return refusalError(error, asked);
  return new PortError({
    kind: 'Malformed',
    what: `GitHub answered ${asked} with something that is not its JSON`,
    fix: 'Check GITHUB_API_URL, and that no proxy changes the answers.',
  });
}

function noWay({ message }: NoAnswer, { host }: URL): PortError {
  const reason = message.replace('PROXY_', '').replace('HTTP_', 'HTTP ');
  return new PortError({
    kind: 'Unavailable',
    code: 'NoAnswer',
    what: `GitHub was not reached: the proxy of HTTPS_PROXY gave no way to ${host} (${reason})`,
    fix: 'Let the proxy pass this host, or name it in NO_PROXY if it is reached directly.',
  });
}

function refusalError({ status, isLimited }: Refusal, asked: string): PortError {
  const kind = isLimited ? 'Throttled' : kindOf(status);
  return new PortError({
    kind,
    code: `HTTP${status}`,
    what: `GitHub refused ${asked} (HTTP ${status}${isLimited ? ', too many requests' : ''})`,
    fix: isLimited ? 'Run the job again later.' : 'Check the token and its permissions.',
  });
}

function kindOf(status: number): PortErrorKind {
  if (status === 401) return 'Unauthenticated';
  if (status === 403) return 'Forbidden';
  if (status === 404 || status === 410) return 'NotFound';
  return status >= 500 ? 'Unavailable' : 'Invalid';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('no JSON');
  }
}
