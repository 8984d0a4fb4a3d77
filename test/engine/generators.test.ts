/** Generated values in an ExternalSecret: they stay, whatever is lost beside the Secret, and change when somebody asks. */
import { describe, expect, it } from '@jest/globals';
import { systemRandom } from '../../src/adapters/node/random.ts';
import { plan } from '../../src/commands/plan.ts';
import { sync } from '../../src/commands/sync.ts';
import { problemText } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { reportAsText } from '../../src/core/report/as-text.ts';
import { problemsOf } from '../../src/core/report/build-report.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { PortError } from '../../src/ports/errors.ts';
import { RecordedState, type KubernetesObject } from '../fakes/index.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { STORE, textsOf, vaultYaml, yaml } from './shop.ts';

const GROUP = 'generators.external-secrets.io/v1alpha1';

function generator(spec: Readonly<Record<string, unknown>> = {}, kind = 'Password'): KubernetesObject {
  return { apiVersion: GROUP, kind, metadata: { name: 'g', namespace: 'shop' }, spec };
}

function generated(
  annotations: Readonly<Record<string, string>> = {},
  spec: Readonly<Record<string, unknown>> = {},
  kind = 'Password',
): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'shop', annotations },
    spec: { dataFrom: [{ sourceRef: { generatorRef: { kind, name: 'g' } } }], ...spec },
  };
}

/** With real randomness: bytes that count upwards would give the same password twice. */
async function open(...objects: readonly KubernetesObject[]): Promise<World> {
  const vault = vaultYaml({ user: 'app' });
  const world = await openWorld({ manifests: yaml(STORE, ...objects), vault, cluster: '', settings: {} });
  return { ...world, ports: { ...world.ports, random: systemRandom } };
}

/** Another set of manifests over the same cluster and state. */
async function changed(world: World, ...objects: readonly KubernetesObject[]): Promise<World> {
  const next = await open(...objects);
  return { ...world, ports: { ...world.ports, manifests: next.ports.manifests } };
}

function dataOf({ cluster }: World): Readonly<Record<string, string>> {
  return textsOf(cluster.get('Secret', 'shop', 'db')) ?? {};
}

function reasons(report: Report): readonly (string | undefined)[] {
  return report.objects.map(({ reason }) => reason);
}

function told(report: Report): readonly string[] {
  return problemsOf(report).map(problemText);
}

