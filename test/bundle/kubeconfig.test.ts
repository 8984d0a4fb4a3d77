/** The input kubeconfig of the bundled action, in the forms in which people hand it over. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { LOOPBACK_TOKEN, LoopbackApiServer } from './loopback-api-server.ts';
import { WorkflowStep, type StepResult } from './workflow-step.ts';

let azure: LoopbackAzure;
let api: LoopbackApiServer;
let step: WorkflowStep;

beforeAll(async () => {
  azure = await startLoopbackAzure();
  api = await LoopbackApiServer.start();
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }] } } });
});
afterAll(async () => {
  await api.close();
  await azure.close();
});
beforeEach(async () => {
  step = await WorkflowStep.create();
  api.forget();
  await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
});
afterEach(() => step.remove());

const run = (kubeconfig: string, inputs: Record<string, string> = {}): Promise<StepResult> => {
  const identity = { 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };
  return step.run({ command: 'sync', manifests: 'deploy', ...identity, kubeconfig, ...inputs }, azure.environment());
};

const errorsOf = ({ commands }: StepResult) => commands.filter(({ name }) => name === 'error').map(({ text }) => text);
/** What people see: the runner takes the commands that set masks out of the log. */
const shownOf = ({ stdout, stderr, summary }: StepResult) =>
  [stdout.replaceAll(/^::add-mask::.*$/gmu, ''), stderr, summary].join('\n');
const masksOf = ({ commands }: StepResult) =>
  commands.filter(({ name }) => name === 'add-mask').map(({ text }) => text);

describe('the input kubeconfig', () => {
  it('is taken in base64, and masked in every form', async () => {
    const base64 = Buffer.from(api.kubeconfig()).toString('base64');
    const result = await run(base64);
    expect({ code: result.code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['db'] });
    expect(masksOf(result)).toEqual(expect.arrayContaining([base64, LOOPBACK_TOKEN]));
  });

  it('is refused without being shown where its line breaks were folded away', async () => {
    const folded = `apiVersion: v1 kind: Config users: - name: u user: token: ${LOOPBACK_TOKEN}`;
    const result = await run(folded);
    expect(errorsOf(result)).toEqual([
      'the kubeconfig is on one line: it lost its line breaks on the way. In a workflow write kubeconfig: ${{ secrets.NAME }}, or a block that begins with | and not with >. Its base64 is taken too.',
    ]);
    expect(shownOf(result)).not.toContain(LOOPBACK_TOKEN);
    expect(masksOf(result)).toEqual(expect.arrayContaining([folded, LOOPBACK_TOKEN]));
  });

  it('is not shown where it is no path, and masked before anything else is said', async () => {
    const result = await run(LOOPBACK_TOKEN, { 'max-deletes': 'ten' });
    expect(shownOf(result)).not.toContain(LOOPBACK_TOKEN);
    expect(result.commands[0]).toMatchObject({ name: 'add-mask', text: LOOPBACK_TOKEN });
  });

  describe('with a login program', () => {
    let kubeconfig: string;
    let ran: string;
    beforeEach(() => {
      ran = join(step.workspace, 'ran');
      const config = JSON.parse(api.kubeconfig()) as { users: object[] };
      const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential' };
      const answer = JSON.stringify({ ...credential, status: { token: LOOPBACK_TOKEN } });
      const args = ['-c', `touch ran; echo '${answer}'`];
      const exec = { apiVersion: credential.apiVersion, interactiveMode: 'Never', command: 'sh', args };
      kubeconfig = JSON.stringify({ ...config, users: [{ name: 'u', user: { exec } }] });
    });

    it('is refused, and the program is not run', async () => {
      expect(errorsOf(await run(kubeconfig))).toEqual([
        'user u of the kubeconfig logs in with a program (exec), and a step runs none that a kubeconfig names. Give the input aks-cluster for a cluster of AKS; a kubeconfig with a token, as Rancher makes them; or allow-exec: true, if whoever can write that kubeconfig may run programs here.',
      ]);
      expect(existsSync(ran)).toBe(false);
    });

    it('is used with allow-exec: true', async () => {
      expect((await run(kubeconfig, { 'allow-exec': 'true' })).code).toBe(0);
      expect({ secrets: api.secrets(), ran: existsSync(ran) }).toEqual({ secrets: ['db'], ran: true });
    });
  });
});

describe('the input identity', () => {
  it('is not azure-cli in a step', async () => {
    expect(errorsOf(await run(api.kubeconfig(), { identity: 'azure-cli' }))).toEqual([
      'the input identity azure-cli is for a laptop: a step never runs az. Leave the input identity out, and give the job permissions: { contents: read, id-token: write }.',
    ]);
  });
});

describe('a runner on which a kubeconfig lies around', () => {
  const nothingNamed = { 'aks-cluster': '', kubeconfig: '' };
  const variables = ['the input aks-cluster', 'the input kubeconfig'];

  beforeEach(async () => {
    await mkdir(join(step.workspace, '.kube'));
    await step.write('.kube/config', api.kubeconfig());
    step.wrong = { HOME: step.workspace };
  });

  it.each(['sync', 'plan', 'status', 'uninstall'])('is not taken for the cluster of a step: %s', async (command) => {
    const looks = command === 'sync' || command === 'plan';
    const inputs = { command, ...(looks ? { manifests: 'deploy' } : {}), ...nothingNamed };
    const result = await step.run(inputs, azure.environment());
    expect({ code: result.code, secrets: api.secrets() }).toEqual({ code: 1, secrets: [] });
    const [error = ''] = errorsOf(result);
    for (const word of [...variables, 'absent, or empty', 'vars.AKS_CLUSTER', 'the input kubeconfig ~/.kube/config']) {
      expect(error).toContain(word);
    }
  });

  it('is taken by its path, and named in log and summary', async () => {
    const result = await run('~/.kube/config');
    expect({ code: result.code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['db'] });
    for (const text of [result.stdout, result.summary]) expect(text).toMatch(/sync for 1 object in cluster \S+/iu);
  });

  it('is taken where a step before has set KUBECONFIG', async () => {
    step.wrong = { HOME: step.workspace, KUBECONFIG: `${step.workspace}/.kube/config` };
    expect((await run('')).code).toBe(0);
  });
});
