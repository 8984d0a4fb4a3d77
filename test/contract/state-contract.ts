/** What every State must do: remember exactly what it was told, and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Condition, PushedObject, SyncState } from '../../src/core/model/condition.ts';
import type { ObjectRef } from '../../src/core/model/object-ref.ts';
import type { State } from '../../src/ports/state.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { NAMESPACE } from './cluster-contract.ts';

export interface OpenState {
  readonly state: State;
  /** The same memory, opened anew. */
  readonly reopen: () => State;
  /** The user creates an object, where the state needs one to write to. */
  readonly given: (object: KubernetesObject) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface StateHarness {
  readonly name: string;
  readonly open: () => Promise<OpenState>;
}

const READY: Condition = {
  type: 'Ready',
  status: 'True',
  reason: 'SecretSynced',
  message: 'secret synced',
  lastTransitionTime: '2026-01-02T03:04:05Z',
};
const SYNCED: SyncState = {
  refreshTime: new Date('2026-01-02T03:04:05Z'),
  syncedResourceVersion: '1-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2',
  binding: 'db',
  conditions: [READY],
  lastTarget: 'db',
};

const PUSHED: PushedObject = {
  vaultUrl: 'https://kv-shop.vault.azure.net',
  type: 'cert',
  name: 'Shop-Tls',
  store: 'SecretStore/kv',
  version: '0123456789abcdef0123456789abcdef',
  properties: ['user'],
  tags: ['team'],
  expires: 1_767_225_600,
  chain: 'a1b2',
  source: 'c3d4',
  deletes: true,
};
const PUSH_STATE: SyncState = {
  refreshTime: new Date('2026-01-02T03:04:05Z'),
  syncedResourceVersion: '1-f47fe3c0b255b6dd8047cdffa772587bb829efe7a1cb70febeda2eb2',
  binding: '',
  conditions: [{ ...READY, reason: 'Synced', message: 'PushSecret synced successfully' }],
  syncedPushSecrets: {
    'SecretStore/kv': {
      'db/password': {
        conversionStrategy: 'None',
        match: { secretKey: 'p', remoteRef: { remoteKey: 'db', property: 'password' } },
      },
    },
  },
  pushed: [PUSHED],
};

