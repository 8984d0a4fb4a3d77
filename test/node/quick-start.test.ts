/**
 * The quick start of the README from push to green step, with nothing played: GitHub's token, a managed identity,
 * Resource Manager, an API server that checks Entra's token by itself, and pods that log in as themselves.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runWorkflow } from '../bundle/workflow-run.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import { eventually } from '../cluster/cluster-user.ts';
import { trustEntra } from '../cluster/entra-trust.ts';
import { trustServiceAccounts } from '../cluster/service-account-trust.ts';
import { controlPlane } from '../cluster/world.ts';
import { bindDeployer, comparable, quickStart } from '../docs/quick-start.ts';
import { AKS_SERVER_ID, MANAGED_CLIENT_ID, TENANT_ID, TOKEN_AUDIENCE } from '../servers/index.ts';
import { nameOnNode } from './container-images.ts';
import { NODE_IMAGE, openNodeWorld, type NodeWorld } from './node-world.ts';
import { serveWorkloadIdentity } from './workload-identity-webhook.ts';

const NAMESPACE = 'shop';
const QUICK_START = quickStart();

let world: NodeWorld;
let step: WorkflowStep;
let vars: Readonly<Record<string, string>>;
/** Of the first push. */
let first: StepResult;

beforeAll(async () => {
  await nameOnNode(NODE_IMAGE, 'docker.io/library/node:24-slim');
  world = await openNodeWorld(NAMESPACE);
  await serveWorkloadIdentity(world);
  const { azure, admin } = world;
  await trustServiceAccounts(azure, admin, { clientId: MANAGED_CLIENT_ID, namespace: NAMESPACE, name: 'keyferry' });
  const trust = await trustEntra(azure, controlPlane(), MANAGED_CLIENT_ID);
  world.closeLater(() => trust.close());
  await bindDeployer(admin, azure.entra.identity(MANAGED_CLIENT_ID)!.objectId);
  const { server, caFile } = controlPlane();
  const cluster = azure.arm.setCluster('rg-shop', 'aks-shop', { server, authority: await readFile(caFile, 'utf8') });
  vars = { AZURE_CLIENT_ID: MANAGED_CLIENT_ID, AZURE_TENANT_ID: TENANT_ID, AKS_CLUSTER: cluster };
  step = await WorkflowStep.create();
  world.closeLater(() => step.remove());
  await mkdir(join(step.workspace, 'deploy/secrets'), { recursive: true });
  await step.write('deploy/secrets/orders.yaml', QUICK_START.manifest);
});
afterAll(() => world.close());

async function push(workflow: string): Promise<StepResult> {
  const environment = world.azure.environment();
  const here = { ...environment, NO_PROXY: `${environment['NO_PROXY']},${new URL(controlPlane().server).hostname}` };
  const runs = await runWorkflow({
    text: workflow,
    github: { event_name: 'push' },
    vars: () => vars,
    runStep: (inputs) => step.run(inputs, here),
  });
  expect(runs).toHaveLength(1);
  return runs[0]!.result;
}

const told = ({ code, stderr, commands }: StepResult) => ({
  code,
  stderr,
  errors: commands.filter(({ name }) => name === 'error').map(({ text }) => text),
});
const GREEN = { code: 0, stderr: '', errors: [] };

describe('the quick start of the README', () => {
  it('ends with a Secret that a pod wrote as itself', async () => {
    world.fillVault({ 'database-password': 'correct-horse' });
    const result = await push(QUICK_START.workflow);
    expect(told(result)).toEqual(GREEN);
    expect(await world.secret('orders-db')).toEqual({ password: 'correct-horse' });
    expect(result.outputs).toMatchObject({ created: '1', updated: '0', deleted: '0', failed: '0', changed: 'true' });
    first = result;
  });

  it('logs in anew for each, the workflow as itself and the pod as itself', () => {
    const { entra, github, arm } = world.azure;
    const logins = entra.log.map(({ clientId, subject, scope, status }) => ({ clientId, subject, scope, status }));
    const by = (subject: string, resource: string) => ({
      clientId: MANAGED_CLIENT_ID,
      subject,
      scope: `${resource}/.default`,
      status: 200,
    });
    expect(logins).toEqual([
      by(github.subject, 'https://management.azure.com'),
      by(github.subject, AKS_SERVER_ID),
      by('system:serviceaccount:shop:keyferry', 'https://vault.azure.net'),
    ]);
    expect(github.requests).toEqual([TOKEN_AUDIENCE, TOKEN_AUDIENCE]);
    expect(arm.requests).toHaveLength(1);
  });

  it('shows the summary that it says', () => {
    expect(comparable(first.summary)).toEqual(comparable(QUICK_START.summary));
  });

  it('changes nothing with a push that brings nothing', async () => {
    const { outputs } = await push(QUICK_START.workflow);
    expect(outputs).toMatchObject({ created: '0', updated: '0', deleted: '0', unchanged: '1', changed: 'false' });
  });

  it('brings a value that has changed, however long its refreshInterval', async () => {
    world.fillVault({ 'database-password': 'battery-staple' });
    expect((await push(QUICK_START.workflow)).outputs).toMatchObject({ created: '0', updated: '1', changed: 'true' });
    expect(await world.secret('orders-db')).toEqual({ password: 'battery-staple' });
  });

  it('brings a new manifest with the push that has it', async () => {
    world.fillVault({ 'database-user': 'orders' });
    const more = QUICK_START.manifest.trimEnd().split('\n').slice(-3).join('\n');
    const second = more.replace('password', 'user').replace('database-password', 'database-user');
    await step.write('deploy/secrets/orders.yaml', `${QUICK_START.manifest.trimEnd()}\n${second}\n`);
    expect((await push(QUICK_START.workflow)).outputs).toMatchObject({ updated: '1', failed: '0', changed: 'true' });
    expect(await world.secret('orders-db')).toEqual({ password: 'battery-staple', user: 'orders' });
  });

  it('is undone with the inputs that it says', async () => {
    expect(told(await push(QUICK_START.undo))).toEqual(GREEN);
    await eventually('nothing is left', async () =>
      (await world.secret('orders-db')) === undefined ? true : undefined,
    );
    for (const kind of ['CronJob', 'Role', 'Secret']) {
      expect({ kind, left: await world.admin.list(kind, NAMESPACE) }).toEqual({ kind, left: [] });
    }
  });
});
