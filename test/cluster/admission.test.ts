/** Policies, webhooks, quotas and finalizers of a real API server in the way of an installation. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ended } from '../bundle/bundle.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import { CertificateAuthority } from '../servers/index.ts';
import { listenHttps } from '../servers/listener.ts';
import { eventually } from './cluster-user.ts';
import { InstallingTeam } from './installing-team.ts';
import { withPass } from './played-pass.ts';
import { openRealShop, type RealShop } from './real-shop.ts';

const NAMESPACE = 'admission';
const USER = 'user-9';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';
const SELECTOR = { matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE } };
const BINDINGS = { apiGroups: ['rbac.authorization.k8s.io'], resources: ['rolebindings'] };
const CRON_JOBS = { apiGroups: ['batch'], resources: ['cronjobs'] };
const CONFIG_MAPS = { apiGroups: [''], resources: ['configmaps'] };

type Rule = typeof CRON_JOBS;

let shop: RealShop;
let team: InstallingTeam;
/** Taken away after each test. */
const made: string[] = [];
const servers: { close(): Promise<void> }[] = [];

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
  const azure = Object.entries(shop.azure.environment()).filter(([name]) => !name.startsWith('ACTIONS_'));
  team.variables = Object.fromEntries(azure);
  shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'horse' }] } } });
  for (const { kind, metadata } of await team.installed()) await shop.admin.delete(kind, NAMESPACE, metadata.name);
  await team.write(shop.manifests('db'));
});
afterEach(async () => {
  for (const path of made.splice(0).reverse()) await call('DELETE', path);
  for (const server of servers.splice(0)) await server.close();
});

const keyferry = (...args: readonly string[]): Promise<Ended> => team.keyferry(...args);
const deploy = (...args: readonly string[]): Promise<Ended> =>
  withPass({ admin: shop.admin, installation: { name: 'keyferry', namespace: NAMESPACE } }, () =>
    keyferry('deploy', '-f', 'manifests.yaml', '--wait-timeout', '60', ...args),
  );
const installed = async () => (await team.installedNames()).filter((name) => !name.startsWith('Lease'));
const bindingOf = () => shop.admin.find('RoleBinding', NAMESPACE, 'keyferry');
const cronJobOf = async () => (await shop.admin.find('CronJob', NAMESPACE, 'keyferry')) as KubernetesObject;
const problemsIn = ({ stdout }: Ended) =>
  stdout
    .split('\n')
    .filter((line) => /^ {2}(?:error|warning) /u.test(line))
    .map((line) => line.trim());

async function call(method: 'GET' | 'POST' | 'DELETE' | 'PATCH', path: string, body?: object, contentType?: string) {
  const given = { ...(body === undefined ? {} : { body }), ...(contentType === undefined ? {} : { contentType }) };
  return await shop.admin.call({ method, path, ...given });
}

async function make(path: string, kind: string, object: { readonly metadata: { readonly name: string } }) {
  const { status, text } = await call('POST', path, { apiVersion: 'admissionregistration.k8s.io/v1', kind, ...object });
  if (status >= 300) throw new Error(text);
  made.push(`${path}/${object.metadata.name}`);
}

/** In force once it refuses a dry run. */
async function untilRefused(kind: string, object: object): Promise<void> {
  const path = kind === 'CronJob' ? 'batch/v1' : 'rbac.authorization.k8s.io/v1';
  const plural = kind === 'CronJob' ? 'cronjobs' : 'rolebindings';
  await eventually('the policy is in force', async () => {
    const { status } = await call('POST', `/apis/${path}/namespaces/${NAMESPACE}/${plural}?dryRun=All`, object);
    return status >= 400 ? true : undefined;
  });
}

const SOME_BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'some', namespace: NAMESPACE },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
};

async function teamPolicy(): Promise<void> {
  const rule = { ...BINDINGS, apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] };
  const expression = "has(object.metadata.labels) && 'team' in object.metadata.labels";
  await make(`${ADMISSION}/validatingadmissionpolicies`, 'ValidatingAdmissionPolicy', {
    metadata: { name: 'need-team' },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { namespaceSelector: SELECTOR, resourceRules: [rule] },
      validations: [{ expression, message: 'the label team is required' }],
    },
  } as never);
  await make(`${ADMISSION}/validatingadmissionpolicybindings`, 'ValidatingAdmissionPolicyBinding', {
    metadata: { name: 'need-team' },
    spec: { policyName: 'need-team', validationActions: ['Deny'] },
  } as never);
  await untilRefused('RoleBinding', SOME_BINDING);
}

