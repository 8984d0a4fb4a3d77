/** The command of docs/guides/monitoring.md that does without Prometheus, as it stands there. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { blocksOf, pages } from '../docs/pages.ts';
import type { ClusterUser } from './cluster-user.ts';
import { kubeconfigOf } from './control-plane.ts';
import { adminUser, controlPlane } from './world.ts';

const NAMESPACE = 'monitoring';
const HOUR_MS = 3_600_000;

let admin: ClusterUser;
let folder: string;

beforeAll(async () => {
  admin = adminUser();
  folder = await mkdtemp(join(tmpdir(), 'keyferry-monitoring-'));
  await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(controlPlane(), 'admin'));
  await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await cronJob({ name: 'stale', lastGoodRunMs: 2 * HOUR_MS });
  await cronJob({ name: 'well', lastGoodRunMs: HOUR_MS / 2 });
  await cronJob({ name: 'new' });
  await cronJob({ name: 'suspended', lastGoodRunMs: 2 * HOUR_MS, suspend: true });
  await cronJob({ name: 'backup', lastGoodRunMs: 2 * HOUR_MS, managedBy: 'somebody' });
});
afterAll(async () => {
  for (const { metadata } of await admin.list('CronJob', NAMESPACE))
    await admin.delete('CronJob', NAMESPACE, metadata.name);
  admin.close();
  await rm(folder, { recursive: true });
});

interface Given {
  readonly name: string;
  /** How long ago; absent = there was none. */
  readonly lastGoodRunMs?: number;
  readonly suspend?: boolean;
  readonly managedBy?: string;
}

async function cronJob({ name, lastGoodRunMs, suspend = false, managedBy = 'keyferry' }: Given): Promise<void> {
  const metadata = { name, namespace: NAMESPACE, labels: { 'app.kubernetes.io/managed-by': managedBy } };
  const containers = [{ name: 'none', image: 'localhost/none:1' }];
  const jobTemplate = { spec: { template: { spec: { restartPolicy: 'Never', containers } } } };
  const spec = { schedule: '0 0 1 1 *', suspend, jobTemplate };
  await admin.apply({ apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec });
  if (lastGoodRunMs === undefined) return;
  const lastSuccessfulTime = new Date(Date.now() - lastGoodRunMs).toISOString().replace(/\.\d+/u, '');
  const body = { kind: 'CronJob', metadata: { name, namespace: NAMESPACE }, status: { lastSuccessfulTime } };
  await admin.patch(body, '/status');
}

/** The command of the guide, or one with another time in it. */
async function looked(since = '1 hour ago'): Promise<readonly string[]> {
  const blocks = pages()
    .filter(({ file }) => file === 'docs/guides/monitoring.md')
    .flatMap(blocksOf);
  const block = blocks.find(({ language }) => language === 'bash');
  const command = block?.text.replace('1 hour ago', since) ?? '';
  const path = `${process.env['KEYFERRY_TEST_BINARIES'] ?? ''}:${process.env['PATH'] ?? ''}`;
  const env = { HOME: folder, KUBECONFIG: join(folder, 'kubeconfig'), PATH: path };
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', command], { env });
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:]+Z$/u, 'TIME'));
}

describe('the look at stale installations without Prometheus', () => {
  it('shows those of Keyferry that are not suspended and had no good run for an hour', async () => {
    expect(await looked()).toEqual([`${NAMESPACE}/stale last good run: TIME`]);
  });

  it('takes the time of its creation for one that has never had any', async () => {
    expect(await looked('1 minute')).toEqual([
      `${NAMESPACE}/new last good run: <none>`,
      `${NAMESPACE}/stale last good run: TIME`,
      `${NAMESPACE}/well last good run: TIME`,
    ]);
  });
});
