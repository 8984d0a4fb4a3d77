/** Any object of a Kubernetes API, as JSON; what this program makes and applies. */
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
