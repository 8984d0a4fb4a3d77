/** What a cluster-wide manifest makes: the same intent in each namespace that it selects. */
import { fieldsOf, type Fields } from './fields.ts';
import type { OwnerIdentity } from './intent.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath, Origin } from './origin.ts';
import type { PushIntent } from './push-intent.ts';
import type { LabelSelector } from './store.ts';

export interface FanOut<Child> {
  readonly kind: 'fan-out';
  /** `ClusterPushSecret spread`. */
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** Of a custom resource only: by it the garbage collector knows the children. */
  readonly owner?: OwnerIdentity;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly childKind: string;
  readonly childName: string;
  /** Of a custom resource that is being deleted: it makes nothing any more, and the garbage collector takes its children. */
  readonly deleting?: true;
  /** The spec of each child with the defaults of its definition, as an API server keeps it. */
  readonly childSpec: Fields;
  /** ORed; none = no namespace, `{}` = all of them. */
  readonly selectors: readonly LabelSelector[];
  /** Milliseconds. */
  readonly refreshMs: number;
  /** The child of one namespace. What it locates is in the cluster-wide manifest. */
  readonly childIn: (namespace: string) => Child;
  /** Where a field of a child stands in the cluster-wide manifest: `spec.data` in `spec.pushSecretSpec.data`. */
  readonly placed: (path: FieldPath) => FieldPath;
}

export type ClusterPushIntent = FanOut<PushIntent>;

/** A namespace in which a child could not be made, put right or removed. */
export interface FailedNamespace {
  readonly namespace: string;
  readonly reason: string;
}

/** ESO 2.9: the status of a cluster-wide manifest. Both lists by namespace. */
export interface FanOutStatus {
  readonly ready: { readonly status: 'True' | 'False'; readonly reason?: string; readonly message?: string };
  readonly childName: string;
  readonly provisioned: readonly string[];
  readonly failed: readonly FailedNamespace[];
}

/** As the resource has it; what there is none of is left out, as ESO leaves it out. */
export function fanOutStatusFields({ kind }: ObjectRef, status: FanOutStatus): Fields {
  const { ready, childName, provisioned, failed } = status;
  return {
    conditions: [{ type: 'Ready', ...ready }],
    [nameField(kind)]: childName,
    ...(provisioned.length === 0 ? {} : { provisionedNamespaces: provisioned }),
    ...(failed.length === 0 ? {} : { failedNamespaces: failed }),
  };
}

/** Written by the operator or by us; what is not as either writes it counts as absent. */
export function readFanOutStatus({ kind }: ObjectRef, status: unknown): FanOutStatus | undefined {
  const fields = fieldsOf(status);
  const name = fields[nameField(kind)];
  if (typeof name !== 'string') return undefined;
  const ready = listOf(fields['conditions'])
    .map(fieldsOf)
    .find(({ type }) => type === 'Ready');
  const failed = listOf(fields['failedNamespaces']).map(fieldsOf);
  return {
    ready: {
      status: ready?.['status'] === 'True' ? 'True' : 'False',
      ...textIn('reason', ready),
      ...textIn('message', ready),
    },
    childName: name,
    provisioned: listOf(fields['provisionedNamespaces']).filter((one) => typeof one === 'string'),
    failed: failed.map(({ namespace, reason }) => ({ namespace: textOf(namespace), reason: textOf(reason) })),
  };
}

/** `pushSecretName` of a ClusterPushSecret. */
function nameField(kind: string): string {
  const child = kind.replace(/^Cluster/u, '');
  return `${child.slice(0, 1).toLowerCase()}${child.slice(1)}Name`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textIn(field: 'reason' | 'message', of: Fields | undefined): { readonly [Name in typeof field]?: string } {
  const text = textOf(of?.[field]);
  return text === '' ? {} : { [field]: text };
}
