/** Plans on a pull request as GitHub runs them: the bundled action, a loopback GitHub, a loopback vault. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Canaries } from '../scenarios/canaries.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import {
  GithubRestServer,
  MANAGED_CLIENT_ID,
  startLoopbackAzure,
  TENANT_ID,
  type LoopbackAzure,
  type TokenRights,
} from '../servers/index.ts';
import { LoopbackApiServer } from './loopback-api-server.ts';
import { WorkflowStep, type StepResult } from './workflow-step.ts';

const AUTHOR = 'github-actions[bot]';
const WRITE: TokenRights['permissions'] = { contents: 'read', 'pull-requests': 'write' };
const OFFLINE = { command: 'plan', 'plan-level': 'offline', manifests: 'deploy' };
const FULL = {
  command: 'plan',
  manifests: 'deploy',
  directory: 'cluster',
  'azure-client-id': MANAGED_CLIENT_ID,
  'azure-tenant-id': TENANT_ID,
};
const METADATA = { ...FULL, 'plan-level': 'metadata' };

let azure: LoopbackAzure;
let github: GithubRestServer;
let step: WorkflowStep;
let base: string;

beforeAll(async () => {
  azure = await startLoopbackAzure();
});
afterAll(() => azure.close());

beforeEach(async () => {
  step = await WorkflowStep.create();
  github = await GithubRestServer.start({ repository: 'contoso/shop' });
  await mkdir(join(step.workspace, '.git'));
  base = github.commit({ 'deploy/all.yaml': yaml(STORE) });
  azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'correct-horse' }], token: [{ value: 't-1234' }] } } });
});
afterEach(async () => {
  azure.vaults.permissions.clear();
  azure.vaults.clearLog();
  await github.close();
  await step.remove();
});

const write = (...names: readonly string[]) =>
  step.write('deploy/all.yaml', yaml(STORE, ...names.map((name) => externalSecret(name))));

interface Situation {
  readonly fork?: boolean;
  readonly permissions?: TokenRights['permissions'];
  readonly run?: number;
  /** False = GitHub gives the job no ID token, as to forks. */
  readonly login?: boolean;
}

/** A step of a workflow on pull_request. */
async function run(inputs: Readonly<Record<string, string>>, situation: Situation = {}): Promise<StepResult> {
  const { fork = false, permissions = WRITE, run: runId = 100, login = true } = situation;
  step.jobToken = github.token({ login: AUTHOR, permissions });
  const event = await step.event({
    pull_request: {
      number: 7,
      base: { sha: base, repo: { full_name: 'contoso/shop' } },
      head: { sha: 'abcdef0123456789', repo: { full_name: fork ? 'mallory/shop' : 'contoso/shop' } },
    },
  });
  const runner = { ...github.environment(), ...event, GITHUB_RUN_ID: String(runId), GITHUB_RUN_ATTEMPT: '1' };
  return await step.run(inputs, { ...(login ? azure.environment() : {}), ...runner });
}

const texts = ({ commands }: StepResult, name: string) =>
  commands.filter((command) => command.name === name).map(({ text }) => text);
const bodies = () => github.comments(7).map(({ body }) => body);

