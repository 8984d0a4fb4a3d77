/**
 * The last step before the network: every request ends in time, and every failure has a code.
 *
 * It must never keep, log or throw a body: a WireFailure is a code and nothing else.
 */
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { deferred } from '../transport/deferred.ts';
import type { Retryable } from '../transport/retry.ts';
import { isRecord } from './vault-answer.ts';

/** No answer, or one that was cut off. */
export class WireFailure extends Error {
  /** Node's code, as `ECONNRESET`; `ETIMEDOUT` for our own time limit. */
  readonly code: string;

  constructor(code: string) {
    super(`no answer (${code})`);
    this.name = 'WireFailure';
    this.code = code;
  }
}

/** REQUEST_SEND_ERROR is the SDK's word for a failure without a code. */
const REPEATABLE_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'REQUEST_SEND_ERROR',
]);

/** An HttpClient for the SDKs. `before` runs ahead of each request, `observe` sees each answer. */
export function createWire(options: {
  readonly http: HttpClient;
  readonly timeoutMs: number;
  /** A longer body is cut off, with `EMSGSIZE`. */
  readonly largestBytes?: number;
  readonly before?: () => Promise<void>;
  readonly observe?: (response: PipelineResponse) => void;
  readonly observeFailure?: (failure: WireFailure) => void;
}): HttpClient {
  return {
    sendRequest: async (request) => {
      await options.before?.();
      try {
        const response = await sendInTime(options.http, request, options);
        options.observe?.(response);
        return response;
      } catch (error) {
        const failure = error instanceof WireFailure ? error : new WireFailure(codeOf(error));
        options.observeFailure?.(failure);
        throw failure;
      }
    },
  };
}

export function judgeWireFailure(failure: WireFailure): Retryable | undefined {
  return REPEATABLE_CODES.has(failure.code) ? { reason: `did not answer (${failure.code})` } : undefined;
}

/** Whether a status may be repeated at all: 501 and 505 say that it never will work. */
export function isRepeatableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/**
 * The SDK's own timeout ends with the headers, so that a stalled body would hang for ever, and after a failure its timer
 * keeps the process alive; ours covers the body and is always cleared.
 * Compression is refused because the SDK never notices when a compressed body is cut off.
 */
async function sendInTime(
  http: HttpClient,
  request: PipelineRequest,
  { timeoutMs, largestBytes = Infinity }: { readonly timeoutMs: number; readonly largestBytes?: number },
): Promise<PipelineResponse> {
  const controller = new AbortController();
  const { promise: late, reject } = deferred<never>();
  const asked = request.timeout;
  const limitMs = asked > 0 ? Math.min(asked, timeoutMs) : timeoutMs;
  const timer = setTimeout(() => {
    reject(new WireFailure('ETIMEDOUT'));
    controller.abort();
  }, limitMs);
  if (largestBytes < Infinity) request.streamResponseStatusCodes = new Set([Infinity]);
  request.timeout = 0;
  request.abortSignal = controller.signal;
  request.headers.delete('Accept-Encoding');
  try {
    const sent = http.sendRequest(request);
    const whole = largestBytes < Infinity ? sent.then((response) => withBody(response, largestBytes)) : sent;
    return await Promise.race([whole, late]);
  } finally {
    clearTimeout(timer);
    request.timeout = asked;
  }
}

/** Reads what the SDK left as a stream, so that no answer can fill the memory. */
async function withBody(response: PipelineResponse, largestBytes: number): Promise<PipelineResponse> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.readableStreamBody ?? []) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > largestBytes) throw new WireFailure('EMSGSIZE');
    chunks.push(Buffer.from(chunk));
  }
  return { ...response, bodyAsText: Buffer.concat(chunks).toString('utf8') };
}

/** Here PARSE_ERROR means that the body was cut off: nothing has been parsed yet. */
function codeOf(error: unknown): string {
  if (!isRecord(error)) return 'REQUEST_SEND_ERROR';
  if (error['name'] === 'AbortError') return 'ETIMEDOUT';
  if (error['code'] === 'PARSE_ERROR' || error['code'] === 'ERR_STREAM_PREMATURE_CLOSE') return 'ECONNRESET';
  return typeof error['code'] === 'string' ? error['code'] : 'REQUEST_SEND_ERROR';
}
