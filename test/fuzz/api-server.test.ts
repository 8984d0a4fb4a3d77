/**
 * Whatever an API server, or something in its place, answers: a result or a PortError, never a TypeError, a hang or a value
 * in a message. FUZZ_RUNS sets how many answers are tried; a failure prints the answer.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KubernetesCluster } from '../../src/adapters/kubernetes/kubernetes-cluster.ts';
import { KubernetesObjects } from '../../src/adapters/kubernetes/kubernetes-objects.ts';
import { secretRef } from '../../src/core/model/secret.ts';
import { PortError } from '../../src/ports/errors.ts';
import { ScriptedApiServer, type ScriptedAnswer } from '../adapters/kubernetes/api-server.ts';
import { runs } from './fuzz-runs.ts';

const CANARY = 'canary-b7f1';

let server: ScriptedApiServer;
beforeAll(async () => {
  server = await ScriptedApiServer.start();
});
afterAll(() => server.close());

/** Mostly what stands there, sometimes anything. */
const or = (value: unknown) => fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: junk });
const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', [], {}, [null], [[]], { length: 3 }, '__proto__'),
  fc.string({ maxLength: 12 }),
  fc.dictionary(
    fc.constantFrom('a', 'name', 'f:spec', 'k:{"name":"A"}', 'k:{', '__proto__', 'constructor'),
    fc.string(),
  ),
);

const metadata = fc.record(
  {
    name: or('db'),
    namespace: or('shop'),
    uid: or('uid-1'),
    resourceVersion: or('41'),
    deletionTimestamp: or('2026-06-01T12:00:00Z'),
    labels: or({ a: CANARY }),
    annotations: or({ a: CANARY }),
    finalizers: or(['example.com/hold']),
    ownerReferences: or([{ apiVersion: 'v1', kind: 'A', name: 'a', uid: 'u' }]),
    managedFields: or([{ manager: 'm', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': {} } } }]),
    continue: fc.constantFrom('', 'again', 'more'),
  },
  { requiredKeys: ['name', 'namespace'] },
);
const secret = fc.record(
  {
    kind: or('Secret'),
    apiVersion: or('v1'),
    metadata: fc.oneof({ weight: 6, arbitrary: metadata }, { weight: 1, arbitrary: junk }),
    type: or('Opaque'),
    immutable: or(false),
    data: or({ a: Buffer.from(CANARY).toString('base64') }),
    status: junk,
  },
  { requiredKeys: ['kind', 'metadata'] },
);
const list = fc.record({
  kind: or('SecretList'),
  metadata: fc.oneof(metadata, junk),
  items: fc.oneof({ weight: 4, arbitrary: fc.array(secret, { maxLength: 3 }) }, { weight: 1, arbitrary: junk }),
});

const messages = fc.constantFrom(
  `admission webhook "a.example" denied the request: ${CANARY}`,
  `ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ${CANARY}`,
  `failed calling webhook "a.example": ${CANARY}`,
  `Secret "db" is invalid: data[a]: Invalid value: "${CANARY}": no`,
  `secrets "db" is forbidden: exceeded quota: q, requested: ${CANARY}`,
  'secrets "db" is forbidden: User "u" cannot get resource "secrets" in API group "" in the namespace "shop"',
);
const refusal = fc.record(
  {
    kind: or('Status'),
    reason: fc.oneof(fc.constantFrom('Invalid', 'Forbidden', 'NotFound', 'Conflict', 'AlreadyExists', 'Expired'), junk),
    message: fc.oneof({ weight: 4, arbitrary: messages }, { weight: 1, arbitrary: junk }),
    details: fc.oneof(
      junk,
      fc.record({
        kind: or('secrets'),
        causes: fc.oneof(
          junk,
          fc.array(
            fc.oneof(
              junk,
              fc.record({
                reason: or('FieldManagerConflict'),
                field: or('data[a]'),
                message: or(`Invalid value: "${CANARY}": no`),
              }),
            ),
            { maxLength: 3 },
          ),
        ),
      }),
    ),
  },
  { requiredKeys: ['kind'] },
);

const statuses = fc.constantFrom(
  200,
  201,
  202,
  204,
  206,
  300,
  304,
  400,
  401,
  403,
  404,
  405,
  406,
  408,
  409,
  410,
  413,
  415,
);
const late = fc.constantFrom(418, 422, 429, 451, 500, 501, 502, 503, 504, 505, 599);
const bodies = fc.oneof(secret, list, refusal, fc.string(), fc.constant(''), fc.constant('404 page not found\n'));
const answers: fc.Arbitrary<ScriptedAnswer> = fc
  .record({
    status: fc.oneof(
      { weight: 3, arbitrary: fc.constant(200) },
      { weight: 2, arbitrary: statuses },
      { weight: 1, arbitrary: late },
    ),
    body: bodies,
    headers: fc.constantFrom({}, { 'retry-after': '-5' }, { 'retry-after': '1e9' }, { 'content-type': 'text/plain' }),
  })
  // These may have no body.
  .map((answer) => ([204, 304].includes(answer.status) ? { status: answer.status, body: '' } : answer));

const DB = secretRef('shop', 'db');
const CONFIG_MAP = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'db' };
const live = {
  ref: DB,
  uid: 'u',
  resourceVersion: '1',
  deleting: false,
  data: new Map(),
  labels: new Map(),
  annotations: new Map(),
  ownerReferences: [],
  finalizers: [],
  ownedFields: [],
};

const ASKED: Readonly<Record<string, (of: KubernetesCluster, objects: KubernetesObjects) => Promise<unknown>>> = {
  'reading a Secret': (of) => of.getSecret(DB),
  'listing Secrets': (of) => of.listSecrets('shop', { key: 'a', value: 'b' }),
  'replacing a Secret': (of) => of.updateSecret(live, '1', 'me'),
  'deleting a Secret': (of) => of.deleteSecret(live),
  'reading a ConfigMap': (of) => of.getConfigMap('shop', 'db'),
  'trying an object': (_of, objects) =>
    objects.tryApply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' } }, 'me'),
  'deleting an object': (_of, objects) => objects.delete(CONFIG_MAP),
  'asking what is served': (_of, objects) => objects.serves('external-secrets.io/v1', 'ExternalSecret'),
  'asking for a token': (of) => of.requestToken('shop', 'db', ['a']),
};

/** What these are about holds no values: a policy's own words are shown. */
const SHOWS_WORDS = ['deleting an object', 'asking what is served'];

describe('any answer of an API server', () => {
  it.each(Object.entries(ASKED))('gives a result or a PortError without a value: %s', async (name, ask) => {
    const connection = server.connect();
    const [cluster, objects] = [new KubernetesCluster(connection), new KubernetesObjects(connection)];
    await fc.assert(
      fc.asyncProperty(fc.array(answers, { minLength: 1, maxLength: 3 }), async (scripted) => {
        server.answer(...scripted);
        const outcome: unknown = await ask(cluster, objects).catch((error: unknown) => ({ error }));
        if (typeof outcome !== 'object' || outcome === null || !('error' in outcome)) return true;
        const { error } = outcome;
        if (!(error instanceof PortError)) throw error;
        return SHOWS_WORDS.includes(name) || !`${error.message} ${JSON.stringify(error)}`.includes(CANARY);
      }),
      runs(1 / 6 / Object.keys(ASKED).length),
    );
    expect(server.logger.records.map(({ message }) => message).join('\n')).not.toContain(CANARY);
  });
});
