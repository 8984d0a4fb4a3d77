/** What every State must do: remember exactly what it was told, and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Condition, SyncState } from '../../src/core/model/condition.ts';
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
