/** The bundled action and job with hostile names in manifests: what a runner and a pod would read of them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STORE, yaml } from '../engine/shop.ts';
import { expectTame, expectTameMarkdown, HOSTILE_LINE, hostileManifests } from '../hostile/names.ts';
import { MANAGED_CLIENT_ID, startLoopbackAzure, TENANT_ID, type LoopbackAzure } from '../servers/index.ts';
import { startBundle } from './bundle.ts';
import { WorkflowStep, type StepResult } from './workflow-step.ts';

let azure: LoopbackAzure;
let step: WorkflowStep;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: '{"a":"1"}' }] } } });
  step = await WorkflowStep.create();
  await step.write('base.yaml', yaml(STORE));
  await step.write('deploy/a.yaml', hostileManifests());
  await step.write('deploy/b.yaml', hostileManifests(HOSTILE_LINE));
});
afterEach(() => step.remove());

/** Of the runner's own: what our lines are made of. */
const OWN = ['add-mask', 'group', 'endgroup', 'error', 'warning', 'debug'];

function expectTameStep({ stdout, stderr, summary, report, commands, outputs }: StepResult): void {
  expect(commands.map(({ name }) => name).filter((name) => !OWN.includes(name))).toEqual([]);
  const isOwn = new RegExp(`^::(?:${OWN.join('|')})(?: |::)`, 'u');
  expectTame(
    stdout
      .split('\n')
      .filter((line) => !isOwn.test(line))
      .join('\n'),
    'log',
  );
  for (const { name, text, properties } of commands) {
    if (name !== 'add-mask') expectTame(`${text}\n${Object.values(properties).join('\n')}`, name);
  }
  expectTame(stderr, 'standard error');
  expectTameMarkdown(summary, 'summary');
  expectTame(report ?? '', 'report');
  expectTame(Object.values(outputs).join('\n'), 'outputs');
}

describe('a step with manifests of somebody else', () => {
  it.each([
    ['validate', {}],
    ['plan', { 'plan-level': 'offline', base: 'base.yaml' }],
    ['plan', { 'plan-level': 'metadata', directory: 'cluster' }],
    ['plan', { directory: 'cluster', 'log-level': 'debug' }],
    ['sync', { directory: 'cluster', 'log-level': 'debug' }],
    ['render', {}],
  ])('obeys no name, in log, annotations, summary, outputs and report: %s %j', async (command, inputs) => {
    const result = await step.run(
      { command, manifests: 'deploy', 'azure-client-id': MANAGED_CLIENT_ID, 'azure-tenant-id': TENANT_ID, ...inputs },
      azure.environment(),
    );
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('vso[');
    expectTameStep(result);
  });
});

describe('a job with such manifests', () => {
  it('obeys no name, in log and termination message, and its log is JSON with the names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyferry-job-'));
    await writeFile(join(folder, 'all.yaml'), hostileManifests());
    const { stdout, stderr } = await startBundle('job', {
      cwd: folder,
      environment: {
        ...azure.environment(),
        HOME: folder,
        KEYFERRY_FILENAME: join(folder, 'all.yaml'),
        KEYFERRY_DIRECTORY: join(folder, 'cluster'),
        KEYFERRY_AZURE_CLIENT_ID: MANAGED_CLIENT_ID,
        KEYFERRY_TERMINATION_LOG: join(folder, 'termination-log'),
      },
    }).ended;
    const message = await readFile(join(folder, 'termination-log'), 'utf8');
    await rm(folder, { recursive: true });
    expectTame(stdout, 'log');
    expectTame(stderr, 'standard error');
    expectTame(message, 'termination message');
    const lines = stdout.split('\n').filter((line) => line !== '');
    expect(lines.map((line) => typeof JSON.parse(line)).every((type) => type === 'object')).toBe(true);
    expect(message).toContain('\\n::error::forged');
  });
});