interface Review {
  readonly uid: string;
  readonly name?: string;
  readonly dryRun?: boolean;
}

interface Webhook {
  readonly rule: Rule;
  readonly verdict?: (review: Review) => object;
  /** Where nobody listens. */
  readonly isDown?: boolean;
}

async function webhook({ rule, verdict, isDown = false }: Webhook): Promise<void> {
  const authority = new CertificateAuthority();
  let asked = 0;
  const server = await listenHttps(authority, async ({ body }) => {
    asked += 1;
    const { request } = JSON.parse(body) as { readonly request: Review };
    const response = { uid: request.uid, ...(verdict?.(request) ?? { allowed: true }) };
    return { answer: { status: 200, body: { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response } } };
  });
  servers.push(server);
  const url = isDown ? 'https://127.0.0.1:9/' : `https://localhost:${server.port}/`;
  await make(`${ADMISSION}/validatingwebhookconfigurations`, 'ValidatingWebhookConfiguration', {
    metadata: { name: 'a-webhook' },
    webhooks: [
      {
        name: 'a-webhook.policy.example',
        clientConfig: { url, caBundle: Buffer.from(authority.pem).toString('base64') },
        rules: [{ ...rule, apiVersions: ['v1'], operations: ['CREATE', 'UPDATE', 'DELETE'] }],
        namespaceSelector: SELECTOR,
        failurePolicy: 'Fail',
        sideEffects: 'NoneOnDryRun',
        admissionReviewVersions: ['v1'],
        timeoutSeconds: 2,
      },
    ],
  } as never);
  await eventually('the webhook is asked', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace: NAMESPACE } };
    const probe = rule === CONFIG_MAPS ? ['/api/v1', 'configmaps', object] : ['/apis/batch/v1', 'cronjobs', PROBE];
    const path = `${probe[0] as string}/namespaces/${NAMESPACE}/${probe[1] as string}?dryRun=All`;
    const { status } = await call('POST', path, probe[2] as object);
    return asked > 0 || status >= 400 ? true : undefined;
  });
}

const PROBE = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'probe', namespace: NAMESPACE },
  spec: {
    schedule: '0 0 1 1 *',
    jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a' }] } } } },
  },
};

describe('a policy that refuses what is deployed already', () => {
  it('is told in its own words, and the installation goes on as it was', async () => {
    expect((await deploy()).code).toBe(0);
    const before = await installed();
    await teamPolicy();
    const refused = await deploy();
    expect(refused.code).toBe(1);
    expect(problemsIn(refused)).toEqual([
      `error    RoleBinding ${NAMESPACE}/keyferry: is refused by the ValidatingAdmissionPolicy need-team of cluster test: the label team is required. Nothing was applied. Meet that policy, or ask who runs it for an exception.`,
    ]);
    expect(await installed()).toEqual(before);
  });

  it('of a webhook without a code, as Kyverno, too', async () => {
    expect((await deploy()).code).toBe(0);
    const before = await installed();
    const verdict = ({ name = '' }: Review) =>
      name.includes('intents')
        ? { allowed: false, status: { message: 'data must not mention passwords' } }
        : { allowed: true };
    await webhook({ rule: CONFIG_MAPS, verdict });
    await team.write(shop.manifests('db', 'cache'));
    const refused = await deploy();
    const told = problemsIn(refused).map((line) =>
      line.replace(/keyferry-intents-[0-9a-f]{12}/u, 'keyferry-intents-DIGEST'),
    );
    expect(told).toEqual([
      `error    ConfigMap ${NAMESPACE}/keyferry-intents-DIGEST: is refused by the admission webhook a-webhook.policy.example of cluster test: data must not mention passwords. Nothing was applied. Meet that policy, or ask who runs it for an exception.`,
    ]);
    expect(await installed()).toEqual(before);
  });

  it('of a webhook that says nothing in a dry run is met by the write: what was done is told', async () => {
    expect((await deploy()).code).toBe(0);
    const status = { code: 403, message: 'no CronJobs on Mondays' };
    const verdict = ({ dryRun }: Review) => (dryRun === true ? { allowed: true } : { allowed: false, status });
    await webhook({ rule: CRON_JOBS, verdict });
    const refused = await deploy();
    expect(problemsIn(refused)).toEqual([
      `error    CronJob ${NAMESPACE}/keyferry: is refused by the admission webhook a-webhook.policy.example of cluster test: no CronJobs on Mondays. Meet that policy, or ask who runs it for an exception.`,
      `error    the installation is half applied, and no pass was started. Not applied: CronJob ${NAMESPACE}/keyferry. Mend what is told above, and deploy again: what is done stays done.`,
    ]);
    expect(refused.stdout).toMatch(/^Not wholly deployed: admission\/keyferry in cluster test\n/u);
    expect(await cronJobOf()).toBeDefined();
  });

  it('of a webhook that is down is told with its name', async () => {
    await webhook({ rule: CRON_JOBS, isDown: true });
    const refused = await deploy();
    expect(problemsIn(refused)[0]).toMatch(
      /^error {4}CronJob admission\/keyferry: was not taken, because cluster test could not call the admission webhook a-webhook\.policy\.example: .*connection refused\. Nothing was applied\./u,
    );
    expect(await installed()).toEqual([]);
  });
});

