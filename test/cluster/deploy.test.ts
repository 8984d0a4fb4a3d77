/**
 * Installations in a real API server, as a namespace admin without any right beyond the namespace. There are no nodes:
 * the pods are test/node's affair, so that here a pass is what a test leaves in its place.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { Ended } from '../bundle/bundle.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { MANAGED_CLIENT_ID } from '../servers/index.ts';
import { eventually } from './cluster-user.ts';
import { InstallingTeam, namesOf } from './installing-team.ts';
import { withPass } from './played-pass.ts';
import { openRealShop, SERVICE_ACCOUNT, type RealShop } from './real-shop.ts';

const NAMESPACE = 'deployed';
const USER = 'user-2';

let shop: RealShop;
let team: InstallingTeam;

beforeAll(async () => {
  shop = await openRealShop(NAMESPACE);
  team = await InstallingTeam.open(shop, USER);
});
afterAll(async () => {
  await shop.close();
  await team.close();
});

beforeEach(async () => {
  await shop.reset();
  for (const { kind, metadata } of await installed()) await shop.admin.delete(kind, NAMESPACE, metadata.name);
  await team.write(shop.manifests('db'));
});

const keyferry = (...args: readonly string[]): Promise<Ended> => team.keyferry(...args);

/** Of this namespace; what a team installs may reach beyond it, but not here. */
async function installed(instance?: string): Promise<readonly KubernetesObject[]> {
  return (await team.installed(instance)).filter(({ metadata }) => metadata.namespace === NAMESPACE);
}

async function deploy(installation = 'keyferry', ...args: readonly string[]): Promise<Ended> {
  return await deployed(installation, ['-f', 'manifests.yaml', '--installation', installation, ...args]);
}

/** The same from plain inputs. */
async function deployPlain(...args: readonly string[]): Promise<Ended> {
  const inputs = ['--vault-url', 'https://kv-shop.vault.azure.net', '--namespace', NAMESPACE, '--all'];
  const identity = ['--azure-client-id', MANAGED_CLIENT_ID];
  return await deployed('keyferry', [...inputs, '--target', 'app-secrets', ...identity, ...args]);
}

async function deployed(name: string, args: readonly string[]): Promise<Ended> {
  const installation = { name, namespace: NAMESPACE };
  return await withPass({ admin: shop.admin, installation }, () => keyferry('deploy', '--wait-timeout', '60', ...args));
}

describe('the repository that an installation belongs to', () => {
  const of = (name: string, id: string) => ({ GITHUB_REPOSITORY: `contoso/${name}`, GITHUB_REPOSITORY_ID: id });
  const from = async (variables: Readonly<Record<string, string>>, act: () => Promise<Ended>): Promise<Ended> => {
    team.variables = variables;
    return await act().finally(() => (team.variables = {}));
  };
  const recorded = async () =>
    (await shop.admin.find('ConfigMap', NAMESPACE, 'keyferry-inventory'))?.metadata.annotations;
  const SHOP = {
    'keyferry.dev/repository': 'https://github.com/contoso/shop',
    'keyferry.dev/repository-id': '1001',
  };
  const WHOSE =
    'installation keyferry, and the Secrets that it made, belong to https://github.com/contoso/shop; this run is of https://github.com/contoso/billing. Nothing was changed.';

  it('is recorded, and another one neither deploys into it nor takes it away', async () => {
    expect((await from(of('shop', '1001'), deploy)).code).toBe(0);
    expect(await recorded()).toEqual(SHOP);
    const before = await installed();
    await team.write(shop.manifests('cache'));
    for (const act of [deploy, () => keyferry('uninstall', '--installation-namespace', NAMESPACE)]) {
      const { code, stdout } = await from(of('billing', '1002'), act);
      expect({ code, told: stdout.includes(WHOSE) }).toEqual({ code: 1, told: true });
      expect(stdout.split('\n')[0]).toMatch(/^Not (?:un)?(?:deployed|installed): deployed\/keyferry in cluster test$/u);
    }
    expect(await installed()).toEqual(before);
  });

  it('stays recorded through a deployment from a laptop, and a new name of it', async () => {
    await from(of('shop', '1001'), deploy);
    expect((await deploy()).code).toBe(0);
    expect(await recorded()).toEqual(SHOP);
    expect((await from(of('webshop', '1001'), deploy)).code).toBe(0);
    expect((await recorded())?.['keyferry.dev/repository']).toBe('https://github.com/contoso/webshop');
  });

  it('is the next one after the annotations were taken off', async () => {
    await from(of('shop', '1001'), deploy);
    const taken = { 'keyferry.dev/repository': null, 'keyferry.dev/repository-id': null };
    await shop.admin.patch({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'keyferry-inventory', namespace: NAMESPACE, annotations: taken as never },
    });
    expect((await from(of('billing', '1002'), deploy)).code).toBe(0);
    expect((await recorded())?.['keyferry.dev/repository']).toBe('https://github.com/contoso/billing');
  });
});

