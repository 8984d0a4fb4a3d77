/**
 * The workflows that people copy, carried out: those of examples/workflows and the quick start of the README, whose
 * manifest is the one that is deployed. Nothing is known beforehand but an identity and clusters of AKS.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT, startBundle, type Ended } from '../bundle/bundle.ts';
import { runWorkflow, type StepRun } from '../bundle/workflow-run.ts';
import { WorkflowStep, type StepResult } from '../bundle/workflow-step.ts';
import { bindDeployer, quickStart } from '../docs/quick-start.ts';
import { GithubRestServer, GITLAB_ISSUER, MANAGED_CLIENT_ID, TENANT_ID } from '../servers/index.ts';
import { trustEntra, type EntraTrust } from './entra-trust.ts';
import { passCounts, withPass, type Pass } from './played-pass.ts';
import { openRealShop, type RealShop } from './real-shop.ts';
import { controlPlane } from './world.ts';

const NAMESPACE = 'shop';
const INSTALLATION = { name: 'keyferry', namespace: NAMESPACE };
let shop: RealShop;
let trust: EntraTrust;
let github: GithubRestServer;
let step: WorkflowStep;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  trust = await trustEntra(shop.azure, controlPlane(), MANAGED_CLIENT_ID);
  step = await WorkflowStep.create();
  github = await GithubRestServer.start({ repository: 'contoso/shop' });
  await mkdir(join(step.workspace, 'deploy/secrets'), { recursive: true });
  await mkdir(join(step.workspace, 'deploy/environments'), { recursive: true });
});
afterAll(async () => {
  await removeInstallation();
  await trust.close();
  await shop.close();
  await github.close();
  await step.remove();
});

beforeEach(async () => {
  await removeInstallation();
  await shop.reset();
  await bindDeployer(shop.admin, shop.azure.entra.identity(MANAGED_CLIENT_ID)!.objectId);
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { 'database-password': [{ value: 'correct-horse' }] } } });
  await step.write('deploy/secrets/orders.yaml', QUICK_START.manifest);
});

/** The namespace is another test's too. */
async function removeInstallation(): Promise<void> {
  for (const kind of ['CronJob', 'Job', 'RoleBinding', 'Role', 'Lease', 'ConfigMap']) {
    for (const { metadata } of await shop.admin.list(kind, NAMESPACE)) {
      if (metadata.name !== 'kube-root-ca.crt') await shop.admin.delete(kind, NAMESPACE, metadata.name);
    }
  }
}

const QUICK_START = quickStart();

const example = (name: string): string => readFileSync(join(ROOT, 'examples/workflows', name), 'utf8');

function cluster(name: string): string {
  const { server, caFile } = controlPlane();
  return shop.azure.arm.setCluster('rg-shop', name, { server, authority: readFileSync(caFile, 'utf8') });
}

/** Those of the repository, as the quick start sets them; an environment of waves has a cluster of its own. */
const vars = (environment: string): Record<string, string> => ({
  AZURE_CLIENT_ID: MANAGED_CLIENT_ID,
  AZURE_READER_CLIENT_ID: MANAGED_CLIENT_ID,
  AZURE_TENANT_ID: TENANT_ID,
  AKS_CLUSTER: cluster(environment.startsWith('shop-') ? environment : 'aks-shop'),
});

/** What a deployment waits for is left by the test, as often as a Job appears. */
async function runStep(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const running = () => step.run({ ...inputs, 'wait-timeout': '60' }, shop.azure.environment());
  return (inputs['command'] ?? 'deploy') === 'deploy' ? await withPass(created(), running) : await running();
}

const created = (): Pass => ({
  admin: shop.admin,
  installation: INSTALLATION,
  told: { counts: passCounts({ create: 1 }) },
});

const run = (text: string, github: object = { event_name: 'push' }): Promise<readonly StepRun[]> =>
  runWorkflow({ text, github, vars, runStep });

const told = (runs: readonly StepRun[]) =>
  runs.map(({ job, environment, result }) => ({
    job,
    environment,
    code: result.code,
    errors: result.commands.filter(({ name }) => name === 'error').map(({ text }) => text),
  }));

