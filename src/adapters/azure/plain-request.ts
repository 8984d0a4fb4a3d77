/**
 * Requests that no client of the SDK makes, through the same pipeline as theirs: proxy, authorities, time limits and
 * our repetition. fetch would pass by HTTPS_PROXY.
 *
 * Only for requests that change nothing when they are sent again.
 */
import type { Pipeline } from '@azure/core-rest-pipeline';
import { PortError } from '../../ports/errors.ts';
import { retryAfterMs, withRetry, type Retryable } from '../transport/retry.ts';
import type { EntraContext } from './settings.ts';
import { createWire, isRepeatableStatus, judgeWireFailure, WireFailure } from './wire.ts';

/** More than the largest honest answer by far; a longer one is cut off with `EMSGSIZE`. */
const LARGEST_BYTES = 4 * 1024 * 1024;

export interface PlainRequest {
  /** Whom log lines are about: `GitHub OIDC`. */
  readonly description: string;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PlainAnswer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | undefined;
}

/** The last answer, whatever its status, after all repetitions. Throws a WireFailure where none came. */
export async function askPlainly(context: EntraContext, request: PlainRequest): Promise<PlainAnswer> {
  if (request.url.protocol !== 'https:' && !isOfThisMachine(request.url)) throw unencrypted(request);
  const send = await senderOf(context, request);
  try {
    return await withRetry(context, {
      description: request.description,
      deadlineMs: context.settings.deadlineMs,
      judge: (error) => judge(error, context),
      attempt: async () => {
        const answer = await send();
        if (isRepeatableStatus(answer.status)) throw new Repeatable(answer);
        return answer;
      },
    });
  } catch (error) {
    if (error instanceof Repeatable) return error.answer;
    throw error;
  }
}

/** A runner of one's own may give its token over plain http on the same machine. */
function isOfThisMachine({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u.test(hostname);
}

function unencrypted({ description, url }: PlainRequest): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'Unencrypted',
    what: `${description} was to be asked at ${url.protocol}//${url.host}, which is not encrypted`,
    fix: 'Nothing was sent there. Only an address of this machine itself may be http.',
    whole: true,
  });
}

class Repeatable extends Error {
  readonly answer: PlainAnswer;

  constructor(answer: PlainAnswer) {
    super(`HTTP ${answer.status}`);
    this.answer = answer;
  }
}

function judge(error: unknown, { clock }: EntraContext): Retryable | undefined {
  if (error instanceof WireFailure) return judgeWireFailure(error);
  if (!(error instanceof Repeatable)) return undefined;
  const { status, header } = error.answer;
  const reason = status === 429 ? 'throttled' : `answered HTTP ${status}`;
  const waitMs = retryAfterMs(header, clock.now());
  return waitMs === undefined ? { reason } : { reason, retryAfterMs: waitMs };
}

async function senderOf(
  { settings }: EntraContext,
  { method, url, headers }: PlainRequest,
): Promise<() => Promise<PlainAnswer>> {
  const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await import(
    /* webpackMode: 'eager' */ '@azure/core-rest-pipeline'
  );
  const http = createWire({
    http: createDefaultHttpClient(),
    timeoutMs: settings.requestTimeoutMs,
    largestBytes: LARGEST_BYTES,
  });
  const pipeline: Pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
  });
  return async () => {
    const request = createPipelineRequest({
      url: url.href,
      method,
      headers: createHttpHeaders(headers),
      allowInsecureConnection: url.protocol === 'http:',
    });
    const response = await pipeline.sendRequest(http, request);
    return { status: response.status, body: response.bodyAsText ?? '', header: (name) => response.headers.get(name) };
  };
}
