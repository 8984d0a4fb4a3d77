/** The action as GitHub runs it on a Windows runner: the bundle in Node for Windows, against loopback Azure. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { THIS_MACHINE, until } from '../bundle/bundle.ts';
import { LoopbackApiServer } from '../bundle/loopback-api-server.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { WINDOWS } from './windows-machine.ts';

const LOGIN = { 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID };

let azure: LoopbackAzure;
let step: WorkflowStep;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  step = await WorkflowStep.create(WINDOWS);
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }], token: [{ value: 't-1234' }] } } });
});
afterEach(() => step.remove());

/** As Git for Windows checks it out. */
async function checkout(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(step.workspace, file)), { recursive: true });
  await step.write(file, text.replaceAll('\n', '\r\n'));
}

async function checkoutShop(): Promise<void> {
  await checkout('deploy/stores/kv.yaml', yaml(STORE));
  await checkout('deploy/apps/db/all.yaml', yaml(externalSecret('db')));
  await checkout('deploy/apps/token.yaml', yaml(externalSecret('token')));
}

const run = (inputs: Record<string, string>): Promise<StepResult> => step.run(inputs, azure.environment());
const errors = ({ commands }: StepResult) => commands.filter(({ name }) => name === 'error');
const renderedBy = ({ outputs }: StepResult) => readFile(WINDOWS.pathHere(outputs['rendered-path'] ?? ''), 'utf8');

describe('command: validate', () => {
  it.each([
    ['a folder with backslashes', 'deploy\\apps'],
    ['a folder with slashes', 'deploy/apps'],
    ['a glob with backslashes', 'deploy\\apps\\**\\*.yaml'],
    ['a glob with slashes', 'deploy/apps/**/*.yaml'],
    ['two lines, with the line ends of Windows', 'deploy\\apps\\token.yaml\r\n.\\deploy\\apps\\db\r\n'],
  ])('takes %s, and annotates files as GitHub knows them', async (_what, manifests) => {
    const wrong = yaml(externalSecret('db', {}, { creationPolicy: 'Owned' }));
    await checkout('deploy/apps/db/all.yaml', wrong);
    await checkout('deploy/apps/token.yaml', yaml(externalSecret('token')));
    const result = await run({ command: 'validate', manifests });
    const line = wrong.split('\n').findIndex((text) => text.includes('creationPolicy')) + 1;
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 1, stderr: '' });
    expect(errors(result)[0]?.properties).toMatchObject({ file: 'deploy/apps/db/all.yaml', line: String(line) });
    expect(errors(result)[0]?.text).toContain(`(deploy/apps/db/all.yaml:${line})`);
    expect(JSON.stringify([result.commands, result.summary, result.report])).not.toContain('\\\\apps');
    expect(result.outputs['problems']).toBe('1');
  });

  it('annotates files that are named from the root of the drive', async () => {
    await checkout('deploy/all.yaml', yaml(externalSecret('db', {}, { creationPolicy: 'Owned' })));
    const result = await run({ command: 'validate', manifests: WINDOWS.pathThere(join(step.workspace, 'deploy')) });
    expect(errors(result)[0]?.properties).toMatchObject({ file: 'deploy/all.yaml' });
  });

  it('reads manifests outside the workspace', async () => {
    await writeFile(join(step.workspace, '../shared.yaml'), yaml(externalSecret('db')));
    await checkout('deploy/all.yaml', yaml(STORE));
    const result = await run({ command: 'validate', manifests: 'deploy\n..\\shared.yaml' });
    expect({ code: result.code, problems: result.outputs['problems'] }).toEqual({ code: 0, problems: '0' });
  });

  it('says what is not there, as on other systems', async () => {
    const result = await run({ command: 'validate', manifests: 'deploy\\nowhere\ndeploy\\*.yaml' });
    expect(errors(result).map(({ text }) => text)).toEqual([
      'deploy/nowhere does not exist. Check the path; it starts at the working directory.',
      expect.stringMatching(/^deploy\/\*\.yaml matches no \.yaml, \.yml or \.json file\. /u),
      'deploy/nowhere does not exist. Check the path; it starts at the working directory. And 1 error more, see the log.',
    ]);
  });
});

