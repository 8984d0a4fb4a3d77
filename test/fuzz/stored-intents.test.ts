/**
 * Whatever somebody puts into the ConfigMaps, the CronJob and the custom resources of a deployment: documents, Problems
 * or a PortError, at once, and nothing of what stands in them.
 *
 * FUZZ_RUNS sets how many are tried; a failure prints the text.
 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { validate } from '../../src/commands/validate.ts';
import { digestOf } from '../../src/core/deploy/installation.ts';
import type { KubernetesObject } from '../../src/core/model/kubernetes-object.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { pinsOrRefusal, PinnedIntents, StoredIntentsSource } from '../../src/engine/installation/stored-intents.ts';
import { PortError } from '../../src/ports/errors.ts';
import { busyMs, runs } from './fuzz-runs.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
/** Of a template: is never shown. */
const CANARY = 'hunter2-canary-7f3a';
/** Of a field whose words a Problem repeats. */
const ODD = 'odd-canary-9c1d';
const LONGEST_MS = 2_000;

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', [], {}, [null], [[]], { length: 3 }, '__proto__', ODD),
  fc.string({ maxLength: 12 }),
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown),
);
/** Mostly what stands there, sometimes anything. */
const or = (...values: readonly unknown[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: junk });

const spec = fc.record(
  {
    secretStoreRef: or({ name: 'kv' }),
    refreshInterval: or('1h', ODD),
    target: or({ template: { data: { a: CANARY } } }, { creationPolicy: ODD }),
    data: or([{ secretKey: 'x', remoteRef: { key: 'db' } }], [null], [ODD], { length: 1e9 }),
  },
  { requiredKeys: [] },
);
const metadata = fc.record(
  { name: or('db'), namespace: or('shop'), uid: or('u'), labels: or({ a: ODD }) },
  { requiredKeys: ['name'] },
);
const object = fc.record(
  {
    apiVersion: or('external-secrets.io/v1', 'keyferry.io/v1', 'v1'),
    kind: or('ExternalSecret', 'SecretStore', 'PushSecret', 'Secret'),
    metadata: fc.oneof({ weight: 8, arbitrary: metadata }, { weight: 1, arbitrary: junk }),
    spec: fc.oneof({ weight: 8, arbitrary: spec }, { weight: 1, arbitrary: junk }),
  },
  { requiredKeys: ['apiVersion', 'kind', 'metadata'] },
);
const entry = fc.record(
  {
    value: fc.oneof({ weight: 8, arbitrary: object }, { weight: 1, arbitrary: junk }),
    origin: or({ file: 'a.yaml', line: 3 }, { file: 'a.yaml', line: 1e308 }, { file: `${ODD}\u0000`, line: -1 }),
    applied: or('0'.repeat(64)),
  },
  { requiredKeys: ['value'] },
);
const stored = fc.record({
  schemaVersion: or(2),
  home: or('config-maps', 'custom-resources'),
  part: or(0),
  documents: fc.oneof({ weight: 8, arbitrary: fc.array(entry, { maxLength: 4 }) }, { weight: 1, arbitrary: junk }),
});
const whole = stored.map((value) => JSON.stringify(value));
const text = fc.oneof(
  { weight: 6, arbitrary: whole },
  {
    weight: 2,
    arbitrary: fc
      .tuple(whole, fc.nat(400), fc.string({ maxLength: 9 }))
      .map(([one, at, more]) => one.slice(0, at) + more + one.slice(at + 3)),
  },
  { weight: 1, arbitrary: fc.constantFrom('', 'null', '['.repeat(100_000), '{"documents":'.repeat(20_000)) },
);
const read = fc.oneof(
  { weight: 4, arbitrary: object },
  { weight: 1, arbitrary: junk },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** What is told of a deployment whose ConfigMap is this one; throws what must never be thrown. */
async function toldOf(data: unknown, resource: unknown, digest: string): Promise<string> {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'intents', namespace: 'shop' }, data };
  const objects = {
    read: async ({ kind }: { kind: string }) => (kind === 'ConfigMap' ? configMap : resource) as KubernetesObject,
  };
  const pinned = new PinnedIntents(objects, INSTALLATION, async () => [{ name: 'intents', digest }]);
  const settings = { only: [], controllerClass: 'keyferry', placeholders: 'kept', namespaces: 'kept' } as const;
  try {
    const { problems } = await validate(new StoredIntentsSource(objects, pinned), settings);
    return problems.map(problemText).join('\n');
  } catch (error) {
    if (error instanceof PortError) return `refused: ${error.message}`;
    throw error;
  }
}

describe('any ConfigMap of intents', () => {
  it('with the digest that was deployed gives documents, Problems or a refusal, and shows nothing of a template', async () => {
    await fc.assert(
      fc.asyncProperty(text, read, async (intents, resource) => {
        const began = busyMs();
        const told = await toldOf({ 'intents.json': intents }, resource, digestOf(intents));
        expect(told).not.toContain(CANARY);
        expect(busyMs() - began).toBeLessThan(LONGEST_MS);
      }),
      runs(1),
    );
  });

  it('with another digest is refused, and nothing of it is shown', async () => {
    const data = fc.oneof(
      junk,
      text.map((intents) => ({ 'intents.json': intents })),
      fc.dictionary(or('intents.json').map(String), junk),
    );
    await fc.assert(
      fc.asyncProperty(data, read, async (given, resource) => {
        const told = await toldOf(given, resource, digestOf('what was deployed'));
        expect(told).toMatch(/^refused: ConfigMap shop\/intents does not hold /u);
        expect(told).not.toMatch(/canary/u);
      }),
      runs(1 / 2),
    );
  });
});

describe('any CronJob', () => {
  it('says which ConfigMaps hold the intents, or is refused', () => {
    const pins = or(`a=${'0'.repeat(64)}`, 'a=b,c=d', ODD);
    const variable = fc.record(
      { name: or('KEYFERRY_INTENTS', 'KEYFERRY_INTENTS_DIGEST'), value: pins },
      { requiredKeys: ['name'] },
    );
    const container = fc.record(
      { name: or('keyferry'), env: fc.oneof(junk, fc.array(fc.oneof(variable, junk), { maxLength: 3 })), args: junk },
      { requiredKeys: [] },
    );
    const podSpec = fc.record(
      { containers: fc.oneof(junk, fc.array(fc.oneof(container, junk), { maxLength: 2 })), volumes: junk },
      { requiredKeys: [] },
    );
    const template = fc.record(
      { spec: fc.oneof(podSpec, junk), metadata: fc.oneof(metadata, junk) },
      { requiredKeys: [] },
    );
    const cronJob = fc.oneof({ weight: 8, arbitrary: template }, { weight: 1, arbitrary: junk }).map((one) => ({
      kind: 'CronJob',
      metadata: { name: 'keyferry' },
      spec: { jobTemplate: { spec: { template: one } } },
    }));
    fc.assert(
      fc.property(cronJob, (one) => {
        try {
          return pinsOrRefusal(one as unknown as KubernetesObject, INSTALLATION).length > 0;
        } catch (error) {
          if (!(error instanceof PortError)) throw error;
          return !error.message.includes(ODD);
        }
      }),
      runs(1 / 2),
    );
  });
});
