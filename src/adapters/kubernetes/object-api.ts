/**
 * Requests to an API server: client-node's KubernetesObjectApi, with subresources, time limits and repetition.
 *
 * Objects are plain JSON, as the API server sent them: client-node's typed models would turn times into Dates and drop
 * what they do not know. Built-in kinds need no discovery. Everything that is sent may be sent again: writes insist on
 * the resourceVersion that was read, so that a repetition after a lost answer is a Conflict at worst.
 */
import { ApiException, KubernetesObjectApi, PatchStrategy, type KubernetesObject } from '@kubernetes/client-node';
import { retryAfterMs, withRetry, type Retryable, type RetryContext } from '../transport/retry.ts';
import { LoginFailure, type Login } from './login.ts';

/** Any object of the API, as JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** Which object, and perhaps a part of it. */
export interface Target {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly subresource?: 'status' | 'token' | 'log';
}

/** No answer came: Node's code, or `ETIMEDOUT` for our own limit. */
export class NoAnswer extends Error {
  readonly code: string;

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

  constructor(httpStatus: number, status: Json | undefined, afterMs: number | undefined) {
    super(`HTTP ${httpStatus}`);
    this.name = 'ApiRefusal';
    this.httpStatus = httpStatus;
    this.status = status;
    this.retryAfterMs = afterMs;
  }
}

/** A 2xx answer that is no JSON: not an API server's. */
export class GarbledAnswer extends Error {}

const REQUEST_TIMEOUT_MS = 30_000;
const DEADLINE_MS = 120_000;
const PAGE = 500;

/** Built-in kinds and their resources; a custom resource is looked up. */
const RESOURCES: Readonly<Record<string, { readonly name: string; readonly namespaced: boolean }>> = {
  'v1 Secret': { name: 'secrets', namespaced: true },
  'v1 ConfigMap': { name: 'configmaps', namespaced: true },
  'v1 ServiceAccount': { name: 'serviceaccounts', namespaced: true },
  'v1 Event': { name: 'events', namespaced: true },
  'v1 Namespace': { name: 'namespaces', namespaced: false },
  'v1 Pod': { name: 'pods', namespaced: true },
  'batch/v1 CronJob': { name: 'cronjobs', namespaced: true },
  'batch/v1 Job': { name: 'jobs', namespaced: true },
  'coordination.k8s.io/v1 Lease': { name: 'leases', namespaced: true },
  'rbac.authorization.k8s.io/v1 Role': { name: 'roles', namespaced: true },
  'rbac.authorization.k8s.io/v1 RoleBinding': { name: 'rolebindings', namespaced: true },
};

const REPEATABLE_CODES = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT', 'UND_ERR_SOCKET']);

class Requests extends KubernetesObjectApi {
  /** client-node hands a spec through to here; what it cannot carry waits in this map. */
  readonly targets = new WeakMap<object, Target>();
  count = 0;
  metadataOnly = false;

  protected override async specUriPath(spec: KubernetesObject, action: string): Promise<string> {
    const target = this.targets.get(spec) ?? listTarget(spec);
    const resource = await this.resource(target.apiVersion, target.kind);
    if (resource === undefined) throw new ApiRefusal(404, notServed(target), undefined);
    const scope = resource.namespaced && target.namespace !== undefined ? ['namespaces', target.namespace] : [];
    const named = (action === 'create' && target.subresource === undefined) || action === 'list' ? [] : [target.name];
    const parts = [
      ...scope,
      resource.name,
      ...named,
      ...(target.subresource === undefined ? [] : [target.subresource]),
    ];
    return [this.apiVersionPath(target.apiVersion), ...parts.map(pathPart)].join('/');
  }

  protected override async resource(
    ...args: Parameters<KubernetesObjectApi['resource']>
  ): ReturnType<KubernetesObjectApi['resource']> {
    const known = RESOURCES[`${args[0]} ${args[1]}`];
    return known === undefined
      ? await super.resource(...args)
      : { ...known, singularName: '', kind: args[1], verbs: [] };
  }

