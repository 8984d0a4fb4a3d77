/** Objects as a user writes them and as the API server returns them, and the patches that change them. */
export type Fields = Readonly<Record<string, unknown>>;

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly ObjectOwner[];
  readonly [field: string]: unknown;
}

/** An ownerReference; without `uid` it means the object of that kind and name. */
export interface ObjectOwner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly status?: unknown;
  readonly [field: string]: unknown;
}

/** RFC 7386: null removes a key, objects are merged, everything else is replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const result: Record<string, unknown> = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** The object without these fields. */
export function without<T extends object, K extends keyof T>(object: T, ...fields: readonly K[]): Omit<T, K> {
  const kept = { ...object };
  for (const field of fields) Reflect.deleteProperty(kept, field);
  return kept;
}

/** What a user wrote and the API server counts: everything except metadata, status and the version it was sent in. */
export function specOf(object: KubernetesObject): Fields {
  return without<Fields, string>(object, 'apiVersion', 'kind', 'metadata', 'status');
}

/** Compares as JSON, whatever the order of keys. */
export function sameFields(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, sortKeys) === JSON.stringify(b, sortKeys);
}

/** A copy that shares nothing with the original. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const CLUSTER_SCOPED: readonly string[] = ['Namespace', 'CustomResourceDefinition', 'Node', 'PersistentVolume'];

export function isClusterScoped(kind: string): boolean {
  return kind.startsWith('Cluster') || CLUSTER_SCOPED.includes(kind);
}

/** Custom resources count generations and keep their status apart; core objects do neither. */
export function isCustomResource(object: KubernetesObject): boolean {
  return (object.apiVersion ?? 'v1').split('/')[0]?.includes('.') === true;
}
