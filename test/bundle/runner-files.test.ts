/** A runner whose files are not there, or are on a full disk. /dev/full is Linux's: every write to it says so. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import {
  GithubRestServer,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
} from '../servers/index.ts';
import { WorkflowStep, type StepResult } from './workflow-step.ts';

const INPUTS = {
  command: 'sync',
  manifests: 'deploy',
  directory: 'cluster',
  'azure-client-id': MANAGED_CLIENT_ID,
  'azure-tenant-id': TENANT_ID,
};
const LEAVE =
  'Leave the variable as the runner sets it; where the job runs in a container, its folder must be mounted there.';

let azure: LoopbackAzure;
let step: WorkflowStep;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  step = await WorkflowStep.create();
  await step.write('deploy/all.yaml', yaml(STORE, externalSecret('db')));
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }] } } });
});
afterEach(() => step.remove());

const run = (): Promise<StepResult> => step.run(INPUTS, azure.environment());
const secrets = () => readdir(join(step.workspace, 'cluster/shop/secrets')).catch(() => []);
const told = ({ code, stderr, commands }: StepResult) => ({
  code,
  stderr,
  errors: commands.filter(({ name }) => name === 'error').map(({ text }) => text),
  warnings: commands.filter(({ name }) => name === 'warning').map(({ text }) => text),
});
const warned = (text: string) => ({ code: 0, stderr: '', errors: [], warnings: [text] });
const failed = (text: string) => ({ code: 1, stderr: '', errors: [text], warnings: [] });

describe('results that cannot be written', () => {
  const summary = (reason: string) => `the summary cannot be written to where GITHUB_STEP_SUMMARY says (${reason}).`;
  const outputs = (reason: string) => `the outputs cannot be written to where GITHUB_OUTPUT says (${reason}).`;
  const FREE = 'Free space on the disk of the runner.';

  it.each([
    ['a summary in no folder', { GITHUB_STEP_SUMMARY: '/nonexistent/summary' }, `${summary('ENOENT')} ${LEAVE}`],
    ['a summary that is a folder', { GITHUB_STEP_SUMMARY: '/tmp' }, `${summary('EISDIR')} ${LEAVE}`],
    ['a summary on a full disk', { GITHUB_STEP_SUMMARY: '/dev/full' }, `${summary('ENOSPC')} ${FREE}`],
    ['outputs that are not there', { GITHUB_OUTPUT: '/nonexistent/output' }, `${outputs('it is not there')} ${LEAVE}`],
    ['outputs on a full disk', { GITHUB_OUTPUT: '/dev/full' }, `${outputs('ENOSPC')} ${FREE}`],
  ])('are a warning, for the Secrets are written: %s', async (_what, wrong, text) => {
    step.wrong = wrong;
    expect(told(await run())).toEqual(warned(`${text} Everything else was done.`));
    expect(await secrets()).toEqual(['db.yaml']);
  });

  it('keep no plan from its pull request', async () => {
    const github = await GithubRestServer.start({ repository: 'contoso/shop' });
    step.jobToken = github.token({ login: 'github-actions[bot]', permissions: { 'pull-requests': 'write' } });
    step.wrong = { GITHUB_STEP_SUMMARY: '/nonexistent/summary' };
    const event = await step.event({ pull_request: { number: 7 } });
    const runner = { ...azure.environment(), ...github.environment(), ...event, GITHUB_RUN_ID: '1' };
    const { code } = await step.run({ ...INPUTS, command: 'plan' }, runner);
    expect({ code, comments: github.comments(7).length }).toEqual({ code: 0, comments: 1 });
    await github.close();
  });
});

describe('a runner that cannot be spoken to', () => {
  it('is told before anything is done, where there is no folder for results', async () => {
    step.wrong = { RUNNER_TEMP: '/nonexistent/temp' };
    const text = 'the files of this step cannot be written to where RUNNER_TEMP says (ENOENT).';
    expect(told(await run())).toEqual(failed(`${text} ${LEAVE}`));
    expect(await secrets()).toEqual([]);
  });

  it('is told before anything is done, where there is no place for its state', async () => {
    step.wrong = { GITHUB_STATE: '/nonexistent/state' };
    const text = 'the state for the end of the job cannot be written to where GITHUB_STATE says (it is not there).';
    expect(told(await run())).toEqual(failed(`${text} ${LEAVE}`));
    expect(await secrets()).toEqual([]);
  });

  it('has its results in the folder of the system where RUNNER_TEMP is empty, never in the checkout', async () => {
    step.wrong = { RUNNER_TEMP: '' };
    const result = await run();
    const { 'report-path': path = '' } = result.outputs;
    expect({ code: result.code, isAbsolute: isAbsolute(path) }).toEqual({ code: 0, isAbsolute: true });
    expect(path.startsWith(step.workspace)).toBe(false);
    expect(await readdir(step.workspace)).toEqual(['cluster', 'deploy']);
    await step.post();
  });
});
