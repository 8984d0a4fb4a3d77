/** What a deployment is refused for before anything of it is applied, and what it says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { eventually } from './cluster-user.ts';
import type { Deployed } from './installing-team.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'refused';
const USER = 'user-5';
const GROUP = 'external-secrets.io';

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, USER);
});
afterAll(() => world.close());
beforeEach(() => world.reset());

/** Refused with these words, and nothing was applied. */
async function expectRefused({ code, stdout }: Deployed, ...words: readonly string[]): Promise<void> {
  expect({ code, title: stdout.split('\n')[0] }).toEqual({
    code: 1,
    title: `Not deployed: ${NAMESPACE}/keyferry in cluster test`,
  });
  for (const text of words) expect(stdout).toContain(text);
  expect(await world.team.installedNames('keyferry')).toEqual([]);
}

/** As somebody with kubectl made them, of no particular class. */
async function storeOfOthers(controller?: string): Promise<void> {
  const azurekv = { vaultUrl: 'https://kv-shop.vault.azure.net' };
  await world.shop.admin.apply({
    apiVersion: `${GROUP}/v1`,
    kind: 'SecretStore',
    metadata: { name: 'vault', namespace: NAMESPACE },
    spec: { ...(controller === undefined ? {} : { controller }), provider: { azurekv } },
  });
}

async function apply(kind: string, name: string, rest: object, apiVersion = `${GROUP}/v1`): Promise<KubernetesObject> {
  const metadata = { name, namespace: NAMESPACE };
  return await world.shop.admin.apply({ apiVersion, kind, metadata, ...rest });
}

describe('rights that are missing', () => {
  afterAll(() => world.giveRights(true));

  it('on custom resources are named at once, with those that the job would get', async () => {
    await world.giveRights(false);
    await world.team.write(world.shop.manifests('cache', 'db'));
    const rule = (verb: string, resource: string, name: string) =>
      `cluster test does not let "${USER}" ${verb} ${resource}.external-secrets.io "${name}" in namespace ${NAMESPACE}`;
    const refused = await world.deploy();
    await expectRefused(
      refused,
      `${rule('get', 'externalsecrets', 'cache')}, and 1 more of this kind and namespace. Nothing was applied.`,
      `${rule('patch', 'externalsecrets', 'cache')}, and 1 more of this kind and namespace. Nothing was applied.`,
      rule('patch', 'secretstores', 'vault'),
      `Role ${NAMESPACE}/keyferry: cluster test does not let you make Role ${NAMESPACE}/keyferry, because it gives rights that you do not have yourself: get externalsecrets.external-secrets.io; update externalsecrets.external-secrets.io/finalizers; patch externalsecrets.external-secrets.io/status; get secretstores.external-secrets.io; patch secretstores.external-secrets.io/status. Nothing was applied. Ask who runs the cluster to give them to you`,
    );
    expect(await world.names('SecretStore')).toEqual([]);
    expect(
      refused.stdout.split('\n').filter((line) => line.includes('externalsecrets.external-secrets.io "db"')),
    ).toEqual([]);
  });
});

describe('resources of somebody else', () => {
  it('are taken over where both say the same', async () => {
    await world.team.write(world.shop.manifests('db'));
    await apply('ExternalSecret', 'db', {
      spec: {
        refreshInterval: '1h',
        secretStoreRef: { name: 'vault' },
        data: [{ secretKey: 'value', remoteRef: { key: 'db' } }],
      },
    });
    expectDone(await world.deploy());
  });

  it('are left as they are where they say something else, with field, tool and line', async () => {
    await apply('ExternalSecret', 'db', { spec: { refreshInterval: '5m' } });
    await world.applyAs('argocd-controller', 'ExternalSecret', 'db');
    await expectRefused(
      await world.deploy(),
      `ExternalSecret ${NAMESPACE}/db: has other values in spec.refreshInterval, set by "argocd-controller", "unknown"`,
      '(manifests.yaml:4)',
    );
    expect(((await world.find('ExternalSecret', 'db')) as KubernetesObject)['spec']).toEqual({ refreshInterval: '5m' });
  });

  it('are left to another tool also once the deployment shares them', async () => {
    expectDone(await world.deploy());
    await world.applyAs('argocd-controller', 'ExternalSecret', 'db', { refreshInterval: '5m' });
    const { code, stdout } = await world.deploy();
    expect(code).toBe(1);
    expect(stdout).toContain('has other values in spec.refreshInterval, set by "argocd-controller"');
  });

  it('are never taken from another installation', async () => {
    expectDone(await world.deploy('--installation', 'first'));
    await expectRefused(
      await world.deploy(),
      `2 objects: belongs to installation ${NAMESPACE}/first. Leave it out here, or out of that one.`,
      `SecretStore ${NAMESPACE}/vault (manifests.yaml:2)`,
      `ExternalSecret ${NAMESPACE}/db (manifests.yaml:4)`,
    );
  });
});