describe('a binding whose role is another', () => {
  it('is made anew', async () => {
    expect((await deploy()).code).toBe(0);
    const binding = (await bindingOf()) as KubernetesObject;
    await shop.admin.delete('RoleBinding', NAMESPACE, 'keyferry');
    const { labels = {} } = binding.metadata;
    await shop.admin.apply({
      ...SOME_BINDING,
      metadata: { name: 'keyferry', namespace: NAMESPACE, labels },
    });
    const again = await deploy();
    expect([again.code, problemsIn(again)]).toEqual([
      0,
      [
        `warning  RoleBinding ${NAMESPACE}/keyferry: has other values in roleRef, set by "unknown"; they are taken over. Let both say the same, or take the object out of one of the two: else each undoes what the other did.`,
      ],
    ]);
    expect((await bindingOf())?.['roleRef']).toEqual(binding['roleRef']);
  });
});

describe('a mutating policy', () => {
  it('that rewrites the image makes no plan that never settles, and hides no change of somebody else', async () => {
    const rule = { ...CRON_JOBS, apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'] };
    const expression =
      '[JSONPatch{op: "replace", path: "/spec/jobTemplate/spec/template/spec/containers/0/image", value: "mirror.example/node:24-slim"}]';
    await make(`${ADMISSION}/mutatingadmissionpolicies`, 'MutatingAdmissionPolicy', {
      metadata: { name: 'mirror' },
      spec: {
        failurePolicy: 'Fail',
        reinvocationPolicy: 'Never',
        matchConstraints: { namespaceSelector: SELECTOR, resourceRules: [rule] },
        mutations: [{ patchType: 'JSONPatch', jsonPatch: { expression } }],
      },
    } as never);
    await make(`${ADMISSION}/mutatingadmissionpolicybindings`, 'MutatingAdmissionPolicyBinding', {
      metadata: { name: 'mirror' },
      spec: { policyName: 'mirror' },
    } as never);
    await eventually('it is in force', async () => {
      const path = `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs?dryRun=All`;
      return (await call('POST', path, PROBE)).text.includes('mirror.example') ? true : undefined;
    });
    expect((await deploy()).code).toBe(0);
    expect(JSON.stringify(await cronJobOf())).toContain('mirror.example');
    const plan = () => keyferry('deploy', '-f', 'manifests.yaml', '--dry-run', '--identity', 'service-account');
    expect((await plan()).stdout).toContain(`The installation ${NAMESPACE}/keyferry itself, 6 objects unchanged.`);
    const cronJobs = `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs/keyferry?fieldManager=kubectl-edit`;
    await call('PATCH', cronJobs, { spec: { schedule: '*/2 * * * *' } }, 'application/merge-patch+json');
    expect((await plan()).stdout).toContain('spec.schedule (set by kubectl-edit)');
    const taken = await deploy();
    expect([taken.code, problemsIn(taken)]).toEqual([
      0,
      [
        `warning  CronJob ${NAMESPACE}/keyferry: has other values in spec.schedule, set by "kubectl-edit"; they are taken over. Let both say the same, or take the object out of one of the two: else each undoes what the other did.`,
      ],
    ]);
    expect((await plan()).stdout).toContain('6 objects unchanged.');
  });
});

describe('an installation that somebody has suspended', () => {
  it('is told by plan and deploy, with who did it', async () => {
    expect((await deploy()).code).toBe(0);
    const path = `/apis/batch/v1/namespaces/${NAMESPACE}/cronjobs/keyferry?fieldManager=kubectl-patch`;
    await call('PATCH', path, { spec: { suspend: true } }, 'application/merge-patch+json');
    const told = `CronJob ${NAMESPACE}/keyferry: is suspended (set by "kubectl-patch"): nothing is refreshed until it goes on.`;
    const plan = await keyferry('deploy', '-f', 'manifests.yaml', '--dry-run', '--identity', 'service-account');
    expect(plan.stdout).toContain(told);
    const again = await deploy();
    expect([again.code, again.stdout.includes(told)]).toEqual([0, true]);
  });
});

describe('a quota', () => {
  it('without room for everything is told before anything is applied', async () => {
    const path = `/api/v1/namespaces/${NAMESPACE}/resourcequotas`;
    const spec = { hard: { configmaps: '3', 'count/jobs.batch': '0' } };
    await call('POST', path, { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'objects' }, spec });
    made.push(`${path}/objects`);
    await eventually('it is counted', async () => {
      return (await call('GET', `${path}/objects`)).text.includes('"used"') ? true : undefined;
    });
    const refused = await deploy();
    expect(problemsIn(refused)).toEqual([
      expect.stringMatching(
        /ResourceQuota admission\/objects: allows 3 configmaps, of which \d are used, and the installation needs 5 more\./u,
      ),
      expect.stringContaining('allows 0 count/jobs.batch, of which 0 are used, and the installation needs 1 more.'),
    ]);
    expect(await installed()).toEqual([]);
  });
});