  protected override async requestPromise<T extends KubernetesObject>(
    ...args: Parameters<KubernetesObjectApi['requestPromise']>
  ): Promise<T> {
    this.count += 1;
    args[0].setSignal(AbortSignal.timeout(REQUEST_TIMEOUT_MS));
    if (this.metadataOnly) args[0].setHeaderParam('Accept', metadataOf(args[0].getUrl()));
    return await super.requestPromise<T>(...args);
  }

  /** JSON as it came. */
  protected override async processResponse<T extends KubernetesObject>(
    response: Parameters<KubernetesObjectApi['processResponse']>[0],
  ): Promise<T> {
    const text = await response.body.text();
    const value = parsed(text);
    if (response.httpStatusCode >= 200 && response.httpStatusCode <= 299) {
      // Logs are the one thing that API servers send as text.
      if (response.headers['content-type']?.startsWith('text/plain')) return { text } as unknown as T;
      if (value === undefined) throw new GarbledAnswer('no JSON');
      return value as unknown as T;
    }
    throw new ApiException(response.httpStatusCode, 'refused', value, response.headers);
  }
}

export class ObjectApi {
  readonly #login: Login;
  readonly #requests: Requests;
  readonly #retry: RetryContext;
  readonly #description: string;

  constructor(login: Login, description: string, retry: RetryContext) {
    this.#login = login;
    this.#requests = login.makeApiClient(Requests);
    this.#description = description;
    this.#retry = retry;
  }

  /** The same server, of which only the metadata of objects is asked: what they hold is not even sent. */
  metadataOnly(): ObjectApi {
    const api = new ObjectApi(this.#login, this.#description, this.#retry);
    api.#requests.metadataOnly = true;
    return api;
  }

  /** How many requests were sent so far, repetitions and discovery included. */
  get requestCount(): number {
    return this.#requests.count;
  }

  async read(target: Target): Promise<Json> {
    return await this.#send(() => this.#requests.read(this.#spec(target) as never));
  }

  /** Every object of the kind that the selector admits, page by page to the end. */
  async list(of: Omit<Target, 'name'>, labelSelector?: string): Promise<readonly Json[]> {
    const items: Json[] = [];
    let next: string | undefined;
    do {
      const page = await this.#page(of, labelSelector, next);
      items.push(...((page['items'] as readonly Json[] | undefined) ?? []));
      next = (page['metadata'] as { readonly continue?: string } | undefined)?.continue;
    } while (next !== undefined && next !== '');
    return items;
  }

  async create(target: Target, object: Json, manager?: string): Promise<Json> {
    return await this.#send(() => this.#requests.create(this.#spec(target, object), undefined, undefined, manager));
  }

  async replace(target: Target, object: Json, manager: string): Promise<Json> {
    return await this.#send(() => this.#requests.replace(this.#spec(target, object), undefined, undefined, manager));
  }

  /** Server-side apply, without force. */
  async apply(target: Target, object: Json, manager: string): Promise<Json> {
    return await this.#patch(target, object, { manager, strategy: PatchStrategy.ServerSideApply });
  }

  /** Server-side apply that takes fields from whoever set them. */
  async forceApply(target: Target, object: Json, manager: string): Promise<Json> {
    return await this.#patch(target, object, { manager, strategy: PatchStrategy.ServerSideApply, force: true });
  }

  /** The last lines of the pod's log. */
  async log(pod: Target): Promise<string> {
    const answer = await this.#send(() => this.#requests.read(this.#spec({ ...pod, subresource: 'log' }) as never));
    return typeof answer['text'] === 'string' ? answer['text'] : '';
  }

  /** RFC 7386. */
  async mergePatch(target: Target, patch: Json, manager: string): Promise<Json> {
    return await this.#patch(target, patch, { manager, strategy: PatchStrategy.MergePatch });
  }

  /** With what it owns, in the background; without preconditions whatever has the name. */
  async delete(
    target: Target,
    preconditions?: { readonly uid: string; readonly resourceVersion: string },
  ): Promise<void> {
    await this.#send(() => {
      const insist = preconditions === undefined ? {} : { preconditions };
      const options = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', ...insist };
      const [none, spec] = [undefined, this.#spec(target)];
      return this.#requests.delete(spec, none, none, none, none, none, options);
    });
  }

