/** Any object of a Kubernetes API, as JSON; what this program makes and applies. */
import { fieldsOf, type Fields } from './fields.ts';

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly [field: string]: unknown;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** One object by its place in the API. */
export interface TypedRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

export function typedRefOf({ apiVersion, kind, metadata: { namespace, name } }: KubernetesObject): TypedRef {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** The ownerReference of whoever made the object and looks after it; there is one at most. */
export function controllerReference(object: unknown): Fields | undefined {
  const { ownerReferences } = fieldsOf(fieldsOf(object)['metadata']);
  const all = Array.isArray(ownerReferences) ? (ownerReferences as readonly unknown[]).map(fieldsOf) : [];
  return all.find(({ controller }) => controller === true);
}

/** Which object that is, where it is one of the whole cluster. */
export function controllerOf(object: unknown): { readonly kind: string; readonly name: string } | undefined {
  const { kind, name } = controllerReference(object) ?? {};
  return typeof kind === 'string' && typeof name === 'string' ? { kind, name } : undefined;
}
