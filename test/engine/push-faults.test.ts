/**
 * Whatever single request of a run with PushSecrets fails, and however: after at most one more run everything is as it
 * would have been, with no version more, and nothing of others has changed.
 */
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_AZURE_SETTINGS } from '../../src/adapters/azure/settings.ts';
import { createProviders } from '../../src/adapters/providers.ts';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { Report } from '../../src/core/model/report.ts';
import type { Ports } from '../../src/engine/sync/ports.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/engine/sync/settings.ts';
import { PortError } from '../../src/ports/errors.ts';
import { startConformanceAzure, type ConformanceAzure } from '../conformance/loopback.ts';
import {
  FakeClock,
  FakeRandom,
  InMemoryCluster,
  RecordedState,
  RecordingLogger,
  RecordingMasker,
  RecordingPublisher,
  shakyState,
  type ClusterOperation,
  type KubernetesObject,
} from '../fakes/index.ts';
import { someOf } from '../thorough.ts';
import { loopbackAuthority, type Fault, type KeyVaultServer, type VaultSnapshot } from '../servers/index.ts';
import { entry, pushSecret } from './push-world.ts';
import { handMadeSecret, STORE, yaml } from './shop.ts';

const SETTINGS: RunSettings = { ...DEFAULT_SETTINGS, prune: true, deletionLimits: undefined, concurrency: 2 };
const issued = loopbackAuthority().issue('shop.example.com');
const PRIVATE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

const tagged = (name: string, tags: Readonly<Record<string, string>>) => ({
  match: {
    ...entry(name).match,
  },
  metadata: {
    apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
    kind: 'PushSecretMetadata',
    spec: { tags },
  },
});

const BEFORE = [
  pushSecret('app', {
    data: [...['changed', 'meta', 'back', 'gone'].map((name) => entry(name)), entry('m1', 'doc', 'm1')],
  }),
  pushSecret('left', { data: [entry('left')] }),
];
const NOW = [
  pushSecret('app', {
    data: [
      ...['new', 'changed', 'back'].map((name) => entry(name)),
      tagged('meta', { team: 'shop' }),
      entry('m1', 'doc', 'm1'),
      entry('sign', 'key/sign'),
    ],
  }),
  pushSecret('web', { data: [{ match: { remoteRef: { remoteKey: 'cert/web' } } }] }),
];

let azure: ConformanceAzure;

beforeAll(async () => {
  azure = await startConformanceAzure();
});

afterAll(async () => {
  await azure.close();
});

class World {
  readonly clock = new FakeClock('2026-06-01T12:00:00Z');
  readonly cluster = new InMemoryCluster({ clock: this.clock });
  readonly state = new RecordedState();
  readonly #random = new FakeRandom();
  readonly vaults: KeyVaultServer;

  constructor(vaults: KeyVaultServer) {
    this.vaults = vaults;
  }

  ports(manifests: readonly KubernetesObject[], state: Ports['state'] = this.state): Ports {
    const { clock, cluster } = this;
    const loaded = parseDocuments('manifests.yaml', yaml(STORE, ...manifests));
    const logger = new RecordingLogger();
    return {
      manifests: { load: async () => loaded },
      cluster,
      state,
      publisher: new RecordingPublisher(),
      clock,
      random: this.#random,
      logger,
      providers: createProviders({
        ...{ cluster, clock, logger, masker: new RecordingMasker(), random: () => 0.5, login: azure.login },
        environment: azure.azure.environment(),
        settings: { ...DEFAULT_AZURE_SETTINGS, identity: 'service-account' },
      }),
    };
  }

  sync(manifests = NOW, state?: Ports['state']): Promise<Report> {
    this.clock.advance(60_000);
    return sync(this.ports(manifests, state), SETTINGS);
  }

  /** What is there, without times. */
  get content(): unknown {
    const { secrets, keys, certificates, deleted } = this.vaults.snapshot('kv-shop');
    return [secrets, keys, certificates, deleted.secrets, deleted.keys, deleted.certificates].map(told);
  }
}

/** The bytes of a PKCS#12 are others each time. */
function told(objects: VaultSnapshot['secrets']) {
  return Object.entries(objects).map(([name, versions]) => [
    name,
    ...versions.map(({ version, value, jwk, cer, tags, managed }) => ({
      ...{ version, jwk, cer, tags },
      value: managed === true ? 'of a certificate' : value,
    })),
  ]);
}

/** Right before the run that counts: something of everything is to be done. */
async function world(): Promise<World> {
  const vaults = await azure.openVaults({ 'kv-shop': { secrets: { theirs: [{ value: 'x', tags: { team: 'a' } }] } } });
  const one = new World(vaults);
  const old = Object.fromEntries(['changed', 'meta', 'back', 'gone', 'm1'].map((name) => [name, `old ${name}`]));
  one.cluster.applyAll([handMadeSecret('app', old), handMadeSecret('left', { left: 'left' })]);
  expect((await one.sync(BEFORE)).counts.errors).toBe(0);
  const tags = vaults.snapshot('kv-shop').secrets['doc']?.[0]?.tags ?? {};
  vaults.edit({ 'kv-shop': { secrets: { doc: [{ value: '{"m1":"old m1","m2": 2}', tags }] } } });
  await one.sync(BEFORE);
  const back = vaults.snapshot('kv-shop').secrets['back']?.map(({ value, tags: own }) => ({ value, tags: own })) ?? [];
  vaults.edit({ 'kv-shop': { secrets: { back: null }, deleted: { secrets: { back: back as never } } } });
  const now = ['new', 'changed', 'back', 'm1'].map((name) => [name, `new ${name}`]);
  one.cluster.apply(
    handMadeSecret('app', {
      ...old,
      ...(Object.fromEntries(now) as Readonly<Record<string, string>>),
      sign: String(PRIVATE_KEY),
    }),
  );
  const tls = { 'tls.crt': issued.certificate, 'tls.key': issued.privateKey };
  one.cluster.apply({ ...handMadeSecret('web', tls), type: 'kubernetes.io/tls' });
  vaults.clearLog();
  return one;
}

