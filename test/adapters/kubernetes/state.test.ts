/** State in ConfigMaps and in status, over an API server on loopback. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomResources } from '../../../src/adapters/kubernetes/custom-resources.ts';
import { RecordedState } from '../../../src/adapters/kubernetes/recorded-state.ts';
import { StateConfigMaps } from '../../../src/adapters/kubernetes/state-config-maps.ts';
import { StatusState } from '../../../src/adapters/kubernetes/status-state.ts';
import { otherRepositoryOfState, repositoryAnnotations } from '../../../src/core/deploy/repository.ts';
import { EMPTY_STATE, type PushedObject, type SyncState } from '../../../src/core/model/condition.ts';
import { fieldsOf } from '../../../src/core/model/fields.ts';
import type { ObjectRef } from '../../../src/core/model/object-ref.ts';
import { describeState } from '../../contract/state-contract.ts';
import type { KubernetesObject } from '../../fakes/kubernetes-object.ts';
import { ScriptedApiServer } from './api-server.ts';
import { pathOf, StoredObjects } from './stored-objects.ts';

const INSTALLATION = { namespace: 'keyferry', name: 'shop' };
const PUSH: ObjectRef = { kind: 'PushSecret', namespace: 'shop', name: 'db' };
const mapPath = (index: number): string => `/api/v1/namespaces/keyferry/configmaps/shop-state-${index}`;

async function start() {
  const server = await ScriptedApiServer.start();
  const objects = new StoredObjects();
  server.handle(objects.handle);
  const maps = () => new StateConfigMaps(server.connect(), INSTALLATION);
  const status = () => {
    const connection = server.connect();
    return new StatusState({ connection, resources: new CustomResources(connection), maps: maps() });
  };
  const given = async ({ metadata, ...object }: KubernetesObject): Promise<void> =>
    objects.put(pathOf({ ...metadata, kind: object.kind }), { ...object, metadata: { ...metadata } });
  return { server, objects, maps, status, given, close: () => server.close() };
}

describeState({
  name: 'ConfigMaps',
  open: async () => {
    const { maps, given, close } = await start();
    const reopen = () => new RecordedState(maps());
    return { state: reopen(), reopen, given, close };
  },
});

describeState({
  name: 'status of custom resources',
  open: async () => {
    const { status, given, close } = await start();
    return { state: status(), reopen: status, given, close };
  },
});

let world: Awaited<ReturnType<typeof start>>;

beforeEach(async () => {
  world = await start();
});
afterEach(async () => world.close());

const texts = (): readonly string[] =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((index) => {
    const text = fieldsOf(world.objects.get(mapPath(index))?.['data'])['state.json'];
    return typeof text === 'string' ? [text] : [];
  });

const pushedObject = (index: number): PushedObject => ({
  vaultUrl: 'https://kv-shop.vault.azure.net',
  type: 'secret',
  name: `db-password-${index}`,
  store: 'SecretStore/kv',
  version: '0123456789abcdef0123456789abcdef',
  tags: ['team'],
  source: 'f47fe3c0b255b6dd8047cdffa772587b',
});

describe('the status of a PushSecret', () => {
  const entry = (property?: string) => ({
    match: { secretKey: 'k', remoteRef: { remoteKey: 'db', ...(property === undefined ? {} : { property }) } },
    conversionStrategy: 'None',
  });
  const state = (syncedPushSecrets: SyncState['syncedPushSecrets'] = {}): SyncState => ({
    binding: '',
    conditions: [],
    syncedPushSecrets,
  });
  const status = () => world.objects.get(pathOf(PUSH))?.['status'];

  beforeEach(async () => {
    await world.given({
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'PushSecret',
      metadata: { ...PUSH },
      spec: {},
    });
  });

  it('is what the operator writes: without a binding, and without an empty map', async () => {
    await world.status().write(PUSH, { ...state(), refreshTime: new Date('2026-01-02T03:04:05Z') });
    expect(status()).toEqual({ refreshTime: '2026-01-02T03:04:05Z', conditions: [] });
  });

  it('loses stores, references and fields that are gone, in one request', async () => {
    const opened = world.status();
    await opened.write(
      PUSH,
      state({ 'SecretStore/a': { db: entry('p'), other: entry() }, 'SecretStore/b': { db: entry() } }),
    );
    const before = world.server.requests.length;
    await opened.write(PUSH, state({ 'SecretStore/a': { db: entry() } }));
    expect(status()).toEqual({ conditions: [], syncedPushSecrets: { 'SecretStore/a': { db: entry() } } });
    expect(world.server.requests.slice(before)).toEqual([
      'PATCH /apis/external-secrets.io/v1alpha1/namespaces/shop/pushsecrets/db/status?fieldManager=keyferry',
    ]);
  });

  it('loses also what another wrote there since it was read', async () => {
    const opened = world.status();
    await opened.read(PUSH);
    await world.status().write(PUSH, state({ 'SecretStore/a': { stale: entry() }, 'SecretStore/b': { db: entry() } }));
    await opened.write(PUSH, state({ 'SecretStore/a': { db: entry() } }));
    expect(status()).toEqual({ conditions: [], syncedPushSecrets: { 'SecretStore/a': { db: entry() } } });
  });

  it('counts as absent where somebody edited it into something else', async () => {
    const broken = { conditions: 'none', refreshTime: 7, syncedPushSecrets: { 'SecretStore/a': ['db'], b: { db: 1 } } };
    world.objects.put(pathOf(PUSH), { kind: 'PushSecret', metadata: { ...PUSH }, status: broken });
    expect(await world.status().read(PUSH)).toEqual({
      binding: '',
      conditions: [],
      syncedPushSecrets: { b: {} },
    });
  });

  it('says nothing of the objects that were written, which a ConfigMap remembers', async () => {
    await world.status().write(PUSH, { ...state(), pushed: [pushedObject(1)] });
    expect(JSON.stringify(status())).not.toContain('db-password-1');
    expect((await world.status().read(PUSH))?.pushed).toEqual([pushedObject(1)]);
  });
});

describe('the name of the installation', () => {
  const [ONE, TWO] = ['0123456789abcdef', 'fedcba9876543210'];

  it('is that of the first of two that run at the same time', async () => {
    const [a, b] = [world.maps(), world.maps()];
    expect([await a.installation(), await b.installation()]).toEqual([undefined, undefined]);
    expect([await a.nameInstallation(ONE), await b.nameInstallation(TWO)]).toEqual([ONE, ONE]);
    expect(await world.maps().installation()).toBe(ONE);
  });

  it('stays beside the records, in a version that older programs refuse instead of leaving it out', async () => {
    const maps = world.maps();
    await maps.change({ part: 'objects', key: 'PushSecret shop/db', value: { binding: 'x' } });
    expect(texts()).toEqual([
      '{"schemaVersion": 1,\n"objects": {\n  "PushSecret shop/db": {"binding":"x"}\n},\n"stores": {}}\n',
    ]);
    await maps.nameInstallation(ONE);
    expect(texts()).toEqual([
      `{"schemaVersion": 2,\n"installation": "${ONE}",\n"objects": {\n  "PushSecret shop/db": {"binding":"x"}\n},\n"stores": {}}\n`,
    ]);
  });

  it.each(['""', '"0123"', '"0123456789ABCDEF"', 'null', '7'])(
    'is refused where it was damaged into %s, and stays for whoever restores it',
    async (damaged) => {
      const text = `{"schemaVersion": 2, "installation": ${damaged}, "objects": {"PushSecret shop/db": {"binding": "x"}}}`;
      world.objects.put(mapPath(0), {
        kind: 'ConfigMap',
        metadata: { name: 'shop-state-0', namespace: 'keyferry' },
        data: { 'state.json': text },
      });
      const refusal = {
        kind: 'Invalid',
        what: 'ConfigMap keyferry/shop-state-0 has an "installation" that is not 16 hex digits',
        fix: 'Restore it: in vaults, it is the part before the slash in the tag keyferry-owner of what this installation wrote. If it wrote nothing, remove it.',
      };
      const maps = world.maps();
      await expect(maps.installation()).rejects.toMatchObject(refusal);
      await expect(maps.nameInstallation(ONE)).rejects.toMatchObject(refusal);
      await maps.change({ part: 'objects', key: 'ExternalSecret shop/db', value: { binding: 'y' } });
      expect(texts()[0]).toContain(`"installation": ${damaged},`);
    },
  );
});

describe('many records', () => {
  const ready = (status: 'True' | 'False', message: string) => ({
    type: 'Ready',
    status,
    reason: 'R',
    message,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  });
  const key = (index: number): string => `PushSecret shop/push-${String(index).padStart(5, '0')}`;
  const found = async () => Object.keys((await world.maps().read()).objects).length;

  it('of 10,000 pushes go into several ConfigMaps in few writes, and are all found again', async () => {
    const maps = world.maps();
    const indexes = Array.from({ length: 10_000 }, (_, index) => index);
    await Promise.all(
      indexes.map((index) =>
        maps.change({ part: 'objects', key: key(index), value: { pushed: [pushedObject(index)] } }),
      ),
    );
    expect([await found(), texts().length]).toEqual([10_000, 3]);
    expect(world.server.requests.filter((request) => !request.startsWith('GET')).length).toBeLessThan(10);
  });

  it('of 100 pushes with 100 objects each fit as well', async () => {
    const pushed = Array.from({ length: 100 }, (_, index) => pushedObject(index));
    const state = new RecordedState(world.maps());
    const refs = Array.from({ length: 100 }, (_, index): ObjectRef => ({ ...PUSH, name: `push-${index}` }));
    await Promise.all(refs.map((ref) => state.write(ref, { binding: '', conditions: [], pushed })));
    expect((await new RecordedState(world.maps()).read(refs[99]!))?.pushed).toEqual(pushed);
  });

  it('that grow move on to a ConfigMap with room, and are nowhere twice', async () => {
    const state = new RecordedState(world.maps());
    const refs = Array.from({ length: 20 }, (_, index): ObjectRef => ({ ...PUSH, name: `push-${index}` }));
    await Promise.all(refs.map((ref) => state.write(ref, { binding: 'failed', conditions: [] })));
    expect(texts()).toHaveLength(1);
    const pushed = Array.from({ length: 400 }, (_, index) => pushedObject(index));
    for (const ref of refs) await state.write(ref, { binding: '', conditions: [], pushed });
    const all = texts();
    expect(all.length).toBeGreaterThan(1);
    expect(all.map((text) => Buffer.byteLength(text)).filter((bytes) => bytes > 1_000_000)).toEqual([]);
    expect(all.join('').match(/"PushSecret shop\/push-/gu)).toHaveLength(20);
    const read = new RecordedState(world.maps());
    for (const ref of refs) expect((await read.read(ref))?.pushed).toEqual(pushed);
  });

  it('that an interrupted move left twice count as the later says, and only once after the next write', async () => {
    const map = (index: number, text: string): void =>
      world.objects.put(mapPath(index), {
        kind: 'ConfigMap',
        metadata: { name: `shop-state-${index}`, namespace: 'keyferry' },
        data: { 'state.json': text },
      });
    map(0, '{"schemaVersion": 1, "count": 2, "objects": {"PushSecret shop/db": {"binding": "old"}}}');
    map(1, '{"schemaVersion": 1, "objects": {"PushSecret shop/db": {"binding": "new"}}}');
    const state = new RecordedState(world.maps());
    expect((await state.read(PUSH))?.binding).toBe('new');
    await state.forget(PUSH);
    expect(await new RecordedState(world.maps()).read(PUSH)).toBeUndefined();
    expect(texts().join('')).not.toContain('PushSecret');
  });

  it('of one PushSecret that are more than a ConfigMap takes go into several, shrink again, and go', async () => {
    const pushed = Array.from({ length: 9_000 }, (_, index) => pushedObject(index));
    const written = { match: { secretKey: 'k', remoteRef: { remoteKey: 'db' } }, conversionStrategy: 'None' };
    const entries = Object.fromEntries(pushed.map(({ name }) => [name, written]));
    const syncedPushSecrets = { 'SecretStore/kv': entries, 'SecretStore/empty': {} };
    const conditions = [ready('True', 'm')];
    await new RecordedState(world.maps()).write(PUSH, { binding: 'x', conditions, pushed, syncedPushSecrets });
    const all = texts();
    expect(all.length).toBeGreaterThan(3);
    expect(all.map((text) => Buffer.byteLength(text)).filter((bytes) => bytes > 1_000_000)).toEqual([]);
    const read = () => new RecordedState(world.maps());
    expect(await read().read(PUSH)).toEqual({ binding: 'x', conditions, pushed, syncedPushSecrets });
    expect(await read().remembered('push')).toEqual([PUSH]);

    const few = pushed.slice(0, 3);
    await read().write(PUSH, { binding: '', conditions: [], pushed: few });
    expect((await read().read(PUSH))?.pushed).toEqual(few);
    expect(texts().join('')).not.toContain(' part ');

    await read().write(PUSH, { binding: '', conditions: [], pushed });
    await read().forget(PUSH);
    expect(await read().read(PUSH)).toBeUndefined();
    expect(texts().join('')).not.toContain('PushSecret');
  });

  it('of one object that are more than a ConfigMap takes are refused by name, and the others are kept', async () => {
    const state = new RecordedState(world.maps());
    const conditions = [ready('False', 'x'.repeat(1_000_000))];
    const large = state.write(PUSH, { binding: '', conditions });
    const small = state.write({ ...PUSH, name: 'small' }, { binding: 'x', conditions: [] });
    await expect(large).rejects.toMatchObject({
      kind: 'Invalid',
      what: expect.stringMatching(
        /^PushSecret shop\/db leaves more to be remembered than a ConfigMap takes: \d+ bytes, of 900000$/u,
      ),
      fix: 'Split it into several.',
    });
    await small;
    expect(await new RecordedState(world.maps()).remembered('push')).toEqual([{ ...PUSH, name: 'small' }]);
  });

  it('are found where another process moved them in between', async () => {
    const [a, b] = [world.maps(), world.maps()];
    const long = Array.from({ length: 3_000 }, (_, index) => pushedObject(index));
    await a.change({ part: 'objects', key: 'PushSecret shop/large', value: { pushed: long } });
    await a.change({ part: 'objects', key: 'PushSecret shop/db', value: { binding: 'old' } });
    await b.read();
    await a.change({ part: 'objects', key: 'PushSecret shop/db', value: { pushed: long } });
    expect(texts()).toHaveLength(2);
    await b.change({ part: 'objects', key: 'PushSecret shop/db', value: { binding: 'newest' } });
    expect(await world.maps().findObject('PushSecret shop/db')).toEqual({ binding: 'newest' });
    expect(
      texts()
        .join('')
        .match(/"PushSecret shop\/db"/gu),
    ).toHaveLength(1);
  });
});

describe('the records of a repository', () => {
  const ownedBy = (name: string) => {
    const own = { url: `https://github.com/contoso/${name}` };
    return new StateConfigMaps(world.server.connect(), INSTALLATION, {
      annotations: repositoryAnnotations(own),
      refusal: (recorded) => otherRepositoryOfState(recorded, own, INSTALLATION),
    });
  };
  const note = async (maps: StateConfigMaps) => new RecordedState(maps).write(PUSH, EMPTY_STATE);
  const annotations = () => fieldsOf(fieldsOf(world.objects.get(mapPath(0))?.['metadata'])['annotations']);

  it('are refused to another one that has the same installation name, and to nobody else', async () => {
    await note(ownedBy('shop'));
    await expect(ownedBy('billing').read()).rejects.toThrow(
      'what is remembered as shop in namespace keyferry, and the Secrets it tells of, belong to https://github.com/contoso/shop; this run is of https://github.com/contoso/billing',
    );
    await expect(ownedBy('SHOP').read()).resolves.toMatchObject({ stores: {} });
    await expect(world.maps().read()).resolves.toMatchObject({ stores: {} });
  });

  it('stay those of the first when a run writes that knows no repository', async () => {
    await note(ownedBy('shop'));
    await new RecordedState(world.maps()).write({ ...PUSH, name: 'other' }, EMPTY_STATE);
    expect(annotations()).toEqual({ 'keyferry.dev/repository': 'https://github.com/contoso/shop' });
  });

  it('belong to whoever comes next where nobody is recorded', async () => {
    await note(world.maps());
    await new RecordedState(ownedBy('shop')).write({ ...PUSH, name: 'other' }, EMPTY_STATE);
    await expect(ownedBy('billing').read()).rejects.toThrow('belong to https://github.com/contoso/shop');
  });
});
