/** A run with every right but one names exactly that one, keeps what is there, and does the rest. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sync } from '../../src/commands/sync.ts';
import type { Report } from '../../src/core/model/report.ts';
import { DEFAULT_SETTINGS } from '../../src/engine/sync/settings.ts';
import { startBundle } from '../bundle/bundle.ts';
import { WorkflowStep } from '../bundle/workflow-step.ts';
import { eventually } from './cluster-user.ts';
import { kubeconfigOf } from './control-plane.ts';
import { openRealShop, SERVICE_ACCOUNT, type RealShop } from './real-shop.ts';
import { controlPlane } from './world.ts';

const NAMESPACE = 'rights';
const USER = 'user-0';

interface Rule {
  readonly resource: string;
  readonly verb: string;
  /** Absent where Kubernetes cannot limit the verb by name. */
  readonly name?: string;
}

/** What a sync of one ExternalSecret `db` needs; state and a login through TokenRequest included. */
const RULES: readonly Rule[] = [
  { resource: 'secrets', verb: 'get', name: 'db' },
  { resource: 'secrets', verb: 'create', name: 'db' },
  { resource: 'secrets', verb: 'patch', name: 'db' },
  { resource: 'secrets', verb: 'update', name: 'db' },
  { resource: 'serviceaccounts', verb: 'get', name: SERVICE_ACCOUNT },
  { resource: 'serviceaccounts/token', verb: 'create', name: SERVICE_ACCOUNT },
  { resource: 'configmaps', verb: 'get', name: 'keyferry-state-0' },
  { resource: 'configmaps', verb: 'create', name: 'keyferry-state-0' },
  { resource: 'configmaps', verb: 'patch', name: 'keyferry-state-0' },
  { resource: 'configmaps', verb: 'update', name: 'keyferry-state-0' },
];

let shop: RealShop;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  await bind();
});
afterAll(() => shop.close());

beforeEach(async () => {
  await shop.reset();
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'first' }] } } });
  await allow(RULES);
});

async function bind(): Promise<void> {
  await shop.admin.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'run', namespace: NAMESPACE },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'run' },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: USER }],
  });
}

async function allow(rules: readonly Rule[]): Promise<void> {
  await shop.admin.apply({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'run', namespace: NAMESPACE },
    rules: rules.map(({ resource, verb, name }) => ({
      apiGroups: [''],
      resources: [resource],
      verbs: [verb],
      ...(name === undefined ? {} : { resourceNames: [name] }),
    })),
  });
  await Promise.all(RULES.map((rule) => inEffect(rule, rules.includes(rule))));
}

/** The authorizer learns of a Role a moment after it is stored. */
async function inEffect({ resource, verb, name }: Rule, allowed: boolean): Promise<void> {
  const [plural, subresource] = resource.split('/');
  const resourceAttributes = { namespace: NAMESPACE, verb, resource: plural, subresource, name };
  await eventually(`${verb} ${resource} is ${allowed ? '' : 'not '}allowed`, async () => {
    const { body } = await shop.admin.call({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      body: {
        kind: 'SubjectAccessReview',
        apiVersion: 'authorization.k8s.io/v1',
        spec: { user: USER, resourceAttributes },
      },
    });
    return (body as { status: { allowed: boolean } }).status.allowed === allowed ? true : undefined;
  });
}

async function without(resource: string, verb: string): Promise<void> {
  await allow(RULES.filter((rule) => rule.resource !== resource || rule.verb !== verb));
}

interface Told {
  readonly report: Report;
  /** Everything that a user sees: problems and log lines. */
  readonly text: string;
}

async function run(manifests = shop.manifests('db')): Promise<Told> {
  const ports = shop.ports(manifests, USER);
  const report = await sync(ports, DEFAULT_SETTINGS);
  const logged = (ports.logger as unknown as { text: () => string }).text();
  return { report, text: `${JSON.stringify(report)}\n${logged}`.replaceAll('\\"', '"') };
}

/** Every rule that a text asks for. */
function rulesIn(text: string): readonly string[] {
  const found = text.matchAll(/does not let \\?"user-0\\?" ([a-z]+ [a-z/]+ \\?"[^"\\]+\\?") in namespace rights/gu);
  return [...new Set([...found].map(([, rule = '']) => rule.replaceAll('\\', '')))];
}

describe('a run with least rights', () => {
  it('needs no more than the rules of this table, for first and second sync and a changed value', async () => {
    expect((await run()).report.counts).toMatchObject({ create: 1, errors: 0 });
    expect((await run()).report.counts).toMatchObject({ unchanged: 1, errors: 0 });
    shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'second' }] } } });
    const { report, text } = await run();
    expect(report.counts).toMatchObject({ update: 1, errors: 0 });
    expect(await shop.secret('db')).toEqual({ value: 'second' });
    expect(rulesIn(text)).toEqual([]);
  });
});

describe('a Namespace', () => {
  it('may be read with a Role of its own, by name, and no other may', async () => {
    const rule: Rule = { resource: 'namespaces', verb: 'get', name: NAMESPACE };
    await allow([...RULES, rule]);
    await inEffect(rule, true);
    const { cluster } = shop.ports('', USER);
    expect((await cluster.getNamespace(NAMESPACE))?.name).toBe(NAMESPACE);
    await expect(cluster.getNamespace('default')).rejects.toMatchObject({ kind: 'Forbidden' });
  });
});

