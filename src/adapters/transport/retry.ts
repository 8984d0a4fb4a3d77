/**
 * Repeats what may be repeated: throttling, server errors, broken connections.
 *
 * The SDKs' own repetition is switched off: it does not repeat a 429 without Retry-After (Key Vault sends none),
 * and it sleeps for as long as any server asks.
 *
 * Only what does no harm the second time: reads, and writes that insist on the version they were made for (the API
 * server refuses the repetition of one that was done). A write to Key Vault has no such condition, and each repetition
 * would be another version: only what was surely not carried out is sent again, the rest is read back and compared.
 */
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';

const ATTEMPTS = 4;
const WAITS_MS = [2_000, 6_000, 18_000];
const LONGEST_WAIT_MS = 60_000;

/** Why an attempt may be repeated. */
export interface Retryable {
  /** Completes `vault kv-shop …`: `throttled`, `did not answer (ECONNRESET)`. */
  readonly reason: string;
  /** What the server asked for. */
  readonly retryAfterMs?: number;
  /** How many attempts are worth it, where that is not the usual number. */
  readonly attempts?: number;
}

export interface RetryContext {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
}

export interface RetryOptions<Result> {
  /** Whom the log line is about: `vault kv-shop`. */
  readonly description: string;
  readonly deadlineMs: number;
  /** Undefined = repeating cannot help. */
  readonly judge: (error: unknown) => Retryable | undefined;
  readonly attempt: (remainingMs: number) => Promise<Result>;
}

/** The first result; else the last error, unchanged. No wait begins that would end after the deadline. */
export async function withRetry<Result>(context: RetryContext, options: RetryOptions<Result>): Promise<Result> {
  const deadline = context.clock.now().getTime() + options.deadlineMs;
  for (let attempt = 1; ; attempt += 1) {
    const remainingMs = deadline - context.clock.now().getTime();
    try {
      return await options.attempt(remainingMs);
    } catch (error) {
      const retryable = options.judge(error);
      if (retryable === undefined || attempt >= (retryable.attempts ?? ATTEMPTS)) throw error;
      const waitMs = waitAfter(attempt, retryable, context.random);
      if (context.clock.now().getTime() + waitMs >= deadline) throw error;
      logWait(context, options.description, retryable, { waitMs, attempt: attempt + 1 });
      await context.clock.sleep(waitMs);
    }
  }
}

/**
 * Milliseconds that the answer asks for, from any of the three headers; undefined when it asks for none. "At once", as a
 * date in the past or a number below one, is no pause and counts as none: the usual one is made.
 */
export function retryAfterMs(header: (name: string) => string | undefined, now: Date): number | undefined {
  const asked = askedMs(header, now);
  return asked !== undefined && asked > 0 ? asked : undefined;
}

function askedMs(header: (name: string) => string | undefined, now: Date): number | undefined {
  const exact = header('retry-after-ms') ?? header('x-ms-retry-after-ms');
  if (exact !== undefined && /^\d+$/.test(exact)) return Number(exact);
  const asked = header('retry-after');
  if (asked === undefined) return undefined;
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  return Date.parse(asked) - now.getTime();
}

function waitAfter(attempt: number, retryable: Retryable, random: () => number): number {
  if (retryable.retryAfterMs !== undefined) return Math.min(retryable.retryAfterMs, LONGEST_WAIT_MS);
  const longest = WAITS_MS[attempt - 1] ?? LONGEST_WAIT_MS;
  return Math.round(longest * (0.75 + random() / 2));
}

/** Until when which waits are under way, of each run: its logger stands for it. */
const underWay = new WeakMap<Logger, Map<string, number>>();

/** As many as are read at a time wait for the same thing at once: the first is told, the others only to who debugs. */
function logWait(
  { logger, clock }: RetryContext,
  description: string,
  { reason, attempts = ATTEMPTS }: Retryable,
  wait: { readonly waitMs: number; readonly attempt: number },
): void {
  const waits = underWay.get(logger) ?? new Map<string, number>();
  underWay.set(logger, waits);
  const now = clock.now().getTime();
  const which = `${description} ${reason} ${wait.attempt}`;
  const level = (waits.get(which) ?? 0) > now ? 'debug' : 'warn';
  if (level === 'warn') waits.set(which, now + wait.waitMs);
  const seconds = Math.ceil(wait.waitMs / 1000);
  logger[level](`${description} ${reason}, waiting ${seconds} s (attempt ${wait.attempt} of ${attempts})`, wait);
}
