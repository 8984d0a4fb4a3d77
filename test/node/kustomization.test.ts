/** job/deploy as its README has it: copied, with an image of one's own by digest, applied by kubectl, run. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { eventually } from '../cluster/cluster-user.ts';
import { installationYaml } from '../../scripts/write-installation.ts';
import { joinTeam } from '../cluster/team.ts';
import { bringToNode, ImageStore, nodeArchives, ROOT } from './container-images.ts';
import { NODE_IMAGE, openNodeWorld, type NodeWorld } from './node-world.ts';

/** That of job/deploy. */
const NAMESPACE = 'shop';
const NAME = 'localhost/keyferry';

let world: NodeWorld;
let folder: string;
let kubeconfig: string;

beforeAll(async () => {
  const images = await ImageStore.create(nodeArchives());
  const built = await images.build(NODE_IMAGE, join(ROOT, 'build'));
  await bringToNode(built, NAME);
  await images.remove();
  world = await openNodeWorld(NAMESPACE);
  folder = await mkdtemp(join(tmpdir(), 'keyferry-kustomization-'));
  kubeconfig = await joinTeam({ admin: world.admin, namespace: NAMESPACE, user: 'user-1', folder });
  await cp(join(ROOT, 'job/deploy'), join(folder, 'deploy'), { recursive: true });
  await nameImage(built.digest);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await world.close();
});

async function nameImage(digest: string): Promise<void> {
  const file = join(folder, 'deploy/kustomization.yaml');
  const kustomization = parse(await readFile(file, 'utf8')) as {
    readonly images: readonly [{ readonly name: string }];
  };
  const [{ name }] = kustomization.images;
  await writeFile(file, stringify({ ...kustomization, images: [{ name, newName: NAME, digest }] }));
}

async function kubectl(...args: readonly string[]): Promise<void> {
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig };
  await promisify(execFile)('kubectl', args, { env, cwd: join(folder, 'deploy') });
}

/** What the last pass left for those outside; `undefined` = none yet. */
async function lastReport(): Promise<string | undefined> {
  const report = await world.admin.find('ConfigMap', NAMESPACE, 'keyferry-report');
  return (report?.['data'] as { readonly 'report.json'?: string } | undefined)?.['report.json'];
}

describe('job/deploy', () => {
  it('syncs, once it is applied and its first Job is started by hand', async () => {
    world.fillVault({ 'database-password': 'correct-horse', 'feature-flags': 'none' });
    await kubectl('apply', '--server-side', '-k', '.');
    await kubectl('create', 'job', '--from=cronjob/keyferry', 'keyferry-first');
    const values = await eventually('the Secret is there', () => world.secret('app-secrets'), 60);
    expect(values).toMatchObject({ 'database-password': 'correct-horse' });
    expect(Object.keys(values)).not.toContain('feature-flags');
  });

  it('says which right is missing where a Secret must go, and deletes it once it has it', async () => {
    await kubectl('delete', 'job', 'keyferry-first');
    await writeFile(join(folder, 'deploy/installation.yaml'), await installationYaml('--target', 'other-secrets'));
    await kubectl('apply', '--server-side', '-k', '.');
    await kubectl('create', 'job', '--from=cronjob/keyferry', 'keyferry-second');
    const report = await eventually('a pass has found the old Secret', async () => {
      const text = await lastReport();
      return text?.includes('prune-read') === true ? text : undefined;
    });
    expect(report).toContain(
      'kubectl create role NAME --verb=get --resource=secrets --resource-name=app-secrets -n shop',
    );
    expect(await world.secret('app-secrets')).toBeDefined();
    await kubectl('delete', 'job', 'keyferry-second');
    await kubectl(
      ...['create', 'role', 'once', '--verb=get,delete', '--resource=secrets', '--resource-name=app-secrets'],
    );
    await kubectl('create', 'rolebinding', 'once', '--role=once', '--serviceaccount=shop:keyferry');
    await kubectl('create', 'job', '--from=cronjob/keyferry', 'keyferry-third');
    await eventually('the old Secret is gone', async () => {
      return (await world.secret('app-secrets')) === undefined ? true : undefined;
    });
    expect(await world.secret('other-secrets')).toBeDefined();
  });
});
