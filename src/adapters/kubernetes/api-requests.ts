/**
 * One request to an API server and its answer: client-node's login and HTTP, with a time limit.
 *
 * Bodies and answers are plain JSON as they are sent: client-node's typed models would turn times into Dates, drop what
 * they do not know, and make every bundle a third larger.
 */
import { RequestContext } from '@kubernetes/client-node';
import type { Fields } from '../../core/model/fields.ts';
import type { LoggedIn } from '../../ports/cluster-login.ts';
import { PortError, type PortErrorDetails } from '../../ports/errors.ts';
import { retryAfterMs } from '../transport/retry.ts';
import { LoginFailure, type Login } from './login.ts';
import type { Contact } from './patience.ts';

/** Any object of the API, as JSON. */
export type Json = Fields;

/** No answer came: Node's code, or `ETIMEDOUT` for our own limit. */
export class NoAnswer extends Error {
  readonly code: string;
  /** Why, where whoever logs in could find it out. */
  explanation: PortErrorDetails | undefined;

  constructor(code: string) {
    super(`no answer (${code})`);
    this.name = 'NoAnswer';
    this.code = code;
  }
}

/** An answer other than 2xx. `status` is the API server's own Status object, absent when somebody else answered. */
export class ApiRefusal extends Error {
  readonly httpStatus: number;
  readonly status: Json | undefined;
  readonly retryAfterMs: number | undefined;
  /** Who was refused, where that is known. */
  loggedIn: LoggedIn | undefined;

  constructor(httpStatus: number, status: Json | undefined, afterMs: number | undefined) {
    super(`HTTP ${httpStatus}`);
    this.name = 'ApiRefusal';
    this.httpStatus = httpStatus;
    this.status = status;
    this.retryAfterMs = afterMs;
  }
}

/** Kubernetes: 404 with this text, which is no Status, for a group or version that is not served. */
export class NoSuchPath extends ApiRefusal {
  constructor() {
    super(404, undefined, undefined);
    this.name = 'NoSuchPath';
  }
}

/** A 2xx answer that is no JSON: not an API server's. */
export class GarbledAnswer extends Error {}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the server's address, beginning with a slash, every part encoded. */
  readonly path: string;
  /** What is undefined is left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: Json;
  /** Of the body; JSON where it is not said. */
  readonly contentType?: string;
}

const REQUEST_TIMEOUT_MS = 30_000;
/** A page of 500 Secrets, each as large as may be, would be more; nobody has those. */
export const LARGEST_BYTES = 256 * 1024 * 1024;
export const TOO_LARGE = 'EMSGSIZE';
export const REDIRECTED = 'ERR_REDIRECTED';
const NO_SUCH_PATH = '404 page not found';

export class ApiRequests {
  readonly #login: Login;
  readonly #server: string;
  readonly #now: () => Date;
  readonly #metadataOnly: boolean;
  readonly #contact: Contact;
  #count = 0;

  /** `metadataOnly`: what objects hold is not even sent. */
  constructor(login: Login, now: () => Date, contact: Contact, metadataOnly = false) {
    this.#login = login;
    this.#server = (login.getCurrentCluster()?.server ?? '').replace(/\/+$/u, '');
    this.#now = now;
    this.#contact = contact;
    this.#metadataOnly = metadataOnly;
  }

  /** How many were sent so far. */
  get count(): number {
    return this.#count;
  }

  /** Rejects with a LoginFailure, PortError (of a login), NoAnswer, ApiRefusal or GarbledAnswer; none holds a body or a header. */
  async send(request: ApiRequest): Promise<Json> {
    this.#count += 1;
    const { status, headers, text } = await this.#answer(request);
    const value = parsed(text);
    if (status < 200 || status > 299) {
      if (status === 404 && text.trim() === NO_SUCH_PATH) throw new NoSuchPath();
      const refusal = value?.['kind'] === 'Status' ? value : undefined;
      const wait = retryAfterMs((name) => headerOf(headers, name), this.#now());
      throw new ApiRefusal(status, refusal, wait);
    }
    // Logs are the one thing that API servers send as text.
    if (headerOf(headers, 'content-type')?.startsWith('text/plain')) return { text };
    if (value === undefined) throw new GarbledAnswer('no JSON');
    return value;
  }

  async #answer(request: ApiRequest) {
    try {
      const { statusCode: status, headers, body } = await this.#dispatch(request);
      if (status >= 300 && status < 400) throw redirected(body);
      this.#contact.isThere = true;
      return { status, headers, text: await textOf(body) };
    } catch (error) {
      if (error instanceof LoginFailure || error instanceof PortError || error instanceof NoAnswer) throw error;
      const code = codeOf(error);
      // What is sent is ours, but for the headers of the login.
      throw code === 'UND_ERR_INVALID_ARG' ? new LoginFailure(error) : new NoAnswer(code);
    }
  }

  /** Not by fetch: it would follow redirects, and takes twice as long. */
  async #dispatch({ method, path, query = {}, body, contentType }: ApiRequest) {
    const context = new RequestContext(`${this.#server}${path}`, method);
    context.setHeaderParam('Accept', this.#metadataOnly ? metadataOf(query) : 'application/json');
    context.setHeaderParam('User-Agent', 'keyferry');
    for (const [name, value] of Object.entries(query)) if (value !== undefined) context.setQueryParam(name, value);
    if (body !== undefined) context.setHeaderParam('Content-Type', contentType ?? 'application/json');
    await this.#login.applySecurityAuthentication(context);
    const { origin, pathname, search } = new URL(context.getUrl());
    return await poolOf(context).request({
      method,
      origin,
      path: `${pathname}${search}`,
      headers: trimmed(context.getHeaders()),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** As fetch does: a token file may end with a line break. */
function trimmed(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.trim()]));
}

type Pool = NonNullable<ReturnType<RequestContext['getDispatcher']>>;
type Answer = Awaited<ReturnType<Pool['request']>>;
type Body = Answer['body'];

/** Of a header that stands there more than once, the first. */
function headerOf(headers: Answer['headers'], name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value[0] : value;
}

function poolOf(context: RequestContext): Pool {
  const pool = context.getDispatcher();
  if (pool === undefined) throw new Error('a login without connections');
  return pool;
}

/** An API server sends nobody elsewhere: what else the answer says is not looked at. */
function redirected(body: Body): NoAnswer {
  body.on('error', () => undefined).destroy();
  return new NoAnswer(REDIRECTED);
}

/** Whatever answers, its text must fit into memory. */
async function textOf(body: Body): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > LARGEST_BYTES) throw new NoAnswer(TOO_LARGE);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Kubernetes: the API server answers with metadata alone, or with 406; our lists are what has a limit. */
function metadataOf({ limit }: NonNullable<ApiRequest['query']>): string {
  const kind = limit === undefined ? 'PartialObjectMetadata' : 'PartialObjectMetadataList';
  return `application/json;as=${kind};g=meta.k8s.io;v=v1`;
}

/** An answer came, but not one to be trusted. */
export function isTlsCode(code: string): boolean {
  return /CERT|SIGNATURE|SELF_SIGNED|ISSUER|ERR_TLS|ERR_SSL/u.test(code);
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** undici hides the code in a cause, which may be an AggregateError of one attempt per address. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const { name, code, cause, errors } = error as Partial<Record<string, unknown>> & { errors?: unknown[] };
  if (name === 'TimeoutError' || name === 'AbortError') return 'ETIMEDOUT';
  if (typeof code === 'string') return code;
  if (cause !== undefined) return codeOf(cause);
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : 'UNKNOWN';
}
