/**
 * Objects of an API server: paths, verbs, subresources and repetition.
 *
 * Built-in kinds need no discovery. Everything that is sent may be sent again: writes insist on the resourceVersion that
 * was read, so that a repetition after a lost answer is a Conflict at worst.
 */
import type { ClusterLogin } from '../../ports/cluster-login.ts';
import { withRetry, type RetryContext } from '../transport/retry.ts';
import {
  ApiRefusal,
  ApiRequests,
  GarbledAnswer,
  isTlsCode,
  NoAnswer,
  NoSuchPath,
  type ApiRequest,
  type Json,
} from './api-requests.ts';
import type { Login } from './login.ts';
import { isAnswerAbout, pageOf } from './object-shape.ts';
import { judgeFrom, type Contact } from './patience.ts';
import { isResources, RESOURCES, type Resource, type ServedResource } from './resources.ts';

export { ApiRefusal, GarbledAnswer, NoAnswer, type Json } from './api-requests.ts';

/** Which object, and perhaps a part of it. */
export interface Target {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly subresource?: 'status' | 'token' | 'log';
}

const DEADLINE_MS = 120_000;
const PAGE = 500;
/** Half a million objects: more than a cluster holds of a kind. */
const MOST_PAGES = 1_000;
const LIST_DEADLINE_MS = 600_000;

interface Sharing {
  /** One for all clients of the server. */
  readonly contact: Contact;
  readonly metadataOnly?: boolean;
}

interface Apply {
  readonly manager: string;
  /** Takes fields from whoever set them. */
  readonly force?: boolean;
  /** Nothing is stored. */
  readonly dryRun?: boolean;
}

export class ObjectApi {
  readonly #login: Login;
  readonly #requests: ApiRequests;
  readonly #contact: Contact;
  readonly #retry: RetryContext;
  readonly #description: string;
  readonly #clusterLogin: ClusterLogin | undefined;
  /** By apiVersion; what is served does not change while we run. */
  readonly #discovered = new Map<string, readonly ServedResource[]>();

  constructor(login: Login, description: string, retry: RetryContext, more: Sharing) {
    this.#login = login;
    this.#contact = more.contact;
    this.#requests = new ApiRequests(login, () => retry.clock.now(), this.#contact, more.metadataOnly);
    this.#description = description;
    this.#retry = retry;
    this.#clusterLogin = login.clusterLogin;
  }

  /** The same server, of which only the metadata of objects is asked: what they hold is not even sent. */
  metadataOnly(): ObjectApi {
    return new ObjectApi(this.#login, this.#description, this.#retry, { contact: this.#contact, metadataOnly: true });
  }

  /** How many requests were sent so far, repetitions and discovery included. */
  get requestCount(): number {
    return this.#requests.count;
  }

  async read(target: Target): Promise<Json> {
    return await this.#about(target, async () => ({ method: 'GET', path: await this.#path(target) }));
  }

  /** Is this kind served in this version? */
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    return await this.#repeated(async () => (await this.#resource(apiVersion, kind)) !== undefined);
  }