describe('a Secret that a finalizer holds', () => {
  const sync = () =>
    keyferry('sync', '-f', 'manifests.yaml', '--installation-namespace', NAMESPACE, '--identity', 'service-account');
  const hold = (finalizers: readonly string[] | null) =>
    call(
      'PATCH',
      `/api/v1/namespaces/${NAMESPACE}/secrets/db`,
      { metadata: { finalizers } },
      'application/merge-patch+json',
    );

  afterEach(() => hold(null));

  it('is told as being deleted by uninstall, until it is gone', async () => {
    expect((await deploy()).code).toBe(0);
    expect((await sync()).code).toBe(0);
    await hold(['example.com/hold']);
    const uninstall = () => keyferry('uninstall', '--installation-namespace', NAMESPACE, '--secrets', 'delete');
    for (const ended of [await uninstall(), await uninstall()]) {
      expect(ended.code).toBe(1);
      expect(ended.stdout).toMatch(/^ {2}! held +Secret admission\/db$/mu);
      expect(problemsIn(ended)).toEqual([
        `error    Secret ${NAMESPACE}/db: is being deleted, held by example.com/hold. It is still there with all that it holds, until whoever set that finalizer takes it off (kubectl get secret db -n ${NAMESPACE} -o jsonpath={.metadata.finalizers}). Run again then.`,
      ]);
    }
    await hold(null);
    const last = await uninstall();
    expect([last.code, await installed()]).toEqual([0, []]);
  });

  it('is not written by sync', async () => {
    expect((await sync()).code).toBe(0);
    await hold(['example.com/hold']);
    await shop.admin.delete('Secret', NAMESPACE, 'db');
    shop.azure.vaults.edit({ 'kv-shop': { secrets: { db: [{ value: 'horse' }, { value: 'new-horse' }] } } });
    const held = await sync();
    expect([held.code, held.stdout]).toEqual([
      1,
      expect.stringContaining(
        `ExternalSecret ${NAMESPACE}/db: spec.target.name is Secret ${NAMESPACE}/db, which is being deleted, held by example.com/hold.`,
      ),
    ]);
    expect(held.stdout).toContain('0 created, 0 updated, 0 deleted');
  });
});
