/**
 * GitHub's REST API, as far as a step needs it: octokit as `@actions/github` has it, with our own connections, our own
 * repetition, and every failure a PortError.
 *
 * It is loaded with the first request, and only ever for a run whose event was read: the package reads the event file
 * as it is loaded, and fails for one that is no JSON.
 */
import type { getOctokit } from '@actions/github';
import { refuseBadProxies } from '../adapters/transport/proxy.ts';
import { withRetry, type RetryContext } from '../adapters/transport/retry.ts';
import { fieldsOf } from '../core/model/fields.ts';
import { PortError } from '../ports/errors.ts';
import type { Environment } from '../wiring/environment.ts';
import { asPortError, judge, refusalOf, type Call } from './github-failures.ts';
import { githubFetch } from './github-fetch.ts';

const DEADLINE_MS = 90_000;

export interface GithubApiOptions {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly token: string;
  readonly retry: RetryContext;
  /** For its proxies. */
  readonly environment: Environment;
}

type Octokit = ReturnType<typeof getOctokit>;

/** octokit's request, before its address is made of its parts. */
interface Asked {
  readonly headers: object;
  readonly request?: object;
}

/** octokit's answer. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

export class GithubApi {
  readonly #options: GithubApiOptions;
  #octokit: Promise<Octokit> | undefined;

  constructor(options: GithubApiOptions) {
    this.#options = options;
  }

  /**
   * What GitHub answers, of whatever type: nobody has checked it. Rejects with a PortError for whatever GitHub does.
   * A POST is sent again only where it surely had no effect.
   */
  async ask(call: (rest: Octokit['rest']) => Promise<{ readonly data: unknown }>): Promise<unknown> {
    const { rest } = await this.#open();
    return (await call(rest)).data;
  }

  /** Who the token belongs to; `undefined` where it may not even ask that. */
  async viewer(): Promise<string | undefined> {
    const octokit = await this.#open();
    const query = { query: 'query { viewer { login } }' };
    const answer = await octokit.request(`POST ${this.#options.graphqlUrl}`, query).catch(() => undefined);
    const login = fieldsOf(fieldsOf(fieldsOf(answer?.data)['data'])['viewer'])['login'];
    return typeof login === 'string' ? login : undefined;
  }

  async #open(): Promise<Octokit> {
    this.#octokit ??= openOctokit(this.#options);
    return await this.#octokit;
  }
}

async function openOctokit(options: GithubApiOptions): Promise<Octokit> {
  const { apiUrl, token, environment } = options;
  if (token === '') throw withoutToken();
  refuseBadProxies(environment);
  if (!URL.canParse(apiUrl)) throw noAddress();
  const { getOctokit: open } = await import('@actions/github');
  const octokit = open(token, {
    baseUrl: apiUrl,
    userAgent: 'keyferry',
    log: SILENT,
    request: { fetch: githubFetch(environment), log: SILENT },
  });
  octokit.hook.wrap('request', async (send, asked) => {
    const { method, url } = octokit.request.endpoint(asked);
    const repeatable = method !== 'POST' || url === options.graphqlUrl;
    const call = { method, path: new URL(url).pathname, repeatable };
    return await sendRepeatedly(call, options.retry, async (signal) => {
      prepare(asked, signal);
      return await send(asked);
    });
  });
  return octokit;
}

const nothing = (): void => undefined;
/** Else octokit would write to the step's log what GitHub says of addresses that are to go away. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** octokit's own hooks look at this very object, whose parts it shares with other requests. */
function prepare(asked: Asked, signal: AbortSignal): void {
  Object.assign(asked, { headers: { ...asked.headers, ...HEADERS }, request: { ...asked.request, signal } });
}

async function sendRepeatedly<Given extends Answer>(
  call: Call,
  retry: RetryContext,
  send: (signal: AbortSignal) => Promise<Given>,
): Promise<Given> {
  try {
    return await withRetry(retry, {
      description: 'GitHub',
      deadlineMs: DEADLINE_MS,
      judge: (error) => judge(error, call),
      attempt: async (remainingMs) => {
        const answer = await send(AbortSignal.timeout(remainingMs)).catch((error: unknown) => failed(error, retry));
        return checked(answer, retry);
      },
    });
  } catch (error) {
    throw asPortError(error, call);
  }
}

/** octokit: an error of GitHub has its answer; the cause of any other is what our own fetch threw. */
function failed(error: unknown, { clock }: RetryContext): never {
  const { response, cause, message } = error as { readonly response?: Answer } & Error;
  if (response === undefined) throw cause ?? error;
  throw refusalOf({ ...response, text: message }, clock.now());
}

/** octokit takes whatever is below 400 for a success, and gives what is no JSON as text or bytes. */
function checked<Given extends Answer>(answer: Given, { clock }: RetryContext): Given {
  const { status, data } = answer;
  if (status < 200 || status > 299) throw refusalOf({ ...answer, text: '' }, clock.now());
  if ((typeof data === 'object' && !(data instanceof ArrayBuffer)) || data === '') return answer;
  throw new SyntaxError('no JSON');
}

function withoutToken(): PortError {
  return new PortError({
    kind: 'Unauthenticated',
    what: 'the input github-token is empty',
    fix: 'Leave it out, or give a token.',
  });
}

function noAddress(): PortError {
  return new PortError({
    kind: 'Invalid',
    what: 'GITHUB_API_URL holds no address',
    fix: 'Leave it as the runner sets it.',
  });
}
