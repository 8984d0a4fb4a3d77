/** Kinds and what their objects are called in paths. */
export interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

/** As an API server lists what it serves. */
export interface ServedResource extends Resource {
  readonly kind: string;
}

/** Built-in kinds and their resources; a custom resource is looked up. */
export const RESOURCES: Readonly<Record<string, Resource>> = {
  'v1 Secret': { name: 'secrets', namespaced: true },
  'v1 ConfigMap': { name: 'configmaps', namespaced: true },
  'v1 ServiceAccount': { name: 'serviceaccounts', namespaced: true },
  'v1 Event': { name: 'events', namespaced: true },
  'v1 Namespace': { name: 'namespaces', namespaced: false },
  'v1 ResourceQuota': { name: 'resourcequotas', namespaced: true },
  'v1 Pod': { name: 'pods', namespaced: true },
  'batch/v1 CronJob': { name: 'cronjobs', namespaced: true },
  'batch/v1 Job': { name: 'jobs', namespaced: true },
  'coordination.k8s.io/v1 Lease': { name: 'leases', namespaced: true },
  'apps/v1 Deployment': { name: 'deployments', namespaced: true },
  'rbac.authorization.k8s.io/v1 Role': { name: 'roles', namespaced: true },
  'rbac.authorization.k8s.io/v1 RoleBinding': { name: 'rolebindings', namespaced: true },
  'rbac.authorization.k8s.io/v1 ClusterRole': { name: 'clusterroles', namespaced: false },
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': { name: 'clusterrolebindings', namespaced: false },
};

export function isResources(value: unknown): value is readonly ServedResource[] {
  return Array.isArray(value) && value.every(isResource);
}

function isResource(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name, kind, namespaced } = value as Readonly<Record<string, unknown>>;
  return typeof name === 'string' && typeof kind === 'string' && typeof namespaced === 'boolean';
}