/** `undefined` = as it should be. */
async function settles(one: World, expected: unknown): Promise<void> {
  one.vaults.faults.clear();
  const next = await one.sync();
  expect([next.counts.errors, next.pushes.filter(({ verdict }) => verdict === 'failed')]).toEqual([0, []]);
  expect(one.content).toEqual(expected);
  const again = await plan(one.ports(NOW), { ...SETTINGS, looksAtDeleted: true });
  expect(again.pushes.flatMap(({ changes }) => changes)).toEqual([]);
  one.vaults.clearLog();
  await one.sync();
  expect(one.vaults.requests().filter((line) => !line.startsWith('GET '))).toEqual([]);
  expect(await one.state.remembered('push')).toHaveLength(2);
}

/** Requests to the cluster and the state, counted from 0, fail where it is said; gives all that were made. */
async function struckSync(one: World, fails: (number: number) => boolean): Promise<readonly string[]> {
  const lines: string[] = [];
  const strike = (request: string | ClusterOperation): void => {
    lines.push(typeof request === 'string' ? request : `${request.verb} ${request.ref.name}`);
    if (!fails(lines.length - 1)) return;
    throw new PortError({ kind: 'Unavailable', what: 'the API server did not answer', fix: 'Run again later.' });
  };
  const off = one.cluster.onBefore(strike);
  await one.sync(NOW, shakyState(one.state, strike)).catch((error: unknown) => {
    if (!(error instanceof PortError)) throw error;
  });
  off();
  return lines;
}

const FAULTS: readonly (readonly [string, Omit<Fault, 'match'>])[] = [
  ['403', { status: 403, code: 'Forbidden', innerCode: 'ForbiddenByRbac', times: 1 }],
  ['429 once', { status: 429, code: 'Throttled', retryAfter: 1, times: 1 }],
  ['429 from then on', { status: 429, code: 'Throttled' }],
  ['500', { status: 500, code: 'InternalServerError', times: 1 }],
  ['500 from then on', { status: 500, code: 'InternalServerError' }],
  ['503', { status: 503, code: 'ServiceUnavailable', times: 1 }],
  ['no answer, before it took effect', { reset: 'before', times: 1 }],
  ['no answer, after it took effect', { reset: 'after', times: 1 }],
  ['no answer from then on, after it took effect', { reset: 'after' }],
  ['a body that is no JSON', { garbage: true, times: 1 }],
  ['half a body, after it took effect', { truncateBody: true, times: 1 }],
  ['409 ObjectIsBeingDeleted', { status: 409, code: 'Conflict', innerCode: 'ObjectIsBeingDeleted', times: 1 }],
];

describe('a run of which one request to the vault fails', () => {
  let requests: readonly string[] = [];
  let expected: unknown;

  beforeAll(async () => {
    const one = await world();
    await one.sync();
    requests = [...one.vaults.requests()];
    expected = one.content;
    await settles(one, expected);
    await one.vaults.close();
  });

  it('does something of everything', () => {
    expect(new Set(requests.map((line) => line.replace(/\/[0-9a-f]{32}$/u, '/VERSION')))).toEqual(
      new Set([
        ...['back', 'changed', 'doc', 'gone', 'left', 'meta', 'new'].map((name) => `GET /secrets/${name}/`),
        ...['GET /keys/sign/', 'GET /certificates/web/'],
        ...['GET /deletedsecrets/back', 'POST /deletedsecrets/back/recover', 'PATCH /secrets/meta/VERSION'],
        ...['back', 'changed', 'doc', 'new'].map((name) => `PUT /secrets/${name}`),
        ...['PUT /keys/sign', 'POST /certificates/web/import', 'DELETE /secrets/gone', 'DELETE /secrets/left'],
      ]),
    );
  });

  it.each(FAULTS)('is right after the next one, and adds no version: %s', async (what, fault) => {
    const from = FAULTS.findIndex(([one]) => one === what);
    for (const after of someOf(requests.length, { step: 6, from })) {
      const one = await world();
      one.vaults.inject({ match: '.', after, ...fault });
      await one.sync();
      const at = one.vaults.log.find(({ faulty }) => faulty)?.line ?? 'none';
      try {
        await settles(one, expected);
      } catch (error) {
        throw new Error(`after request ${after}, ${at}`, { cause: error });
      } finally {
        await one.vaults.close();
      }
    }
  });

  it.each([
    ['once', false],
    ['from then on', true],
  ])('is right after the next one where a request to the cluster or the state fails %s', async (_what, isForGood) => {
    const unharmed = await world();
    const { length } = await struckSync(unharmed, () => false);
    await unharmed.vaults.close();
    for (const at of someOf(length, { step: 4, from: isForGood ? 2 : 0 })) {
      const one = await world();
      const lines = await struckSync(one, (number) => number === at || (isForGood && number > at));
      try {
        await settles(one, expected);
      } catch (error) {
        throw new Error(`request ${at}, ${lines[at]}`, { cause: error });
      } finally {
        await one.vaults.close();
      }
    }
  });
});
