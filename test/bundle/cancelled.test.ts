/** A workflow that is cancelled: the runner sends SIGINT to the step, and waits some seconds before it kills it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { printed } from './bundle.ts';
import { LoopbackApiServer, type ApiRequest } from './loopback-api-server.ts';
import { WorkflowStep, type StepResult } from './workflow-step.ts';

const NOTHING = 'the run was asked to stop before its first write. Nothing was written. Run it again.';

let azure: LoopbackAzure;
let server: LoopbackApiServer;
let step: WorkflowStep;

beforeAll(async () => {
  azure = await startLoopbackAzure();
  server = await LoopbackApiServer.start();
});
afterAll(async () => {
  await azure.close();
  await server.close();
});
beforeEach(async () => {
  step = await WorkflowStep.create();
  await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
});
afterEach(async () => {
  server.forget();
  await step.remove();
});

/** Longer than any of these may take. */
const WAIT = { 'wait-timeout': '300' };

/** Cancelled when the first such request has come in; it is answered once the step has heard of it. */
async function cancelledAt(
  matches: (request: ApiRequest) => boolean,
  inputs: Readonly<Record<string, string>>,
): Promise<StepResult> {
  const login = { 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };
  const all = { manifests: 'deploy', kubeconfig: server.kubeconfig(), ...login, ...WAIT, ...inputs };
  const running = step.start(all, azure.environment());
  let isSent = false;
  server.onRequest = async (request) => {
    if (isSent || !matches(request)) return;
    isSent = true;
    const heard = printed(running.child, 'asked to stop');
    running.child.kill('SIGINT');
    await heard;
  };
  const result = await step.finish(running);
  server.onRequest = undefined;
  expect({ isSent, signal: result.signal, stderr: result.stderr }).toEqual({ isSent: true, signal: null, stderr: '' });
  return result;
}

/** The failure of the step. */
const told = ({ code, commands }: StepResult) => ({
  code,
  errors: commands
    .filter(({ name, properties }) => name === 'error' && properties['title'] === undefined)
    .map(({ text }) => text),
});
const isJob = ({ method, path }: ApiRequest): boolean => method === 'POST' && path.endsWith('/jobs');

describe('a deploy that is cancelled', () => {
  it.each<[string, (request: ApiRequest) => boolean]>([
    ['at its first question', ({ method }) => method === 'GET'],
    ['in the dry run', ({ isDryRun }) => isDryRun],
  ])('%s has written nothing, and says so', async (_when, matches) => {
    const result = await cancelledAt(matches, { command: 'deploy' });
    expect(told(result)).toEqual({ code: 1, errors: [NOTHING] });
    expect(server.writes).toEqual([]);
  });

  it('between two writes says what was applied and what was not', async () => {
    const result = await cancelledAt(({ path, isDryRun }) => !isDryRun && path.includes('-engine-'), {
      command: 'deploy',
    });
    const [error] = told(result).errors;
    expect(error).toBe(
      'the run was asked to stop: not applied yet: 3 objects; no pass was started, what was begun was finished. Run it again: what is done stays done.',
    );
    expect(
      server.writes.map((write) =>
        write
          .split('/')
          .at(-1)
          ?.replace(/[0-9a-f]{12}$/u, ''),
      ),
    ).toEqual(['keyferry-inventory', 'keyferry', 'keyferry-intents-', 'keyferry-engine-']);
    expect(result.summary).toContain('| left | CronJob shop/keyferry |');
    expect(result.outputs).toMatchObject({ changed: 'true', problems: '1' });
    expect(JSON.parse(result.report ?? '')).toMatchObject({ command: 'deploy', problems: [{ code: 'run-stopped' }] });
  });

  it('once the pass is started says that it goes on, with report, summary and outputs', async () => {
    const result = await cancelledAt(isJob, { command: 'deploy' });
    expect(told(result)).toEqual({
      code: 1,
      errors: [
        'the run was asked to stop: everything was applied, and the pass that was started goes on in the cluster. See how it ended with the command status.',
      ],
    });
    expect(result.summary).toContain('### Keyferry: deployed shop/keyferry');
    expect(result.outputs).toMatchObject({ changed: 'true', problems: '1' });
    expect(JSON.parse(result.report ?? '')).toMatchObject({ command: 'deploy', installation: 'shop/keyferry' });
    expect((await step.post()).stdout).toBe('');
  });
});

describe('another command of an installation that is cancelled', () => {
  const place = { 'installation-namespace': 'shop' };

  beforeEach(async () => {
    await cancelledAt(isJob, { command: 'deploy' });
  });

  it('while status waits for its pass ends long before the runner kills it, and says that the pass goes on', async () => {
    const result = await cancelledAt(isJob, { command: 'status', refresh: 'true', ...place });
    expect(told(result)).toEqual({
      code: 1,
      errors: [
        'the run was asked to stop; the pass that it started in the cluster is not. See how it ends with the command status.',
      ],
    });
  });

  it('while uninstall deletes says what is left, and goes on when it is run again', async () => {
    const result = await cancelledAt(({ method }) => method === 'DELETE', { command: 'uninstall', ...place });
    expect(told(result)).toEqual({
      code: 1,
      errors: [
        'the run was asked to stop: 7 objects of the installation left; what was begun was finished. Run it again: it goes on where this ended.',
      ],
    });
    expect(result.summary).toContain('| left | ConfigMap shop/keyferry-inventory |');
    const inputs = { command: 'uninstall', kubeconfig: server.kubeconfig(), ...place };
    expect(await step.run(inputs, azure.environment())).toMatchObject({ code: 0 });
  });

  it.each(['suspend', 'resume'])('before %s writes leaves everything as it is', async (command) => {
    const before = [...server.writes];
    const result = await cancelledAt(({ method }) => method === 'GET', { command, ...place });
    expect(told(result)).toEqual({ code: 1, errors: [NOTHING] });
    expect(server.writes).toEqual(before);
  });
});
