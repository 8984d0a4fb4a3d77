/** The adapters for real clusters keep the contracts that the fakes and the folder keep. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CustomResources } from '../../src/adapters/kubernetes/custom-resources.ts';
import { KubernetesCluster } from '../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { RecordedState } from '../../src/adapters/kubernetes/recorded-state.ts';
import { StateConfigMaps } from '../../src/adapters/kubernetes/state-config-maps.ts';
import { StatusState } from '../../src/adapters/kubernetes/status-state.ts';
import { describeCluster, NAMESPACE } from '../contract/cluster-contract.ts';
import { describeState } from '../contract/state-contract.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { adminUser, connection, emptyNamespace } from './world.ts';

const admin = adminUser();
const INSTALLATION = { namespace: NAMESPACE, name: 'contract' };
const given = async (object: KubernetesObject): Promise<void> => {
  await admin.apply(object);
};
const close = async (): Promise<void> => undefined;

beforeAll(async () => {
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
});
afterAll(() => admin.close());

async function empty(): Promise<void> {
  await emptyNamespace(admin, NAMESPACE);
  for (const { metadata } of await admin.list('ExternalSecret', NAMESPACE)) {
    await admin.delete('ExternalSecret', NAMESPACE, metadata.name);
  }
  for (const { metadata } of await admin.list('PushSecret', NAMESPACE)) {
    await admin.delete('PushSecret', NAMESPACE, metadata.name);
  }
  await admin.delete('ClusterSecretStore', undefined, 'kv');
}

describeCluster({
  name: 'a real API server',
  issuesTokens: true,
  open: async () => {
    await empty();
    return {
      cluster: new KubernetesCluster(connection()),
      given,
      ownerUid: async () => {
        const metadata = { name: 'db', namespace: NAMESPACE };
        const owner = await admin.apply({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata });
        return owner.metadata.uid ?? '';
      },
      ending: async (name) => {
        await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
        await admin.delete('Namespace', undefined, name);
      },
      close,
    };
  },
});

describeState({
  name: 'ConfigMaps of a real API server',
  open: async () => {
    await empty();
    const reopen = () => new RecordedState(new StateConfigMaps(connection(), INSTALLATION));
    return { state: reopen(), reopen, given, close };
  },
});

describeState({
  name: 'status of custom resources of a real API server',
  open: async () => {
    await empty();
    const reopen = () => {
      const open = connection();
      const maps = new StateConfigMaps(open, INSTALLATION);
      return new StatusState({
        connection: open,
        resources: new CustomResources(open, { namespace: NAMESPACE }),
        maps,
      });
    };
    return { state: reopen(), reopen, given, close };
  },
});

describe('the state of many objects', () => {
  it('goes into further ConfigMaps, is found again, and asks for none that is not there', async () => {
    await empty();
    const states = () => new StateConfigMaps(connection(), INSTALLATION);
    const long = 'x'.repeat(1_000);
    const keys = Array.from({ length: 2_000 }, (_, index) => `ExternalSecret contract/es-${index}`);
    const first = states();
    await Promise.all(
      keys.map((key) => first.change({ part: 'objects', key, value: { binding: key, lastTarget: long } })),
    );
    const again = states();
    expect(await again.count()).toBe(3);
    expect(Object.keys((await again.read()).objects).sort()).toEqual(keys.toSorted());
    await again.change({ part: 'objects', key: keys[0]!, value: { binding: 'new' } });
    expect((await states().findObject(keys[0]!))?.binding).toBe('new');
    expect(await states().count()).toBe(3);
  });

  it('is kept by two that write at the same time', async () => {
    await empty();
    const [a, b] = [new StateConfigMaps(connection(), INSTALLATION), new StateConfigMaps(connection(), INSTALLATION)];
    await Promise.all([a.read(), b.read()]);
    const write = (states: StateConfigMaps, key: string) =>
      states.change({ part: 'objects', key, value: { binding: key } });
    await Promise.all([write(a, 'a'), write(b, 'b'), write(a, 'c')]);
    const { objects } = await new StateConfigMaps(connection(), INSTALLATION).read();
    expect(Object.keys(objects).sort()).toEqual(['a', 'b', 'c']);
  });
});
