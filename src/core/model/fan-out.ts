/** What a cluster-wide manifest makes: the same intent in each namespace that it selects. */
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
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly childKind: string;
  readonly childName: string;
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