const green = (job: string, environment: string) => ({ job, environment, code: 0, errors: [] });

describe('the quick start of the README', () => {
  it('installs, with the rights that it gives, and its step is green', async () => {
    const runs = await run(QUICK_START.workflow);
    expect(told(runs)).toEqual([green('deploy', 'production')]);
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeDefined();
    expect(runs[0]?.result.summary).toContain('### Keyferry: deployed shop/keyferry in cluster');
  });

  it('is undone with the inputs that it says', async () => {
    await run(QUICK_START.workflow);
    expect(told(await run(QUICK_START.undo))).toEqual([green('deploy', 'production')]);
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeUndefined();
  });
});

describe('examples/workflows', () => {
  it('deploy.yml deploys', async () => {
    expect(told(await run(example('deploy.yml')))).toEqual([green('deploy', 'production')]);
  });

  it('refresh.yml syncs what is due, and installs nothing', async () => {
    const [first] = await run(example('refresh.yml'));
    expect({ code: first?.result.code, created: first?.result.outputs['created'] }).toEqual({ code: 0, created: '1' });
    const [second] = await run(example('refresh.yml'));
    expect(second?.result.outputs).toMatchObject({ changed: 'false', unchanged: '1' });
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeUndefined();
  });

  it('waves.yml deploys to one cluster after the other, each with its own values', async () => {
    await step.write('deploy/secrets/orders.yaml', QUICK_START.manifest.replace('kv-shop', '${VAULT}'));
    for (const environment of ['shop-test', 'shop-west', 'shop-north']) {
      await step.write(`deploy/environments/${environment}.yaml`, 'VAULT: kv-shop\n');
    }
    expect(told(await run(example('waves.yml')))).toEqual([
      green('first', 'shop-test'),
      green('others', 'shop-west'),
      green('others', 'shop-north'),
    ]);
  });
});

describe('examples/workflows/pull-request.yml', () => {
  const NUMBER = 7;

  /** The run of a pull request that brings the manifest of the quick start. */
  async function plan(fork: boolean): Promise<readonly StepRun[]> {
    const base = github.commit({ 'README.md': 'nothing yet' });
    const repositories = { base: 'contoso/shop', head: fork ? 'mallory/shop' : 'contoso/shop' };
    const event = {
      pull_request: {
        number: NUMBER,
        base: { sha: base, repo: { full_name: repositories.base } },
        head: { sha: 'abcdef0123456789', repo: { full_name: repositories.head, fork } },
      },
    };
    const permissions = fork
      ? ({ contents: 'read' } as const)
      : ({ contents: 'read', 'pull-requests': 'write' } as const);
    step.jobToken = github.token({ login: 'github-actions[bot]', permissions });
    const runner = {
      ...github.environment(),
      ...(await step.event(event)),
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_RUN_ID: '100',
      GITHUB_RUN_ATTEMPT: '1',
    };
    const azure = fork ? shop.azure.environmentElsewhere() : shop.azure.environment();
    return await runWorkflow({
      text: example('pull-request.yml'),
      github: { event_name: 'pull_request', ref: 'refs/pull/7/merge', repository: repositories.base, event },
      vars,
      runStep: (inputs) => step.run(inputs, { ...azure, ...runner }),
    });
  }

  it('comments on the pull request without reading a value', async () => {
    shop.azure.vaults.clearLog();
    const [run] = await plan(false);
    expect(told(run === undefined ? [] : [run])).toEqual([green('plan', '')]);
    expect(run?.inputs['plan-level']).toBe('metadata');
    expect(github.comments(NUMBER)).toHaveLength(1);
    const read = shop.azure.vaults
      .requests('kv-shop')
      .filter((line) => /^GET \/secrets\/[\w-]+\/(?!versions)/u.test(line));
    expect(read).toEqual([]);
  });

  it('compares manifests alone for a fork, which may not log in', async () => {
    const [run] = await plan(true);
    expect({ code: run?.result.code, level: run?.inputs['plan-level'] }).toEqual({ code: 0, level: 'offline' });
    expect(run?.result.summary).toContain('orders-db');
  });
});

