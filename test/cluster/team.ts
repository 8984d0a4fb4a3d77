/** A team that installs into its own namespace: a user of the control plane with the rights of a namespace admin. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterUser } from './cluster-user.ts';
import { kubeconfigOf } from './control-plane.ts';
import { controlPlane } from './world.ts';

export interface Team {
  readonly admin: ClusterUser;
  readonly namespace: string;
  readonly user: string;
}

/** Gives the path of the kubeconfig, which is written to the folder. */
export async function joinTeam({ folder, ...team }: Team & { readonly folder: string }): Promise<string> {
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigOf(controlPlane(), team.user, team.namespace));
  await bindTeam(team);
  return kubeconfig;
}

/** The user gets the ClusterRole `admin` in the namespace. */
export async function bindTeam({ admin, namespace, user }: Team): Promise<void> {
  await admin.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'team', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'admin' },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }],
  });
}