describe('a plan on a pull request', () => {
  it('comments once, and updates that comment the second time', async () => {
    await write('db');
    const first = await run(FULL);
    expect([first.code, texts(first, 'warning'), github.comments(7).length]).toEqual([0, [], 1]);
    expect(bodies()[0]).toContain(
      '### Keyferry: plan (full) for 1 object in folder cluster\n\n1 to create, 0 to update, 0 to delete',
    );
    expect(bodies()[0]).toContain('| create | Secret shop/db | password | ExternalSecret shop/db |');
    expect(bodies()[0]).toContain(`Fingerprint: \`${first.outputs['fingerprint'] ?? ''}\``);
    expect(bodies()[0]).toContain('Commit abcdef0, [run 100](https://github.example/contoso/shop/actions/runs/100)');
    await write('db', 'token');
    await run(FULL, { run: 101 });
    expect(github.comments(7)).toHaveLength(1);
    expect(bodies()[0]).toContain('### Keyferry: plan (full) for 2 objects');
  });

  it('writes none where nothing changes, and says so in one that there is', async () => {
    await write('db');
    await step.run({ ...FULL, command: 'sync' }, azure.environment());
    const nothing = await run(FULL);
    expect([nothing.code, github.comments(7)]).toEqual([0, []]);
    await write('db', 'token');
    await run(FULL, { run: 101 });
    await write('db');
    await run(FULL, { run: 102 });
    expect(bodies()).toEqual([expect.stringContaining('\nNo changes.\n\n### Keyferry: plan (full) for 1 object')]);
  });

  it('tells an earlier comment where there is no plan any more', async () => {
    await write('db');
    await run(FULL);
    await run(FULL, { run: 101, login: false });
    expect(bodies()).toEqual([
      expect.stringMatching(/1 failed, 0 unchanged\.\n\n- \*\*error\*\* ExternalSecret shop\/db/u),
    ]);
    const broken = await run({ ...FULL, directory: '', kubeconfig: 'absent' }, { run: 102 });
    expect(broken.code).toBe(1);
    expect(bodies()).toEqual([
      expect.stringContaining('### Keyferry: plan (full) failed\n\nThere is no plan of this commit'),
    ]);
  });

  it('says why it is no comment among the ten warnings that GitHub shows, however many there are', async () => {
    const many = Array.from({ length: 12 }, (_, index) => externalSecret(`db-${index}`, { unknownField: 1 }));
    await step.write('deploy/all.yaml', yaml(STORE, ...many));
    const warnings = texts(await run(OFFLINE, { permissions: { contents: 'read' } }), 'warning');
    expect(warnings).toHaveLength(10);
    expect(warnings[9]).toMatch(/^The plan is no comment on pull request #7/u);
  });

  it('tells an earlier comment where an input is refused', async () => {
    await write('db');
    for (const [place, wrong] of [{ 'max-deletes': 'ten' }, { prnue: 'true' }, { 'plan-level': 'ful' }].entries()) {
      await run(FULL, { run: 101 + place * 2 });
      expect(bodies()).toEqual([expect.stringContaining('### Keyferry: plan (full) for 1 object')]);
      expect((await run({ ...FULL, ...wrong }, { run: 102 + place * 2 })).code).toBe(1);
      expect(bodies()).toEqual([expect.stringContaining('### Keyferry: plan (full) failed\n\nThere is no plan')]);
    }
    await run({ ...FULL, 'max-deletes': 'ten', comment: 'false', installation: 'other' }, { run: 110 });
    expect(github.comments(7)).toHaveLength(1);
  });

  it('gives the exact lines where it may not comment, and does not fail for it', async () => {
    await write('db');
    const result = await run(FULL, { permissions: { contents: 'read' } });
    expect([result.code, result.outputs['created']]).toEqual([0, '1']);
    expect(texts(result, 'warning')).toEqual([
      `The plan is no comment on pull request #7: GitHub refused GET /repos/contoso/shop/issues/7/comments (HTTP 403). Give the job these permissions, or set the input comment to false; the summary of the run has the plan.
permissions:
  contents: read
  id-token: write
  pull-requests: write`,
    ]);
    expect(result.summary).toContain('| create | Secret shop/db | password | ExternalSecret shop/db |');
    const reader = await run(OFFLINE, { permissions: { contents: 'read', 'pull-requests': 'read' } });
    expect(texts(reader, 'warning')[0]).toMatch(/permissions:\n {2}contents: read\n {2}pull-requests: write$/u);
  });

  it('does not fail either where GitHub is down or asks to wait', async () => {
    await write('db');
    github.faults.inject({ match: 'comments', status: 429, retryAfter: 3000 });
    const result = await run(FULL);
    expect(result.code).toBe(0);
    expect(texts(result, 'warning')).toEqual([
      'The plan is no comment on pull request #7: GitHub refused GET /repos/contoso/shop/issues/7/comments (HTTP 429, too many requests). Run the job again later. The summary of the run has the plan.',
    ]);
  });

  it('is no comment where the input says so, or where there is no pull request', async () => {
    await write('db');
    await run({ ...FULL, comment: 'false' });
    expect(github.log).toEqual([]);
    const push = { ...azure.environment(), ...github.environment() };
    expect(texts(await step.run(FULL, push), 'warning')).toEqual([]);
    expect(texts(await step.run({ ...FULL, comment: 'true' }, push), 'warning')).toEqual([
      'The plan is no comment: this run belongs to no pull request. Run it on pull_request, or set the input comment to auto.',
    ]);
    expect(texts(await step.run({ ...FULL, comment: 'yes' }, push), 'error')).toEqual([
      'the input comment is "yes", which is not one of auto, true, false. Use one of these.',
    ]);
    expect(github.log).toEqual([]);
  });

  it('is cut with a count where it is huge, in comment and summary', async () => {
    await write(...Array.from({ length: 1_500 }, (_, index) => `absent-from-the-base-${index}`));
    const result = await run(OFFLINE);
    expect(result.code).toBe(0);
    const [body = ''] = bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/And \d+ rows more, for which there is no room here; the report as JSON has them all\./u);
    expect(body).toContain(result.outputs['fingerprint']);
    expect(result.summary).toContain('absent-from-the-base-1499');
    expect(JSON.parse(result.report ?? '')).toMatchObject({ counts: { added: 1_500 } });
  });
});

