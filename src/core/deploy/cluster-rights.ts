/**
 * What the job needs beyond namespaces, and who asks for it: `--cluster-rights`.
 *
 * | what | the job needs |
 * | --- | --- |
 * | a ClusterSecretStore whose conditions select by label, used by an ExternalSecret | `get` on its Namespace |
 * | a ClusterSecretStore, or a ClusterPushSecret, that is a custom resource | `get` on it, `patch` on its status |
 * | a ClusterGenerator that is a custom resource | `get` on it |
 * | a ClusterPushSecret that is a custom resource | `create`, `patch`, `update`, `delete` on PushSecrets of the name of its children |
 * | a ClusterPushSecret | `list` on Namespaces, and in all of them what its PushSecrets need |
 *
 * But for a ClusterPushSecret, Namespaces are known by name at deployment, also those that do not exist yet, so that
 * nothing is listed.
 */
import type { ClusterPushIntent } from '../model/fan-out.ts';
import { say, setting } from '../model/message.ts';
import { EXTERNAL_SECRETS, isClusterWide } from '../model/kinds.ts';
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import type { Problem } from '../model/problem.ts';
import type { Generator } from '../model/generator.ts';
import type { Store } from '../model/store.ts';
import { anyChildOf, namespacedIntents, uses, type DeployedIntents } from './deployed-intents.ts';
import { labelsOf, names, type Installation } from './installation.ts';
import { clusterPushRights } from './push-rights.ts';
import { resourceOf } from './custom-resources.ts';
import { right, rulesOf, WRITE, type Right } from './right.ts';
import { rightsOnResource } from './rights.ts';

export interface ClusterNeeds extends DeployedIntents {
  readonly stores: readonly Store[];
  readonly generators: readonly Generator[];
  readonly home: 'config-maps' | 'custom-resources';
}

/** A ClusterRole and its binding; nothing where nothing is needed. */
export function clusterRolesOf(needs: ClusterNeeds, installation: Installation): readonly KubernetesObject[] {
  const rights = [
    ...needs.stores.filter(({ ref }) => isClusterWide(ref.kind)).flatMap((store) => rightsFor(store, needs)),
    ...clusterGenerators(needs).flatMap(({ ref }) => rightsOnResource('', ref.kind, ref.name)),
    ...needs.clusterPushes.flatMap((clusterPush) => rightsForPushes(clusterPush, needs)),
  ];
  return rights.length === 0 ? [] : [clusterRole(rights, installation), clusterRoleBinding(installation)];
}

/** Of those that are in the cluster; in ConfigMaps the job has them with the intents. */
function clusterGenerators({ generators, home }: ClusterNeeds): readonly Generator[] {
  return home === 'custom-resources' ? generators.filter(({ ref }) => isClusterWide(ref.kind)) : [];
}

function rightsFor(store: Store, needs: ClusterNeeds): readonly Right[] {
  const { home } = needs;
  const onStore = home === 'custom-resources' ? rightsOnResource('', store.ref.kind, store.ref.name) : [];
  return [...onStore, ...namespacesToJudge(store, needs).map((name) => right('', 'namespaces', name, ['get']))];
}

function rightsForPushes(clusterPush: ClusterPushIntent, { stores, home }: ClusterNeeds): readonly Right[] {
  const { ref, childKind, childName } = clusterPush;
  const child = anyChildOf(clusterPush);
  const used = stores.filter((store) => isClusterWide(store.ref.kind) && uses(child, store));
  const isReal = home === 'custom-resources';
  return [
    ...(isReal ? [...rightsOnResource('', ref.kind, ref.name), ...rightsOnResource('', childKind, childName)] : []),
    ...(isReal ? childRights(clusterPush) : []),
    ...clusterPushRights(clusterPush),
    ...used.flatMap(loginRights),
  ];
}

/** Children are made, put right and removed by their name, in every namespace; the owner as in `ownerRights` of Secrets. */
function childRights({ ref, childKind, childName }: ClusterPushIntent): readonly Right[] {
  const all = { namespace: '', apiGroup: EXTERNAL_SECRETS };
  return [
    { ...all, resource: resourceOf(childKind), name: childName, verbs: [...WRITE, 'delete'] },
    { ...all, resource: `${resourceOf(ref.kind)}/finalizers`, name: ref.name, verbs: ['update'] },
  ];
}

/** What such a store names without a namespace is in that of whoever uses it. */
function loginRights({ references }: Store): readonly Right[] {
  return references
    .filter(({ namespace }) => namespace === undefined)
    .flatMap(({ kind, name }) =>
      kind === 'Secret'
        ? [right('', 'secrets', name, ['get'])]
        : [right('', 'serviceaccounts', name, ['get']), right('', 'serviceaccounts/token', name, ['create'])],
    );
}

/** What is told where the rights were not asked for. */
export function clusterRightsProblems(needs: ClusterNeeds): readonly Problem[] {
  return [
    ...storeProblems(needs),
    ...clusterGenerators(needs).map(clusterWideResource),
    ...needs.clusterPushes.map(beyondNamespaces),
  ];
}

function beyondNamespaces({ ref, origin }: ClusterPushIntent): Problem {
  return {
    severity: 'error',
    code: 'cluster-rights',
    at: ref,
    ...(origin === undefined ? {} : { origin }),
    what: 'pushes Secrets of the namespaces that it selects, which the job may not even list with rights in namespaces alone',
    fix: say`Deploy with ${setting('cluster-rights')}, for which you need rights on ClusterRoles, or give each namespace a PushSecret.`,
  };
}

function clusterWideResource({ ref, origin }: Generator): Problem {
  return {
    severity: 'error',
    code: 'cluster-rights',
    at: ref,
    ...(origin === undefined ? {} : { origin }),
    what: 'is a resource of the whole cluster, which the job may not read with rights in namespaces alone',
    fix: say`Deploy with ${setting('cluster-rights')}, for which you need rights on ClusterRoles, or use a generator of the namespace.`,
  };
}

function storeProblems(needs: ClusterNeeds): readonly Problem[] {
  const { stores, home } = needs;
  return stores
    .filter(({ ref }) => isClusterWide(ref.kind))
    .flatMap((store): readonly Problem[] => {
      const about = { at: store.ref, ...(store.origin === undefined ? {} : { origin: store.origin }) };
      const fix = say`Deploy with ${setting('cluster-rights')}, for which you need rights on ClusterRoles, or use a SecretStore.`;
      if (home === 'custom-resources') {
        const what = 'is a resource of the whole cluster, which the job may not read with rights in namespaces alone';
        return [{ severity: 'error', code: 'cluster-rights', ...about, what, fix }];
      }
      const namespaces = namespacesToJudge(store, needs);
      if (namespaces.length === 0) return [];
      const what = `selects namespaces by label in spec.conditions, and the job may not read ${namespaces.join(', ')}`;
      return [{ severity: 'warning', code: 'cluster-rights', ...about, what, fix }];
    });
}

/** Conditions that list names, or patterns for them, are judged by the name. */
function namespacesToJudge(store: Store, needs: ClusterNeeds): readonly string[] {
  if (!store.conditions.some(({ namespaceSelector }) => namespaceSelector !== undefined)) return [];
  const users = namespacedIntents(needs).filter((intent) => uses(intent, store));
  return [...new Set(users.map(({ ref }) => ref.namespace))].sort();
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
