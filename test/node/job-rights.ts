/** The job's ServiceAccount and all that it may do: named objects of one namespace, nothing else. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import type { Identity } from './job-manifests.ts';
import { IDENTITY_SERVICE_ACCOUNT } from './node-world.ts';

const GROUP = 'rbac.authorization.k8s.io';

export interface Rights {
  readonly namespace: string;
  /** Names of the Secrets that it writes. */
  readonly secrets: readonly string[];
  readonly identity: Identity;
}

/** The ServiceAccount that the job runs as: its own, or the one whose identity is mounted. */
export function jobAccount(identity: Identity): string {
  return identity === 'mounted' ? IDENTITY_SERVICE_ACCOUNT : 'keyferry';
}

/** To apply in this order. */
export function jobRights({ namespace, secrets, identity }: Rights): readonly KubernetesObject[] {
  const metadata = { name: 'keyferry', namespace };
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
  const rules = [
    rule('secrets', ['get', 'create', 'patch', 'update'], secrets),
    rule('configmaps', ['get', 'create', 'patch', 'update'], ['keyferry-state-0']),
    ...(identity === 'mounted' ? [] : TOKEN_REQUEST),
  ];
  const roleRef = { apiGroup: GROUP, kind: 'Role', name: metadata.name };
  const subjects = [{ kind: 'ServiceAccount', name: jobAccount(identity), namespace }];
  return [
    ...(identity === 'mounted' ? [] : [account]),
    { apiVersion: `${GROUP}/v1`, kind: 'Role', metadata, rules },
    { apiVersion: `${GROUP}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects },
  ];
}

function rule(resource: string, verbs: readonly string[], resourceNames: readonly string[]): object {
  return { apiGroups: [''], resources: [resource], verbs, resourceNames };
}

const TOKEN_REQUEST = [
  rule('serviceaccounts', ['get'], [IDENTITY_SERVICE_ACCOUNT]),
  rule('serviceaccounts/token', ['create'], [IDENTITY_SERVICE_ACCOUNT]),
];
