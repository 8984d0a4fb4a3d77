/** Secrets of a real API server as metadata only: it is asked for no more, so no value leaves it. */
import type { ClusterReader } from '../../ports/cluster.ts';
import type { Connection } from './connection.ts';
import { KubernetesCluster } from './kubernetes-cluster.ts';

type SecretReads = 'getSecret' | 'listSecrets' | 'selectSecrets';

/**
 * Secrets without data: which keys there are is in their owned fields, type and immutability are not told.
 * Kubernetes: `as=PartialObjectMetadata`. The right is the same `get` on Secrets as for values.
 */
export function secretMetadata(connection: Connection): Pick<ClusterReader, SecretReads> {
  return new KubernetesCluster({ ...connection, api: connection.api.metadataOnly() });
}
