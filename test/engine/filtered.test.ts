/** What a run tells and remembers goes through the same filter as its log: values that it has seen do not. */
import { describe, expect, it } from '@jest/globals';
import { RedactingMasker } from '../../src/adapters/node/redacting.ts';
import { sync } from '../../src/commands/sync.ts';
import { SecretValue } from '../../src/core/model/secret-value.ts';
import { reportAsJson } from '../../src/core/report/as-json.ts';
import { PortError } from '../../src/ports/errors.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { externalSecret, STORE, vaultYaml, yaml } from './shop.ts';

/** A webhook that says what it does not like, value and all. */
async function refusingWorld(value: string, manifests = yaml(STORE, externalSecret('db'))): Promise<World> {
  const world = await openWorld({ manifests, vault: vaultYaml({ db: value }), cluster: '', settings: {} });
  const masker = new RedactingMasker();
  masker.mask(SecretValue.ofText(value));
  const refuse = () =>
    Promise.reject(
      new PortError({
        kind: 'Invalid',
        code: 'Webhook',
        what: `webhook w refused "${value}"`,
        fix: `Change ${value}.`,
      }),
    );
  const cluster = new Proxy(world.cluster, {
    get: (target, name) => {
      if (name === 'createSecret') return refuse;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return { ...world, ports: { ...world.ports, cluster, redact: (text) => masker.redact(text) } };
}

async function toldBy({ ports, settings, publisher, state }: World) {
  const report = await sync(ports, settings);
  const [ref] = await state.remembered('pull');
  return {
    report: reportAsJson(report),
    events: publisher.take().map(({ event }) => event.message),
    conditions: ((await state.read(ref!))?.conditions ?? []).map(({ message }) => message),
    fingerprint: report.fingerprint,
  };
}

describe('a refusal that repeats a value', () => {
  it.each(['correct-horse', '918273645', 'line one\nline two'])('is told without it: %j', async (value) => {
    const told = await toldBy(await refusingWorld(value));
    const message = 'ExternalSecret shop/db: webhook w refused "[redacted]". Change [redacted]. (manifests.yaml:12)';
    expect(told.conditions).toEqual([message]);
    expect(told.events).toContain(message);
    expect(told.report).toContain('webhook w refused \\"[redacted]\\"');
    for (const line of value.split('\n')) expect(JSON.stringify(told)).not.toContain(line);
  });

  it('settles: the same refusal again is no news', async () => {
    const world = await refusingWorld('correct-horse');
    await sync(world.ports, world.settings);
    const [ref] = await world.state.remembered('pull');
    const first = await world.state.read(ref!);
    await sync(world.ports, world.settings);
    expect((await world.state.read(ref!))?.conditions).toBe(first?.conditions);
  });

  it('leaves alone what machines compare, where a value is the name of the Secret', async () => {
    const told = await toldBy(await refusingWorld('shop'));
    const plain = await toldBy(await refusingWorld('something-else'));
    expect(told.fingerprint).toBe(plain.fingerprint);
    const [object] = (JSON.parse(told.report) as { objects: readonly object[] }).objects;
    expect(object).toMatchObject({ object: 'ExternalSecret shop/db', namespace: 'shop', target: 'Secret shop/db' });
  });

  it('is told as it is where the value is too short to be searched for', async () => {
    const { conditions } = await toldBy(await refusingWorld('abc'));
    expect(conditions[0]).toContain('webhook w refused "abc"');
  });
});

describe('names that want to be more', () => {
  it('are text in conditions and Events', async () => {
    const property = 'db\n::error::x\u001b[2J##vso[task]';
    const data = [{ secretKey: 'p', remoteRef: { key: 'db', property } }];
    const manifests = yaml(STORE, externalSecret('db', { data }));
    const { conditions, events } = await toldBy(await refusingWorld('correct-horse', manifests));
    for (const message of [...conditions, ...events]) {
      expect(message).toContain('db\\n::error::x\\u001b[2J# #vso[task]');
      expect(message).not.toMatch(/\p{Cc}/u);
    }
  });
});