describe('a run that lacks one right', () => {
  it.each([
    ['secrets', 'get', 'get secrets "db"'],
    ['secrets', 'create', 'create secrets "db"'],
    ['secrets', 'patch', 'patch secrets "db"'],
    ['serviceaccounts', 'get', `get serviceaccounts "${SERVICE_ACCOUNT}"`],
    ['serviceaccounts/token', 'create', `create serviceaccounts/token "${SERVICE_ACCOUNT}"`],
  ])('names %s %s, fails, and writes no Secret', async (resource, verb, rule) => {
    await without(resource, verb);
    const { report, text } = await run();
    expect(rulesIn(text)).toEqual([rule]);
    expect(report.counts).toMatchObject({ failed: 1, create: 0 });
    expect(await shop.secret('db')).toBeUndefined();
  });

  it('names secrets update, and leaves the Secret as it was', async () => {
    await run();
    shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'second' }] } } });
    await without('secrets', 'update');
    const { report, text } = await run();
    expect(rulesIn(text)).toEqual(['update secrets "db"']);
    expect(report.counts.failed).toBe(1);
    expect(await shop.secret('db')).toEqual({ value: 'first' });
  });

  it('names configmaps get before anything is written', async () => {
    await without('configmaps', 'get');
    await expect(run()).rejects.toMatchObject({
      kind: 'Forbidden',
      what: 'cluster test does not let "user-0" get configmaps "keyferry-state-0" in namespace rights',
    });
    expect(await shop.secret('db')).toBeUndefined();
  });

  it.each([
    ['create', 'create configmaps "keyferry-state-0"'],
    ['patch', 'patch configmaps "keyferry-state-0"'],
  ])('names configmaps %s, and the Secret is written all the same', async (verb, rule) => {
    await without('configmaps', verb);
    const { report, text } = await run();
    expect(rulesIn(text)).toEqual([rule]);
    expect(report.counts).toMatchObject({ create: 1, failed: 0 });
    expect(await shop.secret('db')).toEqual({ value: 'first' });
  });

  it('names configmaps update, and the Secret is written all the same', async () => {
    await run();
    shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'second' }] } } });
    await without('configmaps', 'update');
    const labelled = shop
      .manifests('db')
      .replace('"metadata":{"name":"db"', '"metadata":{"labels":{"team":"a"},"name":"db"');
    const { text } = await run(labelled);
    expect(await shop.secret('db')).toEqual({ value: 'second' });
    expect(rulesIn(text)).toEqual(['update configmaps "keyferry-state-0"']);
  });
});

/** What a bundle printed, and how it ended. */
interface Printed {
  readonly code: number | null;
  readonly text: string;
}

/** The same through the bundles: a workflow step with GitHub's token, the job with that of its ServiceAccount. */
const ENTRIES: Readonly<Record<'action' | 'job', () => Promise<Printed>>> = {
  action: async () => {
    const step = await WorkflowStep.create();
    try {
      await step.write('deploy/all.yaml', shop.manifests('db'));
      const kubeconfig = kubeconfigOf(controlPlane(), USER, NAMESPACE);
      const { code, stdout } = await step.run(
        { command: 'sync', manifests: 'deploy', kubeconfig },
        shop.azure.environment(),
      );
      return { code, text: stdout };
    } finally {
      await step.remove();
    }
  },
  job: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyferry-rights-'));
    try {
      await writeFile(join(folder, 'all.yaml'), shop.manifests('db'));
      await writeFile(join(folder, 'kubeconfig'), kubeconfigOf(controlPlane(), USER, NAMESPACE));
      const azure = Object.entries(shop.azure.environment()).filter(([name]) => !name.startsWith('ACTIONS_'));
      const environment = {
        ...Object.fromEntries(azure),
        HOME: folder,
        KEYFERRY_FILENAME: join(folder, 'all.yaml'),
        KEYFERRY_KUBECONFIG: join(folder, 'kubeconfig'),
        KEYFERRY_TERMINATION_LOG: join(folder, 'termination-log'),
      };
      const { code, stdout } = await startBundle('job', { cwd: folder, environment }).ended;
      return { code, text: stdout };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

describe.each(['action', 'job'] as const)('the bundle of the %s', (entry) => {
  const rights = [
    ['secrets', 'get', 'get secrets "db"'],
    ['secrets', 'create', 'create secrets "db"'],
    ['secrets', 'patch', 'patch secrets "db"'],
    ['serviceaccounts', 'get', `get serviceaccounts "${SERVICE_ACCOUNT}"`],
    ['configmaps', 'get', 'get configmaps "keyferry-state-0"'],
    ...(entry === 'job'
      ? [['serviceaccounts/token', 'create', `create serviceaccounts/token "${SERVICE_ACCOUNT}"`] as const]
      : []),
  ] as const;

  it('syncs with every right of the table', async () => {
    const { code, text } = await ENTRIES[entry]();
    expect({ code, rules: rulesIn(text) }).toEqual({ code: 0, rules: [] });
    expect(await shop.secret('db')).toEqual({ value: 'first' });
  });

  it.each(rights)(
    'names %s %s where it is missing, ends with 1, and writes no Secret',
    async (resource, verb, rule) => {
      await without(resource, verb);
      const { code, text } = await ENTRIES[entry]();
      expect({ code, rules: rulesIn(text) }).toEqual({ code: 1, rules: [rule] });
      expect(await shop.secret('db')).toBeUndefined();
    },
  );

  it('names secrets update where it is missing, and leaves the Secret as it was', async () => {
    await run();
    shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'second' }] } } });
    await without('secrets', 'update');
    // The job looks at what is due: what somebody changed by hand is.
    await shop.admin.patch({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'db', namespace: NAMESPACE },
      data: { value: Buffer.from('by hand').toString('base64') },
    });
    const { code, text } = await ENTRIES[entry]();
    expect({ code, rules: rulesIn(text) }).toEqual({ code: 1, rules: ['update secrets "db"'] });
    expect(await shop.secret('db')).toEqual({ value: 'by hand' });
  });
});
