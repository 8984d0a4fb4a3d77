/** Whether a request to an API server is sent again: how long somebody waits before it is said what is wrong. */
import type { Clock } from '../../ports/clock.ts';
import type { Retryable } from '../transport/retry.ts';
import { isWebhookDown } from './admission.ts';
import { ApiRefusal, NoAnswer } from './api-requests.ts';

/** What is known of a server, whoever asks it. */
export interface Contact {
  /** It was reached at least once, or nothing can be wrong about its address: whoever it is, it is there. */
  isThere: boolean;
}

const REPEATABLE_CODES = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT', 'UND_ERR_SOCKET']);
/** Of a request to a server that was never reached, or whose webhook does not answer. */
const FIRST_ATTEMPTS = 2;
const LONGEST_FIRST_WAIT_MS = 5_000;

/**
 * How errors of one request are judged, which begins now.
 *
 * | no answer came                                | sent again                                                  |
 * | --------------------------------------------- | ----------------------------------------------------------- |
 * | refused, no such host, a certificate          | never                                                       |
 * | else, and the server was reached in this run  | as often as after an answer of 408, 429 or 5xx: three times |
 * | else, and it never was                        | once, and not after more than five seconds                  |
 *
 * A server that was never reached is more likely a wrong address, a firewall or a private network than a hiccup: whoever
 * waits for half a minute before that is said waits in vain. Not so in a pod, whose network may need its first seconds.
 */
export function judgeFrom(contact: Contact, clock: Clock): (error: unknown) => Retryable | undefined {
  const began = clock.now().getTime();
  return (error) => {
    const retryable = judge(error);
    if (retryable === undefined || !(error instanceof NoAnswer) || contact.isThere) return retryable;
    const waitedMs = clock.now().getTime() - began;
    return waitedMs > LONGEST_FIRST_WAIT_MS ? undefined : { ...retryable, attempts: FIRST_ATTEMPTS };
  };
}

function judge(error: unknown): Retryable | undefined {
  if (error instanceof NoAnswer) {
    return REPEATABLE_CODES.has(error.code) ? { reason: `did not answer (${error.code})` } : undefined;
  }
  if (!(error instanceof ApiRefusal)) return undefined;
  const { httpStatus, retryAfterMs: asked } = error;
  const wait = asked === undefined ? {} : { retryAfterMs: asked };
  if (httpStatus === 429) return { reason: 'throttled', ...wait };
  const repeatable = httpStatus === 408 || (httpStatus >= 500 && httpStatus !== 501 && httpStatus !== 505);
  if (!repeatable) return undefined;
  const message = error.status?.['message'];
  // The API server itself has waited for it already.
  const isDown = typeof message === 'string' && isWebhookDown(message);
  return { reason: `answered ${httpStatus}`, ...wait, ...(isDown ? { attempts: FIRST_ATTEMPTS } : {}) };
}
