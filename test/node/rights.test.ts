/** The rights that `deploy` gives the job, each taken away in turn: what is missing is named, and nothing is superfluous. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../cluster/cluster-user.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { someOf } from '../thorough.ts';
import { openInstaller, type Installer } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { IDENTITY_SERVICE_ACCOUNT, openNodeWorld, type NodeWorld } from './node-world.ts';
import { specOf } from './pod-spec.ts';
import { runPod, type EndedPod } from './pods.ts';

const NAMESPACE = 'rights';
const INSTALLATION = 'keyferry';
const USER = `system:serviceaccount:${NAMESPACE}:${INSTALLATION}`;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** One verb on one object, or, without a name, on all of them. */
interface Right {
  readonly apiGroup: string;
  readonly resource: string;
  readonly name?: string;
  readonly verb: string;
}

let world: NodeWorld;
let installer: Installer;
/** All that `deploy` gave. */
let rights: readonly Right[];
let podSpec: object;

beforeAll(async () => {
  world = await openNodeWorld(NAMESPACE);
  installer = await openInstaller(world);
  world.fillVault({ db: 'first' });
  const documents = { namespace: NAMESPACE, names: ['db'], identity: 'referenced', refreshInterval: '1s' } as const;
  expect((await installer.deploy(manifestsText(documents))).code).toBe(0);
  // The schedule is every quarter of an hour, and a pass that it starts would have all rights at one time, few at another.
  await installer.suspend();
  const role = await world.admin.read({ kind: 'Role', metadata: { namespace: NAMESPACE, name: INSTALLATION } });
  rights = (role['rules'] as readonly Rule[]).flatMap(rightsOf);
  podSpec = await onePassSpec();
});
afterAll(() => world.close());

function rightsOf({ apiGroups, resources, resourceNames, verbs }: Rule): readonly Right[] {
  const [apiGroup = '', resource = ''] = [...apiGroups, ...resources];
  if (resourceNames === undefined) return verbs.map((verb) => ({ apiGroup, resource, verb }));
  return resourceNames.flatMap((name) => verbs.map((verb) => ({ apiGroup, resource, name, verb })));
}

/** The pod of the CronJob, without the window in which it would wait for the next pass. */
async function onePassSpec(): Promise<object> {
  const cronJob = await world.admin.read({ kind: 'CronJob', metadata: { namespace: NAMESPACE, name: INSTALLATION } });
  const { jobTemplate } = cronJob['spec'] as { jobTemplate: { spec: { template: KubernetesObject } } };
  const { containers, ...spec } = specOf(jobTemplate.spec.template);
  const isWindow = ({ name }: { readonly name: string }): boolean => name === 'KEYFERRY_WINDOW';
  return {
    ...spec,
    containers: containers.map(({ env = [], ...one }) => ({ ...one, env: env.filter((v) => !isWindow(v)) })),
  };
}

let passes = 0;

async function pass(): Promise<EndedPod> {
  passes += 1;
  const metadata = { namespace: NAMESPACE, name: `pass-${passes}` };
  return await runPod(world.admin, { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec });
}

/** Nothing of an earlier pass is left. */
async function startAnew(): Promise<void> {
  for (const name of ['state-0', 'report']) await world.admin.delete('ConfigMap', NAMESPACE, `${INSTALLATION}-${name}`);
  await world.admin.delete('Secret', NAMESPACE, 'db');
  await world.admin.delete('Lease', NAMESPACE, INSTALLATION);
  world.fillVault({ db: 'first' });
}

async function allow(allowed: readonly Right[]): Promise<void> {
  const rules = allowed.map(({ apiGroup, resource, name, verb }) => ({
    apiGroups: [apiGroup],
    resources: [resource],
    ...(name === undefined ? {} : { resourceNames: [name] }),
    verbs: [verb],
  }));
  const metadata = { namespace: NAMESPACE, name: INSTALLATION };
  await world.admin.patch({ kind: 'Role', metadata, rules });
  await Promise.all(rights.map((right) => inEffect(right, allowed.includes(right))));
}

/** The authorizer learns of a Role a moment after it is stored. */
async function inEffect({ apiGroup, resource: path, name, verb }: Right, expected: boolean): Promise<void> {
  const [resource, subresource] = path.split('/');
  const resourceAttributes = { namespace: NAMESPACE, group: apiGroup, resource, subresource, name, verb };
  await eventually(`${verb} ${path} ${name ?? ''} is ${expected ? '' : 'not '}allowed`, async () => {
    const { body } = await world.admin.call({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      body: {
        kind: 'SubjectAccessReview',
        apiVersion: 'authorization.k8s.io/v1',
        spec: { user: USER, resourceAttributes },
      },
    });
    return (body as { status: { allowed: boolean } }).status.allowed === expected ? true : undefined;
  });
}

