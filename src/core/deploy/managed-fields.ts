/** Who set what on an object, as the API server keeps it. */
import type { KubernetesObject } from '../model/kubernetes-object.ts';

export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  /** RFC 3339. */
  readonly time?: string;
  readonly fieldsV1?: { readonly 'f:metadata'?: object; readonly 'f:spec'?: Readonly<Record<string, unknown>> };
}

export function managedFieldsOf({ metadata }: KubernetesObject): readonly ManagedFieldsEntry[] {
  return (metadata['managedFields'] ?? []) as readonly ManagedFieldsEntry[];
}
