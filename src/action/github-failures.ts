/** What GitHub answers instead of what was asked for: whether it is asked again, and in which words it is told. */
import { retryAfterMs, type Retryable } from '../adapters/transport/retry.ts';
import { PortError, type PortErrorKind } from '../ports/errors.ts';
import { AnswerTooLarge, NoAnswer } from './github-fetch.ts';

/** Whoever asks for more than this shall have it in another run. */
const LONGEST_WAIT_MS = 60_000;

/** What was asked; `repeatable` = a second time does no harm where the first one's answer was lost. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly repeatable: boolean;
}

/** An answer other than 2xx, as octokit gives it. Its body is read for one word and never shown. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export class Refusal extends Error {
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
export function refusalOf({ status, headers, text }: RefusedAnswer, now: Date): Refusal {
  const header = (name: string) => headerOf(headers, name);
  const asked = retryAfterMs(header, now);
  const isSpent = header('x-ratelimit-remaining') === '0';
  const isSecondary = /secondary rate limit|abuse detection/iu.test(text);
  const isLimited = status === 429 || (status === 403 && (asked !== undefined || isSpent || isSecondary));
  const resetMs = isSpent ? Number(header('x-ratelimit-reset') ?? 0) * 1000 - now.getTime() : undefined;
  return new Refusal(status, isLimited, asked ?? (resetMs === undefined ? undefined : Math.max(0, resetMs)));
}

/** octokit gives them as texts, and the lengths and limits that it knows as numbers. */
function headerOf(headers: RefusedAnswer['headers'], name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** Undefined = asking again cannot help, or may do harm. */
export function judge(error: unknown, { repeatable }: Call): Retryable | undefined {
  if (error instanceof NoAnswer) return repeatable ? { reason: `did not answer (${error.code})` } : undefined;
  if (!(error instanceof Refusal)) return undefined;
  const { status, isLimited, waitMs } = error;
  if (waitMs !== undefined && waitMs > LONGEST_WAIT_MS) return undefined;
  const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  if (isLimited) return { reason: 'limits this token', ...wait };
  return repeatable && status >= 500 ? { reason: `answered HTTP ${status}`, ...wait } : undefined;
}

export function asPortError(error: unknown, { method, path }: Call): PortError {
  if (error instanceof PortError) return error;
  const asked = `${method} ${path}`;
  if (error instanceof NoAnswer) {
    return new PortError({
      kind: 'Unavailable',
      code: 'NoAnswer',
      what: `GitHub did not answer ${asked} (${error.code})`,
      fix: 'Run the job again; behind a proxy set HTTPS_PROXY, and see githubstatus.com if it lasts.',
    });
  }
  if (error instanceof Refusal) return refusalError(error, asked);
  const what = error instanceof AnswerTooLarge ? 'more than it ever has to say' : 'something that is not its JSON';
  return new PortError({
    kind: 'Malformed',
    what: `GitHub answered ${asked} with ${what}`,
    fix: 'Check GITHUB_API_URL, and that no proxy changes the answers.',
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