describe('examples/workflows/apply-after-approval.yml', () => {
  it('deploys exactly the plan that was approved', async () => {
    expect(told(await run(example('apply-after-approval.yml')))).toEqual([
      green('plan', 'plan'),
      green('apply', 'production'),
    ]);
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeDefined();
  });

  it('deploys nothing where the plan is another by then', async () => {
    const changes = async (inputs: Readonly<Record<string, string>>): Promise<StepResult> => {
      const result = await runStep(inputs);
      shop.azure.vaults.edit({ 'kv-shop': { secrets: { 'database-password': [{ value: 'rotated-meanwhile' }] } } });
      return result;
    };
    const text = example('apply-after-approval.yml');
    const runs = await runWorkflow({ text, github: { event_name: 'push' }, vars, runStep: changes });
    expect(runs.map(({ job, result }) => [job, result.code])).toEqual([
      ['plan', 0],
      ['apply', 1],
    ]);
    expect(told(runs).at(-1)?.errors[0]).toContain('the plan that was approved is not the plan now');
    expect(await shop.admin.find('CronJob', NAMESPACE, 'keyferry')).toBeUndefined();
  });
});

describe('examples for other systems', () => {
  interface Script {
    readonly keyferry: readonly string[];
    readonly environment: Readonly<Record<string, string>>;
  }

  /** The line of the script that runs Keyferry, and the variables of the step, with those of the project in them. */
  function scriptOf(lines: readonly string[], variables: Readonly<Record<string, string>>, form: RegExp): Script {
    const line = lines.find((one) => one.startsWith('keyferry ')) ?? '';
    const known = vars('production');
    const filled = Object.entries(variables).map(([name, text]) => [
      name,
      text.replace(form, (_whole, variable: string) => known[variable] ?? ''),
    ]);
    return { keyferry: line.split(' ').slice(1), environment: Object.fromEntries(filled) as Record<string, string> };
  }

  async function runScript({ keyferry, environment }: Script, ofSystem: Record<string, string>): Promise<Ended> {
    const elsewhere = shop.azure.environmentElsewhere();
    const all = { CI: 'true', HOME: step.workspace, ...elsewhere, ...ofSystem, ...environment };
    const bundle = { args: keyferry, cwd: step.workspace, environment: all };
    return await withPass(created(), () => startBundle('cli', bundle).ended);
  }

  it('azure-pipelines.yml deploys with the token of its service connection', async () => {
    const pipeline = parse(example('azure-pipelines.yml')) as {
      readonly steps: readonly { readonly inputs?: Record<string, string>; readonly env?: Record<string, string> }[];
    };
    const task = pipeline.steps.find(({ inputs }) => inputs?.['inlineScript'] !== undefined)!;
    const { SYSTEM_ACCESSTOKEN: accessToken, ...env } = task.env ?? {};
    expect(accessToken).toBe('$(System.AccessToken)');
    const script = scriptOf([task.inputs?.['inlineScript'] ?? ''], env, /\$\((\w+)\)/gu);
    const ended = await runScript(script, {
      ...shop.azure.pipelines.environment(),
      AZURESUBSCRIPTION_CLIENT_ID: MANAGED_CLIENT_ID,
      AZURESUBSCRIPTION_TENANT_ID: TENANT_ID,
    });
    expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr + ended.stdout }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(shop.azure.pipelines.requests.length).toBeGreaterThan(0);
  });

  it('gitlab-ci.yml deploys with the token of its job', async () => {
    const { 'deploy-secrets': job } = parse(example('gitlab-ci.yml')) as {
      readonly 'deploy-secrets': {
        readonly script: readonly string[];
        readonly variables: Record<string, string>;
        readonly id_tokens: Readonly<Record<string, { readonly aud: string }>>;
      };
    };
    const tokens = Object.entries(job.id_tokens).map(([name, { aud }]) => [name, shop.azure.gitlab.token(aud)]);
    const script = scriptOf(job.script, job.variables, /\$(\w+)/gu);
    const ended = await runScript(script, Object.fromEntries(tokens) as Record<string, string>);
    expect({ code: ended.code, stderr: ended.code === 0 ? '' : ended.stderr + ended.stdout }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(shop.azure.gitlab.issuer).toBe(GITLAB_ISSUER);
  });
});