describe('a pull request from a fork', () => {
  it('gets an offline plan in its summary, without any login, and no comment', async () => {
    await write('db');
    const result = await run(OFFLINE, { fork: true, login: false, permissions: { contents: 'read' } });
    expect([result.code, texts(result, 'warning'), github.comments(7)]).toEqual([0, [], []]);
    expect(texts(result, 'notice')).toEqual([
      'The plan is no comment: pull request #7 comes from a fork, whose workflows may only read. The summary of the run has it.',
    ]);
    expect(result.summary).toContain('### Keyferry: plan (offline) for 2 objects');
    expect(result.summary).toContain('| added | ExternalSecret shop/db |');
    expect(result.outputs).toMatchObject({ changed: 'true', created: '1', problems: '0' });
    expect(result.outputs['fingerprint']).toMatch(/^offline-1c0u0d-[0-9a-f]{56}$/u);
  });
});

describe('an offline plan', () => {
  it('reads the base from GitHub in few requests, and shows what is invalid on its line', async () => {
    const manifests = yaml(STORE, externalSecret('db', {}, { creationPolicy: 'Owned' }));
    await step.write('deploy/all.yaml', manifests);
    const result = await run({ ...OFFLINE, comment: 'false' });
    expect(result.code).toBe(1);
    expect(result.commands.find(({ name }) => name === 'error')?.properties).toMatchObject({ file: 'deploy/all.yaml' });
    expect(github.log.map((line) => line.replaceAll(/[0-9a-f]{40}/gu, 'SHA'))).toEqual([
      'GET /repos/contoso/shop/git/trees/SHA?recursive=1 200',
      'GET /repos/contoso/shop/git/blobs/SHA 200',
    ]);
  });

  it('takes the base from disk where it is given, and then asks GitHub for nothing', async () => {
    await write('db', 'token');
    await mkdir(join(step.workspace, 'before'));
    await step.write('before/all.yaml', yaml(STORE, externalSecret('db')));
    const result = await step.run({ ...OFFLINE, base: 'before' });
    expect([result.code, result.outputs['created']]).toEqual([0, '1']);
    expect(github.log).toEqual([]);
  });

  it('says what it needs where it knows no base', async () => {
    await write('db');
    expect(texts(await step.run(OFFLINE), 'error')).toEqual([
      'the input base is missing, which a plan of the input plan-level offline compares with, and this run belongs to no pull request. Give the manifests as they were before, or run on pull_request.',
    ]);
    const blind = await run(OFFLINE, { permissions: { 'pull-requests': 'write' } });
    expect(texts(blind, 'error')[0]).toContain('Add permissions: contents: read to the job');
  });

  it('says what it needs where the event names no base, and GitHub does not show the pull request', async () => {
    await write('db');
    step.jobToken = github.token({ login: AUTHOR, permissions: { contents: 'read' } });
    const event = await step.event({ pull_request: { number: 8 } });
    const result = await step.run(OFFLINE, { ...github.environment(), ...event });
    expect(texts(result, 'error')).toEqual([
      'the manifests of the base could not be read: GitHub refused GET /repos/contoso/shop/pulls/8 (HTTP 404). Add permissions: contents: read and pull-requests: read to the job, or give the manifests to compare with in the input base.',
    ]);
  });
});

