/**
 * Intents that are custom resources: read once per run, by listing; what was listed also answers for their status.
 *
 * A kind that the API server does not serve holds no intents. ExternalSecret must be served: without it there is
 * nothing to do, and an empty answer could pass for a wish to delete.
 */
import type { ManifestDocument } from '../../core/model/document.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import { PortError } from '../../ports/errors.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import type { Connection } from './connection.ts';
import { ApiRefusal, type Json, type Target } from './object-api.ts';
import { isSameRef, metadataOf } from './secret-object.ts';
import { toPortError } from './to-port-error.ts';

interface Kind {
  readonly kind: string;
  /** Newest first; the first that is served is used. */
  readonly versions: readonly string[];
  readonly namespaced: boolean;
}

const KINDS: readonly Kind[] = [
  { kind: 'ClusterSecretStore', versions: ['v1', 'v1beta1'], namespaced: false },
  { kind: 'SecretStore', versions: ['v1', 'v1beta1'], namespaced: true },
  { kind: 'ClusterExternalSecret', versions: ['v1', 'v1beta1'], namespaced: false },
  { kind: 'ExternalSecret', versions: ['v1', 'v1beta1'], namespaced: true },
  { kind: 'ClusterPushSecret', versions: ['v1alpha1'], namespaced: false },
  { kind: 'PushSecret', versions: ['v1alpha1'], namespaced: true },
];

const GROUP = 'external-secrets.io';

export class CustomResources implements ManifestSource {
  readonly #connection: Connection;
  readonly #namespace: string | undefined;
  /** Kind → the apiVersion that is served; `undefined` = none. */
  readonly #served = new Map<string, string | undefined>();
  readonly #objects = new Map<string, Json>();

  /** With a namespace, only that one is looked at. */
  constructor(connection: Connection, namespace?: string) {
    this.#connection = connection;
    this.#namespace = namespace;
  }

  async load(): Promise<Awaited<ReturnType<ManifestSource['load']>>> {
    this.#objects.clear();
    const lists = await Promise.all(KINDS.map((kind) => this.#list(kind)));
    if (this.#served.get('ExternalSecret') === undefined) throw this.#notServed();
    for (const object of lists.flat()) this.remember(object);
    const documents = lists
      .flat()
      .map((value): ManifestDocument => ({ value, locate: () => undefined, home: 'cluster' }));
    return { documents, problems: [] };
  }

  /** The object as it was listed or written last; asked for where it was not yet. */
  async find(ref: ObjectRef): Promise<Json | undefined> {
    const known = this.#objects.get(refText(ref));
    if (known !== undefined) return known;
    const target = await this.target(ref);
    if (target === undefined) return undefined;
    try {
      const object = await this.#ask(refText(ref), () => this.#connection.api.read(target));
      this.remember(object);
      return object;
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return undefined;
      throw error;
    }
  }

  /** Every ExternalSecret, as listed. */
  async externalSecrets(): Promise<readonly Json[]> {
    if (this.#objects.size === 0) await this.load();
    return [...this.#objects.values()].filter(({ kind }) => kind === 'ExternalSecret');
  }

  remember(object: Json): void {
    const { name = '', namespace } = metadataOf(object);
    const ref = { kind: String(object['kind']), name, ...(namespace === undefined ? {} : { namespace }) };
    if (isSameRef(object, ref)) this.#objects.set(refText(ref), object);
  }

  /** Where to send requests about an object; `undefined` = its kind is not served. */
  async target(ref: ObjectRef): Promise<Target | undefined> {
    const kind = KINDS.find((one) => one.kind === ref.kind);
    if (kind === undefined) return undefined;
    if (!this.#served.has(kind.kind)) await this.#list(kind);
    const apiVersion = this.#served.get(kind.kind);
    return apiVersion === undefined ? undefined : { apiVersion, ...ref };
  }

  async #list(kind: Kind): Promise<readonly Json[]> {
    for (const version of kind.versions) {
      const apiVersion = `${GROUP}/${version}`;
      const found = await this.#listVersion(kind, apiVersion);
      if (found === undefined) continue;
      this.#served.set(kind.kind, apiVersion);
      return found.map((object) => ({ ...object, apiVersion, kind: kind.kind }));
    }
    this.#served.set(kind.kind, undefined);
    return [];
  }

  /** `undefined` = not served in this version. */
  async #listVersion({ kind, namespaced }: Kind, apiVersion: string): Promise<readonly Json[] | undefined> {
    const scope = namespaced && this.#namespace !== undefined ? { namespace: this.#namespace } : {};
    return await this.#ask(`${kind}s`, async () => {
      try {
        return await this.#connection.api.list({ apiVersion, kind, ...scope });
      } catch (error) {
        if (error instanceof ApiRefusal && error.status?.['reason'] === 'NotServed') return undefined;
        throw error;
      }
    });
  }

  #notServed(): PortError {
    return new PortError({
      kind: 'NotFound',
      code: 'NotServed',
      whole: true,
      what: `${this.#connection.description} has no ExternalSecrets: ${GROUP} v1 and v1beta1 are not served`,
      fix: 'Install the CustomResourceDefinitions, or give the manifests as files.',
    });
  }

  async #ask<Result>(object: string, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      const { description: cluster, server } = this.#connection;
      throw toPortError(error, { cluster, server, object });
    }
  }
}
