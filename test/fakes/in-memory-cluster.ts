/**
 * A Kubernetes API server in memory: its rules for Secrets and ConfigMaps, any other object as a custom resource.
 *
 * Two doors. The `Cluster` port is what the program under test uses; every call of it is logged and passes the
 * hooks of `onBefore`. `apply`, `patch`, `delete`, `get` and `list` are the user of a test and pass no hook.
 */
import { assertCreatable, assertReplaceable } from '../../src/adapters/directory/refused-secret.ts';
import {
  mergeOwners,
  ownersAfterCreate,
  ownersAfterUpdate,
  type FieldOwner,
} from '../../src/adapters/directory/field-ownership.ts';
import { configMapContent, configMapData } from '../../src/adapters/kubernetes/config-map-object.ts';
import { selects } from '../../src/core/model/label-selector.ts';
import { compareRefs, refText, type ObjectRef } from '../../src/core/model/object-ref.ts';
import { DEFAULT_SECRET_TYPE } from '../../src/core/plan/pull/kubernetes-rules.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import {
  secretRef,
  type DesiredSecret,
  type LiveSecret,
  type OwnerReference,
  type SecretContent,
} from '../../src/core/model/secret.ts';
import type { LabelSelector } from '../../src/core/model/store.ts';
import { isSecret } from '../../src/core/model/target.ts';
import type { Clock } from '../../src/ports/clock.ts';
import {
  assertSelector,
  type Cluster,
  type ConfigMap,
  type Namespace,
  type ServiceAccount,
} from '../../src/ports/cluster.ts';
import { PortError } from '../../src/ports/errors.ts';
import {
  copyOf,
  isClusterScoped,
  isCustomResource,
  isFields,
  mergePatch,
  sameFields,
  specOf,
  without,
  type Fields,
  type KubernetesObject,
  type ObjectMetadata,
  type ObjectOwner,
} from './kubernetes-object.ts';

export type { KubernetesObject, ObjectMetadata } from './kubernetes-object.ts';

export interface ClusterOperation {
  readonly verb:
    | 'getSecret'
    | 'listSecrets'
    | 'selectSecrets'
    | 'createSecret'
    | 'updateSecret'
    | 'deleteSecret'
    | 'getConfigMap'
    | 'getServiceAccount'
    | 'requestToken'
    | 'getNamespace'
    | 'listNamespaces'
    | 'createChild'
    | 'replaceChild'
    | 'deleteChild'
    | 'writeStatus'
    | 'writeFinalizers';
  readonly ref: ObjectRef;
  readonly manager?: string;
}

/** May throw a PortError to refuse the operation, or change the cluster behind the program's back. */
export type BeforeOperation = (operation: ClusterOperation) => void | Promise<void>;

export interface TokenRequest {
  readonly namespace: string;
  readonly name: string;
  readonly audiences: readonly string[];
}

export interface InMemoryClusterOptions {
  readonly description?: string;
  /** Gives creation and deletion times; without it they are all 2026-01-01. */
  readonly clock?: Clock;
  /** The last one that was given out. etcd: no object ever has the first. */
  readonly revision?: number;
  /** Makes the token of a ServiceAccount. */
  readonly sign?: (request: TokenRequest) => string | Promise<string>;
}

interface StoredSecret extends SecretContent {
  readonly ref: ObjectRef & { readonly namespace: string };
  readonly type: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly created: string;
  readonly deleted?: string;
  readonly owners: readonly FieldOwner[];
}

const USER = 'kubectl';

export class InMemoryCluster implements Cluster {
  readonly description: string;
  /** What the program asked for, in order, including what a hook then refused. */
  readonly operations: ClusterOperation[] = [];
  readonly #options: InMemoryClusterOptions;
  readonly #hooks = new Set<BeforeOperation>();
  readonly #secrets = new Map<string, StoredSecret>();
  readonly #objects = new Map<string, KubernetesObject>();
  #lastResourceVersion: number;
  #lastUid = 0;

  constructor(options: InMemoryClusterOptions = {}) {
    this.#options = options;
    this.#lastResourceVersion = options.revision ?? 0;
    this.description = options.description ?? 'cluster in-memory';
  }

  /** Calls the hook before every operation of the ports; returns what takes it away again. */
  onBefore(hook: BeforeOperation): () => void {
    this.#hooks.add(hook);
    return () => void this.#hooks.delete(hook);
  }

