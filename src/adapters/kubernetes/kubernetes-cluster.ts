/**
 * The Cluster port over a real API server.
 *
 * Secrets are read one by one and by label only, never watched. A create is a server-side apply with a resourceVersion
 * that no object has: it makes the Secret or is a Conflict, and unlike a POST it can be allowed for single names.
 */
import { selects, selectorText } from '../../core/model/label-selector.ts';
import { compareRefs, compareText, refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { DesiredSecret, LiveSecret } from '../../core/model/secret.ts';
import type { LabelSelector } from '../../core/model/store.ts';
import {
  assertSelector,
  type Cluster,
  type ConfigMap,
  type Namespace,
  type ServiceAccount,
} from '../../ports/cluster.ts';
import { PortError } from '../../ports/errors.ts';
import type { Connection } from './connection.ts';
import { GarbledAnswer, type Json, type Target } from './object-api.ts';
import { metadataOf, namesOf, toLiveSecret, toSecretObject } from './secret-object.ts';
import { toPortError } from './to-port-error.ts';

/** No object ever has it: etcd starts at 1, and the API server itself is older than its first object. */
export const NO_RESOURCE_VERSION = '1';
/** TokenRequest: the shortest lifetime that every API server grants. */
const TOKEN_SECONDS = 600;

export class KubernetesCluster implements Cluster {
  readonly description: string;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.description = connection.description;
  }

  async getSecret(ref: ObjectRef): Promise<LiveSecret | undefined> {
    const found = await this.#find(secretTarget(ref), ref);
    return found === undefined ? undefined : toLiveSecret(found, ref.kind);
  }

  async listSecrets(
    namespace: string,
    label: { readonly key: string; readonly value: string },
  ): Promise<readonly LiveSecret[]> {
    return await this.selectSecrets(namespace, { matchLabels: { [label.key]: label.value }, matchExpressions: [] });
  }

  async selectSecrets(namespace: string, selector: LabelSelector): Promise<readonly LiveSecret[]> {
    assertSelector(namespace, selector);
    const ref: ObjectRef = { kind: 'Secret', namespace, name: '*' };
    const found = await this.#ask(ref, [], () => this.#list(namespace, selector));
    return found.map((object) => toLiveSecret(object)).sort((a, b) => compareRefs(a.ref, b.ref));
  }

  /** What was not asked for shows that somebody else answers, or answers something else. */
  async #list(namespace: string, selector: LabelSelector): Promise<readonly Json[]> {
    const text = selectorText(selector);
    const of = { apiVersion: 'v1', kind: 'Secret', namespace };
    const found = await this.#connection.api.list(of, text === '' ? undefined : text);
    const isAskedFor = (object: Json): boolean => {
      const { namespace: home, labels } = metadataOf(object);
      return home === namespace && selects(selector, labels ?? {});
    };
    if (!found.every(isAskedFor)) throw new GarbledAnswer('a list of something else');
    return found;
  }

  async createSecret(secret: DesiredSecret, manager: string): Promise<LiveSecret> {
    const object = toSecretObject(secret, NO_RESOURCE_VERSION);
    const target = secretTarget(secret.ref);
    return toLiveSecret(
      await this.#ask(secret.ref, namesOf(secret), () => this.#connection.api.apply(target, object, manager)),
      secret.ref.kind,
    );
  }

  async updateSecret(secret: DesiredSecret, resourceVersion: string, manager: string): Promise<LiveSecret> {
    const object = toSecretObject(secret, resourceVersion);
    const target = secretTarget(secret.ref);
    return toLiveSecret(
      await this.#ask(secret.ref, namesOf(secret), () => this.#connection.api.replace(target, object, manager)),
      secret.ref.kind,
    );
  }

  async deleteSecret(secret: LiveSecret): Promise<readonly string[]> {
    const { uid, resourceVersion, ref } = secret;
    try {
      return await this.#ask(ref, [], () => this.#connection.api.delete(secretTarget(ref), { uid, resourceVersion }));
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return [];
      throw error;
    }
  }

  async getConfigMap(namespace: string, name: string): Promise<ConfigMap | undefined> {
    const ref: ObjectRef = { kind: 'ConfigMap', namespace, name };
    const found = await this.#find({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }, ref);
    if (found === undefined) return undefined;
    return { ref, data: new Map(Object.entries((found['data'] ?? {}) as Readonly<Record<string, string>>)) };
  }

  async getServiceAccount(namespace: string, name: string): Promise<ServiceAccount | undefined> {
    const ref: ObjectRef = { kind: 'ServiceAccount', namespace, name };
    const found = await this.#find({ apiVersion: 'v1', kind: 'ServiceAccount', namespace, name }, ref);
    return found === undefined ? undefined : { ref, annotations: metadataOf(found).annotations ?? {} };
  }

  async requestToken(namespace: string, name: string, audiences: readonly string[]): Promise<string> {
    const ref: ObjectRef = { kind: 'ServiceAccount', namespace, name };
    const target: Target = { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name, subresource: 'token' };
    const request = {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences, expirationSeconds: TOKEN_SECONDS },
    };
    const answer = await this.#ask(ref, [], () => this.#connection.api.create(target, request));
    const { token } = (answer['status'] ?? {}) as { readonly token?: unknown };
    if (typeof token === 'string' && token !== '') return token;
    throw new PortError({
      kind: 'Malformed',
      what: `${this.description} issued an empty token for ${refText(ref)}`,
      fix: 'Look at the API server: TokenRequest does not work there.',
    });
  }

  async getNamespace(name: string): Promise<Namespace | undefined> {
    const found = await this.#find({ apiVersion: 'v1', kind: 'Namespace', name }, { kind: 'Namespace', name });
    if (found === undefined) return undefined;
    return toNamespace(found);
  }

  async listNamespaces(): Promise<readonly Namespace[]> {
    const of = { apiVersion: 'v1', kind: 'Namespace' };
    const found = await this.#ask({ kind: 'Namespace', name: '*' }, [], () => this.#connection.api.list(of));
    return found.map(toNamespace).sort((a, b) => compareText(a.name, b.name));
  }

  /** `undefined` = the API server's own 404 for this object, or a namespace that does not exist. */
  async #find(target: Target, ref: ObjectRef): Promise<Json | undefined> {
    try {
      return await this.#ask(ref, [], () => this.#connection.api.read(target));
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return undefined;
      throw error;
    }
  }

  async #ask<Result>(ref: ObjectRef, names: readonly string[], ask: () => Promise<Result>): Promise<Result> {
    assertPath(ref);
    try {
      return await ask();
    } catch (error) {
      throw toPortError(error, { ...this.#connection, cluster: this.description, object: refText(ref), names });
    }
  }
}

function toNamespace(object: Json): Namespace {
  const { name = '', labels = {}, deletionTimestamp } = metadataOf(object);
  return { name, labels, ...(typeof deletionTimestamp === 'string' ? { deleting: true } : {}) };
}

/** Every kind of target is of `v1`. */
function secretTarget({ kind, namespace, name }: ObjectRef): Target {
  return { apiVersion: 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Names become paths. What would climb out of one, or be no name at all, is refused before anything is sent. */
function assertPath(ref: ObjectRef): void {
  const wrong = [
    ...(isPathPart(ref.name) ? [] : ['metadata.name']),
    ...(ref.namespace === undefined || isPathPart(ref.namespace) ? [] : ['metadata.namespace']),
  ];
  if (wrong.length === 0) return;
  throw new PortError({
    kind: 'Invalid',
    what: `${refText(ref)} is invalid: ${wrong.join(', ')}: may not be '.' or '..' and may not contain '/' or '%'`,
    fix: 'Kubernetes refuses such a name. Change the manifest that makes it.',
  });
}

/** Kubernetes: `path.IsValidPathSegmentName`. */
function isPathPart(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/%]/u.test(text);
}