function textOf({ apiGroup, resource, name, verb }: Right): string {
  return inShort(
    `${verb} ${resource}${apiGroup === '' ? '' : `.${apiGroup}`}${name === undefined ? '' : ` "${name}"`}`,
  );
}

/** The intents are called after what is in them. */
function inShort(text: string): string {
  return text.replaceAll(/-intents-[0-9a-f]{12}/gu, '-intents-DIGEST');
}

interface Seen {
  readonly code: number;
  /** The rights that the log says are missing. */
  readonly named: readonly string[];
  /** What the Secret holds afterwards. */
  readonly secret: string | undefined;
  /** For whoever wonders why the others are not as expected. */
  readonly log: string;
}

/** A pass with all rights but this one. */
async function passWithout(right: string): Promise<Seen> {
  await allow(rights.filter((one) => textOf(one) !== right));
  const { code, log } = await pass();
  const named = inShort(log)
    .replaceAll('\\"', '"')
    // An Event is called after what it says.
    .replaceAll(/ events "[^"]+"/gu, ' events')
    .matchAll(/does not let "([^"]+)" ([a-z]+ [a-z./0-9]+(?: "[^"]+")?) in namespace rights/gu);
  const rules = [...named].map(([, user = '', rule = '']) => (user === USER ? rule : `${rule} as ${user}`));
  return { code, named: [...new Set(rules)], secret: (await world.secret('db'))?.['value'], log };
}

/** Of the first pass ever: right, exit code, what the Secret holds afterwards. */
const FIRST: readonly (readonly [string, number, string | undefined])[] = [
  ['get configmaps "keyferry-intents-DIGEST"', 1, undefined],
  ['get configmaps "keyferry-state-0"', 1, undefined],
  ['create configmaps "keyferry-state-0"', 0, 'first'],
  ['patch configmaps "keyferry-state-0"', 0, 'first'],
  ['get configmaps "keyferry-report"', 0, 'first'],
  ['create configmaps "keyferry-report"', 0, 'first'],
  ['patch configmaps "keyferry-report"', 0, 'first'],
  ['get cronjobs.batch "keyferry"', 0, 'first'],
  ['create events', 0, 'first'],
  ['patch events', 0, 'first'],
  ['get leases.coordination.k8s.io "keyferry"', 1, undefined],
  ['create leases.coordination.k8s.io "keyferry"', 1, undefined],
  ['patch leases.coordination.k8s.io "keyferry"', 1, undefined],
  ['get secrets "db"', 1, undefined],
  ['create secrets "db"', 1, undefined],
  ['patch secrets "db"', 1, undefined],
  [`get serviceaccounts "${IDENTITY_SERVICE_ACCOUNT}"`, 1, undefined],
  [`create serviceaccounts/token "${IDENTITY_SERVICE_ACCOUNT}"`, 1, undefined],
];

/** Of a pass that finds a changed value. */
const LATER: typeof FIRST = [
  ['update configmaps "keyferry-state-0"', 0, 'second'],
  ['update leases.coordination.k8s.io "keyferry"', 1, 'first'],
  ['update secrets "db"', 1, 'first'],
];

describe('the job of an installation', () => {
  it('has no other rights than those that the tests below take away', () => {
    // A second ConfigMap for the state is allowed in advance, for the day when the first is full.
    const given = rights.filter(({ name }) => name !== 'keyferry-state-1').map(textOf);
    expect(given.sort()).toEqual([...FIRST, ...LATER].map(([right]) => right).sort());
  });

  it.each(someOf(FIRST.length, { step: 2 }).flatMap((index) => FIRST.slice(index, index + 1)))(
    'names %s when it is missing, ends with %s, and leaves the Secret at %s',
    async (right, code, secret) => {
      await startAnew();
      expect(await passWithout(right)).toEqual({ code, named: [right], secret, log: expect.any(String) });
    },
  );

  it.each(LATER)(
    'names %s when it is missing later, ends with %s, and leaves the Secret at %s',
    async (right, code, secret) => {
      await startAnew();
      await allow(rights);
      expect(await pass()).toMatchObject({ code: 0 });
      world.fillVault({ db: 'second' });
      expect(await passWithout(right)).toEqual({ code, named: [right], secret, log: expect.any(String) });
    },
  );
});
