/** What cluster tests start from: the control plane of this run, a user of one's own, namespaces of one's own. */
import { systemClock } from '../../src/adapters/node/clock.ts';
import { connectByKubeconfig, type Connection, type Environment } from '../../src/adapters/kubernetes/connection.ts';
import { RecordingLogger, RecordingMasker } from '../fakes/index.ts';
import { connectAs, type ClusterUser } from './cluster-user.ts';
import { kubeconfigOf, type ControlPlaneAddress } from './control-plane.ts';

export function controlPlane(): ControlPlaneAddress {
  const text = process.env['KEYFERRY_TEST_CLUSTER'];
  if (text === undefined) throw new Error('Run the cluster tests with npm run test:cluster.');
  return JSON.parse(text) as ControlPlaneAddress;
}

export function adminUser(): ClusterUser {
  return connectAs(controlPlane(), 'admin');
}

/** The client under test, as one of the control plane's users. */
export function connection(user = 'admin', environment: Environment = {}): Connection {
  const kubeconfig = { text: kubeconfigOf(controlPlane(), user), name: 'the test kubeconfig' };
  return connectByKubeconfig([kubeconfig], undefined, {
    masker: new RecordingMasker(),
    logger: new RecordingLogger(),
    clock: systemClock,
    random: () => 0.5,
    environment,
  });
}

/** Deletes all Secrets, ServiceAccounts and ConfigMaps of a namespace, finalizers or not. */
export async function emptyNamespace(admin: ClusterUser, namespace: string): Promise<void> {
  for (const kind of ['Secret', 'ServiceAccount', 'ConfigMap']) {
    for (const { metadata } of await admin.list(kind, namespace)) {
      const { name, finalizers = [] } = metadata;
      if (name === 'kube-root-ca.crt' || name === 'default') continue;
      if (finalizers.length > 0) {
        await admin.patch({ kind, metadata: { name, namespace, finalizers: null } } as never);
      }
      await admin.delete(kind, namespace, name);
    }
  }
}