describe('a plan of metadata', () => {
  it('works as Key Vault Reader, and says how far it saw', async () => {
    azure.vaults.deny({ operation: 'get' });
    await write('db');
    const result = await run(METADATA);
    expect([result.code, result.outputs['created']]).toEqual([0, '1']);
    expect(result.outputs['fingerprint']).toMatch(/^metadata-1c0u0d-/u);
    expect(bodies()[0]).toContain('### Keyferry: plan (metadata) for 1 object');
    expect(azure.vaults.requests('kv-shop')).toEqual(['GET /secrets/db/versions']);
    expect(texts(result, 'add-mask').filter((text) => text.includes('correct-horse'))).toEqual([]);
  });

  it('is sent no value of a real cluster either, and finds what a sync wrote in step', async () => {
    const api = await LoopbackApiServer.start();
    try {
      await write('db');
      const real = { ...METADATA, directory: '', engine: 'runner', kubeconfig: api.kubeconfig() };
      const created = await step.run({ ...real, command: 'sync', 'plan-level': 'full' }, azure.environment());
      expect([created.code, api.secrets()]).toEqual([0, ['db']]);
      api.secretReads.splice(0);
      azure.vaults.deny({ operation: 'get' });
      const result = await run(real);
      expect([result.code, result.outputs['changed'], result.outputs['unchanged']]).toEqual([0, 'false', '1']);
      expect(api.secretReads).toEqual(['metadata']);
    } finally {
      await api.close();
    }
  });

  it('and one with values have a comment each', async () => {
    await write('db');
    await run(METADATA);
    await run(FULL);
    await run(OFFLINE);
    expect(github.comments(7)).toHaveLength(3);
  });
});

