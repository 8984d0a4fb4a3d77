/** What a deployment gives its job beyond namespaces, who may do that, and that it goes again. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { SERVICE_ACCOUNT } from './real-shop.ts';
import { expectDone, ResourceWorld } from './resource-world.ts';

const NAMESPACE = 'wide';
const USER = 'user-6';
const RBAC = 'rbac.authorization.k8s.io';

let world: ResourceWorld;

beforeAll(async () => {
  world = await ResourceWorld.open(NAMESPACE, USER);
  await labelNamespace('shop');
});
afterAll(async () => {
  await makeOwner(false);
  await world.close();
});
beforeEach(async () => {
  await world.reset();
  await makeOwner(false);
});

async function labelNamespace(team: string): Promise<void> {
  await world.shop.admin.patch({ kind: 'Namespace', metadata: { name: NAMESPACE, labels: { team } } });
}

/** An owner of the cluster may do everything; a namespace admin nothing beyond namespaces. */
async function makeOwner(is: boolean): Promise<void> {
  await world.shop.admin.apply({
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'owner-of-wide' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: is ? [{ apiGroup: RBAC, kind: 'User', name: USER }] : [],
  });
  await world.untilAllowed({ group: RBAC, resource: 'clusterroles', verb: 'delete' }, is);
}

/** The store as a ClusterSecretStore with these conditions, and an ExternalSecret for db. */
function manifests(conditions: object): string {
  const wide = world.shop
    .manifests('db')
    .replace('"kind":"SecretStore"', '"kind":"ClusterSecretStore"')
    .replace(`"metadata":{"name":"vault","namespace":"${NAMESPACE}"}`, '"metadata":{"name":"vault"}')
    .replace('"secretStoreRef":{"name":"vault"}', '"secretStoreRef":{"kind":"ClusterSecretStore","name":"vault"}')
    .replace('"spec":{"provider"', `"spec":{"conditions":[${JSON.stringify(conditions)}],"provider"`);
  const account = `"serviceAccountRef":{"name":"${SERVICE_ACCOUNT}"`;
  return wide.replace(account, `${account},"namespace":"${NAMESPACE}"`);
}

const BY_LABEL = { namespaceSelector: { matchLabels: { team: 'shop' } } };

async function clusterRole(name: string): Promise<KubernetesObject | undefined> {
  return await world.shop.admin.find('ClusterRole', undefined, name);
}

describe('a ClusterSecretStore whose conditions select by label', () => {
  beforeEach(() => world.team.write(manifests(BY_LABEL)));

  it('is warned of at deployment without cluster rights, and the pass says what is missing', async () => {
    const { code, stdout } = await world.team.deploy();
    expect(code).toBe(1);
    expect(stdout).toContain(
      'warning  ClusterSecretStore vault: selects namespaces by label in spec.conditions, and the job may not read wide. Deploy with --cluster-rights, for which you need rights on ClusterRoles, or use a SecretStore. (manifests.yaml:2)',
    );
    expect(stdout).toContain('whose conditions need the labels of namespace wide, which could not be read');
    expect(await world.shop.secret('db')).toBeUndefined();
  });

  it('is judged with them: only the namespaces of its ExternalSecrets may be read, by name', async () => {
    await makeOwner(true);
    expectDone(await world.team.deploy('--cluster-rights'));
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
    expect((await clusterRole('keyferry.wide'))?.['rules']).toEqual([
      { apiGroups: [''], resources: ['namespaces'], resourceNames: ['wide'], verbs: ['get'] },
    ]);
  });

  it('is judged by what the namespace says at each pass', async () => {
    await makeOwner(true);
    expectDone(await world.team.deploy('--cluster-rights'));
    await labelNamespace('other');
    const changed = { namespace: NAMESPACE, name: 'db' };
    await world.shop.admin.delete('Secret', changed.namespace, changed.name);
    const { code, stdout } = await world.team.runPod((await world.find('CronJob', 'keyferry')) as KubernetesObject);
    await labelNamespace('shop');
    expect(code).toBe(1);
    expect(stdout).toContain('whose spec.conditions do not admit namespace wide');
    expect(await world.shop.secret('db')).toBeUndefined();
  });

  it('is refused for a namespace admin, with the right that is missing, and nothing is applied', async () => {
    const { code, stdout } = await world.team.deploy('--cluster-rights');
    expect(code).toBe(1);
    expect(stdout).toContain(
      `ClusterRole keyferry.wide: cluster test does not let "${USER}" patch clusterroles.rbac.authorization.k8s.io "keyferry.wide" in the whole cluster. Nothing was applied. Add that rule to a role that is bound to it: kubectl create clusterrole NAME --verb=patch`,
    );
    expect(await world.team.installedNames()).toEqual([]);
  });
});