describe('command: render', () => {
  it('gives what Linux gives, to the byte, engine included', async () => {
    await checkoutShop();
    const here = await WorkflowStep.create(THIS_MACHINE);
    await mkdir(join(here.workspace, 'deploy/apps/db'), { recursive: true });
    await mkdir(join(here.workspace, 'deploy/stores'), { recursive: true });
    await here.write('deploy/stores/kv.yaml', yaml(STORE));
    await here.write('deploy/apps/db/all.yaml', yaml(externalSecret('db')));
    await here.write('deploy/apps/token.yaml', yaml(externalSecret('token')));
    const expected = (await here.run({ command: 'render', manifests: 'deploy' })).outputs['rendered-path'] ?? '';
    const result = await run({ command: 'render', manifests: '.\\deploy\\' });
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
    expect(await renderedBy(result)).toBe(await readFile(expected, 'utf8'));
    await here.remove();
  });

  it('fills placeholders from a file with the line ends of Windows', async () => {
    await checkout('deploy/all.yaml', yaml(STORE, externalSecret('${APP}')));
    await checkout('values/prod.yaml', 'APP: db\n');
    const result = await run({ command: 'render', manifests: 'deploy', values: 'values\\prod.yaml' });
    expect({ code: result.code, errors: errors(result) }).toEqual({ code: 0, errors: [] });
    expect(await renderedBy(result)).toContain('"metadata":{"name":"db","namespace":"shop"}');
  });
});

describe('command: plan', () => {
  it('compares manifests with manifests, without any login', async () => {
    await checkoutShop();
    await checkout('before/all.yaml', yaml(STORE, externalSecret('db')));
    const inputs = {
      command: 'plan',
      'plan-level': 'offline',
      manifests: 'deploy\\**\\*.yaml',
      base: 'before\\*.yaml',
    };
    const result = await step.run(inputs);
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
    expect(result.outputs).toMatchObject({ changed: 'true', created: '1', deleted: '0' });
    expect(JSON.stringify(result.report)).toContain('deploy/apps/token.yaml');
  });
});

