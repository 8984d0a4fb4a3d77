/**
 * The place where a CI system gives a job its token: one request, and what it means when it brings none.
 *
 * A page of the web is not its answer but that of a proxy, which has nothing to do with the rights of the job.
 */
import { PortError } from '../../ports/errors.ts';
import { askPlainly, type PlainAnswer, type PlainRequest } from './plain-request.ts';
import type { EntraContext } from './settings.ts';
import { jsonObject } from './vault-answer.ts';
import { proxyLoginWords, wireWords } from './wire-words.ts';
import { WireFailure } from './wire.ts';

export interface TokenRequest extends Omit<PlainRequest, 'isWhole'> {
  /** As messages call it: `GitHub's ID token service`. */
  readonly service: string;
  /** Where the token stands in the answer. */
  readonly field: string;
  /** Statuses with which it shows a page of its own. */
  readonly showsPage?: (status: number) => boolean;
  /** What its own refusal means. */
  readonly refused: (status: number) => PortError;
}

/** Throws a PortError that names the host where something stands between. */
export async function requestToken(context: EntraContext, request: TokenRequest): Promise<string> {
  const { service, url } = request;
  const tokenIn = (body: string): string | undefined => {
    const token = jsonObject(body)?.[request.field];
    return typeof token === 'string' && token !== '' ? token : undefined;
  };
  const isWhole = (body: string): boolean => tokenIn(body) !== undefined;
  const answer = await answerOf(context, { ...request, isWhole });
  const token = answer.status === 200 ? tokenIn(answer.body) : undefined;
  if (token !== undefined) return token;
  if (answer.status === 407) throw new PortError(proxyLoginWords(service, url.host));
  if (isPage(answer) && request.showsPage?.(answer.status) !== true) throw notItself(answer.status, service, url.host);
  throw answer.status === 200 ? withoutToken(service, url.host) : request.refused(answer.status);
}

async function answerOf(context: EntraContext, request: PlainRequest & TokenRequest): Promise<PlainAnswer> {
  try {
    return await askPlainly(context, request);
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
    throw new PortError(wireWords(error, request.service, request.url.host));
  }
}

function isPage({ status, body, header }: PlainAnswer): boolean {
  return status < 500 && (/^\s*</.test(body) || /^text\/html\b/i.test(header('content-type') ?? ''));
}

function notItself(status: number, service: string, host: string): PortError {
  return new PortError({
    kind: 'Malformed',
    what: `something else answered in place of ${service} (HTTP ${status}, a page of the web)`,
    fix: `A proxy or firewall stands between: let ${host} pass there, or name it in NO_PROXY. The permissions of the job are not the reason.`,
    whole: true,
  });
}

function withoutToken(service: string, host: string): PortError {
  return new PortError({
    kind: 'Malformed',
    what: `${service} answered without a token, also when it was asked again`,
    fix: `Run the job again; if it stays, something between changes the answers of ${host}.`,
    whole: true,
  });
}