describe('a Secret of another installation', () => {
  it('is not written by a second one', async () => {
    expectDone(await world.team.deploy('--installation', 'first'));
    await expectRefused(
      await world.team.deploy(),
      `ExternalSecret ${NAMESPACE}/db: spec.target.name is Secret ${NAMESPACE}/db, which ExternalSecret ${NAMESPACE}/db of installation ${NAMESPACE}/first writes. Choose another target.name, or take it out of one of the two installations. (manifests.yaml:4)`,
    );
  });

  it('may be merged into by several', async () => {
    const metadata = { name: 'db', namespace: NAMESPACE };
    await world.shop.admin.apply({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { mine: 'x' } });
    const merging = world.shop.manifests('db').replace('"data":', '"target":{"creationPolicy":"Merge"},"data":');
    await world.team.write(merging);
    expectDone(await world.team.deploy('--installation', 'first'));
    await world.team.write(merging.replace('"name":"db"', '"name":"second"').replace('"Merge"', '"Merge","name":"db"'));
    expectDone(await world.team.deploy());
  });
});

describe('a live operator', () => {
  const RUNS = { kind: 'Deployment', metadata: { name: 'external-secrets', namespace: NAMESPACE } };
  const LIST = { group: 'apps', resource: 'deployments', verb: 'list' };

  async function operator(...args: readonly string[]): Promise<void> {
    const labels = { 'app.kubernetes.io/name': 'external-secrets' };
    const containers = [{ name: 'external-secrets', image: 'operator', args }];
    const template = { metadata: { labels }, spec: { containers } };
    await world.shop.admin.apply({
      ...RUNS,
      apiVersion: 'apps/v1',
      metadata: { ...RUNS.metadata, labels },
      spec: { selector: { matchLabels: labels }, template },
    });
    // There are no nodes, so that nobody else says that its pod is ready.
    const status = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
    await eventually('it is ready', async () => {
      for (const { metadata } of await podsWith(labels)) {
        await world.shop.admin.patch(
          { kind: 'Pod', metadata: { name: metadata.name, namespace: NAMESPACE }, status },
          '/status',
        );
      }
      const deployment = (await world.shop.admin.read(RUNS)).status as { readonly readyReplicas?: number };
      return deployment.readyReplicas === 1 ? true : undefined;
    });
  }

  async function podsWith(labels: Readonly<Record<string, string>>): Promise<readonly KubernetesObject[]> {
    const pods = await world.shop.admin.list('Pod', NAMESPACE);
    return pods.filter(({ metadata }) =>
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value),
    );
  }

  async function maySeeDeployments(given: boolean): Promise<void> {
    const metadata = { name: 'sees-deployments' };
    const rule = { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] };
    const rbac = 'rbac.authorization.k8s.io';
    await world.shop.admin.apply({ apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata, rules: [rule] });
    const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: metadata.name };
    const subjects = given ? [{ apiGroup: rbac, kind: 'User', name: USER }] : [];
    await world.shop.admin.apply({ apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata, roleRef, subjects });
    await world.untilAllowed(LIST, given);
  }

  /** A sync of the cluster's resources looks at every kind. */
  async function mayListPushSecrets(): Promise<void> {
    const rbac = 'rbac.authorization.k8s.io';
    const rules = [{ apiGroups: [GROUP], resources: ['pushsecrets'], verbs: ['list'] }];
    await apply('Role', 'lists', { rules }, `${rbac}/v1`);
    const roleRef = { apiGroup: rbac, kind: 'Role', name: 'lists' };
    await apply(
      'RoleBinding',
      'lists',
      { roleRef, subjects: [{ apiGroup: rbac, kind: 'User', name: USER }] },
      `${rbac}/v1`,
    );
    await world.untilAllowed({ namespace: NAMESPACE, group: GROUP, resource: 'pushsecrets', verb: 'list' }, true);
  }

  describe('where the Deployments of the cluster may be listed', () => {
    beforeAll(() => maySeeDeployments(true));
    afterAll(() => maySeeDeployments(false));

    it('of another class is no obstacle, and there is no warning', async () => {
      await operator();
      const done = await world.deploy();
      expectDone(done);
      expect(done.stdout).not.toContain('warning');
    });

    it('of the same class is refused', async () => {
      await operator('--controller-class=keyferry');
      await expectRefused(
        await world.deploy(),
        `External Secrets Operator (Deployment ${NAMESPACE}/external-secrets) runs with --controller-class=keyferry, the class of this deployment's stores. Stop it, or deploy with another --controller-class.`,
      );
    });

    it('of the same class for another namespace is no obstacle', async () => {
      await operator('--controller-class', 'keyferry', '--namespace', 'elsewhere');
      expectDone(await world.deploy());
    });

    it('that syncs one of the stores now is refused, until the store is handed over as told', async () => {
      await storeOfOthers();
      await operator();
      const command = `kubectl patch secretstore vault -n ${NAMESPACE} --type merge -p '{"spec":{"controller":"keyferry"}}'`;
      await expectRefused(
        await world.deploy(),
        `SecretStore ${NAMESPACE}/vault: is synced by External Secrets Operator (Deployment ${NAMESPACE}/external-secrets). Hand it over first, or stop the operator: ${command}. (manifests.yaml:2)`,
      );
      const metadata = { name: 'vault', namespace: NAMESPACE };
      await world.shop.admin.patch({ kind: 'SecretStore', metadata, spec: { controller: 'keyferry' } });
      expectDone(await world.deploy());
    });
  });

  describe('beside sync --home custom-resources', () => {
    const sync = () =>
      world.team.keyferry('sync', '--home', 'custom-resources', '--namespace', NAMESPACE, '--identity', 'azure-cli');

    beforeAll(async () => {
      await maySeeDeployments(true);
      await mayListPushSecrets();
    });
    afterAll(() => maySeeDeployments(false));

    it('is refused where a store is of no class, with what to do, before anything is written', async () => {
      await storeOfOthers();
      await operator();
      expect(await sync()).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining(
          `error  SecretStore ${NAMESPACE}/vault is synced by External Secrets Operator (Deployment ${NAMESPACE}/external-secrets). Hand it over first, or stop the operator: kubectl patch secretstore vault`,
        ),
      });
    });

    it('is no obstacle where the stores are ours', async () => {
      await storeOfOthers('keyferry');
      await operator();
      expect((await sync()).stderr).not.toContain('Operator');
    });
  });

  describe('where they may not', () => {
    it('is told to be unknown, with what that means', async () => {
      const done = await world.deploy();
      expectDone(done);
      expect(done.stdout).toContain(
        `warning  whether an External Secrets Operator runs cannot be seen: cluster test does not let "${USER}" list deployments.apps in the whole cluster. The stores carry spec.controller: keyferry`,
      );
    });

    it('gives itself away by the Events of a store', async () => {
      await storeOfOthers();
      const lastTimestamp = new Date().toISOString().replace(/\.\d+/u, '');
      const involvedObject = { apiVersion: `${GROUP}/v1`, kind: 'SecretStore', name: 'vault', namespace: NAMESPACE };
      const event = {
        involvedObject,
        reason: 'Valid',
        source: { component: 'secret-store' },
        lastTimestamp,
        type: 'Normal',
      };
      await apply('Event', 'vault.1', event, 'v1');
      await expectRefused(
        await world.deploy(),
        `SecretStore ${NAMESPACE}/vault: is synced by another controller: "secret-store" was at it at ${lastTimestamp.replace('Z', '.000Z')}. Hand it over first, or stop the operator: kubectl patch secretstore vault`,
      );
    });

    it('gives itself away by the status of an ExternalSecret', async () => {
      await storeOfOthers('default');
      await apply('ExternalSecret', 'db', { spec: { refreshInterval: '1h' } });
      const metadata = { name: 'db', namespace: NAMESPACE };
      await world.shop.admin.patch(
        { kind: 'ExternalSecret', metadata, status: { binding: { name: 'db' } } },
        '/status',
      );
      await expectRefused(
        await world.deploy(),
        `ExternalSecret ${NAMESPACE}/db: is synced by another controller: "unknown" was at it at`,
        'Hand its store over first, or stop the operator. If that was done a moment ago, deploy after',
      );
    });
  });
});

describe('malformed resources', () => {
  it('are named with their line when the API server does not take them', async () => {
    const named = world.shop.manifests('db').replace('"name":"db"', '"labels":{"team":"-"},"name":"db"');
    await world.team.write(named);
    await expectRefused(
      await world.deploy(),
      `ExternalSecret ${NAMESPACE}/db: is invalid: metadata.labels: Invalid value`,
      '(manifests.yaml:4)',
    );
  });
});
