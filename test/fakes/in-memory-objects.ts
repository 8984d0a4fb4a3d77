/**
 * The second door of the cluster in memory: any object of it, as an installation applies and reads them.
 *
 * It has no store of its own: what a pass writes through the `Cluster` port is found here, and the other way round.
 */
import { typedRefOf, type KubernetesObject, type TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import { PortError } from '../../src/ports/errors.ts';
import type { AppliedObject, ApplyOptions, Objects } from '../../src/ports/objects.ts';
import { InMemoryCluster } from './in-memory-cluster.ts';
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
  readonly #cluster: InMemoryCluster;

  constructor(cluster = new InMemoryCluster({ revision: 1 })) {
    this.#cluster = cluster;
  }

  async read(ref: TypedRef): Promise<KubernetesObject | undefined> {
    return this.#find(ref);
  }

  async list(
    of: { readonly kind: string; readonly namespace?: string },
    labels: Readonly<Record<string, string>>,
  ): Promise<readonly KubernetesObject[]> {
    return (this.#cluster.list(of.kind) as readonly KubernetesObject[]).filter(
      ({ metadata }) =>
        (of.namespace === undefined || metadata.namespace === of.namespace) &&
        Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
    );
  }

  async apply(object: KubernetesObject): Promise<AppliedObject> {
    const live = this.#write(object, 'apply');
    if (live !== undefined && object.metadata.resourceVersion !== undefined) insist(object, live);
    const stored = this.#store({ ...live, ...object, metadata: { ...live?.metadata, ...object.metadata } });
    if (live === undefined) return { outcome: 'created', object: stored };
    return { outcome: sameFields(live, stored) ? 'unchanged' : 'changed', object: stored };
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
    insist(object, live);
    return this.#store(object);
  }

  async patch(ref: TypedRef, patch: Readonly<Record<string, unknown>>): Promise<KubernetesObject> {
    this.before(ref, 'patch');
    const live = this.#find(ref);
    if (live === undefined) throw new PortError({ kind: 'NotFound', what: 'it does not exist', fix: 'Create it.' });
    return this.#store(mergePatch(live, patch) as KubernetesObject);
  }

  async delete(ref: TypedRef): Promise<readonly string[]> {
    this.before(ref, 'delete');
    this.#cluster.deleteInBackground(ref.kind, ref.namespace, ref.name);
    return (this.#find(ref)?.metadata['finalizers'] ?? []) as readonly string[];
  }

  /** `Kind name` of everything, sorted. */
  names(): readonly string[] {
    return this.#cluster
      .objects()
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .sort();
  }

  /** Asked for by container; what a test gives stands for the kubelet. */
  log: Objects['log'] = () => Promise.resolve('');

  #write(object: KubernetesObject, verb: Verb): KubernetesObject | undefined {
    const ref = typedRefOf(object);
    this.before(ref, verb);
    return this.#find(ref);
  }

  #find({ kind, namespace, name }: TypedRef): KubernetesObject | undefined {
    return this.#cluster.get(kind, namespace, name) as KubernetesObject | undefined;
  }

  /** With its status, which stands for what controllers and the kubelet have said of it meanwhile. */
  #store(object: KubernetesObject): KubernetesObject {
    const stored = this.#cluster.apply(object) as KubernetesObject;
    if (object['status'] === undefined) return stored;
    return this.#cluster.setStatus(typedRefOf(object), object['status']) as KubernetesObject;
  }
}

function insist(object: KubernetesObject, live: KubernetesObject): void {
  if (object.metadata.resourceVersion !== live.metadata.resourceVersion) throw conflict(object);
}

function conflict(object: KubernetesObject): PortError {
  const what = `${refText(typedRefOf(object))} has been modified since it was read`;
  return new PortError({ kind: 'Conflict', what, fix: 'Read it again.' });
}