describe('deploy', () => {
  it('installs with rights of the namespace alone, and changes nothing the second time', async () => {
    const first = await deploy();
    expect({ code: first.code, stderr: first.code === 0 ? '' : first.stderr + first.stdout }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(namesOf(await installed())).toEqual([
      'ConfigMap keyferry-engine-DIGEST',
      'ConfigMap keyferry-intents-DIGEST',
      'ConfigMap keyferry-inventory',
      'ConfigMap keyferry-report',
      'CronJob keyferry',
      'Role keyferry',
      'RoleBinding keyferry',
      'ServiceAccount keyferry',
    ]);
    expect((await deploy()).stdout).toContain('0 created, 0 changed, 0 deleted, 6 unchanged.');
  });

  it('gives the job rights on names only, but for creating Events', async () => {
    await deploy();
    const role = await shop.admin.find('Role', NAMESPACE, 'keyferry');
    const rules = role?.['rules'] as readonly {
      readonly resourceNames?: readonly string[];
      readonly verbs: readonly string[];
    }[];
    expect(rules.filter(({ resourceNames = [] }) => resourceNames.length === 0)).toEqual([
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ]);
    expect(rules.flatMap(({ verbs }) => verbs).filter((verb) => ['list', 'watch', '*'].includes(verb))).toEqual([]);
  });

  it('applies nothing where a manifest has an error, and says where', async () => {
    const wrong = shop.manifests('db').replace('"vaultUrl"', '"vaultURL"');
    await team.write(wrong);
    const { code, stdout } = await deploy();
    expect(code).toBe(1);
    expect(stdout).toContain('vaultURL');
    expect(stdout).toContain('manifests.yaml:2');
    expect(await installed()).toEqual([]);
  });

  it('refuses a placeholder without a value, and fills one that has one', async () => {
    const text = shop.manifests('db').replace('https://kv-shop.vault.azure.net', 'https://${VAULT}.vault.azure.net');
    await team.write(text);
    expect((await deploy()).stdout).toContain('holds the placeholder ${VAULT}, which has no value.');
    expect((await deploy('keyferry', '--values', 'VAULT: kv-shop')).code).toBe(0);
    const intents = (await installed()).find(({ metadata }) => metadata.name.includes('-intents-'));
    expect(JSON.stringify(intents)).toContain('https://kv-shop.vault.azure.net');
  });

  it('says what stands in the way when no pass comes to its end', async () => {
    const { code, stdout } = await keyferry('deploy', '-f', 'manifests.yaml', '--wait-timeout', '2');
    expect(code).toBe(1);
    expect(stdout).toContain('no pass came to its end within 2 s. Give it more time with --wait-timeout');
  });

  it('does not replace a newer engine unasked', async () => {
    await deploy();
    const metadata = { name: 'keyferry', namespace: NAMESPACE, annotations: { 'keyferry.dev/version': '99.0.0' } };
    await shop.admin.patch({ kind: 'CronJob', metadata });
    const refused = await keyferry('deploy', '-f', 'manifests.yaml');
    expect({ code: refused.code, stderr: refused.stderr }).toEqual({
      code: 1,
      stderr: `error  installation ${NAMESPACE}/keyferry runs version 99.0.0, this is version 0.1.0. Use that version or a newer one, or give --allow-downgrade.\n`,
    });
    expect((await deploy('keyferry', '--allow-downgrade')).code).toBe(0);
  });

  it('takes away what is no longer part of it, once a pass has run', async () => {
    await team.write(shop.manifests('db'));
    await deploy('keyferry', '--pod-env', 'A=1');
    const engine = (await installed()).find(({ metadata }) => metadata.name.includes('engine'));
    await deploy('keyferry', '--engine-image', 'registry.example/keyferry:1');
    expect(await shop.admin.find('ConfigMap', NAMESPACE, engine?.metadata.name ?? '')).toBeUndefined();
  });
});

it('says which fields it takes from another tool, and from which', async () => {
  await deploy();
  const metadata = { name: 'keyferry', namespace: NAMESPACE };
  await shop.admin.call({
    method: 'PATCH',
    path: `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs/keyferry?fieldManager=argocd-controller&force=true`,
    body: { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { schedule: '0 0 * * *' } },
    contentType: 'application/apply-patch+yaml',
  });
  const { code, stdout } = await deploy();
  expect(code).toBe(0);
  expect(stdout).toContain(
    `CronJob ${NAMESPACE}/keyferry: has other values in spec.schedule, set by "argocd-controller"; they are taken over.`,
  );
  expect((await deploy()).stdout).not.toContain('taken over');
});

describe('a namespace with bounds', () => {
  const quota = (hard: object) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'compute', namespace: NAMESPACE },
    spec: { hard },
  });
  const LIMIT_RANGE = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'bounds', namespace: NAMESPACE },
    spec: {
      limits: [{ type: 'Container', min: { cpu: '100m', memory: '256Mi' }, maxLimitRequestRatio: { memory: '1' } }],
    },
  };
  const problemOf = ({ stdout }: Ended) => /^ +error {2,4}(?<text>.*)$/mu.exec(stdout)?.groups?.['text'];

  /** Admission reads quotas from a cache: as long as a pod is taken, it is not in force. */
  async function bounded(object: KubernetesObject): Promise<void> {
    await shop.admin.apply(object);
    await eventually(`${object.kind} is in force`, async () => ((await keyferryTries()) ? undefined : true));
  }

  const keyferryTries = async (): Promise<boolean> =>
    await shop.admin
      .apply({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'probe', namespace: NAMESPACE },
        spec: { containers: [{ name: 'c', image: 'x', resources: { requests: { cpu: '1m', memory: '1Mi' } } }] },
      })
      .then(async () => {
        await shop.admin.delete('Pod', NAMESPACE, 'probe');
        return true;
      })
      .catch(() => false);

  afterEach(async () => {
    await shop.admin.delete('ResourceQuota', NAMESPACE, 'compute');
    await shop.admin.delete('LimitRange', NAMESPACE, 'bounds');
  });

  it('whose quota wants a limit of CPU is told before anything is applied, and met with the option', async () => {
    await bounded(quota({ 'requests.cpu': '2', 'limits.cpu': '4', 'limits.memory': '4Gi' }));
    const refused = await keyferry('deploy', '-f', 'manifests.yaml', '--wait-timeout', '60');
    expect(problemOf(refused)).toBe(
      `CronJob ${NAMESPACE}/keyferry: no pod may be created: failed quota: compute: must specify limits.cpu for: keyferry. Nothing was applied. Give --cpu-limit, or ask who runs the ResourceQuota.`,
    );
    expect({ code: refused.code, objects: namesOf(await installed()) }).toEqual({ code: 1, objects: [] });
    expect((await deploy('keyferry', '--cpu-limit', '500m')).code).toBe(0);
  });

  it('whose LimitRange has minimums and a ratio is told with each of them, and met with the options', async () => {
    await bounded(LIMIT_RANGE);
    const refused = await keyferry('deploy', '-f', 'manifests.yaml', '--wait-timeout', '60');
    expect(problemOf(refused)).toContain('minimum cpu usage per Container is 100m, but request is 50m');
    expect(problemOf(refused)).toContain(
      'Nothing was applied. Give --cpu-request 100m or more and --memory-request 256Mi or more, or ask who runs the LimitRange.',
    );
    expect(namesOf(await installed())).toEqual([]);
    const options = ['--cpu-request', '100m', '--memory', '256Mi', '--memory-request', '256Mi'];
    expect((await deploy('keyferry', ...options)).code).toBe(0);
  });

  it('that got a quota later is told at once when a pass is started', async () => {
    await deploy();
    await bounded(quota({ 'limits.cpu': '4' }));
    const started = Date.now();
    const { code, stdout } = await keyferry('status', '--refresh', '--wait-timeout', '120');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'must specify limits.cpu for: keyferry. Give --cpu-limit, or ask who runs the ResourceQuota.',
    );
    expect(Date.now() - started).toBeLessThan(60_000);
  });

  it('whose quota admits no Job is told before anything is applied', async () => {
    await shop.admin.apply(quota({ 'count/jobs.batch': '0' }));
    await eventually('the quota is in force', async () => {
      const { hard } = ((await shop.admin.find('ResourceQuota', NAMESPACE, 'compute'))?.['status'] ?? {}) as {
        readonly hard?: object;
      };
      return hard;
    });
    const { code, stdout } = await keyferry('deploy', '-f', 'manifests.yaml', '--wait-timeout', '20');
    expect(code).toBe(1);
    expect(stdout).toContain(
      `ResourceQuota ${NAMESPACE}/compute: allows 0 count/jobs.batch, of which 0 are used, and the installation needs 1 more. Nothing was applied. Raise the quota, or remove something.`,
    );
    expect(namesOf(await installed())).toEqual([]);
  });
});