  /** Logs the operation and lets the hooks refuse it; also for fakes that share this cluster. */
  async before(operation: ClusterOperation): Promise<void> {
    this.operations.push(operation);
    for (const hook of this.#hooks) await hook(operation);
  }

  async getSecret(ref: ObjectRef): Promise<LiveSecret | undefined> {
    await this.before({ verb: 'getSecret', ref });
    const stored = this.#secrets.get(refText(ref));
    return stored === undefined ? undefined : toLive(stored);
  }

  async listSecrets(
    namespace: string,
    label: { readonly key: string; readonly value: string },
  ): Promise<readonly LiveSecret[]> {
    await this.before({ verb: 'listSecrets', ref: { kind: 'Secret', namespace, name: '' } });
    return [...this.#secrets.values()]
      .filter((secret) => isSecret(secret.ref) && secret.ref.namespace === namespace)
      .filter((secret) => secret.labels.get(label.key) === label.value)
      .sort((a, b) => compareRefs(a.ref, b.ref))
      .map(toLive);
  }

  async selectSecrets(namespace: string, selector: LabelSelector): Promise<readonly LiveSecret[]> {
    await this.before({ verb: 'selectSecrets', ref: { kind: 'Secret', namespace, name: '' } });
    assertSelector(namespace, selector);
    return [...this.#secrets.values()]
      .filter(({ ref }) => isSecret(ref) && ref.namespace === namespace)
      .filter(({ labels }) => selects(selector, Object.fromEntries(labels)))
      .sort((a, b) => compareRefs(a.ref, b.ref))
      .map(toLive);
  }

  async createSecret(secret: DesiredSecret, manager: string): Promise<LiveSecret> {
    await this.before({ verb: 'createSecret', ref: secret.ref, manager });
    return toLive(this.#create(secret, manager, 'Apply'));
  }

  async updateSecret(secret: DesiredSecret, resourceVersion: string, manager: string): Promise<LiveSecret> {
    await this.before({ verb: 'updateSecret', ref: secret.ref, manager });
    return toLive(this.#replace(secret, manager, resourceVersion));
  }

  async deleteSecret(secret: LiveSecret): Promise<readonly string[]> {
    await this.before({ verb: 'deleteSecret', ref: secret.ref });
    const stored = this.#secrets.get(refText(secret.ref));
    if (stored === undefined) return [];
    if (stored.uid !== secret.uid || stored.resourceVersion !== secret.resourceVersion) throw changed(secret.ref);
    this.delete(secret.ref.kind, secret.ref.namespace, secret.ref.name);
    return this.#secrets.get(refText(secret.ref))?.finalizers ?? [];
  }

  async getConfigMap(namespace: string, name: string): Promise<ConfigMap | undefined> {
    const ref: ObjectRef = { kind: 'ConfigMap', namespace, name };
    await this.before({ verb: 'getConfigMap', ref });
    const object = this.get('ConfigMap', namespace, name);
    return object === undefined ? undefined : { ref, data: new Map(Object.entries(texts(object['data']))) };
  }

  async getServiceAccount(namespace: string, name: string): Promise<ServiceAccount | undefined> {
    const ref: ObjectRef = { kind: 'ServiceAccount', namespace, name };
    await this.before({ verb: 'getServiceAccount', ref });
    const object = this.#objects.get(refText(ref));
    return object === undefined ? undefined : { ref, annotations: object.metadata.annotations ?? {} };
  }

  async requestToken(namespace: string, name: string, audiences: readonly string[]): Promise<string> {
    const ref: ObjectRef = { kind: 'ServiceAccount', namespace, name };
    await this.before({ verb: 'requestToken', ref });
    if (!this.#objects.has(refText(ref))) throw notFound(ref);
    const sign = this.#options.sign ?? (() => `token of ${namespace}/${name} for ${audiences.join(',')}`);
    return await sign({ namespace, name, audiences });
  }

  async getNamespace(name: string): Promise<Namespace | undefined> {
    const ref: ObjectRef = { kind: 'Namespace', name };
    await this.before({ verb: 'getNamespace', ref });
    return this.#namespace(name);
  }

  /** Those that were applied, and those that something was applied to. */
  async listNamespaces(): Promise<readonly Namespace[]> {
    await this.before({ verb: 'listNamespaces', ref: { kind: 'Namespace', name: '' } });
    const names = this.objects().flatMap(({ kind, metadata }) =>
      kind === 'Namespace' ? metadata.name : (metadata.namespace ?? []),
    );
    return [...new Set(names)].sort().map((name) => this.#namespace(name));
  }

  /** The user creates or replaces an object; the status of a custom resource stays. Returns what is stored then. */
  apply(object: KubernetesObject, manager = USER): KubernetesObject {
    const ref = refOf(object);
    const owned = this.#withOwnerUids(object, ref);
    if (!isWritten(ref)) return this.#storeObject(ref, owned);
    const desired = toDesired(owned, ref);
    const stored = this.#secrets.get(refText(ref));
    return toObject(
      stored === undefined ? this.#create(desired, manager, 'Update') : this.#replace(desired, manager, undefined),
    );
  }

  /** Applies all, owners before what they own. */
  applyAll(objects: readonly KubernetesObject[]): void {
    const owned = (object: KubernetesObject): boolean => (object.metadata.ownerReferences ?? []).length > 0;
    for (const object of objects.filter((candidate) => !owned(candidate))) this.apply(object);
    for (const object of objects.filter(owned)) this.apply(object);
  }

  /** The user's merge patch; it names its object by kind and metadata. `status` goes to the status. */
  patch(patch: KubernetesObject, manager = USER): KubernetesObject {
    const ref = refOf(patch);
    const current = this.get(ref.kind, ref.namespace, ref.name);
    if (current === undefined) throw notFound(ref);
    const { status, ...rest } = patch;
    const patched = this.apply(mergePatch(current, rest) as KubernetesObject, manager);
    if (!('status' in patch)) return patched;
    return this.setStatus(ref, mergePatch(patched.status, status));
  }

  /** Deletes as `kubectl delete` does, garbage collection included. False when there is no such object. */
  delete(kind: string, namespace: string | undefined, name: string): boolean {
    const deleted = this.deleteInBackground(kind, namespace, name);
    if (deleted !== undefined) this.#collectDependentsOf(deleted.metadata.uid);
    return deleted !== undefined;
  }

  /** Deletes an object; what it owns is there until `collectGarbage`. Returns what was there. */
  deleteInBackground(kind: string, namespace: string | undefined, name: string): KubernetesObject | undefined {
    const ref = scopedRef(kind, namespace, name);
    const found = this.get(kind, namespace, name);
    const secret = this.#secrets.get(refText(ref));
    if (secret !== undefined) this.#removeSecret(secret);
    const object = this.#objects.get(refText(ref));
    if (object !== undefined) this.#removeObject(ref, object);
    return found;
  }

  /** The stored object; a Secret as the API server shows it, its values in base64. */
  get(kind: string, namespace: string | undefined, name: string): KubernetesObject | undefined {
    const text = refText(scopedRef(kind, namespace, name));
    const secret = this.#secrets.get(text);
    return secret === undefined ? this.#objects.get(text) : toObject(secret);
  }

  /** All objects of a kind, by namespace and name. */
  list(kind: string): readonly KubernetesObject[] {
    return this.objects().filter((object) => object.kind === kind);
  }

  /** Everything, by kind, namespace and name. */
  objects(): readonly KubernetesObject[] {
    const all = [...this.#objects.values(), ...[...this.#secrets.values()].map(toObject)];
    return all.sort((a, b) => compareRefs(refOf(a), refOf(b)));
  }

  /** `metadata.managedFields` of a Secret, operation by operation. */
  fieldOwners(namespace: string, name: string): readonly FieldOwner[] {
    return this.#secrets.get(refText(secretRef(namespace, name)))?.owners ?? [];
  }

  /** From now on nothing can be created in this namespace. */
  terminate(namespace: string): void {
    this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    this.setStatus({ kind: 'Namespace', name: namespace }, { phase: 'Terminating' });
  }

  /** Replaces the status as a whole: no generation is raised. NotFound when the object is gone. */
  setStatus(ref: ObjectRef, status: unknown): KubernetesObject {
    const object = this.#objects.get(refText(ref));
    if (object === undefined) throw notFound(ref);
    if (sameFields(object.status, status)) return object;
    const metadata = { ...object.metadata, resourceVersion: this.#nextResourceVersion() };
    const stored = copyOf({ ...object, metadata, status });
    this.#objects.set(refText(ref), stored);
    return stored;
  }

  /** What the garbage collector does to objects all of whose owners are gone, also owners that never existed. */
  collectGarbage(): void {
    const orphan = this.objects().find((object) => {
      const owners = object.metadata.ownerReferences ?? [];
      return owners.length > 0 && !owners.some((owner) => this.#exists(owner.uid));
    });
    if (orphan === undefined) return;
    this.#remove(orphan);
    this.collectGarbage();
  }

  #namespace(name: string): Namespace {
    const labels = this.#objects.get(refText({ kind: 'Namespace', name }))?.metadata.labels ?? {};
    const deleting = this.#isTerminating(name) ? ({ deleting: true } as const) : {};
    return { name, labels: { ...labels, 'kubernetes.io/metadata.name': name }, ...deleting };
  }

  #create(desired: DesiredSecret, manager: string, operation: FieldOwner['operation']): StoredSecret {
    const ref = { ...desired.ref, namespace: desired.ref.namespace ?? 'default' };
    assertCreatable({ ...desired, ref });
    if (this.#secrets.has(refText(ref))) throw alreadyExists(ref);
    if (this.#isTerminating(ref.namespace)) throw terminating(ref);
    const stored: StoredSecret = {
      ...contentOf(desired, desired.type ?? DEFAULT_SECRET_TYPE),
      ref,
      uid: this.#nextUid(),
      resourceVersion: this.#nextResourceVersion(),
      created: this.#time(),
      owners: ownersAfterCreate(desired, manager, operation),
    };
    this.#secrets.set(refText(ref), stored);
    return stored;
  }

  /** PUT. Without a resourceVersion whatever is there is replaced. */
  #replace(desired: DesiredSecret, manager: string, resourceVersion: string | undefined): StoredSecret {
    const live = this.#secrets.get(refText(desired.ref));
    if (live === undefined) throw notFound(desired.ref);
    if (resourceVersion !== undefined && resourceVersion !== live.resourceVersion) throw changed(desired.ref);
    assertReplaceable(toLive(live), desired);
    const content = contentOf(desired, live.type);
    if (sameContent(live, content)) return live;
    const stored: StoredSecret = {
      ...content,
      ...pickIdentity(live),
      resourceVersion: this.#nextResourceVersion(),
      owners: ownersAfterUpdate(live.owners, live, content, manager),
    };
    this.#secrets.set(refText(live.ref), stored);
    if (stored.deleted !== undefined && stored.finalizers.length === 0) this.#remove(toObject(stored));
    return stored;
  }

  #storeObject(ref: ObjectRef, object: KubernetesObject): KubernetesObject {
    const live = this.#objects.get(refText(ref));
    const metadata = this.#metadata(ref, object, live);
    const status = live?.status === undefined ? {} : { status: live.status };
    const next: KubernetesObject = {
      ...without<Fields, string>(object, 'status'),
      kind: object.kind,
      metadata,
      ...status,
    };
    if (live !== undefined && sameFields(live, next)) return live;
    const stored = copyOf({
      ...next,
      metadata: { ...metadata, resourceVersion: this.#nextResourceVersion() },
    });
    this.#objects.set(refText(ref), stored);
    const released = metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0;
    if (released) this.#remove(stored);
    return stored;
  }

  /** The user's metadata with the fields that only the server sets. */
  #metadata(ref: ObjectRef, object: KubernetesObject, live: KubernetesObject | undefined): ObjectMetadata {
    const deletionTimestamp = live?.metadata.deletionTimestamp;
    return {
      ...without<Fields, string>(object.metadata, 'uid', 'resourceVersion', 'generation', 'deletionTimestamp'),
      name: ref.name,
      ...(ref.namespace === undefined ? {} : { namespace: ref.namespace }),
      uid: live?.metadata.uid ?? this.#nextUid(),
      creationTimestamp: live?.metadata.creationTimestamp ?? this.#time(),
      ...(live?.metadata.resourceVersion === undefined ? {} : { resourceVersion: live.metadata.resourceVersion }),
      ...(isCustomResource(object) ? { generation: nextGeneration(object, live) } : {}),
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    };
  }

  #withOwnerUids(object: KubernetesObject, ref: ObjectRef): KubernetesObject {
    const owners = object.metadata.ownerReferences;
    if (owners === undefined) return object;
    const ownerReferences = owners.map((owner) => ({ ...owner, uid: owner.uid ?? this.#uidOf(owner, ref) }));
    return { ...object, metadata: { ...object.metadata, ownerReferences } };
  }

  #uidOf(owner: ObjectOwner, dependent: ObjectRef): string {
    const namespaced = this.get(owner.kind, dependent.namespace, owner.name);
    return namespaced?.metadata.uid ?? '';
  }

  #removeSecret(secret: StoredSecret): void {
    if (secret.finalizers.length === 0) {
      this.#secrets.delete(refText(secret.ref));
    } else if (secret.deleted === undefined) {
      const resourceVersion = this.#nextResourceVersion();
      this.#secrets.set(refText(secret.ref), { ...secret, resourceVersion, deleted: this.#time() });
    }
  }

  #removeObject(ref: ObjectRef, object: KubernetesObject): void {
    const metadata = object.metadata;
    if ((metadata.finalizers ?? []).length === 0) {
      this.#objects.delete(refText(ref));
      if (ref.kind === 'Namespace') this.#emptyNamespace(ref.name);
    } else if (metadata.deletionTimestamp === undefined) {
      const deleting = { resourceVersion: this.#nextResourceVersion(), deletionTimestamp: this.#time() };
      const generation = metadata.generation === undefined ? {} : { generation: metadata.generation + 1 };
      this.#objects.set(refText(ref), { ...object, metadata: { ...metadata, ...deleting, ...generation } });
    }
  }

  #remove(object: KubernetesObject): void {
    this.delete(object.kind, object.metadata.namespace, object.metadata.name);
  }

  #emptyNamespace(name: string): void {
    for (const object of this.objects()) if (object.metadata.namespace === name) this.#remove(object);
  }

  /** Deletes what only this owner held; where another owner is left, the reference alone goes. */
  #collectDependentsOf(uid: string | undefined): void {
    if (this.#exists(uid)) return;
    for (const object of this.objects()) {
      const owners = object.metadata.ownerReferences ?? [];
      if (!owners.some((owner) => owner.uid === uid)) continue;
      const left = owners.filter((owner) => owner.uid !== uid && this.#exists(owner.uid));
      if (left.length === 0) this.#remove(object);
      else this.apply({ ...object, metadata: { ...object.metadata, ownerReferences: left } });
    }
  }

  #exists(uid: string | undefined): boolean {
    return this.objects().some((object) => object.metadata.uid === uid);
  }

  #isTerminating(namespace: string): boolean {
    const status = this.#objects.get(refText({ kind: 'Namespace', name: namespace }))?.status;
    return isFields(status) && status['phase'] === 'Terminating';
  }

  #nextResourceVersion(): string {
    this.#lastResourceVersion += 1;
    return String(this.#lastResourceVersion);
  }

  #nextUid(): string {
    this.#lastUid += 1;
    return `00000000-0000-4000-8000-${String(this.#lastUid).padStart(12, '0')}`;
  }

  #time(): string {
    return (this.#options.clock?.now() ?? new Date('2026-01-01T00:00:00Z')).toISOString().replace(/\.\d+Z$/u, 'Z');
  }
}

function nextGeneration(object: KubernetesObject, live: KubernetesObject | undefined): number {
  const current = live?.metadata.generation;
  if (live === undefined || current === undefined) return 1;
  return sameFields(specOf(live), specOf(object)) ? current : current + 1;
}

function refOf(object: KubernetesObject): ObjectRef {
  return scopedRef(object.kind, object.metadata.namespace, object.metadata.name);
}

function scopedRef(kind: string, namespace: string | undefined, name: string): ObjectRef {
  return isClusterScoped(kind) ? { kind, name } : { kind, namespace: namespace ?? 'default', name };
}

/** The fields of a desired Secret that are stored, copied. */
function contentOf(content: SecretContent, type: string): SecretContent & { readonly type: string } {
  return {
    type,
    ...(content.immutable === undefined ? {} : { immutable: content.immutable }),
    data: new Map(content.data),
    labels: new Map(content.labels),
    annotations: new Map(content.annotations),
    ownerReferences: content.ownerReferences.map((owner) => ({ ...owner })),
    finalizers: [...content.finalizers],
    ...(content.binaryKeys === undefined ? {} : { binaryKeys: [...content.binaryKeys] }),
  };
}

/** Kinds that the port writes. */
function isWritten({ kind }: ObjectRef): boolean {
  return kind === 'Secret' || kind === 'ConfigMap';
}

function pickIdentity(live: StoredSecret): Pick<StoredSecret, 'ref' | 'uid' | 'created' | 'deleted'> {
  const { ref, uid, created, deleted } = live;
  return { ref, uid, created, ...(deleted === undefined ? {} : { deleted }) };
}

/** The API server does not count a replacement by the same as a change. */
function sameContent(a: SecretContent, b: SecretContent): boolean {
  const plain = (content: SecretContent): unknown => [
    content.type,
    content.immutable,
    Object.fromEntries(content.labels),
    Object.fromEntries(content.annotations),
    Object.fromEntries([...content.data].map(([key, value]) => [key, base64(value)])),
    content.ownerReferences,
    content.finalizers,
  ];
  return sameFields(plain(a), plain(b));
}

function toLive(stored: StoredSecret): LiveSecret {
  const { type, ...content } = contentOf(stored, stored.type);
  return {
    ...content,
    ...(isSecret(stored.ref) ? { type } : {}),
    ref: stored.ref,
    uid: stored.uid,
    resourceVersion: stored.resourceVersion,
    deleting: stored.deleted !== undefined,
    ownedFields: mergeOwners(stored.owners),
  };
}

function toObject(stored: StoredSecret): KubernetesObject {
  const metadata: ObjectMetadata = {
    name: stored.ref.name,
    namespace: stored.ref.namespace,
    uid: stored.uid,
    resourceVersion: stored.resourceVersion,
    creationTimestamp: stored.created,
    ...(stored.deleted === undefined ? {} : { deletionTimestamp: stored.deleted }),
    ...(stored.labels.size === 0 ? {} : { labels: Object.fromEntries(stored.labels) }),
    ...(stored.annotations.size === 0 ? {} : { annotations: Object.fromEntries(stored.annotations) }),
    ...(stored.ownerReferences.length === 0 ? {} : { ownerReferences: stored.ownerReferences }),
    ...(stored.finalizers.length === 0 ? {} : { finalizers: stored.finalizers }),
  };
  const data = Object.fromEntries([...stored.data].map(([key, value]) => [key, base64(value)]));
  const ofSecret = { type: stored.type, ...(stored.data.size === 0 ? {} : { data }) };
  return {
    apiVersion: 'v1',
    kind: stored.ref.kind,
    metadata,
    ...(stored.immutable === undefined ? {} : { immutable: stored.immutable }),
    ...(isSecret(stored.ref) ? ofSecret : configMapData(stored)),
  };
}

function toDesired(object: KubernetesObject, ref: ObjectRef): DesiredSecret {
  const { metadata } = object;
  const encoded = isSecret(ref) ? Object.entries(texts(object['data'])) : [];
  const data = encoded.map(([key, value]) => [key, decoded(ref, key, value)] as const);
  const stringData = Object.entries(texts(object['stringData'])).map(
    ([key, value]) => [key, SecretValue.ofText(value)] as const,
  );
  return {
    ref,
    ...(typeof object['type'] === 'string' ? { type: object['type'] } : {}),
    ...(typeof object['immutable'] === 'boolean' ? { immutable: object['immutable'] } : {}),
    ...(isSecret(ref) ? { data: new Map([...data, ...stringData]) } : configMapContent(object)),
    labels: new Map(Object.entries(metadata.labels ?? {})),
    annotations: new Map(Object.entries(metadata.annotations ?? {})),
    ownerReferences: (metadata.ownerReferences ?? []).map((owner): OwnerReference => ({
      ...owner,
      uid: owner.uid ?? '',
    })),
    finalizers: metadata.finalizers ?? [],
  };
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return isFields(value) ? (value as Record<string, string>) : {};
}

function decoded(ref: ObjectRef, key: string, text: string): SecretValue {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') === text) return SecretValue.of(bytes);
  throw new PortError({
    kind: 'Invalid',
    what: `${refText(ref)} is invalid: data[${key}] is not base64`,
    fix: 'Write the value in base64, or under stringData.',
  });
}

function base64(value: SecretValue): string {
  return Buffer.from(value.reveal()).toString('base64');
}

function changed(ref: ObjectRef): PortError {
  return new PortError({
    kind: 'Conflict',
    what: `${refText(ref)} has been modified since it was read`,
    fix: 'It is planned again with its new content.',
  });
}

function alreadyExists(ref: ObjectRef): PortError {
  return new PortError({
    kind: 'Conflict',
    what: `${refText(ref)} already exists`,
    fix: 'It is planned again with its new content.',
  });
}

function notFound(ref: ObjectRef): PortError {
  return new PortError({
    kind: 'NotFound',
    what: `${refText(ref)} does not exist`,
    fix: 'Check the name and the namespace.',
  });
}

function terminating(ref: ObjectRef): PortError {
  return new PortError({
    kind: 'Forbidden',
    what: `${refText(ref)} cannot be created because namespace ${ref.namespace ?? ''} is being terminated`,
    fix: 'Wait until the namespace is gone, or remove its manifests.',
    code: 'NamespaceTerminating',
  });
}
