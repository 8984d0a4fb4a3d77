/** job/deploy and what people do with it, by kubectl, as a namespace admin. The pods are test/node's affair. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { ROOT, startBundle, type Ended } from '../bundle/bundle.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import type { ClusterUser } from './cluster-user.ts';
import { joinTeam } from './team.ts';
import { adminUser, emptyNamespace } from './world.ts';

const FOLDER = join(ROOT, 'job/deploy');
const KUBECTL = join(process.env['KEYFERRY_TEST_BINARIES'] ?? '', 'kubectl');
/** That of job/deploy. */
const NAMESPACE = 'shop';
const USER = 'user-3';
const KINDS = ['CronJob', 'Job', 'ServiceAccount', 'ConfigMap', 'Role', 'RoleBinding', 'Lease'];

let admin: ClusterUser;
let folder: string;

beforeAll(async () => {
  admin = adminUser();
  folder = await mkdtemp(join(tmpdir(), 'keyferry-kustomization-'));
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  // Other tests use it too.
  await emptyNamespace(admin, NAMESPACE);
  await joinTeam({ admin, namespace: NAMESPACE, user: USER, folder });
});
afterAll(async () => {
  admin.close();
  await rm(folder, { recursive: true });
});

async function kubectl(...args: readonly string[]): Promise<string> {
  const env = { HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') };
  return (await promisify(execFile)(KUBECTL, args, { env })).stdout;
}

function keyferry(...args: readonly string[]): Promise<Ended> {
  const environment = { CI: 'true', HOME: folder, KUBECONFIG: join(folder, 'kubeconfig') };
  return startBundle('cli', { args, cwd: folder, environment }).ended;
}

function documentsOf(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
}

const nameOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.name}`;
const versionOf = (object: KubernetesObject) => `${nameOf(object)} ${object.metadata.resourceVersion ?? ''}`;

async function applied(): Promise<readonly KubernetesObject[]> {
  const lists = await Promise.all(KINDS.map((kind) => admin.list(kind, NAMESPACE)));
  const own = lists.flat().filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'keyferry');
  return own.sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

describe('job/deploy', () => {
  it('is the installation, with the image by digest', async () => {
    const rendered = await readFile(join(FOLDER, 'installation.yaml'), 'utf8');
    const { images } = parse(await readFile(join(FOLDER, 'kustomization.yaml'), 'utf8')) as {
      readonly images: readonly [{ readonly name: string; readonly digest: string }];
    };
    const [{ name, digest }] = images;
    const expected = documentsOf(rendered.replace(`image: ${name}\n`, `image: ${name}@${digest}\n`));
    const sorted = (objects: readonly KubernetesObject[]) =>
      objects.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    expect(sorted(documentsOf(await kubectl('kustomize', FOLDER)))).toEqual(sorted(expected));
  });

  it('is applied with the rights of a namespace admin, and changes nothing the second time', async () => {
    await kubectl('apply', '--server-side', '-k', FOLDER);
    const first = await applied();
    expect(first.map(nameOf)).toEqual([
      expect.stringMatching(/^ConfigMap keyferry-intents-[0-9a-f]{12}$/u),
      'CronJob keyferry',
      'Role keyferry',
      'RoleBinding keyferry',
      'ServiceAccount keyferry',
      'ServiceAccount workload-identity-sa',
    ]);
    await kubectl('apply', '--server-side', '-k', FOLDER);
    expect((await applied()).map(versionOf)).toEqual(first.map(versionOf));
  });

  it('is shown, suspended and resumed like any other installation', async () => {
    const { stdout } = await keyferry('status');
    expect(stdout).toContain(`Installation ${NAMESPACE}/keyferry in cluster test`);
    expect(stdout).toMatch(/shop\/app-secrets +shop\/app-secrets \(missing\)/u);
    expect((await keyferry('suspend')).code).toBe(0);
    await kubectl('apply', '--server-side', '-k', FOLDER);
    const cronJob = await admin.find('CronJob', NAMESPACE, 'keyferry');
    expect(cronJob?.['spec']).toMatchObject({ suspend: true });
    expect((await keyferry('resume')).code).toBe(0);
  });

  it('is left to what applied it by uninstall', async () => {
    const { code, stderr } = await keyferry('uninstall');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error  installation ${NAMESPACE}/keyferry was not made by keyferry deploy, so it is not known what belongs to it. Take it away with what applied it, as kubectl delete -k.\n`,
    });
    expect((await applied()).map(nameOf)).toContain('CronJob keyferry');
  });

  it('goes again, with what the job has left beside it', async () => {
    const metadata = { name: 'keyferry-state-0', namespace: NAMESPACE, labels: OWN_LABELS };
    await admin.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    await kubectl('delete', '-k', FOLDER);
    expect((await applied()).map(nameOf)).toEqual(['ConfigMap keyferry-state-0']);
    const selector = Object.entries(OWN_LABELS).map(([key, value]) => `${key}=${value}`);
    await kubectl('delete', 'configmaps,leases', '--namespace', NAMESPACE, '-l', selector.join(','));
    expect(await applied()).toEqual([]);
  });
});

const OWN_LABELS = { 'app.kubernetes.io/instance': 'keyferry', 'app.kubernetes.io/managed-by': 'keyferry' };
