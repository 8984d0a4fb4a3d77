/** The cluster that a case is played in: one in memory, or a real API server. */
import type { Ports } from '../../src/engine/sync/ports.ts';
import type { Clock } from '../../src/ports/clock.ts';
import {
  InMemoryCluster,
  InMemoryFinalizers,
  InMemoryFanOuts,
  InMemoryManifestSource,
  InMemoryState,
  RecordingPublisher,
  type KubernetesObject,
} from '../fakes/index.ts';
import type { ConformanceAzure } from './loopback.ts';

/** What a case's user does, and what the program under test is given. */
export interface CaseCluster {
  /** Where the intents are. */
  readonly home: 'files' | 'custom-resources';
  readonly ports: Pick<Ports, 'cluster' | 'manifests' | 'state' | 'publisher' | 'finalizers' | 'fanOuts'>;
  apply(object: KubernetesObject): Promise<void>;
  /** A merge patch; `status` goes to the status. */
  patch(object: KubernetesObject): Promise<void>;
  delete(kind: string, namespace: string | undefined, name: string): Promise<void>;
  /** Everything that a user can see, once nothing is going on in the background any more. */
  objects(): Promise<readonly KubernetesObject[]>;
}

/** Opens an empty cluster whose program tells its Events to `publisher`. */
export type OpenCaseCluster = (
  clock: Clock,
  publisher: RecordingPublisher,
  azure: ConformanceAzure,
) => Promise<CaseCluster>;

export const openInMemory: OpenCaseCluster = async (clock, publisher, { azure }) => {
  const cluster = new InMemoryCluster({ clock, sign: (request) => azure.serviceAccounts.token(request) });
  const manifests = new InMemoryManifestSource(cluster);
  return {
    home: 'custom-resources',
    ports: {
      cluster,
      manifests,
      state: new InMemoryState(cluster),
      publisher,
      finalizers: new InMemoryFinalizers(cluster),
      fanOuts: new InMemoryFanOuts(cluster),
    },
    apply: async (object) => {
      cluster.apply(object);
    },
    patch: async (object) => {
      cluster.patch(object);
    },
    delete: async (kind, namespace, name) => {
      cluster.delete(kind, namespace, name);
    },
    objects: async () => cluster.objects(),
  };
};

/** Owners before what they own. */
export async function applyAll(cluster: CaseCluster, objects: readonly KubernetesObject[]): Promise<void> {
  const isOwned = ({ metadata }: KubernetesObject): boolean => (metadata.ownerReferences ?? []).length > 0;
  for (const object of objects.filter((candidate) => !isOwned(candidate))) await cluster.apply(object);
  for (const object of objects.filter(isOwned)) await cluster.apply(object);
}
