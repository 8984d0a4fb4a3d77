/**
 * The cluster that holds the Secrets: a real one, a folder, or one in memory. Throws only PortError.
 *
 * Reading and writing are apart, so that what only plans cannot write.
 */
import { selectorProblem } from '../core/model/label-selector.ts';
import type { DesiredSecret, LiveSecret } from '../core/model/secret.ts';
import type { ObjectRef } from '../core/model/object-ref.ts';
import type { LabelSelector } from '../core/model/store.ts';
import { PortError } from './errors.ts';

export interface ServiceAccount {
  readonly ref: ObjectRef;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ConfigMap {
  readonly ref: ObjectRef;
  /** `data`; what is under `binaryData` is not read. */
  readonly data: ReadonlyMap<string, string>;
}

export interface Namespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** True = it is being deleted, and everything in it. */
  readonly deleting?: true;
}

export interface ClusterReader {
  /** How messages call it: `cluster shop-prd`, `folder ./cluster`. */
  readonly description: string;

  /** Of whichever kind of target the reference names: a Secret or a ConfigMap. */
  getSecret(ref: ObjectRef): Promise<LiveSecret | undefined>;
  /** Secrets of a namespace that carry exactly this label. Forbidden where the rights do not reach: never assumed. */
  listSecrets(
    namespace: string,
    label: { readonly key: string; readonly value: string },
  ): Promise<readonly LiveSecret[]>;

  /**
   * Every Secret of a namespace that the labels select, by name, read to the end of the list; an empty selector selects
   * all. A list that was cut is an error, never a shorter list; so is a selector of which nobody can say what it selects.
   */
  selectSecrets(namespace: string, selector: LabelSelector): Promise<readonly LiveSecret[]>;

  /** `undefined` only when there surely is none. */
  getConfigMap(namespace: string, name: string): Promise<ConfigMap | undefined>;
  getServiceAccount(namespace: string, name: string): Promise<ServiceAccount | undefined>;
  /** TokenRequest: a short-lived token of the ServiceAccount for these audiences. */
  requestToken(namespace: string, name: string, audiences: readonly string[]): Promise<string>;
  getNamespace(name: string): Promise<Namespace | undefined>;
  /** All of them, by name, read to the end of the list. Forbidden where the rights do not reach: never assumed. */
  listNamespaces(): Promise<readonly Namespace[]>;
}

/** Every write insists on what was read; nothing here repeats one. Secrets, and ConfigMaps where the reference says so. */
export interface ClusterWriter {
  /** Creates by server-side apply as `manager`. Conflict when a Secret of that name appeared in between. */
  createSecret(secret: DesiredSecret, manager: string): Promise<LiveSecret>;
  /** Replaces (PUT) the Secret that was read with this resourceVersion. Conflict when it changed in between. */
  updateSecret(secret: DesiredSecret, resourceVersion: string, manager: string): Promise<LiveSecret>;
  /**
   * Deletes the very Secret that was read (uid and resourceVersion are preconditions). Absent already = done. Gives the
   * finalizers that hold it: with any it is still there, with its values, until somebody takes them off.
   */
  deleteSecret(secret: LiveSecret): Promise<readonly string[]>;
}

export interface Cluster extends ClusterReader, ClusterWriter {}

/** Invalid where nobody can say what is selected: an empty list would look as if everything were gone. */
export function assertSelector(namespace: string, selector: LabelSelector): void {
  const problem = selectorProblem(selector);
  if (problem === undefined) return;
  const what = `the labels that select Secrets of namespace ${namespace} are wrong: ${problem}`;
  throw new PortError({ kind: 'Invalid', what, fix: 'Correct matchLabels or matchExpressions.' });
}
