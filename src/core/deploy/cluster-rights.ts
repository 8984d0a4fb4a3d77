/**
 * What the job needs beyond namespaces, and who asks for it: `--cluster-rights`.
 *
 * | what | the job needs |
 * | --- | --- |
 * | a ClusterSecretStore whose conditions select by label, used by an ExternalSecret | `get` on its Namespace |
 * | a ClusterSecretStore that is a custom resource | `get` on it, `patch` on its status |
 *
 * Namespaces are known by name at deployment, also those that do not exist yet, so that nothing is listed.
 */
import { say, setting } from '../model/message.ts';
import type { PullIntent } from '../model/intent.ts';
import { isClusterWide } from '../model/kinds.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import { labelsOf, names, type Installation } from './installation.ts';
import { rightsOnResource, rulesOf, uses, type Right } from './rights.ts';

export interface ClusterNeeds {
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  readonly home: 'config-maps' | 'custom-resources';
}

/** A ClusterRole and its binding; nothing where nothing is needed. */
export function clusterRolesOf(needs: ClusterNeeds, installation: Installation): readonly KubernetesObject[] {
  const rights = needs.stores.filter(({ ref }) => isClusterWide(ref.kind)).flatMap((store) => rightsFor(store, needs));
  return rights.length === 0 ? [] : [clusterRole(rights, installation), clusterRoleBinding(installation)];
}

function rightsFor(store: Store, { intents, home }: ClusterNeeds): readonly Right[] {
  const onStore = home === 'custom-resources' ? rightsOnResource('', store.ref.kind, store.ref.name) : [];
  return [
    ...onStore,
    ...namespacesToJudge(store, intents).map((name) => ({
      namespace: '',
      apiGroup: '',
      resource: 'namespaces',
      name,
      verbs: ['get'],
    })),
  ];
}

/** What is told where the rights were not asked for. */
export function clusterRightsProblems({ intents, stores, home }: ClusterNeeds): readonly Problem[] {
  return stores
    .filter(({ ref }) => isClusterWide(ref.kind))
    .flatMap((store): readonly Problem[] => {
      const about = { at: store.ref, ...(store.origin === undefined ? {} : { origin: store.origin }) };
      const fix = say`Deploy with ${setting('cluster-rights')}, for which you need rights on ClusterRoles, or use a SecretStore.`;
      if (home === 'custom-resources') {
        const what = 'is a resource of the whole cluster, which the job may not read with rights in namespaces alone';
        return [{ severity: 'error', code: 'cluster-rights', ...about, what, fix }];
      }
      const namespaces = namespacesToJudge(store, intents);
      if (namespaces.length === 0) return [];
      const what = `selects namespaces by label in spec.conditions, and the job may not read ${namespaces.join(', ')}`;
      return [{ severity: 'warning', code: 'cluster-rights', ...about, what, fix }];
    });
}

/** Conditions that list names, or patterns for them, are judged by the name. */
function namespacesToJudge(store: Store, intents: readonly PullIntent[]): readonly string[] {
  if (!store.conditions.some(({ namespaceSelector }) => namespaceSelector !== undefined)) return [];
  return [...new Set(intents.filter((intent) => uses(intent, store)).map(({ ref }) => ref.namespace))].sort();
}

const GROUP = 'rbac.authorization.k8s.io';

function clusterRole(rights: readonly Right[], installation: Installation): KubernetesObject {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ClusterRole',
    metadata: { name: names.clusterRole(installation), labels: labelsOf(installation, 'rights') },
    rules: rulesOf(rights),
  };
}

function clusterRoleBinding(installation: Installation): KubernetesObject {
  const name = names.clusterRole(installation);
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name, labels: labelsOf(installation, 'rights') },
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: installation.name, namespace: installation.namespace }],
  };
}
