/**
 * What the job may read in the cluster for PushSecrets. It writes no Secret for them.
 *
 * | what | the job needs, in the namespace of the PushSecret |
 * | --- | --- |
 * | a source Secret that is named | `get` on it |
 * | source Secrets by label | `list` on secrets, which Kubernetes cannot limit: all of that namespace can be read |
 * | `template.templateFrom` | `get` on each Secret and ConfigMap |
 * | `deletionPolicy: Delete` | `get` on the Namespace: one that is being deleted deletes nothing in a vault |
 *
 * Kubernetes: a request for a Namespace by its name counts as one within it, so that a Role of its own reaches it.
 */
import type { ClusterPushIntent } from '../model/fan-out.ts';
import type { Problem } from '../model/problem.ts';
import type { PushIntent } from '../model/push-intent.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import { refText } from '../model/object-ref.ts';
import type { Store } from '../model/store.ts';
import { anyChildOf, uses, type DeployedIntents } from './deployed-intents.ts';
import { right, templateRights, type Right } from './right.ts';

export function pushRights(intent: PushIntent): readonly Right[] {
  const { namespace } = intent.ref;
  return [
    ...sourceRights(intent),
    ...templateRights(namespace, intent.template),
    ...(intent.deletionPolicy === 'Delete' ? [right(namespace, 'namespaces', namespace, ['get'])] : []),
  ];
}

function sourceRights({ source, ref: { namespace } }: PushIntent): readonly Right[] {
  switch (source.kind) {
    case 'secret':
      return [right(namespace, 'secrets', source.name, ['get'])];
    case 'labels':
      return [right(namespace, 'secrets', '', ['list'])];
    case 'none':
      return [];
  }
}

/** The same in every namespace: which ones a ClusterPushSecret selects changes without a deployment. */
export function clusterPushRights(clusterPush: ClusterPushIntent): readonly Right[] {
  const child = anyChildOf(clusterPush);
  const namespaces = right('', 'namespaces', '', ['list']);
  const own = [...sourceRights(child), ...templateRights('', child.template)];
  return [namespaces, ...own, ...(child.deletionPolicy === 'Delete' ? [right('', 'namespaces', '', ['get'])] : [])];
}

const BY_LABEL: FieldPath = ['spec', 'selector', 'secret', 'selector'];

/** A warning for each selector that makes the job's rights wider than its names. */
export function listingProblems({ pushes, clusterPushes }: Omit<DeployedIntents, 'intents'>): readonly Problem[] {
  return [
    ...pushes.filter(selectsByLabel).map((push) => listing(push, BY_LABEL, `namespace ${push.ref.namespace}`)),
    ...clusterPushes
      .filter((one) => selectsByLabel(anyChildOf(one)))
      .map((one) => listing(one, one.placed(BY_LABEL), 'the whole cluster')),
  ];
}

function selectsByLabel({ source }: PushIntent): boolean {
  return source.kind === 'labels';
}

function listing(intent: Pick<ClusterPushIntent, 'ref' | 'locate'>, path: FieldPath, where: string): Problem {
  const origin = intent.locate(path);
  return {
    severity: 'warning',
    code: 'push-lists-secrets',
    at: intent.ref,
    field: fieldText(path),
    ...(origin === undefined ? {} : { origin }),
    what: `chooses Secrets by label, so that the job may list, and read, every Secret of ${where}`,
    fix: 'Nothing is wrong with that where it is meant. Name the Secret in spec.selector.secret.name where one will do.',
  };
}

/** Every pass would fail for them. */
export function readOnlyProblems(
  { pushes }: Pick<DeployedIntents, 'pushes'>,
  stores: readonly Store[],
): readonly Problem[] {
  return pushes.flatMap((push) =>
    push.stores.flatMap((ref, index): readonly Problem[] => {
      const readOnly = stores.find(
        (one) => one.keySyntax !== 'azurekv' && uses({ ref: push.ref, storeRefs: [ref] }, one),
      );
      if (readOnly === undefined || ref.labelSelector !== undefined) return [];
      const path: FieldPath = ['spec', 'secretStoreRefs', index];
      const origin = push.locate(path);
      return [
        {
          severity: 'error',
          code: 'push-read-only',
          at: push.ref,
          field: fieldText(path),
          ...(origin === undefined ? {} : { origin }),
          what: `names ${refText(readOnly.ref)}, which can only be read`,
          fix: 'Push to a store of Azure Key Vault (azurekv).',
        },
      ];
    }),
  );
}