describe('a generated password', () => {
  it('stays over 1,000 passes, every seventh of them without its state', async () => {
    const world = await open(generator(), generated());
    await sync(world.ports, world.settings);
    const first = dataOf(world);
    expect(first['password']).toHaveLength(24);
    for (let pass = 0; pass < 1000; pass += 1) {
      const state = pass % 7 === 0 ? new RecordedState() : world.ports.state;
      await sync({ ...world.ports, state }, world.settings);
      expect(dataOf(world)).toEqual(first);
    }
  }, 120_000);

  it('is drawn anew where its Secret or its key is gone, and the plan says so', async () => {
    const world = await open(generator(), generated());
    const planned = await plan(world.ports, world.settings);
    expect(reasons(planned)).toEqual(['drawn: password']);
    await sync(world.ports, world.settings);
    const first = dataOf(world);
    world.cluster.delete('Secret', 'shop', 'db');
    await sync(world.ports, world.settings);
    expect(dataOf(world)['password']).not.toBe(first['password']);
  });

  it('is drawn anew once for another spec and for another text of rotate, and keeps earlier ones where asked', async () => {
    const world = await open(generator(), generated({ 'keyferry.dev/keep-previous': '2' }));
    await sync(world.ports, world.settings);
    const first = dataOf(world)['password'];
    const other = await changed(world, generator({ length: 30 }), generated({ 'keyferry.dev/keep-previous': '2' }));
    const report = await sync(other.ports, other.settings);
    expect(reasons(report)).toEqual(['drawn anew: password (Password shop/g was changed)']);
    const second = dataOf(world)['password'];
    expect(dataOf(world)).toEqual({ password: second, password_PREVIOUS: first });
    const asked = { 'keyferry.dev/keep-previous': '2', 'keyferry.dev/rotate': '2027-01' };
    const rotating = await changed(world, generator({ length: 30 }), generated(asked));
    expect(reasons(await sync(rotating.ports, rotating.settings))).toEqual([
      'drawn anew: password (keyferry.dev/rotate)',
    ]);
    const third = dataOf(world)['password'];
    expect(new Set([first, second, third]).size).toBe(3);
    const last = { password: third, password_PREVIOUS: second, password_PREVIOUS_2: first };
    expect(dataOf(world)).toEqual(last);
    await sync({ ...rotating.ports, state: new RecordedState() }, rotating.settings);
    expect(dataOf(world)).toEqual(last);
  });

  it('is told in the table with why, in front of what changes beside it', async () => {
    const world = await open(generator(), generated({ 'keyferry.dev/keep-previous': '1' }));
    await sync(world.ports, world.settings);
    const asked = { 'keyferry.dev/keep-previous': '1', 'keyferry.dev/rotate': '2027-01', team: 'shop' };
    const { ports, settings } = await changed(world, generator(), generated(asked));
    const text = reportAsText(await plan(ports, settings), PLAIN);
    expect(text.split('\n').find((line) => line.includes('~ update'))).toBe(
      '  ~ update  shop/db  2 keys (drawn anew: password (keyferry.dev/rotate))  db',
    );
  });

  it('is drawn once where somebody else writes the Secret while it is rotated', async () => {
    const world = await open(generator(), generated({ 'keyferry.dev/keep-previous': '1' }));
    await sync(world.ports, world.settings);
    const first = dataOf(world)['password'];
    let others = 0;
    world.cluster.onBefore(({ verb }) => {
      if (verb !== 'updateSecret' || others > 1) return;
      others += 1;
      world.cluster.patch({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'db', namespace: 'shop', labels: { touched: String(others) } },
      });
    });
    const asked = { 'keyferry.dev/keep-previous': '1', 'keyferry.dev/rotate': '1' };
    const rotating = await changed(world, generator(), generated(asked));
    await sync(rotating.ports, rotating.settings);
    expect(others).toBe(2);
    const { password, password_PREVIOUS: previous } = dataOf(world);
    expect(previous).toBe(first);
    expect(password).not.toBe(first);
    await sync(rotating.ports, rotating.settings);
    expect(dataOf(world)).toEqual({ password, password_PREVIOUS: first });
  });

  it('is found again where a template keeps it nowhere, and its text is rendered anew over it', async () => {
    const template = (data: Readonly<Record<string, string>>) => ({ target: { template: { data } } });
    const world = await open(generator(), generated({}, template({ dsn: 'app:{{ .password }}@db' })));
    await sync(world.ports, world.settings);
    const password = dataOf(world)['.keyferry.password'] ?? '';
    expect(dataOf(world)).toEqual({ dsn: `app:${password}@db`, '.keyferry.password': password });
    const next = await changed(world, generator(), generated({}, template({ dsn: 'new:{{ .password }}@db' })));
    await sync(next.ports, next.settings);
    expect(dataOf(world)).toEqual({ dsn: `new:${password}@db`, '.keyferry.password': password });
  });

  it('is left as it is where the Secret cannot be read', async () => {
    const world = await open(generator(), generated({ 'keyferry.dev/rotate': '1' }));
    await sync(world.ports, world.settings);
    const first = dataOf(world);
    const writes: string[] = [];
    world.cluster.onBefore(({ verb }) => {
      if (verb === 'getSecret')
        throw new PortError({ kind: 'Forbidden', code: 'Forbidden', what: 'may not be read', fix: 'Ask.' });
      writes.push(verb);
    });
    const report = await sync({ ...world.ports, state: new RecordedState() }, world.settings);
    expect(told(report)).toHaveLength(1);
    expect([writes, dataOf(world)]).toEqual([[], first]);
  });

  it('is in no report', async () => {
    const world = await open(generator(), generated());
    const report = await sync(world.ports, world.settings);
    expect(JSON.stringify(report)).not.toContain(dataOf(world)['password'] ?? 'nothing');
  });

  it('is refused a key that the manifest writes itself', async () => {
    const data = [{ secretKey: 'password_PREVIOUS', remoteRef: { key: 'user' } }];
    const of = (length: number) => [
      generator({ length }),
      generated({ 'keyferry.dev/keep-previous': '1' }, { secretStoreRef: { name: 'kv' }, data }),
    ];
    const world = await open(...of(20));
    await sync(world.ports, world.settings);
    const next = await changed(world, ...of(21));
    expect(told(await sync(next.ports, next.settings))[0]).toContain(
      'keeps an earlier value under "password_PREVIOUS", and the manifest writes that key itself',
    );
  });
});

describe('a generator that is not there', () => {
  it('fails its ExternalSecret alone', async () => {
    const world = await open(generated());
    expect(told(await sync(world.ports, world.settings))).toEqual([
      'ExternalSecret shop/db: spec.dataFrom[0].sourceRef.generatorRef names Password shop/g, which does not exist. Add it to the manifests, or correct the reference (kind and namespace matter). (manifests.yaml:21)',
    ]);
  });
});
