/** What a plan of a deployment says of the installation itself, in a real API server: the bundle of the action. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startBundle } from '../bundle/bundle.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import { MANAGED_CLIENT_ID, TENANT_ID } from '../servers/index.ts';
import { kubeconfigOf } from './control-plane.ts';
import { withPass } from './played-pass.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { bindTeam } from './team.ts';
import { controlPlane } from './world.ts';

const NAMESPACE = 'planned';
const DEPLOYER = 'user-3';
const READER = 'user-2';
const INSTALLATION = { name: 'keyferry', namespace: NAMESPACE };
const RBAC = 'rbac.authorization.k8s.io';

let shop: RealShop;
let step: WorkflowStep;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  step = await WorkflowStep.create();
  await bindTeam({ admin: shop.admin, namespace: NAMESPACE, user: DEPLOYER });
  await bindReader();
});
afterAll(async () => {
  await shop.close();
  await step.remove();
});

beforeEach(async () => {
  for (const kind of ['CronJob', 'Job', 'Role', 'RoleBinding', 'ConfigMap', 'Lease']) {
    for (const { metadata } of await shop.admin.list(kind, NAMESPACE)) {
      if (metadata.labels?.['app.kubernetes.io/managed-by'] === 'keyferry')
        await shop.admin.delete(kind, NAMESPACE, metadata.name);
    }
  }
  await shop.reset();
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'horse' }] } } });
  await step.write('deploy/all.yaml', shop.manifests('db'));
});

/** Who may read what a plan of metadata reads, and nothing of the installation. */
async function bindReader(): Promise<void> {
  const metadata = { name: 'reader', namespace: NAMESPACE };
  const rules = [{ apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['get'] }];
  await shop.admin.apply({ apiVersion: `${RBAC}/v1`, kind: 'Role', metadata, rules });
  await shop.admin.apply({
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'reader' },
    subjects: [{ apiGroup: RBAC, kind: 'User', name: READER }],
  });
}

async function run(inputs: Readonly<Record<string, string>>, user = DEPLOYER): Promise<StepResult> {
  const given = {
    manifests: 'deploy',
    kubeconfig: kubeconfigOf(controlPlane(), user, 'default'),
    'azure-client-id': MANAGED_CLIENT_ID,
    'azure-tenant-id': TENANT_ID,
    'wait-timeout': '60',
  };
  return await step.run({ ...given, ...inputs }, shop.azure.environment());
}

const plan = (inputs: Readonly<Record<string, string>> = {}, user?: string) =>
  run({ command: 'plan', 'plan-level': 'metadata', ...inputs }, user);
const deploy = (inputs: Readonly<Record<string, string>> = {}) =>
  withPass({ admin: shop.admin, installation: INSTALLATION }, () => run(inputs));

interface Planned {
  readonly object: string;
  readonly action: string;
  readonly fields: readonly string[];
}

function plannedOf({ report }: StepResult): readonly string[] {
  const { installation } = JSON.parse(report ?? '') as {
    readonly installation: { readonly objects: readonly Planned[] };
  };
  return installation.objects
    .filter(({ action }) => action !== 'unchanged')
    .map(({ object, action, fields }) => [action, object.replace(/-[0-9a-f]{12}$/u, '-DIGEST'), ...fields].join(' '));
}

/** What one sync from here does, so that the Secrets are in step whatever the installation is. */
const sync = () => run({ engine: 'runner', 'installation-namespace': NAMESPACE });

describe('a plan before the first deployment', () => {
  it('shows everything that is to be created, also where the Secrets are in step', async () => {
    await sync();
    const planned = await plan();
    expect(planned.outputs).toMatchObject({ changed: 'true', created: '0', unchanged: '1' });
    expect(plannedOf(planned)).toEqual([
      `create ServiceAccount ${NAMESPACE}/keyferry`,
      `create ConfigMap ${NAMESPACE}/keyferry-intents-DIGEST`,
      `create ConfigMap ${NAMESPACE}/keyferry-engine-DIGEST`,
      `create Role ${NAMESPACE}/keyferry`,
      `create RoleBinding ${NAMESPACE}/keyferry`,
      `create CronJob ${NAMESPACE}/keyferry`,
    ]);
    expect(planned.summary).toContain(
      `The installation ${NAMESPACE}/keyferry itself, 0 objects unchanged:\n\n| | Object | Fields |`,
    );
    expect(planned.summary).toContain(`| create | CronJob ${NAMESPACE}/keyferry | |`);
    expect(planned.stdout).toContain(`  + create  CronJob ${NAMESPACE}/keyferry`);
  });
});

