/** Objects behind the scripted API server: what apply, replace, merge patch, get and list do to them. */
import { fieldsOf, isRecord, type Fields } from '../../../src/core/model/fields.ts';
import type { ObjectRef } from '../../../src/core/model/object-ref.ts';
import { NO_SUCH_PATH, status, type ReceivedRequest, type ScriptedAnswer } from './api-server.ts';

const LARGEST_BYTES = 1_048_576;
const NAMES = /^\/api(?:s\/[^/]+)?\/[^/]+(?:\/namespaces\/[^/]+)?\/[^/]+(?:\/([^/]+))?(\/status)?$/u;

const SERVED: Readonly<Record<string, readonly Fields[]>> = {
  '/apis/external-secrets.io/v1': [
    { kind: 'ExternalSecret', name: 'externalsecrets', namespaced: true },
    { kind: 'SecretStore', name: 'secretstores', namespaced: true },
    { kind: 'ClusterSecretStore', name: 'clustersecretstores', namespaced: false },
  ],
  '/apis/external-secrets.io/v1alpha1': [{ kind: 'PushSecret', name: 'pushsecrets', namespaced: true }],
};

export class StoredObjects {
  /** By path. */
  readonly #objects = new Map<string, Fields>();
  #revision = 1;

  readonly handle = (request: ReceivedRequest): ScriptedAnswer => {
    const served = SERVED[request.path];
    if (served !== undefined) return { status: 200, body: { kind: 'APIResourceList', resources: served } };
    const isServed = Object.keys(SERVED).some((path) => request.path.startsWith(`${path}/`));
    if (request.path.startsWith('/apis/') && !isServed) return NO_SUCH_PATH;
    const [, name, subresource] = NAMES.exec(request.path) ?? [];
    if (name === undefined) {
      return { status: 200, body: { kind: 'List', metadata: {}, items: this.#under(request.path) } };
    }
    return this.#one(request, subresource === undefined ? request.path : request.path.slice(0, -'/status'.length));
  };

  /** The user creates an object, or replaces it. */
  put(path: string, object: Fields): void {
    this.#store(path, object);
  }

  get(path: string): Fields | undefined {
    return this.#objects.get(path);
  }

  #one({ method, contentType, body }: ReceivedRequest, path: string): ScriptedAnswer {
    const live = this.#objects.get(path);
    const sent = body === '' ? {} : fieldsOf(JSON.parse(body));
    const version = fieldsOf(sent['metadata'])['resourceVersion'];
    if (Buffer.byteLength(body) > LARGEST_BYTES)
      return status(422, 'Invalid', 'Too long: may not be more than 1048576 bytes');
    switch (method) {
      case 'GET':
        return live === undefined ? gone(404) : { status: 200, body: live };
      case 'PATCH':
        if (contentType.startsWith('application/merge-patch')) {
          return live === undefined ? gone(404) : this.#store(path, fieldsOf(merged(live, sent)));
        }
        return live === undefined ? this.#store(path, sent) : gone(409);
      case 'PUT':
        if (live === undefined) return gone(404);
        return version === fieldsOf(live['metadata'])['resourceVersion'] ? this.#store(path, sent) : gone(409);
      default:
        return status(405, 'MethodNotAllowed', method);
    }
  }

  #under(path: string): readonly Fields[] {
    const parent = path.split('/').slice(0, -1).join('/');
    const resource = path.split('/').at(-1) ?? '';
    return [...this.#objects].flatMap(([at, object]) =>
      at.startsWith(parent) && at.split('/').at(-2) === resource ? [object] : [],
    );
  }

  #store(path: string, object: Fields): ScriptedAnswer {
    this.#revision += 1;
    const stored = {
      ...object,
      metadata: { ...fieldsOf(object['metadata']), resourceVersion: String(this.#revision) },
    };
    this.#objects.set(path, stored);
    return { status: 200, body: stored };
  }
}

export function pathOf({ kind, namespace, name }: ObjectRef): string {
  const resource = `${kind.toLowerCase()}s`;
  const place = namespace === undefined ? '' : `namespaces/${namespace}/`;
  const version = kind === 'PushSecret' ? 'v1alpha1' : 'v1';
  return `/apis/external-secrets.io/${version}/${place}${resource}/${name}`;
}

/** RFC 7386. */
function merged(live: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const next: Record<string, unknown> = { ...fieldsOf(live) };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(next, name);
    else next[name] = merged(next[name], value);
  }
  return next;
}

function gone(code: 404 | 409): ScriptedAnswer {
  return code === 404
    ? status(404, 'NotFound', 'not found', { name: 'x', kind: 'x' })
    : status(409, 'Conflict', 'changed');
}
