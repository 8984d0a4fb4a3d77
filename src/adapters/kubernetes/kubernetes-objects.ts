/** The Objects port over a real API server. */
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../core/model/kubernetes-object.ts';
import { refText } from '../../core/model/object-ref.ts';
import { PortError } from '../../ports/errors.ts';
import type { AppliedObject, ApplyOptions, Objects } from '../../ports/objects.ts';
import type { Connection } from './connection.ts';
import { missingRule } from './missing-rule.ts';
import { ApiRefusal, type Json } from './object-api.ts';
import { toPortError } from './to-port-error.ts';

export class KubernetesObjects implements Objects {
  readonly description: string;
  readonly namespace: string | undefined;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.description = connection.description;
    this.namespace = connection.namespace;
  }

  async read(ref: TypedRef): Promise<KubernetesObject | undefined> {
    try {
      return asObject(await this.#ask(ref, () => this.#connection.api.read(ref)), ref);
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return undefined;
      throw error;
    }
  }

  async serves(apiVersion: string, kind: string): Promise<boolean> {
    const asked = { apiVersion, kind, name: `of ${apiVersion}` };
    return await this.#ask(asked, () => this.#connection.api.serves(apiVersion, kind));
  }

  async list(
    of: { readonly apiVersion: string; readonly kind: string; readonly namespace?: string },
    labels: Readonly<Record<string, string>>,
  ): Promise<readonly KubernetesObject[]> {
    const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const found = await this.#ask({ ...of, name: '*' }, () => this.#connection.api.list(of, selector.join(',')));
    return found.map((object) => asObject(object, of));
  }

  async apply(object: KubernetesObject, manager: string, how: ApplyOptions = {}): Promise<AppliedObject> {
    const ref = typedRefOf(object);
    const before = await this.read(ref);
    const apply = how.yielding === true ? 'apply' : 'forceApply';
    const after = await this.#ask(ref, () => this.#connection.api[apply](ref, object, manager));
    const applied = asObject(after, ref);
    if (before === undefined) return { outcome: 'created', object: applied };
    const isSame = before.metadata.resourceVersion === applied.metadata.resourceVersion;
    return { outcome: isSame ? 'unchanged' : 'changed', object: applied };
  }

  async tryApply(object: KubernetesObject, manager: string, { yielding = false }: ApplyOptions = {}): Promise<void> {
    const ref = typedRefOf(object);
    await this.#ask(ref, () => this.#connection.api.tryApply(ref, object, manager, !yielding));
  }

  async create(object: KubernetesObject, manager: string): Promise<KubernetesObject> {
    const ref = typedRefOf(object);
    return asObject(await this.#ask(ref, () => this.#connection.api.create(ref, object, manager)), ref);
  }

  async replace(object: KubernetesObject, manager: string): Promise<KubernetesObject> {
    const ref = typedRefOf(object);
    return asObject(await this.#ask(ref, () => this.#connection.api.replace(ref, object, manager)), ref);
  }

  async patch(ref: TypedRef, patch: Json, manager: string): Promise<KubernetesObject> {
    return asObject(await this.#ask(ref, () => this.#connection.api.mergePatch(ref, patch, manager)), ref);
  }

  async delete(ref: TypedRef): Promise<readonly string[]> {
    try {
      return await this.#ask(ref, () => this.#connection.api.delete(ref));
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return [];
      throw error;
    }
  }

  async refusalOf(object: KubernetesObject, manager: string): Promise<string | undefined> {
    try {
      const ref = typedRefOf(object);
      await this.#connection.api.tryApply(ref, object, manager, true);
      return undefined;
    } catch (error) {
      const { status } = error instanceof ApiRefusal ? error : { status: undefined };
      const message = status?.['message'];
      return typeof message === 'string' && missingRule(message) === undefined ? message : undefined;
    }
  }

  /** Named, since API servers refuse to choose where a pod has several. */
  async log(namespace: string, pod: string, container: string): Promise<string> {
    const ref: TypedRef = { apiVersion: 'v1', kind: 'Pod', namespace, name: pod };
    return await this.#ask(ref, () => this.#connection.api.log(ref, container));
  }

  async #ask<Result>(ref: TypedRef, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      const { description: cluster, server } = this.#connection;
      const holdsValues = ref.kind === 'Secret';
      throw toPortError(error, { cluster, server, object: refText(ref), names: [ref.name], holdsValues });
    }
  }
}

function asObject(json: Json, { apiVersion, kind }: Pick<TypedRef, 'apiVersion' | 'kind'>): KubernetesObject {
  return { ...json, apiVersion, kind } as unknown as KubernetesObject;
}
