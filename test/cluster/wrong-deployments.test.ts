/**
 * What people get wrong on the way of the README (command: deploy), and the first line that they then read: from the
 * bundled action, in a real API server. Pods are played: by the built job, or by the status that a kubelet would leave.
 *
 * UPDATE_GOLDEN=1 writes the file anew.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bundle/bundle.ts';
import { WorkflowStep } from '../bundle/workflow-step.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID, TENANT_ID } from '../servers/index.ts';
import { eventually } from './cluster-user.ts';
import { kubeconfigOf } from './control-plane.ts';
import { InstallingTeam } from './installing-team.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { trustServiceAccounts } from './service-account-trust.ts';
import { controlPlane } from './world.ts';

const GOLDEN = join(ROOT, 'test/golden/wrong-deployments.txt');
const NAMESPACE = 'wrong-deployments';
const USER = 'user-6';
const NOBODY = 'user-7';
/** What the README has the pods be. */
const POD = 'keyferry';

let shop: RealShop;
let team: InstallingTeam;
let step: WorkflowStep;

type Play = (job: KubernetesObject) => Promise<unknown>;

interface SetUp {
  readonly user?: string;
  /** What happens to the Job; absent = none is started. */
  readonly play?: Play;
}

const byTheJob: Play = (job) => team.runPod(job, MANAGED_CLIENT_ID);

const MISTAKES: readonly (readonly [string, () => SetUp | Promise<SetUp>])[] = [
  [
    'no federated credential for the ServiceAccount of the pods',
    async () => {
      await trust('somebody-else');
      return { play: byTheJob };
    },
  ],
  [
    'an identity of the pods without a role on the vault',
    () => {
      shop.azure.vaults.deny({ clientId: MANAGED_CLIENT_ID });
      return { play: byTheJob };
    },
  ],
  ['an image that cannot be pulled', () => ({ play: withoutImage })],
  ['a deployer without a RoleBinding in the namespace', () => ({ user: NOBODY })],
];

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  team = await InstallingTeam.open(shop, USER);
  step = await WorkflowStep.create();
});
afterAll(async () => {
  await shop.close();
  await team.close();
  await step.remove();
});

beforeEach(async () => {
  await shop.reset();
  for (const { kind, metadata } of await team.installed()) await shop.admin.delete(kind, NAMESPACE, metadata.name);
  shop.azure.vaults.permissions.clear();
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }] } } });
  await trust(POD);
  // As in the README: the pods have the identity, and no store names a ServiceAccount.
  const manifests = shop.manifests('db').replace(/,"serviceAccountRef":\{[^}]*\}/u, '');
  await step.write('deploy/all.yaml', manifests);
});

async function trust(name: string): Promise<void> {
  await trustServiceAccounts(shop.azure, shop.admin, { clientId: MANAGED_CLIENT_ID, namespace: NAMESPACE, name });
}

/** The pod is the Job controller's; there is no kubelet, and this is what it would leave. */
async function withoutImage(job: KubernetesObject): Promise<void> {
  const isOfJob = ({ metadata }: KubernetesObject) =>
    metadata.labels?.['batch.kubernetes.io/job-name'] === job.metadata.name;
  const pod = await eventually('its pod is there', async () => (await shop.admin.list('Pod', NAMESPACE)).find(isOfJob));
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' };
  const container = { name: 'keyferry', image: 'x', imageID: '', ready: false, restartCount: 0, state: { waiting } };
  const metadata = { name: pod.metadata.name, namespace: NAMESPACE };
  await shop.admin.patch(
    { apiVersion: 'v1', kind: 'Pod', metadata, status: { containerStatuses: [container] } },
    '/status',
  );
}

async function lineOf({ user = USER, play }: SetUp): Promise<{ readonly code: number | null; readonly line: string }> {
  const inputs = {
    manifests: 'deploy',
    kubeconfig: kubeconfigOf(controlPlane(), user, NAMESPACE),
    'azure-client-id': MANAGED_CLIENT_ID,
    'azure-tenant-id': TENANT_ID,
    'wait-timeout': '60',
  };
  const before = new Set((await jobs()).map(({ metadata }) => metadata.name));
  const running = step.run(inputs, shop.azure.environment());
  if (play !== undefined) {
    const isNew = ({ metadata }: KubernetesObject) => !before.has(metadata.name);
    await play(await eventually('a Job is there', async () => (await jobs()).find(isNew), 60));
  }
  const { code, commands } = await running;
  return { code, line: steady(commands.find(({ name }) => name === 'error')?.text ?? '') };
}

async function jobs(): Promise<readonly KubernetesObject[]> {
  return await shop.admin.list('Job', NAMESPACE);
}

/** The end of a log follows in lines of its own; ids and times differ from run to run. */
function steady(text: string): string {
  return (text.split('\n')[0] ?? '')
    .replaceAll(/(?<=[Cc]orrelation id )[\w-]+/gu, 'CORRELATION-ID')
    .replaceAll(/(?<=127\.0\.0\.1:)\d{4,5}/gu, 'PORT');
}

const golden = new Map(
  readFileSync(GOLDEN, { encoding: 'utf8', flag: 'a+' })
    .split('\n\n')
    .map((part) => part.trimEnd().split('\n') as [string, string])
    .map(([title, line]) => [title.replace(/^# /u, ''), line] as const),
);

describe('the first line that is read of a deployment', () => {
  const seen = new Map<string, string>();
  afterAll(() => {
    const text = MISTAKES.map(([title]) => `# ${title}\n${seen.get(title) ?? golden.get(title) ?? ''}`).join('\n\n');
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, `${text}\n`);
  });

  it.each(MISTAKES)('names the mend: %s', async (title, arrange) => {
    const { code, line } = await lineOf(await arrange());
    seen.set(title, line);
    expect(code).toBe(1);
    if (process.env['UPDATE_GOLDEN'] !== '1') expect(line).toBe(golden.get(title));
  });

  it('is there for every mistake, and for no other', () => {
    if (process.env['UPDATE_GOLDEN'] !== '1') {
      expect([...golden.keys()]).toEqual(MISTAKES.map(([title]) => title));
    }
  });
});
