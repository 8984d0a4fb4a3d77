/** Any object of a cluster, for installing and looking after: applied, read, deleted. Throws only PortError. */
import type { KubernetesObject, TypedRef } from '../core/model/kubernetes-object.ts';

export interface Objects {
  /** `cluster shop-prd`. */
  readonly description: string;
  /** The namespace of the context or of the pod. */
  readonly namespace: string | undefined;
  /** `undefined` = it does not exist. */
  read(ref: TypedRef): Promise<KubernetesObject | undefined>;
  /** Is this kind served in this version? */
  serves(apiVersion: string, kind: string): Promise<boolean>;
  /** Those of a namespace, or of the whole cluster, with all of these labels; an empty selector means all. */
  list(
    of: { readonly apiVersion: string; readonly kind: string; readonly namespace?: string },
    labels: Readonly<Record<string, string>>,
  ): Promise<readonly KubernetesObject[]>;
  /** Server-side apply: what the object names becomes so. Says what that did. */
  apply(object: KubernetesObject, manager: string, how?: ApplyOptions): Promise<AppliedObject>;
  /** Whatever would refuse the apply does so, and nothing is stored. */
  tryApply(object: KubernetesObject, manager: string, how?: ApplyOptions): Promise<void>;
  /** Creates, or is a Conflict where the name is taken. */
  create(object: KubernetesObject, manager: string): Promise<KubernetesObject>;
  /** PUT with the resourceVersion that was read. Conflict when it changed in between. */
  replace(object: KubernetesObject, manager: string): Promise<KubernetesObject>;
  /** A merge patch (RFC 7386). */
  patch(ref: TypedRef, patch: Readonly<Record<string, unknown>>, manager: string): Promise<KubernetesObject>;
  /**
   * With what it owns, in the background. Absent already = done. Gives the finalizers that hold it: with any it is still
   * there until somebody takes them off.
   */
  delete(ref: TypedRef): Promise<readonly string[]>;
  /**
   * Why the API server would not take this object, in its own words: a dry run of what is not the installation's own, as
   * a pod of its Job. `undefined` = it takes it, or who asks may not make such an object, or it cannot be tried.
   */
  refusalOf(object: KubernetesObject, manager: string): Promise<string | undefined>;
  /** The end of a container's log. Empty when there is none yet. */
  log(namespace: string, pod: string, container: string): Promise<string>;
}

export interface ApplyOptions {
  /** True = a Conflict where somebody else set a field to another value; else it is taken from whoever did. */
  readonly yielding?: boolean;
}

export interface AppliedObject {
  readonly outcome: 'created' | 'changed' | 'unchanged';
  readonly object: KubernetesObject;
}
