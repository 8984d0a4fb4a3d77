/**
 * Requests that no client of the SDK makes, through the same pipeline as theirs: proxy, authorities, time limits and
 * our repetition. fetch would pass by HTTPS_PROXY.
 *
 * Only for requests that change nothing when they are sent again.
 */
import type { Pipeline, ProxySettings } from '@azure/core-rest-pipeline';
import { PortError } from '../../ports/errors.ts';
import { proxyFor } from '../transport/proxy.ts';
import { retryAfterMs, withRetry, type Retryable } from '../transport/retry.ts';
import type { EntraContext } from './settings.ts';
import { createWire, isRepeatableStatus, judgeWireFailure, SDK_OPTIONS, WireFailure } from './wire.ts';

export interface PlainRequest {
  /** Whom log lines are about: `GitHub OIDC`. */
  readonly description: string;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the body of a 200 is what was asked for; else it is asked for again, as after a 502. */
  readonly isWhole: (body: string) => boolean;
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
        const isBroken = answer.status === 200 && !request.isWhole(answer.body);
        if (isBroken || isRepeatableStatus(answer.status)) throw new Repeatable(answer);
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
  const reason =
    status === 429 ? 'throttled' : `answered HTTP ${status}${status === 200 ? ' without a whole body' : ''}`;
  const waitMs = retryAfterMs(header, clock.now());
  return waitMs === undefined ? { reason } : { reason, retryAfterMs: waitMs };
}

async function senderOf(
  { settings, environment }: EntraContext,
  { method, url, headers, body }: PlainRequest,
): Promise<() => Promise<PlainAnswer>> {
  const { createDefaultHttpClient, createHttpHeaders, createPipelineFromOptions, createPipelineRequest } = await import(
    /* webpackMode: 'eager' */ '@azure/core-rest-pipeline'
  );
  const http = createWire({
    http: createDefaultHttpClient(),
    timeoutMs: settings.requestTimeoutMs,
    environment,
  });
  const pipeline: Pipeline = createPipelineFromOptions({ ...SDK_OPTIONS, ...plainProxy(url, environment) });
  return async () => {
    const request = createPipelineRequest({
      url: url.href,
      method,
      headers: createHttpHeaders(headers),
      ...(body === undefined ? {} : { body }),
      allowInsecureConnection: url.protocol === 'http:',
    });
    const response = await pipeline.sendRequest(http, request);
    return { status: response.status, body: response.bodyAsText ?? '', header: (name) => response.headers.get(name) };
  };
}

/** For an http address, which needs no tunnel; those for https are the wire's. */
function plainProxy(url: URL, environment: EntraContext['environment']): { readonly proxyOptions?: ProxySettings } {
  const address = url.protocol === 'http:' ? proxyFor(url, environment) : undefined;
  if (address === undefined) return {};
  const { protocol, hostname, port, username, password } = new URL(address);
  const host = `${protocol}//${hostname}`;
  return {
    proxyOptions: { host, port: Number(port || (protocol === 'https:' ? 443 : 80)), username, password },
  };
}
