/** Any object of a cluster in memory, with resourceVersions as the API server keeps them. */
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { AppliedObject, ApplyOptions, Objects } from '../../src/ports/objects.ts';
import { mergePatch, sameFields } from './kubernetes-object.ts';

/** `forced-dry-run` takes fields from whoever set them. */
type Verb = 'apply' | 'dry-run' | 'forced-dry-run' | 'create' | 'replace' | 'patch' | 'delete';

export class InMemoryObjects implements Objects {
  readonly description = 'cluster in-memory';
  readonly namespace = undefined;
  /** Called before each write and dry run; may throw, or change something behind the program's back. */
  before: (ref: TypedRef, verb: Verb) => void = () => undefined;
  /** What the API server would say no with to an object that is only tried. */
  refusal: (object: KubernetesObject) => string | undefined = () => undefined;
  readonly #objects = new Map<string, KubernetesObject>();
  #version = 1;

  async read(ref: TypedRef): Promise<KubernetesObject | undefined> {
    return this.#objects.get(refText(ref));
  }

  async list(
    of: { readonly kind: string; readonly namespace?: string },
    labels: Readonly<Record<string, string>>,
  ): Promise<readonly KubernetesObject[]> {
    return [...this.#objects.values()].filter(
      ({ kind, metadata }) =>
        kind === of.kind &&
        (of.namespace === undefined || metadata.namespace === of.namespace) &&
        Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
    );
  }

  async apply(object: KubernetesObject): Promise<AppliedObject> {
    const live = this.#write(object, 'apply');
    if (live !== undefined && object.metadata.resourceVersion !== undefined) this.#insist(object, live);
    const next = { ...live, ...object, metadata: { ...live?.metadata, ...object.metadata } };
    if (
      live !== undefined &&
      sameFields(live, { ...next, metadata: { ...next.metadata, resourceVersion: live.metadata.resourceVersion } })
    ) {
      return { outcome: 'unchanged', object: live };
    }
    return { outcome: live === undefined ? 'created' : 'changed', object: this.#store(next) };
  }

  async serves(): Promise<boolean> {
    return true;
  }

  async tryApply(object: KubernetesObject, _manager?: string, how: ApplyOptions = {}): Promise<void> {
    this.before(typedRefOf(object), how.yielding === true ? 'dry-run' : 'forced-dry-run');
  }

  async refusalOf(object: KubernetesObject): Promise<string | undefined> {
    return this.refusal(object);
  }

  async create(object: KubernetesObject): Promise<KubernetesObject> {
    if (this.#write(object, 'create') !== undefined) throw conflict(object);
    return this.#store(object);
  }

  async replace(object: KubernetesObject): Promise<KubernetesObject> {
    const live = this.#write(object, 'replace');
    if (live === undefined) throw new PortError({ kind: 'NotFound', what: 'it does not exist', fix: 'Create it.' });
    this.#insist(object, live);
    return this.#store(object);
  }

  async patch(ref: TypedRef, patch: Readonly<Record<string, unknown>>): Promise<KubernetesObject> {
    this.before(ref, 'patch');
    const live = this.#objects.get(refText(ref));
    if (live === undefined) throw new PortError({ kind: 'NotFound', what: 'it does not exist', fix: 'Create it.' });
    return this.#store(mergePatch(live, patch) as KubernetesObject);
  }

  async delete(ref: TypedRef): Promise<readonly string[]> {
    this.before(ref, 'delete');
    const live = this.#objects.get(refText(ref));
    const finalizers = (live?.metadata['finalizers'] ?? []) as readonly string[];
    if (live === undefined || finalizers.length === 0) this.#objects.delete(refText(ref));
    else this.#store({ ...live, metadata: { ...live.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
    return finalizers;
  }

  /** `Kind name` of everything, sorted. */
  names(): readonly string[] {
    return [...this.#objects.values()].map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
  }

  /** Asked for by container; what a test gives stands for the kubelet. */
  log: Objects['log'] = () => Promise.resolve('');

  #write(object: KubernetesObject, verb: Verb): KubernetesObject | undefined {
    const ref = typedRefOf(object);
    this.before(ref, verb);
    return this.#objects.get(refText(ref));
  }

  #insist(object: KubernetesObject, live: KubernetesObject): void {
    if (object.metadata.resourceVersion !== live.metadata.resourceVersion) throw conflict(object);
  }

  #store(object: KubernetesObject): KubernetesObject {
    this.#version += 1;
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#objects.set(refText(typedRefOf(object)), stored);
    return stored;
  }
}

function conflict(object: KubernetesObject): PortError {
  const what = `${refText(typedRefOf(object))} has been modified since it was read`;
  return new PortError({ kind: 'Conflict', what, fix: 'Read it again.' });
}
