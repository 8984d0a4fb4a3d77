/**
 * Intents that are custom resources: read once per run; what was read also answers for their status.
 *
 * A kind that the API server does not serve holds no intents. ExternalSecret must be served: without it there is
 * nothing to do, and an empty answer could pass for a wish to delete. With a namespace, kinds of the whole cluster may
 * be beyond the rights of whoever asks: that is told, and the rest goes on.
 */
import { say } from '../../core/model/message.ts';
import { fieldsOf } from '../../core/model/fields.ts';
import { documentOf, readHead } from '../../core/model/document.ts';
import {
  apiVersionsOf,
  byUse,
  EXTERNAL_SECRETS,
  kindNamed,
  KINDS,
  roleOf,
  SERVED_KINDS,
  type IntentRole,
  type Kind,
} from '../../core/model/kinds.ts';
import { refText, type ObjectRef } from '../../core/model/object-ref.ts';
import type { Problem } from '../../core/model/problem.ts';
import { PortError } from '../../ports/errors.ts';
import type { ManifestSource } from '../../ports/manifest-source.ts';
import type { Connection } from './connection.ts';
import type { Json, Target } from './object-api.ts';
import { isSameRef, metadataOf } from './secret-object.ts';
import { toPortError } from './to-port-error.ts';

const LISTED = KINDS.filter(({ group }) => group === EXTERNAL_SECRETS).toSorted(byUse);
/** Of these only the ones that an intent names: nobody needs rights on kinds that are not used. */
const GENERATORS = SERVED_KINDS.filter(({ role }) => role === 'generator');

/** Which of them: all of the cluster, all of a namespace, or those that somebody asks for by name. */
export type Reach = 'cluster' | 'by-name' | { readonly namespace: string };

export class CustomResources implements ManifestSource {
  readonly #connection: Connection;
  readonly #reach: Reach;
  /** Kind → the apiVersion that is served; `undefined` = none. */
  readonly #served = new Map<string, Promise<string | undefined>>();
  readonly #objects = new Map<string, Json>();

  constructor(connection: Connection, reach: Reach = 'cluster') {
    this.#connection = connection;
    this.#reach = reach;
  }

  async load(): Promise<Awaited<ReturnType<ManifestSource['load']>>> {
    this.#objects.clear();
    const lists = await Promise.all(LISTED.map((kind) => this.#list(kind)));
    if ((await this.#served.get('ExternalSecret')) === undefined) throw this.#notServed();
    const intents = lists.flatMap((list) => ('unlisted' in list ? [] : list));
    const named = new Set(intents.flatMap(generatorKindsIn));
    lists.push(
      ...(await Promise.all(GENERATORS.filter(({ kind }) => named.has(kind)).map((kind) => this.#list(kind)))),
    );
    const objects = lists.flatMap((list) => ('unlisted' in list ? [] : list));
    for (const object of objects) this.remember(object);
    const documents = objects.map((value) => documentOf({ value, locate: () => undefined, home: 'cluster' }));
    return { documents, problems: lists.flatMap((list) => ('unlisted' in list ? [list.unlisted] : [])) };
  }

  /** The object as it was listed or written last; asked for where it was not yet. */
  async find(ref: ObjectRef): Promise<Json | undefined> {
    const known = this.#objects.get(refText(ref));
    if (known !== undefined) return known;
    const target = await this.target(ref);
    if (target === undefined) return undefined;
    try {
      const read = await this.#ask(refText(ref), () => this.#connection.api.read(target));
      const object = { ...read, apiVersion: target.apiVersion, kind: target.kind };
      this.remember(object);
      return object;
    } catch (error) {
      if (error instanceof PortError && error.kind === 'NotFound') return undefined;
      throw error;
    }
  }

  /** Every object of a role; of those that are asked for by name, the ones that were. */
  async ofRole(role: IntentRole): Promise<readonly Json[]> {
    if (this.#objects.size === 0 && this.#reach !== 'by-name') await this.load();
    return [...this.#objects.values()].filter((object) => roleOf(readHead(object).kind) === role);
  }

  remember(object: Json): void {
    const { name = '', namespace } = metadataOf(object);
    const ref = { kind: String(object['kind']), name, ...(namespace === undefined ? {} : { namespace }) };
    if (isSameRef(object, ref)) this.#objects.set(refText(ref), object);
  }

  /** It was deleted. */
  drop(ref: ObjectRef): void {
    this.#objects.delete(refText(ref));
  }

  /** Where to send requests about an object; `undefined` = its kind is not served. */
  async target(ref: ObjectRef): Promise<Target | undefined> {
    const kind = kindNamed(ref.kind);
    const apiVersion = kind === undefined ? undefined : await this.#version(kind);
    return apiVersion === undefined ? undefined : { apiVersion, ...ref };
  }

  async #list(kind: Kind): Promise<readonly Json[] | { readonly unlisted: Problem }> {
    const apiVersion = await this.#version(kind);
    if (apiVersion === undefined) return [];
    const namespace = typeof this.#reach === 'object' ? this.#reach.namespace : undefined;
    const scope = kind.scope === 'namespace' && namespace !== undefined ? { namespace } : {};
    try {
      const found = await this.#ask(`${kind.kind}s`, () =>
        this.#connection.api.list({ apiVersion, kind: kind.kind, ...scope }),
      );
      return found.map((object) => ({ ...object, apiVersion, kind: kind.kind }));
    } catch (error) {
      const isBeyond = error instanceof PortError && error.kind === 'Forbidden';
      if (!isBeyond || kind.scope === 'namespace' || namespace === undefined) throw error;
      return { unlisted: notListed(kind, error) };
    }
  }

  /** The newest version that is served. */
  #version(kind: Kind): Promise<string | undefined> {
    const known = this.#served.get(kind.kind);
    if (known !== undefined) return known;
    const asked = this.#ask(`${kind.kind}s`, () => this.#findVersion(kind));
    this.#served.set(kind.kind, asked);
    return asked;
  }

  async #findVersion(kind: Kind): Promise<string | undefined> {
    for (const apiVersion of apiVersionsOf(kind)) {
      if (await this.#connection.api.serves(apiVersion, kind.kind)) return apiVersion;
    }
    return undefined;
  }

  #notServed(): PortError {
    return new PortError({
      kind: 'NotFound',
      code: 'NotServed',
      whole: true,
      what: `${this.#connection.description} has no ExternalSecrets: ${EXTERNAL_SECRETS} v1 and v1beta1 are not served`,
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

/** Every `generatorRef`, wherever it stands, read as loosely as can be: what is wrong with it its check says. */
function generatorKindsIn(object: unknown): readonly string[] {
  if (Array.isArray(object)) return object.flatMap(generatorKindsIn);
  return Object.entries(fieldsOf(object)).flatMap(([name, value]) => {
    const { kind } = fieldsOf(value);
    return name === 'generatorRef' && typeof kind === 'string' ? [kind] : generatorKindsIn(value);
  });
}

/** An ExternalSecret cannot hide in such a kind, so that nothing counts as incomplete for it. */
function notListed({ kind }: Kind, { what }: PortError): Problem {
  return {
    severity: 'warning',
    code: 'kind-not-listed',
    what: say`${what}, so that every ${kind} counts as absent`,
    fix: 'Where an ExternalSecret needs one, give the right to list them.',
  };
}