  async #page(of: Omit<Target, 'name'>, labelSelector: string | undefined, next: string | undefined): Promise<Json> {
    const { apiVersion, kind, namespace } = of;
    const [none] = [undefined];
    return await this.#send(() =>
      this.#requests.list(apiVersion, kind, namespace, none, none, none, none, labelSelector, PAGE, next),
    );
  }

  async #patch(
    target: Target,
    body: Json,
    how: { readonly manager: string; readonly strategy: PatchStrategy; readonly force?: boolean },
  ): Promise<Json> {
    const [none] = [undefined];
    return await this.#send(() =>
      this.#requests.patch(this.#spec(target, body), none, none, how.manager, how.force, how.strategy),
    );
  }

  /** A spec of its own for each attempt: client-node writes into what it is given. */
  #spec(target: Target, object: Json = {}): KubernetesObject {
    const { apiVersion, kind, name, namespace } = target;
    const metadata = {
      ...(object['metadata'] as object | undefined),
      name,
      ...(namespace === undefined ? {} : { namespace }),
    };
    const spec = { apiVersion, kind, ...object, metadata };
    this.#requests.targets.set(spec, target);
    return spec;
  }

  async #send(request: () => Promise<KubernetesObject>): Promise<Json> {
    return await withRetry(this.#retry, {
      description: this.#description,
      deadlineMs: DEADLINE_MS,
      judge,
      attempt: async () => {
        try {
          return (await request()) as Json;
        } catch (error) {
          throw asFailure(error, this.#retry.clock.now());
        }
      },
    });
  }
}

/** Kubernetes: the API server answers with metadata alone, or with 406; our lists are what has a limit. */
function metadataOf(url: string): string {
  const kind = new URL(url).searchParams.has('limit') ? 'PartialObjectMetadataList' : 'PartialObjectMetadata';
  return `application/json;as=${kind};g=meta.k8s.io;v=v1`;
}

function listTarget(spec: KubernetesObject): Target {
  const { namespace } = spec.metadata ?? {};
  const scope = namespace === undefined ? {} : { namespace };
  return { apiVersion: spec.apiVersion ?? '', kind: spec.kind ?? '', name: '', ...scope };
}

/** A dot-only part would climb out of the path, also when it is encoded. */
function pathPart(part: string): string {
  if (/^\.*$/u.test(part)) throw new ApiRefusal(404, undefined, undefined);
  return encodeURIComponent(part);
}

function notServed({ apiVersion, kind }: Target): Json {
  return { kind: 'Status', reason: 'NotServed', message: `${apiVersion} ${kind} is not served` };
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** ApiException's message holds body and headers, so nothing of it is kept but what is named here. */
function asFailure(error: unknown, now: Date): Error {
  if (error instanceof ApiException) {
    const body = error.body as Json | undefined;
    const headers = error.headers as Readonly<Record<string, string>>;
    const status = body?.['kind'] === 'Status' ? body : undefined;
    return new ApiRefusal(
      error.code,
      status,
      retryAfterMs((name) => headers[name], now),
    );
  }
  if (error instanceof ApiRefusal || error instanceof LoginFailure || error instanceof GarbledAnswer) return error;
  return new NoAnswer(codeOf(error));
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
  return repeatable ? { reason: `answered ${httpStatus}`, ...wait } : undefined;
}

/** undici hides the code in a cause, which may be an AggregateError of one attempt per address. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const { name, code, cause, errors } = error as { name?: string; code?: unknown; cause?: unknown; errors?: unknown[] };
  if (name === 'TimeoutError' || name === 'AbortError') return 'ETIMEDOUT';
  if (typeof code === 'string') return code;
  if (cause !== undefined) return codeOf(cause);
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : 'UNKNOWN';
}