describe('command: sync', () => {
  const SYNC = { command: 'sync', manifests: 'deploy', directory: 'cluster\\prod', ...LOGIN };
  const folder = () => join(step.workspace, 'cluster/prod/shop/secrets');

  it('brings manifests into a folder with the token of the job, and finds it in step the second time', async () => {
    await checkoutShop();
    const first = await run({ ...SYNC, 'show-values': 'true' });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.outputs).toMatchObject({ changed: 'true', created: '2', failed: '0' });
    expect((await readdir(folder())).sort()).toEqual(['db.yaml', 'token.yaml']);
    const { data } = parse(await readFile(join(folder(), 'db.yaml'), 'utf8')) as { data: Record<string, string> };
    expect(data).toEqual({ password: Buffer.from('correct-horse').toString('base64') });
    expect((await run({ ...SYNC, 'show-values': 'true' })).outputs).toMatchObject({ changed: 'false', unchanged: '2' });
  });

  it('writes the same folder as Linux, so that either goes on where the other ended', async () => {
    await checkoutShop();
    await run(SYNC);
    const there = await WorkflowStep.create(THIS_MACHINE);
    const written = WINDOWS.pathHere(join(step.workspace, 'cluster/prod'));
    const manifests = join(step.workspace, 'deploy');
    const result = await there.run({ ...SYNC, manifests, directory: written }, azure.environment());
    expect(result.outputs).toMatchObject({ changed: 'false', created: '0', unchanged: '2' });
    await there.remove();
  });

  it('updates many Secrets at a time, and replaces the state of each', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `app-${at}`);
    const secrets = (value: string) => Object.fromEntries(names.map((name) => [name, [{ value }]]));
    await checkout('deploy/all.yaml', yaml(STORE, ...names.map((name) => externalSecret(name))));
    azure.vaults.edit({ 'kv-shop': { secrets: secrets('one') } });
    expect((await run(SYNC)).outputs).toMatchObject({ created: '12', failed: '0' });
    azure.vaults.edit({ 'kv-shop': { secrets: secrets('two') } });
    expect((await run(SYNC)).outputs).toMatchObject({ updated: '12', failed: '0' });
    expect(await readdir(join(step.workspace, 'cluster/prod/.keyferry'))).toEqual([
      '.gitignore',
      'fingerprint.key',
      'state.yaml',
    ]);
  });

  it('takes tokens of the Azure CLI, which is a batch file, where it is not a step', async () => {
    await checkout('deploy/all.yaml', yaml(STORE, externalSecret('db')));
    const identity = { clientId: MANAGED_CLIENT_ID, tenantId: TENANT_ID } as const;
    const accessToken = azure.entra.issueToken({
      identity: { ...identity, objectId: 'bbbbbbbb-0000-0000-0000-000000000001', kind: 'managed-identity' },
      resource: 'https://vault.azure.net',
    });
    const answer = JSON.stringify({ accessToken, expires_on: Math.floor(Date.now() / 1000) + 3600 });
    await checkout('az/az.cmd', `@echo off\necho ${answer}\n`);
    const { code, stdout } = await WINDOWS.startBundle('cli', {
      args: ['sync', '-f', 'deploy', '--directory', 'preview', '--identity', 'azure-cli'],
      cwd: step.workspace,
      environment: {
        CI: 'true',
        ...azure.environmentElsewhere(),
        WINEPATH: WINDOWS.pathThere(join(step.workspace, 'az')),
      },
    }).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('1 created, ') });
  });

  it('writes Secrets that are called as devices of Windows are', async () => {
    azure.vaults.edit({ 'kv-shop': { secrets: { aux: [{ value: 'x' }], con: [{ value: 'y' }] } } });
    await checkout('deploy/all.yaml', yaml(STORE, externalSecret('aux'), externalSecret('con')));
    expect((await run(SYNC)).outputs).toMatchObject({ created: '2', failed: '0' });
    expect((await readdir(folder())).sort()).toEqual(['aux.yaml', 'con.yaml']);
  });
});

describe('a real cluster', () => {
  let api: LoopbackApiServer;
  const SYNC = { command: 'sync', manifests: 'deploy', ...LOGIN };

  beforeEach(async () => {
    api = await LoopbackApiServer.start();
    await checkoutShop();
  });
  afterEach(() => api.close());

  it.each([
    ['as text', (text: string) => text],
    ['as text with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['as a file', () => '.kube\\shop.yaml'],
  ])('is reached by a kubeconfig that is given %s', async (_how, given) => {
    await checkout('.kube/shop.yaml', api.kubeconfig());
    const result = await run({ ...SYNC, kubeconfig: given(api.kubeconfig()) });
    expect({ code: result.code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['db', 'token'] });
  });

  it('gets the writes in hand, and no other, when the runner sends Ctrl-C', async () => {
    const hold = api.holdSecretWrites(2);
    const { child, printedSofar, ended } = step.start({ ...SYNC, kubeconfig: api.kubeconfig() }, azure.environment());
    await hold.reached;
    child.kill('SIGINT');
    await until(() => printedSofar().includes('asked to stop'));
    hold.release();
    const { code, stdout } = await ended;
    expect({ code, secrets: api.secrets() }).toEqual({ code: 0, secrets: ['db', 'token'] });
    expect(stdout).toContain('2 created, 0 updated, 0 deleted, 0 unchanged.');
  });
});

describe('the end of the job', () => {
  it('takes the report away', async () => {
    await checkoutShop();
    const { outputs } = await run({ command: 'validate', manifests: 'deploy' });
    expect(outputs['report-path']).toMatch(/^Z:\\.*\\report\.json$/u);
    expect(await step.post()).toMatchObject({ code: 0, stdout: '', stderr: '' });
    await expect(readFile(WINDOWS.pathHere(outputs['report-path'] ?? ''))).rejects.toThrow('ENOENT');
  });
});
