/** The action's commands for installations in a real API server, as a namespace admin: the bundle, with inputs alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PassReport } from '../../src/core/model/pass-report.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import { MANAGED_CLIENT_ID, TENANT_ID } from '../servers/index.ts';
import { kubeconfigOf } from './control-plane.ts';
import { passCounts, withPass } from './played-pass.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { bindTeam } from './team.ts';
import { controlPlane } from './world.ts';

const NAMESPACE = 'by-action';
const USER = 'user-3';
const INSTALLATION = { name: 'keyferry', namespace: NAMESPACE };
let shop: RealShop;
let step: WorkflowStep;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  step = await WorkflowStep.create();
  await bindTeam({ admin: shop.admin, namespace: NAMESPACE, user: USER });
});
afterAll(async () => {
  await shop.close();
  await step.remove();
});

beforeEach(async () => {
  await shop.reset();
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'horse' }], token: [{ value: 'oar' }] } } });
  await step.write('deploy/all.yaml', shop.manifests('db', 'token'));
});

async function run(inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const given = {
    manifests: 'deploy',
    kubeconfig: kubeconfigOf(controlPlane(), USER, 'default'),
    'azure-client-id': MANAGED_CLIENT_ID,
    'azure-tenant-id': TENANT_ID,
    'wait-timeout': '60',
  };
  return await step.run({ ...given, ...inputs }, shop.azure.environment());
}

async function deploy(told: Partial<PassReport> = {}): Promise<StepResult> {
  return await withPass({ admin: shop.admin, installation: INSTALLATION, told }, run);
}

const errorsOf = ({ commands }: StepResult) => commands.filter(({ name }) => name === 'error');

describe('the command deploy, which needs no name', () => {
  it('installs, waits for a pass, and gives its numbers as outputs', async () => {
    const due = { object: 'ExternalSecret x/db', target: 'Secret x/db', verdict: 'change' };
    const objects = [{ ...due, nextDue: '2030-01-01T00:00:00Z' }];
    const result = await deploy({ counts: passCounts({ create: 1 }), objects });
    expect({ code: result.code, errors: errorsOf(result) }).toEqual({ code: 0, errors: [] });
    expect(result.outputs).toMatchObject({
      changed: 'true',
      created: '1',
      failed: '0',
      problems: '0',
      'next-due': '2030-01-01T00:00:00Z',
    });
    expect(result.summary).toContain(`### Keyferry: deployed ${NAMESPACE}/keyferry in cluster`);
    expect(JSON.parse(result.report ?? '')).toMatchObject({ command: 'deploy', pass: { holder: 'a-pod' } });
  });

  it('annotates the problems of the pass on their lines of the manifests, and fails with their number', async () => {
    const text = 'ExternalSecret x/db: spec.data[0] is wrong. Mend it. (deploy/all.yaml:4)';
    const origin = { file: 'deploy/all.yaml', line: 4 };
    const problems = [{ severity: 'error', code: 'remote-object-absent', text, origin }] as const;
    const result = await deploy({ exitCode: 1, counts: passCounts({ create: 1, failed: 1, errors: 1 }), problems });
    expect({ code: result.code, problems: result.outputs['problems'] }).toEqual({ code: 1, problems: '1' });
    expect(errorsOf(result)).toEqual([
      {
        name: 'error',
        properties: { title: 'Keyferry: remote-object-absent', file: 'deploy/all.yaml', line: '4' },
        text,
      },
      { name: 'error', properties: {}, text: '1 error; see the annotations and the summary.' },
    ]);
  });
});

describe('the command plan of a deployment', () => {
  it('looks where deploy keeps its state, also where the context names another namespace', async () => {
    await deploy();
    const { code, outputs } = await run({ command: 'plan' });
    expect({ code, created: outputs['created'] }).toEqual({ code: 0, created: '2' });
  });

  it('shows what deploy would delete, for its job does', async () => {
    const synced = await run({ engine: 'runner', 'installation-namespace': NAMESPACE });
    expect(synced.outputs).toMatchObject({ created: '2' });
    await step.write('deploy/all.yaml', shop.manifests('db'));
    const planned = await run({ command: 'plan' });
    expect(planned.outputs).toMatchObject({ deleted: '1', unchanged: '1' });
    expect(planned.summary).toContain('no longer in the manifests');
    const ofSync = await run({ command: 'plan', engine: 'runner', 'installation-namespace': NAMESPACE });
    expect(ofSync.outputs).toMatchObject({ deleted: '0', unchanged: '1' });
  });
});

describe('the commands for an installation that is there', () => {
  const there = { 'installation-namespace': NAMESPACE };

  it('status tells what is missing, as the failure of the step', async () => {
    await deploy();
    const result = await run({ command: 'status', ...there });
    expect(result.code).toBe(1);
    expect(errorsOf(result).map(({ text }) => text)).toEqual([
      `ExternalSecret ${NAMESPACE}/db: Secret ${NAMESPACE}/db is missing. Run the command status with refresh, which makes a pass now.`,
    ]);
    expect(result.summary).toContain(`| ExternalSecret ${NAMESPACE}/db | Secret ${NAMESPACE}/db (missing) |`);
  });

  it('suspend and resume its CronJob', async () => {
    await deploy();
    expect((await run({ command: 'suspend', ...there })).outputs).toMatchObject({ changed: 'true' });
    expect((await run({ command: 'suspend', ...there })).outputs).toMatchObject({ changed: 'false' });
    expect((await run({ command: 'resume', ...there })).outputs).toMatchObject({ changed: 'true' });
  });

  it('uninstall takes it away, and with secrets: delete what it made', async () => {
    await run({ engine: 'runner', ...there });
    await deploy();
    const result = await run({ command: 'uninstall', secrets: 'delete', ...there });
    expect({ code: result.code, outputs: result.outputs }).toMatchObject({ code: 0, outputs: { deleted: '2' } });
    expect(await shop.secret('db')).toBeUndefined();
    const again = await run({ command: 'uninstall', ...there });
    expect({ code: again.code, errors: errorsOf(again).map(({ text }) => text) }).toMatchObject({
      code: 1,
      errors: [expect.stringContaining(`has no installation ${NAMESPACE}/keyferry`)],
    });
  });
});