  /** Every object of the kind that the selector admits, page by page to the end, which a list must have. */
  async list(of: Omit<Target, 'name'>, labelSelector?: string): Promise<readonly Json[]> {
    const items: Json[] = [];
    const seen = new Set<string>();
    const ends = this.#retry.clock.now().getTime() + LIST_DEADLINE_MS;
    for (let next: string | undefined; ;) {
      const page = pageOf(await this.#page(of, labelSelector, next), of);
      items.push(...page.items);
      next = page.next;
      if (next === undefined) return items;
      if (seen.has(next) || seen.size === MOST_PAGES) throw new GarbledAnswer('a list without an end');
      if (this.#retry.clock.now().getTime() > ends) throw new NoAnswer('ETIMEDOUT');
      seen.add(next);
    }
  }

  async create(target: Target, object: Json, manager?: string): Promise<Json> {
    return await this.#about(target, async () => ({
      method: 'POST',
      path: await this.#path(target.subresource === undefined ? withoutName(target) : target),
      query: { fieldManager: manager },
      body: named(target, object),
    }));
  }

  async replace(target: Target, object: Json, manager: string): Promise<Json> {
    return await this.#about(target, async () => ({
      method: 'PUT',
      path: await this.#path(target),
      query: { fieldManager: manager },
      body: named(target, object),
    }));
  }

  /** Server-side apply, without force. */
  async apply(target: Target, object: Json, manager: string): Promise<Json> {
    return await this.#apply(target, object, { manager });
  }

  /** Server-side apply that takes fields from whoever set them. */
  async forceApply(target: Target, object: Json, manager: string): Promise<Json> {
    return await this.#apply(target, object, { manager, force: true });
  }

  /** The same with nothing stored: everything that would refuse it, does. */
  async tryApply(target: Target, object: Json, manager: string, force: boolean): Promise<Json> {
    return await this.#apply(target, object, { manager, force, dryRun: true });
  }

  /** The last lines of a container's log; a pod of one container needs no name. */
  async log(pod: Target, container?: string): Promise<string> {
    const answer = await this.#send(async () => ({
      method: 'GET',
      path: await this.#path({ ...pod, subresource: 'log' }),
      query: { container },
    }));
    return typeof answer['text'] === 'string' ? answer['text'] : '';
  }

  /** RFC 7386. */
  async mergePatch(target: Target, patch: Json, manager: string): Promise<Json> {
    return await this.#about(target, async () => ({
      method: 'PATCH',
      path: await this.#path(target),
      query: { fieldManager: manager },
      body: named(target, patch),
      contentType: 'application/merge-patch+json',
    }));
  }

  /**
   * With what it owns, in the background; without preconditions whatever has the name. Gives the finalizers that hold
   * it: with any it is still there, and only marked.
   */
  async delete(
    target: Target,
    preconditions?: { readonly uid: string; readonly resourceVersion: string },
  ): Promise<readonly string[]> {
    const insist = preconditions === undefined ? {} : { preconditions };
    const answer = await this.#send(async () => ({
      method: 'DELETE',
      path: await this.#path(target),
      body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background', ...insist },
    }));
    return holdersOf(answer);
  }

  async #page(of: Omit<Target, 'name'>, labelSelector: string | undefined, next: string | undefined): Promise<Json> {
    return await this.#send(async () => ({
      method: 'GET',
      path: await this.#path(of),
      query: { labelSelector, limit: String(PAGE), continue: next },
    }));
  }

  async #apply(target: Target, object: Json, { manager, force, dryRun }: Apply): Promise<Json> {
    return await this.#about(target, async () => ({
      method: 'PATCH',
      path: await this.#path(target),
      query: {
        fieldManager: manager,
        force: force === undefined ? undefined : String(force),
        dryRun: dryRun === true ? 'All' : undefined,
      },
      body: named(target, object),
      contentType: 'application/apply-patch+yaml',
    }));
  }

  /** Of all objects of the kind where no name is given. */
  async #path(target: Omit<Target, 'name'> & { readonly name?: string }): Promise<string> {
    const { apiVersion, kind, namespace, name, subresource } = target;
    const resource = await this.#resource(apiVersion, kind);
    if (resource === undefined) throw new ApiRefusal(404, notServed(target), undefined);
    const scope = resource.namespaced && namespace !== undefined ? ['namespaces', namespace] : [];
    const parts = [...scope, resource.name, ...(name === undefined ? [] : [name]), subresource];
    return [versionPath(apiVersion), ...parts.filter((part) => part !== undefined).map(pathPart)].join('/');
  }

  async #resource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const known = RESOURCES[`${apiVersion} ${kind}`];
    if (known !== undefined) return known;
    const served = this.#discovered.get(apiVersion) ?? (await this.#discover(apiVersion));
    return served.find((resource) => resource.kind === kind && !resource.name.includes('/'));
  }

  async #discover(apiVersion: string): Promise<readonly ServedResource[]> {
    try {
      const { resources } = await this.#requests.send({ method: 'GET', path: versionPath(apiVersion) });
      if (!isResources(resources)) throw new GarbledAnswer('no list of resources');
      this.#discovered.set(apiVersion, resources);
      return resources;
    } catch (error) {
      if (error instanceof NoSuchPath) return [];
      throw error;
    }
  }

  /** The object that was asked for, or written; a subresource may be another kind, as a log or a token. */
  async #about(target: Target, request: () => Promise<ApiRequest>): Promise<Json> {
    const answer = await this.#send(request);
    const isOther = target.subresource === 'token' || target.subresource === 'log';
    if (isOther || isAnswerAbout(answer, target)) return answer;
    throw new GarbledAnswer('another object');
  }

  async #send(request: () => Promise<ApiRequest>): Promise<Json> {
    return await this.#repeated(async () => await this.#requests.send(await request()));
  }

  async #repeated<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const judge = judgeFrom(this.#contact, this.#retry.clock);
    try {
      return await withRetry(this.#retry, { description: this.#description, deadlineMs: DEADLINE_MS, judge, attempt });
    } catch (error) {
      if (error instanceof NoAnswer && !isTlsCode(error.code)) {
        error.explanation = await this.#clusterLogin?.explainSilence(error.code);
      }
      if (error instanceof ApiRefusal) error.loggedIn = this.#clusterLogin?.loggedIn();
      throw error;
    }
  }
}

function withoutName({ apiVersion, kind, namespace }: Target): Omit<Target, 'name'> {
  return { apiVersion, kind, ...(namespace === undefined ? {} : { namespace }) };
}

/** The object as its target says, whatever it says itself. */
function named({ apiVersion, kind, name, namespace }: Target, object: Json): Json {
  const scope = namespace === undefined ? {} : { namespace };
  return { apiVersion, kind, ...object, metadata: { ...(object['metadata'] as object | undefined), name, ...scope } };
}

/** Kubernetes: a Status where it is gone, the object itself where it is only marked. */
function holdersOf(answer: Json): readonly string[] {
  const { finalizers } = (answer['metadata'] ?? {}) as { readonly finalizers?: unknown };
  if (answer['kind'] === 'Status' || !Array.isArray(finalizers)) return [];
  return finalizers.filter((one) => typeof one === 'string');
}

function versionPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** A dot-only part would climb out of the path, also when it is encoded. */
function pathPart(part: string): string {
  if (/^\.*$/u.test(part)) throw new ApiRefusal(404, undefined, undefined);
  return encodeURIComponent(part);
}

function notServed({ apiVersion, kind }: Pick<Target, 'apiVersion' | 'kind'>): Json {
  return { kind: 'Status', reason: 'NotServed', message: `${apiVersion} ${kind} is not served` };
}