describe('two installations in one namespace', () => {
  it('stay out of each other’s way', async () => {
    expect((await deploy('one')).code).toBe(0);
    await team.write(shop.manifests('cache'));
    expect((await deploy('two')).code).toBe(0);
    const two = namesOf(await installed('two'));
    expect(two).toContain('CronJob two');
    expect((await keyferry('uninstall', '--installation', 'one')).code).toBe(0);
    expect(await installed('one')).toEqual([]);
    expect(namesOf(await installed('two'))).toEqual(two);
  });
});

describe('status, suspend and resume', () => {
  it('show the checklist of the installation', async () => {
    await deploy();
    const { code, stdout } = await keyferry('status');
    expect(stdout).toContain(`Installation ${NAMESPACE}/keyferry in cluster test, version 0.1.0`);
    expect(stdout).toMatch(/^ {2}deployed\/db +deployed\/db \(missing\)$/mu);
    expect(stdout).toContain('in pod a-pod');
    // The pass is there, and the Secret is not.
    expect(code).toBe(1);
  });

  it('stop the schedule and let it go on, across deployments', async () => {
    await deploy();
    expect((await keyferry('suspend')).code).toBe(0);
    await deploy();
    const suspended = async () => (await shop.admin.find('CronJob', NAMESPACE, 'keyferry'))?.['spec'];
    expect(await suspended()).toMatchObject({ suspend: true });
    expect((await keyferry('resume')).code).toBe(0);
    expect(await suspended()).toMatchObject({ suspend: false });
  });

  it('say that there is no such installation', async () => {
    const { code, stderr } = await keyferry('status', '--installation', 'other');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error  cluster test has no installation ${NAMESPACE}/other. Check --installation and --installation-namespace.\n`,
    });
  });
});

describe('uninstall', () => {
  it('leaves nothing of the installation behind', async () => {
    await deploy();
    expect((await keyferry('uninstall')).code).toBe(0);
    expect(await installed()).toEqual([]);
  });

  it('takes the ServiceAccount of plain inputs with it, unless it was there before', async () => {
    const serviceAccount = async (name: string) => await shop.admin.find('ServiceAccount', NAMESPACE, name);
    for (const name of ['made-sa', SERVICE_ACCOUNT]) {
      await deployPlain('--service-account', name);
      expect((await serviceAccount(name))?.metadata.annotations).toMatchObject({
        'azure.workload.identity/client-id': MANAGED_CLIENT_ID,
      });
      expect((await keyferry('uninstall')).code).toBe(0);
    }
    expect(await serviceAccount('made-sa')).toBeUndefined();
    expect(await serviceAccount(SERVICE_ACCOUNT)).toBeDefined();
  });
});

describe('render', () => {
  it('prints what deploy applies, without a cluster', async () => {
    const { code, stdout, stderr } = await keyferry('render', '-f', 'manifests.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const kinds = parseAllDocuments(stdout).map((document) => (document.toJS() as KubernetesObject).kind);
    expect(kinds).toEqual(['ServiceAccount', 'ConfigMap', 'ConfigMap', 'Role', 'RoleBinding', 'CronJob']);
  });

  it('builds intents from plain inputs', async () => {
    const { code, stdout } = await keyferry(
      ...[
        'render',
        '--vault-url',
        'https://kv-shop.vault.azure.net',
        '--namespace',
        'shop',
        '--service-account',
        'workload-identity-sa',
      ],
      ...['--azure-client-id', 'aaaaaaaa-0000-0000-0000-000000000001', '--find', '.*(password|secret|key).*'],
      ...['--target', 'app-secrets', '--refresh-interval', '30s'],
    );
    expect(code).toBe(0);
    expect(stdout).toContain('azure.workload.identity/client-id: aaaaaaaa-0000-0000-0000-000000000001');
    expect(stdout).toContain('"find":{"name":{"regexp":".*(password|secret|key).*"}}');
    expect(stdout).toContain('schedule: 5-59/15 * * * *');
  });

  it('names what is missing of plain inputs', async () => {
    const { code, stderr } = await keyferry('render', '--vault-url', 'https://kv-shop.vault.azure.net', '--all');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'error  --namespace is missing. Say where the Secret is to be.\nerror  --target is missing. Say what the Secret is to be called.\n',
    });
  });
});