describe('a plan of what is deployed already', () => {
  beforeEach(async () => {
    await sync();
    expect((await deploy()).code).toBe(0);
  });

  it('has no changes', async () => {
    const planned = await plan();
    expect(plannedOf(planned)).toEqual([]);
    expect(planned.outputs).toMatchObject({ changed: 'false', unchanged: '1' });
    expect(planned.summary).toContain(`The installation ${NAMESPACE}/keyferry itself, 6 objects unchanged.`);
  });

  it('shows that the schedule changes with a refreshInterval, and no Secret', async () => {
    await step.write('deploy/all.yaml', shop.manifests('db').replace('"1h"', '"5m"'));
    const planned = await plan();
    expect(planned.outputs).toMatchObject({ changed: 'true', created: '0', updated: '0' });
    expect(plannedOf(planned)).toEqual([
      `create ConfigMap ${NAMESPACE}/keyferry-intents-DIGEST`,
      `change Role ${NAMESPACE}/keyferry rules[2].resourceNames[0]`,
      expect.stringMatching(/^change CronJob .*metadata\.annotations\.keyferry\.dev\/intents-digest.* spec\.schedule/u),
      `delete ConfigMap ${NAMESPACE}/keyferry-intents-DIGEST`,
    ]);
  });

  it('shows what the inputs change of the pods', async () => {
    const planned = await plan({ image: 'registry.example/node:24', memory: '300Mi' });
    expect(plannedOf(planned)).toEqual([
      expect.stringMatching(/^change CronJob .*\.image .*\.resources\.limits\.memory/u),
    ]);
  });

  it('shows that what nobody asks for any more goes', async () => {
    await deploy({ toleration: 'spot=true:NoSchedule' });
    expect(plannedOf(await plan())).toEqual([expect.stringMatching(/^change CronJob .*\.tolerations$/u)]);
  });

  it('says of which identity the job is where the plan is made by another', async () => {
    const other = '99999999-0000-0000-0000-000000000001';
    expect(plannedOf(await plan({ 'job-client-id': MANAGED_CLIENT_ID }))).toEqual([]);
    expect(plannedOf(await plan({ 'job-client-id': other }))).not.toEqual([]);
  });

  it('says what it may not read', async () => {
    const planned = await plan({}, READER);
    expect(planned.code).toBe(0);
    expect(plannedOf(planned)).toEqual([
      `unknown ServiceAccount ${NAMESPACE}/keyferry`,
      `unknown Role ${NAMESPACE}/keyferry`,
      `unknown RoleBinding ${NAMESPACE}/keyferry`,
      `unknown CronJob ${NAMESPACE}/keyferry`,
    ]);
    expect(planned.summary).toContain(`| unknown | Role ${NAMESPACE}/keyferry | cannot be read with these rights |`);
  });
});

describe('an apply of an approved plan', () => {
  const fingerprintOf = async (inputs: Readonly<Record<string, string>> = {}) =>
    (await plan(inputs)).outputs['fingerprint'] ?? '';

  it('deploys it, whoever planned it', async () => {
    const approved = (await plan({}, READER)).outputs['fingerprint'] ?? '';
    expect((await deploy({ 'plan-fingerprint': approved })).code).toBe(0);
  });

  it('deploys nothing where it would install something else', async () => {
    const approved = await fingerprintOf();
    const refused = await deploy({ 'plan-fingerprint': approved, image: 'registry.example/node:24' });
    expect(refused.code).toBe(1);
    expect(refused.commands.find(({ name }) => name === 'error')?.text).toContain(
      'or objects of the installation that would be made otherwise. Nothing was written.',
    );
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeUndefined();
  });

  it('is told apart from that of a sync', async () => {
    const approved = await fingerprintOf();
    const refused = await run({ command: 'sync', 'plan-fingerprint': approved, 'installation-namespace': NAMESPACE });
    expect(refused.commands.find(({ name }) => name === 'error')?.text).toBe(
      'the plan that was approved is not the plan now: it was one of a deployment, now it is one of a sync. Nothing was written. Plan what is to be applied: with the input engine runner for sync, without it for deploy.',
    );
  });
});

describe('keyferry deploy --dry-run', () => {
  it('says the same from the command line, and changes nothing', async () => {
    await step.write('kubeconfig', kubeconfigOf(controlPlane(), DEPLOYER, 'default'));
    const args = ['deploy', '-f', 'deploy', '--kubeconfig', 'kubeconfig', '--dry-run', '--output', 'json'];
    const identity = ['--azure-client-id', MANAGED_CLIENT_ID, '--azure-tenant-id', TENANT_ID];
    const environment = { HOME: step.workspace, ...shop.azure.environment() };
    const { code, stdout } = await startBundle('cli', {
      args: [...args, ...identity],
      cwd: step.workspace,
      environment,
    }).ended;
    expect(code).toBe(0);
    const { counts, installation } = JSON.parse(stdout) as { readonly counts: object; readonly installation: object };
    expect(counts).toMatchObject({ create: 1, errors: 0 });
    expect(installation).toMatchObject({ installation: `${NAMESPACE}/keyferry` });
    expect((JSON.parse(stdout) as { readonly fingerprint: string }).fingerprint).toBe(
      (await plan({ 'plan-level': 'full' })).outputs['fingerprint'],
    );
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeUndefined();
  });
});
