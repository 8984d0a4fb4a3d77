/**
 * The last step before the network: every request ends in time, and every failure has a code.
 *
 * It must never keep, log or throw a body: a WireFailure is a code and a proxy's name. What comes is read up to a limit,
 * and goes through the proxy that the variables name.
 */
import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { isRecord } from '../../core/model/fields.ts';
import { proxyFor, refuseBadProxies } from '../transport/proxy.ts';
import type { Retryable } from '../transport/retry.ts';
import { tunnelThrough, type TunnelAgent } from '../transport/tunnel.ts';

/** Of any answer: more than the largest honest one by far. Compressed ones are not asked for, and not unpacked. */
export const LARGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * What every pipeline of the SDK is told: repetition, redirects and proxies are ours. The address stands for "not from
 * the variables", which the SDK would read by rules of its own; nothing is ever sent there.
 */
export const SDK_OPTIONS = {
  retryOptions: { maxRetries: 0 },
  redirectOptions: { maxRetries: 0 },
  proxyOptions: { host: 'http://127.0.0.1', port: 9 },
} as const;

/** No answer, or one that was cut off. */
export class WireFailure extends Error {
  /** Node's code, as `ECONNRESET`; `ETIMEDOUT` for our own time limit; `PROXY_…` where the proxy gave no way. */
  readonly code: string;
  /** The proxy that was asked, without a login. */
  readonly proxy: string | undefined;
  /** There was never a way to the host: more likely it is not there than that a proxy has a bad moment. */
  readonly isNeverReached: boolean;

  constructor(code: string, proxy?: string, isNeverReached = false) {
    super(`no answer (${code})`);
    this.name = 'WireFailure';
    this.code = code;
    this.proxy = proxy;
    this.isNeverReached = isNeverReached;
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

/** Of a host that no proxy ever found a way to. */
const FIRST_ATTEMPTS = 2;

/** An HttpClient for the SDKs. `before` runs ahead of each request, `observe` sees each answer. */
export function createWire(options: {
  readonly http: HttpClient;
  readonly timeoutMs: number;
  /** For its proxies. Throws where they are none. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly before?: (request: PipelineRequest) => Promise<void>;
  readonly observe?: (response: PipelineResponse) => void;
  readonly observeFailure?: (failure: WireFailure) => void;
}): HttpClient {
  refuseBadProxies(options.environment);
  return {
    sendRequest: async (request) => {
      await options.before?.(request);
      const tunnel = chooseWay(request, options.environment);
      try {
        const response = await sendInTime(options.http, request, options.timeoutMs);
        options.observe?.(response);
        return response;
      } catch (error) {
        const failure = error instanceof WireFailure ? error : failureOf(error, tunnel, request.url);
        options.observeFailure?.(failure);
        throw failure;
      }
    },
  };
}

/**
 * | the proxy answered CONNECT with             | sent again                                                |
 * | ------------------------------------------- | --------------------------------------------------------- |
 * | 408, 429, 5xx, and found the host before    | as after such an answer of the host itself: three times   |
 * | 408, 429, 5xx, and never found it           | once: who waits longer for a wrong address waits in vain  |
 * | else                                        | never                                                     |
 */
export function judgeWireFailure({ code, isNeverReached }: WireFailure): Retryable | undefined {
  const status = /^PROXY_HTTP_(\d+)$/.exec(code)?.[1];
  if (status !== undefined) {
    if (!isRepeatableStatus(Number(status))) return undefined;
    const reason = `was not reached through the proxy (HTTP ${status})`;
    return isNeverReached ? { reason, attempts: FIRST_ATTEMPTS } : { reason };
  }
  return REPEATABLE_CODES.has(code.replace(/^PROXY_/, '')) ? { reason: `did not answer (${code})` } : undefined;
}

/**
 * Whether the failure came before the first byte of the request: there was no host, no connection, no proxy's way, or
 * no certificate to trust. Of anything else nobody knows how far it came.
 */
export function wasNeverSent({ code }: WireFailure): boolean {
  return /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$|^PROXY_|CERT|^UNABLE_TO|SELF_SIGNED/u.test(code);
}

/** Whether a status may be repeated at all: 501 and 505 say that it never will work. */
export function isRepeatableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** The tunnel that a request goes through. For http the agent that the pipeline chose stays, where there is a proxy. */
function chooseWay(
  request: PipelineRequest,
  environment: Readonly<Record<string, string | undefined>>,
): TunnelAgent | undefined {
  const url = new URL(request.url);
  const proxy = proxyFor(url, environment);
  if (proxy !== undefined && url.protocol === 'http:') return undefined;
  delete request.agent;
  if (proxy === undefined) return undefined;
  const tunnel = tunnelThrough(proxy, environment);
  request.agent = tunnel;
  return tunnel;
}

/**
 * The SDK's own timeout ends with the headers, so that a stalled body would hang for ever, and after a failure its timer
 * keeps the process alive; ours covers the body and is always cleared.
 * Compression is refused because the SDK never notices when a compressed body is cut off.
 */
async function sendInTime(http: HttpClient, request: PipelineRequest, timeoutMs: number): Promise<PipelineResponse> {
  const controller = new AbortController();
  const asked = request.timeout;
  const limitMs = asked > 0 ? Math.min(asked, timeoutMs) : timeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new WireFailure('ETIMEDOUT'));
      controller.abort();
    }, limitMs);
  });
  request.streamResponseStatusCodes = new Set([Infinity]);
  request.timeout = 0;
  request.abortSignal = controller.signal;
  request.headers.delete('Accept-Encoding');
  try {
    return await Promise.race([http.sendRequest(request).then(withBody), late]);
  } finally {
    clearTimeout(timer);
    request.timeout = asked;
  }
}

/** Reads what the SDK left as a stream, so that no answer can fill the memory. */
async function withBody({ readableStreamBody, ...response }: PipelineResponse): Promise<PipelineResponse> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of readableStreamBody ?? []) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > LARGEST_ANSWER_BYTES) throw new WireFailure('EMSGSIZE');
    chunks.push(Buffer.from(chunk));
  }
  return { ...response, bodyAsText: Buffer.concat(chunks).toString('utf8') };
}

function failureOf(error: unknown, tunnel: TunnelAgent | undefined, address: string): WireFailure {
  const isNeverReached = tunnel !== undefined && !tunnel.hasReached(new URL(address).hostname);
  return new WireFailure(codeOf(error), tunnel?.description, isNeverReached);
}

/** Here PARSE_ERROR means that the body was cut off: nothing has been parsed yet. */
function codeOf(error: unknown): string {
  if (!isRecord(error)) return 'REQUEST_SEND_ERROR';
  if (error['name'] === 'AbortError') return 'ETIMEDOUT';
  if (error['code'] === 'PARSE_ERROR' || error['code'] === 'ERR_STREAM_PREMATURE_CLOSE') return 'ECONNRESET';
  return typeof error['code'] === 'string' ? error['code'] : 'REQUEST_SEND_ERROR';
}