describe('a ClusterSecretStore whose conditions name the namespace', () => {
  it('needs no cluster rights, and gets none where they are offered', async () => {
    await world.team.write(manifests({ namespaces: [NAMESPACE] }));
    const done = await world.team.deploy('--cluster-rights');
    expectDone(done);
    expect(done.stdout).not.toContain('warning');
    expect(await clusterRole('keyferry.wide')).toBeUndefined();
  });
});

describe('a ClusterSecretStore that is a custom resource', () => {
  beforeEach(() => world.team.write(manifests({ namespaces: [NAMESPACE] })));

  it('is refused without cluster rights, since the job could not read it', async () => {
    const { code, stdout } = await world.deploy();
    expect(code).toBe(1);
    expect(stdout).toContain(
      'error    ClusterSecretStore vault: is a resource of the whole cluster, which the job may not read with rights in namespaces alone. Deploy with --cluster-rights,',
    );
    expect(await world.team.installedNames()).toEqual([]);
  });

  it('is read and reported on with them, and goes with uninstall', async () => {
    await makeOwner(true);
    expectDone(await world.deploy('--cluster-rights'));
    expect(await world.shop.secret('db')).toEqual({ value: 'first' });
    const store = await world.shop.admin.find('ClusterSecretStore', undefined, 'vault');
    expect(store).toMatchObject({
      spec: { controller: 'keyferry' },
      status: { conditions: [{ type: 'Ready', status: 'True', reason: 'Valid' }] },
    });
    expect((await clusterRole('keyferry.wide'))?.['rules']).toEqual([
      {
        apiGroups: ['external-secrets.io'],
        resources: ['clustersecretstores'],
        resourceNames: ['vault'],
        verbs: ['get'],
      },
      {
        apiGroups: ['external-secrets.io'],
        resources: ['clustersecretstores/status'],
        resourceNames: ['vault'],
        verbs: ['patch'],
      },
    ]);
    expect((await world.team.keyferry('uninstall')).code).toBe(0);
    expect(await world.shop.admin.find('ClusterSecretStore', undefined, 'vault')).toBeUndefined();
    expect(await world.team.installed()).toEqual([]);
    expect(await world.shop.admin.list('Role', 'default')).toEqual([]);
  });
});

describe('cluster rights', () => {
  it('of two installations have names of their own, and go one by one', async () => {
    await makeOwner(true);
    await world.team.write(manifests(BY_LABEL));
    expectDone(await world.team.deploy('--cluster-rights', '--installation', 'one'));
    const second = manifests(BY_LABEL).replace('"name":"db"', '"name":"cache"').replace('"key":"db"', '"key":"cache"');
    await world.team.write(second);
    expectDone(await world.team.deploy('--cluster-rights', '--installation', 'two'));
    expect((await world.team.keyferry('uninstall', '--installation', 'one')).code).toBe(0);
    expect(await clusterRole('one.wide')).toBeUndefined();
    expect(await world.shop.admin.find('ClusterRoleBinding', undefined, 'one.wide')).toBeUndefined();
    expect(await clusterRole('two.wide')).toBeDefined();
    const pod = await world.team.runPod((await world.find('CronJob', 'two')) as KubernetesObject);
    expect(pod.code).toBe(0);
  });

  it('go with the next deployment that does without them', async () => {
    await makeOwner(true);
    await world.team.write(manifests(BY_LABEL));
    expectDone(await world.team.deploy('--cluster-rights'));
    await world.team.write(manifests({ namespaces: [NAMESPACE] }));
    const { code, stdout } = await world.team.deploy();
    expect(code).toBe(0);
    expect(stdout).toContain('- deleted  ClusterRole keyferry.wide');
    expect(await clusterRole('keyferry.wide')).toBeUndefined();
  });

  it('are not taken away by a namespace admin: uninstall says so before anything is gone', async () => {
    await makeOwner(true);
    await world.team.write(manifests(BY_LABEL));
    expectDone(await world.team.deploy('--cluster-rights'));
    await makeOwner(false);
    const before = await world.team.installedNames();
    const { code, stderr } = await world.team.keyferry('uninstall');
    expect(code).toBe(1);
    expect(stderr).toContain(`does not let "${USER}" get clusterrole`);
    expect(await world.team.installedNames()).toEqual(before);
  });
});