export function describeState(harness: StateHarness): void {
  describe(`State: ${harness.name}`, () => {
    let open: OpenState;
    let state: State;

    beforeEach(async () => {
      open = await harness.open();
      state = open.state;
    });

    afterEach(async () => open.close());

    const externalSecret = async (name: string): Promise<ObjectRef> => {
      await open.given({
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name, namespace: NAMESPACE },
        spec: {},
      });
      return { kind: 'ExternalSecret', namespace: NAMESPACE, name };
    };

    const pushSecret = async (name: string): Promise<ObjectRef> => {
      await open.given({
        apiVersion: 'external-secrets.io/v1alpha1',
        kind: 'PushSecret',
        metadata: { name, namespace: NAMESPACE },
        spec: { secretStoreRefs: [{ name: 'kv' }], selector: { secret: { name } } },
      });
      return { kind: 'PushSecret', namespace: NAMESPACE, name };
    };

    it('knows nothing of an object before the first write', async () => {
      expect(await state.read(await externalSecret('db'))).toBeUndefined();
      expect(await state.remembered('pull')).toEqual([]);
    });

    it('gives back what was written, also when it is opened anew', async () => {
      const ref = await externalSecret('db');
      await state.write(ref, SYNCED);
      expect(await state.read(ref)).toEqual(SYNCED);
      expect(await open.reopen().read(ref)).toEqual(SYNCED);
    });

    it('keeps by what the next sync knows what has changed since', async () => {
      const ref = await externalSecret('db');
      const marks = { engine: '3969a78bb1e4ae49', vaults: { 'vault kv-shop': '0'.repeat(48) } };
      await state.write(ref, { ...SYNCED, sourceMarks: marks });
      expect(await open.reopen().read(ref)).toEqual({ ...SYNCED, sourceMarks: marks });
      await state.write(ref, SYNCED);
      expect(await open.reopen().read(ref)).toEqual(SYNCED);
    });

    it('keeps times in whole seconds', async () => {
      const ref = await externalSecret('db');
      await state.write(ref, { ...SYNCED, refreshTime: new Date('2026-01-02T03:04:05.678Z') });
      expect((await state.read(ref))?.refreshTime).toEqual(new Date('2026-01-02T03:04:05Z'));
    });

    it('gives back a failure that never synced: no refreshTime, no version, no target', async () => {
      const ref = await externalSecret('db');
      const failed: SyncState = {
        binding: '',
        conditions: [{ ...READY, status: 'False', reason: 'SecretSyncedError' }],
      };
      await state.write(ref, failed);
      expect(await state.read(ref)).toEqual(failed);
    });

    it('replaces as a whole what was written before', async () => {
      const ref = await externalSecret('db');
      await state.write(ref, SYNCED);
      await state.write(ref, { binding: 'new', conditions: [READY] });
      expect(await state.read(ref)).toEqual({ binding: 'new', conditions: [READY] });
    });

    it('remembers every ExternalSecret, sorted, and forgets those it is told to', async () => {
      const [b, a] = [await externalSecret('b'), await externalSecret('a')];
      await state.write(b, SYNCED);
      await state.write(a, SYNCED);
      expect(await state.remembered('pull')).toEqual([a, b]);
      await state.forget(a);
      expect(await state.remembered('pull')).toEqual([b]);
      expect(await state.read(a)).toBeUndefined();
      await expect(state.forget(a)).resolves.toBeUndefined();
    });

    it('gives back what a PushSecret wrote to vaults, and loses what is gone', async () => {
      const ref = await pushSecret('db');
      await state.write(ref, PUSH_STATE);
      expect(await open.reopen().read(ref)).toEqual(PUSH_STATE);
      const other = {
        'ClusterSecretStore/kv': { db: PUSH_STATE.syncedPushSecrets!['SecretStore/kv']!['db/password']! },
      };
      const { binding, conditions } = PUSH_STATE;
      await state.write(ref, { binding, conditions, syncedPushSecrets: other });
      expect(await open.reopen().read(ref)).toEqual({ binding, conditions, syncedPushSecrets: other });
    });

    it('gives back nothing of a PushSecret that has nothing in a vault any more', async () => {
      const ref = await pushSecret('db');
      await state.write(ref, PUSH_STATE);
      await state.write(ref, { binding: '', conditions: [READY], syncedPushSecrets: {}, pushed: [] });
      expect(await open.reopen().read(ref)).toEqual({ binding: '', conditions: [READY] });
    });

    it('remembers PushSecrets apart from ExternalSecrets', async () => {
      const [pull, push] = [await externalSecret('db'), await pushSecret('db')];
      await state.write(pull, SYNCED);
      await state.write(push, PUSH_STATE);
      expect(await open.reopen().remembered('push')).toEqual([push]);
      expect(await state.remembered('pull')).toEqual([pull]);
      await state.forget(push);
      expect([await state.remembered('push'), await state.read(push)]).toEqual([[], undefined]);
      expect(await state.read(pull)).toEqual(SYNCED);
    });

    it.each(['0123456789abcdef', '0000000000012345', '12345678901234e5'])(
      'keeps the first name of the installation for ever: %s',
      async (name) => {
        expect(await state.installation()).toBeUndefined();
        expect(await state.nameInstallation(name)).toBe(name);
        expect(await open.reopen().nameInstallation('fedcba9876543210')).toBe(name);
        expect(await open.reopen().installation()).toBe(name);
      },
    );

    it('gives two that name the installation at the same time one name', async () => {
      const names = ['0123456789abcdef', 'fedcba9876543210'];
      const [one, two] = await Promise.all(names.map(async (name) => open.reopen().nameInstallation(name)));
      expect(names).toContain(one);
      expect([two, await open.reopen().installation()]).toEqual([one, one]);
    });

    it('keeps the name of the installation beside what is written and forgotten later', async () => {
      await state.nameInstallation('0123456789abcdef');
      const ref = await externalSecret('db');
      await state.write(ref, SYNCED);
      await state.forget(ref);
      expect(await open.reopen().installation()).toBe('0123456789abcdef');
    });

    it('survives many writes at the same time', async () => {
      const refs = await Promise.all(Array.from({ length: 20 }, async (_, index) => externalSecret(`es-${index}`)));
      await Promise.all(refs.map((ref) => state.write(ref, { ...SYNCED, binding: ref.name })));
      const read = await Promise.all(refs.map(async (ref) => (await state.read(ref))?.binding));
      expect(read).toEqual(refs.map((ref) => ref.name));
    });

    it('keeps the status of stores apart', async () => {
      const ref: ObjectRef = { kind: 'ClusterSecretStore', name: 'kv' };
      await open.given({
        apiVersion: 'external-secrets.io/v1',
        kind: 'ClusterSecretStore',
        metadata: { name: 'kv' },
        spec: {},
      });
      expect(await state.readStore(ref)).toBeUndefined();
      await state.writeStore(ref, { conditions: [READY], capabilities: 'ReadWrite' });
      expect(await state.readStore(ref)).toEqual({ conditions: [READY], capabilities: 'ReadWrite' });
      expect(await state.remembered('pull')).toEqual([]);
    });
  });
}
