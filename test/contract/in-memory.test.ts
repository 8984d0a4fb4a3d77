import { describeCluster } from './cluster-contract.ts';
import { describeState } from './state-contract.ts';
import { describeVault } from './vault-contract.ts';
import { InMemoryCluster, InMemoryState, InMemoryVault, RecordedState } from '../fakes/index.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';

const close = async (): Promise<void> => undefined;

describeCluster({
  name: 'in memory',
  issuesTokens: true,
  open: async () => {
    const cluster = new InMemoryCluster();
    const ending = async (namespace: string): Promise<void> => cluster.terminate(namespace);
    return { cluster, given: async (object) => void cluster.apply(object), ending, close };
  },
});

describeState({
  name: 'status of custom resources in memory',
  open: async () => {
    const cluster = new InMemoryCluster();
    const state = new InMemoryState(cluster);
    const given = async (object: KubernetesObject): Promise<void> => void cluster.apply(object);
    return { state, reopen: () => state, given, close };
  },
});

describeState({
  name: 'record in memory',
  open: async () => {
    const state = new RecordedState();
    return { state, reopen: () => state, given: close, close };
  },
});

describeVault({ name: 'in memory', open: async () => new InMemoryVault('kv-shop').provider() });
