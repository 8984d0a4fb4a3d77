/**
 * The `fetch` that octokit is given: through the proxy that the house's one reading of the variables names, over
 * connections that are kept, and every answer read whole, up to a limit.
 *
 * Node's own fetch knows no proxy, and octokit takes a body that was cut off for an empty one.
 */
import http from 'node:http';
import https from 'node:https';
import { proxyFor } from '../adapters/transport/proxy.ts';
import { tunnelThrough } from '../adapters/transport/tunnel.ts';
import { PortError } from '../ports/errors.ts';
import type { Environment } from '../wiring/environment.ts';

/** Of silence. */
const TIMEOUT_MS = 30_000;
/** GitHub's renamed repositories are one redirect away. */
const MOST_REDIRECTS = 3;
/** GitHub: a tree has 7 MB at most; a manifest of the most that we read has 14 as base64. */
const LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;
/** Fetch: these have no body, not even an empty one. */
const WITHOUT_BODY = [204, 205, 304];

/** No answer came. */
export class NoAnswer extends Error {
  /** Node's, `PROXY_…` where the proxy gave no way, or words. */
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** It was not read to its end. */
export class AnswerTooLarge extends Error {}

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Rejects with a NoAnswer, an AnswerTooLarge, or a PortError for a variable that holds no proxy. */
export type GithubFetch = (url: string, sent: Sent) => Promise<Response>;

export function githubFetch(environment: Environment): GithubFetch {
  return async (address, first) => {
    let [url, sent] = [new URL(address), first];
    for (let redirects = 0; ; redirects += 1) {
      const answer = await send(url, sent, environment).catch(failed);
      const next = redirects < MOST_REDIRECTS ? redirectOf(answer, url) : undefined;
      if (next === undefined) return answer;
      [url, sent] = [next, next.origin === url.origin ? sent : withoutToken(sent)];
    }
  };
}

/** GitHub: "the request is to be repeated as it is", whichever of the statuses it is. Never from https to http. */
function redirectOf({ status, headers }: Response, from: URL): URL | undefined {
  const location = [301, 302, 303, 307, 308].includes(status) ? headers.get('location') : null;
  if (location === null || !URL.canParse(location, from.href)) return undefined;
  const next = new URL(location, from.href);
  if (from.protocol === 'https:' && next.protocol !== 'https:') throw new NoAnswer('a redirect to http');
  return next;
}

/** The token is for GitHub, and for nobody that it names. */
function withoutToken({ headers, ...sent }: Sent): Sent {
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...sent, headers: Object.fromEntries(others) };
}

async function send(url: URL, sent: Sent, environment: Environment): Promise<Response> {
  const request = requestTo(url, sent, proxyFor(url, environment), environment);
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).on('error', reject);
  });
  request.setTimeout(TIMEOUT_MS, () => request.destroy(new NoAnswer('ETIMEDOUT')));
  request.end(sent.body);
  const answer = await answered;
  const body = await bodyOf(answer);
  const { statusCode: status = 0 } = answer;
  return new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers: headersOf(answer) });
}

/** https goes through a tunnel; what is http anyway is given to the proxy as it is. */
function requestTo(
  url: URL,
  { method, headers, signal }: Sent,
  proxy: string | undefined,
  environment: Environment,
): http.ClientRequest {
  const options = { method, headers, ...(signal === undefined ? {} : { signal }) };
  if (url.protocol === 'https:') {
    return https.request(url, proxy === undefined ? options : { ...options, agent: tunnelThrough(proxy, environment) });
  }
  if (proxy === undefined) return http.request(url, options);
  const { protocol } = new URL(proxy);
  const asked = { ...options, path: url.href, headers: { ...headers, host: url.host, ...loginTo(new URL(proxy)) } };
  return (protocol === 'https:' ? https : http).request(proxy, asked);
}

function loginTo({ username, password }: URL): Readonly<Record<string, string>> {
  if (`${username}${password}` === '') return {};
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

async function bodyOf(answer: http.IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > LARGEST_ANSWER_BYTES) throw new AnswerTooLarge('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf({ headers }: http.IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}

/** Only the deadline aborts a request. */
function failed(error: unknown): never {
  if (error instanceof PortError || error instanceof NoAnswer || error instanceof AnswerTooLarge) throw error;
  const { code } = error as { readonly code?: unknown };
  if (code === 'ABORT_ERR') throw new NoAnswer('ETIMEDOUT');
  throw new NoAnswer(typeof code === 'string' ? code : 'no answer');
}