describe('an apply after an approval', () => {
  const apply = (fingerprint: string | undefined, more: Readonly<Record<string, string>> = {}) =>
    step.run(
      { ...FULL, ...more, command: 'sync', 'plan-fingerprint': fingerprint ?? '' },
      { ...azure.environment(), ...github.environment() },
    );

  it.each([
    ['full', FULL],
    ['metadata', METADATA],
  ])('writes the plan of level %s that was seen', async (_level, inputs) => {
    await write('db');
    const { outputs } = await run(inputs);
    const applied = await apply(outputs['fingerprint']);
    expect([applied.code, applied.outputs['created']]).toEqual([0, '1']);
  });

  it('writes an offline plan that was seen, compared with the same base', async () => {
    await write('db');
    await mkdir(join(step.workspace, 'before'));
    await step.write('before/all.yaml', yaml(STORE));
    const { outputs } = await run(OFFLINE);
    const refused = await apply(outputs['fingerprint']);
    expect(texts(refused, 'error')[0]).toContain('the input base is missing');
    const applied = await apply(outputs['fingerprint'], { base: 'before' });
    expect([applied.code, applied.outputs['created']]).toEqual([0, '1']);
  });

  it.each([
    ['full', FULL],
    ['metadata', METADATA],
  ])('refuses another plan than the one of level %s that was seen, and writes nothing', async (_level, inputs) => {
    await write('db');
    const { outputs } = await run(inputs);
    await write('db', 'token');
    const refused = await apply(outputs['fingerprint']);
    expect(refused.code).toBe(1);
    expect(texts(refused, 'error').at(-1)).toBe(
      'the plan that was approved is not the plan now: 1 to create then, 2 now. Nothing was written. Read the plan as it is now (plan), approve it, and run again with its fingerprint as the input plan-fingerprint.',
    );
    expect(refused.outputs).toMatchObject({ changed: 'false', created: '0', updated: '0', deleted: '0' });
    expect(refused.summary).not.toContain(':::create');
    expect((await readdir(step.workspace)).includes('cluster')).toBe(false);
  });

  it('refuses where the vault has another version than the one that was seen', async () => {
    await write('db');
    const { outputs } = await run(FULL);
    azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'rotated' }] } } });
    const refused = await apply(outputs['fingerprint']);
    expect([refused.code, (await readdir(step.workspace)).includes('cluster')]).toEqual([1, false]);
  });

  it('writes nothing where the fingerprint got lost on its way from the plan', async () => {
    await write('db');
    const refused = await apply('', { 'require-plan-fingerprint': 'true' });
    expect(refused.code).toBe(1);
    expect(texts(refused, 'error')).toEqual([
      'the input plan-fingerprint is missing, or empty, and the input require-plan-fingerprint says that there must be one. Nothing was written. Give that of the plan that was approved. In a workflow it is the output fingerprint of the step that planned; a job hands it on as an output of its own: outputs: fingerprint: ${{ steps.plan.outputs.fingerprint }} there, ${{ needs.plan.outputs.fingerprint }} here.',
    ]);
    expect((await readdir(step.workspace)).includes('cluster')).toBe(false);
  });

  it('writes the plan that was seen where one is required', async () => {
    await write('db');
    const { outputs } = await run(FULL);
    const applied = await apply(outputs['fingerprint'], { 'require-plan-fingerprint': 'true' });
    expect([applied.code, applied.outputs['created']]).toEqual([0, '1']);
  });

  it('takes the short form of a report for none', async () => {
    await write('db');
    expect(texts(await apply('full-1c0u0d-3076c59a'), 'error')).toEqual([
      'the input plan-fingerprint "full-1c0u0d-3076c59a" is not a whole fingerprint. Give that of the output fingerprint, of the JSON or of the Markdown: level, counts and 56 digits, as full-1c0u0d-….',
    ]);
  });
});

describe('values and tokens', () => {
  it('are in no comment, summary, output, report or log, at any level', async () => {
    const canaries = new Canaries();
    const secrets = { db: [{ value: canaries.next() }], token: [{ value: canaries.next() }] };
    azure.vaults.edit({ 'kv-shop': { secrets } });
    await write('db', 'token', 'mistyped');
    await step.run({ ...FULL, command: 'sync', 'show-values': 'true' }, azure.environment());
    azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: canaries.next() }] } } });
    const seen = new Map<string, string>();
    for (const inputs of [FULL, METADATA, OFFLINE]) {
      const level = (inputs as { 'plan-level'?: string })['plan-level'] ?? 'full';
      const { stdout, stderr, outputs, summary, report = '' } = await run({ ...inputs, 'log-level': 'debug' });
      canaries.remember(step.jobToken);
      const log = stdout.replaceAll(/^::add-mask::.*$/gmu, '');
      for (const [name, text] of Object.entries({ log, stderr, summary, report, outputs: JSON.stringify(outputs) })) {
        seen.set(`${level}: ${name}`, text);
      }
    }
    expect(github.comments(7)).toHaveLength(3);
    expect(canaries.leaks(new Map([...seen, ['comments', bodies().join('\n')]]))).toEqual([]);
  });
});
