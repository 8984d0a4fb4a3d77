/** A namespace whose team may use custom resources, and what a test asks of it. */
import { expect } from '@jest/globals';
import { parse } from 'yaml';
import { blocksOf, pages } from '../docs/pages.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { eventually } from './cluster-user.ts';
import { InstallingTeam, type Deployed } from './installing-team.ts';
import { openRealShop, type RealShop } from './real-shop.ts';

const RESOURCES = ['ExternalSecret', 'SecretStore'];

export class ResourceWorld {
  readonly shop: RealShop;
  readonly team: InstallingTeam;
  readonly #user: string;

  private constructor(shop: RealShop, team: InstallingTeam, user: string) {
    this.shop = shop;
    this.team = team;
    this.#user = user;
  }

  static async open(namespace: string, user: string): Promise<ResourceWorld> {
    const shop = await openRealShop(namespace);
    const world = new ResourceWorld(shop, await InstallingTeam.open(shop, user), user);
    await world.giveRights(true);
    return world;
  }

  async close(): Promise<void> {
    await this.reset();
    await this.giveRights(false);
    await this.team.close();
    await this.shop.close();
  }

  /** Nothing is installed, the vault holds db and cache, and manifests.yaml an ExternalSecret for db. */
  async reset(): Promise<void> {
    const { shop, team } = this;
    await shop.reset();
    for (const kind of [...RESOURCES, 'Event', 'Deployment']) {
      for (const { metadata } of await shop.admin.list(kind, shop.namespace)) await this.remove(kind, metadata);
    }
    for (const { metadata } of await shop.admin.list('ClusterSecretStore')) {
      await this.remove('ClusterSecretStore', metadata);
    }
    for (const { kind, metadata } of await team.installed()) {
      await shop.admin.delete(kind, metadata.namespace, metadata.name);
    }
    shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'first' }], cache: [{ value: 'warm' }] } } });
    await team.write(shop.manifests('db'));
  }

  async deploy(...args: readonly string[]): Promise<Deployed> {
    return await this.team.deploy('--home', 'custom-resources', ...args);
  }

  async find(kind: string, name: string): Promise<KubernetesObject | undefined> {
    return await this.shop.admin.find(kind, this.shop.namespace, name);
  }

  /** Server-side apply of what is there, changed or not, as another tool does it. */
  async applyAs(manager: string, kind: string, name: string, change: object = {}): Promise<void> {
    const { namespace } = this.shop;
    const { apiVersion = '', ...live } = (await this.find(kind, name)) as KubernetesObject;
    const { status } = await this.shop.admin.call({
      method: 'PATCH',
      path: `/apis/${apiVersion}/namespaces/${namespace}/${kind.toLowerCase()}s/${name}?fieldManager=${manager}&force=true`,
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion, kind, metadata: { name, namespace }, spec: { ...(live['spec'] as object), ...change } },
    });
    expect(status).toBe(200);
  }

  /** Names of all of a kind in the namespace, sorted. */
  async names(kind: string): Promise<readonly string[]> {
    return (await this.shop.admin.list(kind, this.shop.namespace)).map(({ metadata }) => metadata.name).sort();
  }

  /** What a cluster's owner gives to namespace admins once, so that they may use custom resources: as the manual has it. */
  async giveRights(given: boolean): Promise<void> {
    const { metadata, ...role } = rightsOfTheManual();
    const labels = { 'rbac.authorization.k8s.io/aggregate-to-admin': String(given) };
    await this.shop.admin.apply({ ...role, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } });
    const right = { group: 'external-secrets.io', resource: 'externalsecrets', subresource: 'status', verb: 'patch' };
    await this.untilAllowed({ namespace: this.shop.namespace, ...right }, given);
  }

  /** The authorizer learns of a Role a moment after it is stored. */
  async untilAllowed(resourceAttributes: object, expected: boolean, user = this.#user): Promise<void> {
    await eventually('the rights are in effect', async () => {
      const { body } = await this.shop.admin.call({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
        body: {
          kind: 'SubjectAccessReview',
          apiVersion: 'authorization.k8s.io/v1',
          spec: { user, resourceAttributes },
        },
      });
      const { allowed } = (body as { readonly status: { readonly allowed: boolean } }).status;
      return allowed === expected ? true : undefined;
    });
  }

  async remove(kind: string, metadata: KubernetesObject['metadata']): Promise<void> {
    const { name, namespace, finalizers = [] } = metadata;
    if (finalizers.length > 0) {
      await this.shop.admin.patch({ kind, metadata: { name, namespace, finalizers: null } } as never);
    }
    await this.shop.admin.delete(kind, namespace, name);
  }
}

/** docs/permissions.md: what namespace admins need for custom resources. */
export function rightsOfTheManual(): KubernetesObject {
  const blocks = pages()
    .filter(({ file }) => file.endsWith('permissions.md'))
    .flatMap(blocksOf);
  const block = blocks.find(({ text }) => text.includes('aggregate-to-admin'));
  if (block === undefined) throw new Error('docs/permissions.md has no ClusterRole for namespace admins');
  return parse(block.text) as KubernetesObject;
}

/** Shows what deploy and pod said where it is not so. */
export function expectDone({ code, stdout, stderr, pod }: Deployed): void {
  const told = code === 0 ? '' : `${stdout}${stderr}${pod?.stdout ?? ''}`;
  expect({ code, told }).toEqual({ code: 0, told: '' });
}
