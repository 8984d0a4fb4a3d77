import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import { fieldText } from '../../../src/core/model/origin.ts';
import type { PushDataToEntry, PushStoreRef } from '../../../src/core/model/push-intent.ts';
import { dataToFaults } from '../../../src/core/push/store-refs.ts';
import { KV, pushIntent } from './push-intent.ts';

const STORES = [{ ref: { kind: 'SecretStore', name: 'kv' }, labels: { tier: 'db' } }] as const;

function faults(store: PushDataToEntry['store'], stores: readonly PushStoreRef[] = [KV]): readonly string[] {
  const intent = pushIntent({ stores, dataTo: [{}, { store: store as PushStoreRef }] });
  return dataToFaults(intent, STORES).map(({ path, what }) => `${fieldText(path)} ${messageText(what)}`);
}

const labelled = (tier: string): PushStoreRef => ({
  kind: 'SecretStore',
  name: '',
  labelSelector: { matchLabels: { tier }, matchExpressions: [] },
});
const expression = (operator: string, values: readonly string[]): PushStoreRef => ({
  kind: 'SecretStore',
  name: '',
  labelSelector: { matchLabels: {}, matchExpressions: [{ key: 'tier', operator, values }] },
});

describe('dataToFaults', () => {
  it.each<readonly [string, PushStoreRef | undefined, readonly string[]]>([
    ['nothing of a store that is listed', KV, []],
    ['nothing of labels that a store has', labelled('db'), []],
    ['that a store is required', undefined, ['spec.dataTo[1].storeRef is required']],
    [
      'that it names nothing',
      { kind: 'SecretStore', name: '' },
      ['spec.dataTo[1].storeRef must have name or labelSelector'],
    ],
    ['that it is not listed', { ...KV, name: 'kv9' }, ['spec.dataTo[1].storeRef "kv9" not found in secretStoreRefs']],
    [
      'that it is of another kind',
      { ...KV, kind: 'ClusterSecretStore' },
      ['spec.dataTo[1].storeRef "kv" not found in secretStoreRefs'],
    ],
    [
      'that no store has the label',
      labelled('api'),
      ['spec.dataTo[1].storeRef has a labelSelector that does not match any store in secretStoreRefs'],
    ],
    [
      'that an operator is none',
      expression('Near', []),
      ['spec.dataTo[1].storeRef has an invalid labelSelector: "Near" is no operator'],
    ],
    [
      'that In has no values',
      expression('In', []),
      ['spec.dataTo[1].storeRef has an invalid labelSelector: In of "tier" needs values'],
    ],
    [
      'that Exists has values',
      expression('Exists', ['x']),
      ['spec.dataTo[1].storeRef has an invalid labelSelector: Exists of "tier" takes no values'],
    ],
  ])('says %s', (_name, store, expected) => {
    expect(faults(store)).toEqual(expected);
  });

  it('leaves a name alone where stores are listed by label', () => {
    expect(faults({ ...KV, name: 'kv9' }, [KV, labelled('x')])).toEqual([]);
  });
});
