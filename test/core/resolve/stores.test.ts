import { describe, expect, it } from '@jest/globals';
import { storeOf } from '../../builders/store.ts';
import { isStore, resolveStore, type NamespaceLabels } from '../../../src/core/resolve/stores.ts';
import type { StoreCondition } from '../../../src/core/model/store.ts';

const BY_NAME: StoreCondition = { namespaces: ['shop'], namespaceRegexes: [] };
const BY_PATTERN: StoreCondition = { namespaces: [], namespaceRegexes: ['^sh'] };
const BY_LABEL: StoreCondition = {
  namespaces: [],
  namespaceRegexes: [],
  namespaceSelector: { matchLabels: { team: 'billing' }, matchExpressions: [] },
};
const WITHOUT_LABEL: StoreCondition = {
  namespaces: [],
  namespaceRegexes: [],
  namespaceSelector: { matchLabels: {}, matchExpressions: [{ key: 'closed', operator: 'DoesNotExist', values: [] }] },
};
const LABELS = { 'kubernetes.io/metadata.name': 'shop', team: 'billing' };

function outcome(conditions: readonly StoreCondition[], labels: NamespaceLabels, namespace = 'shop'): string {
  const store = storeOf({ kind: 'ClusterSecretStore', name: 'kv' }, { type: 'fake', data: [] }, { conditions });
  const resolved = resolveStore({ kind: 'ClusterSecretStore', name: 'kv' }, namespace, {
    stores: new Map([['ClusterSecretStore kv', store]]),
    generators: new Map(),
    refused: new Set(),
    foreign: new Set(),
    controllerClass: 'keyferry',
    namespaceLabels: () => labels,
  });
  return isStore(resolved) ? 'admitted' : resolved.code;
}

describe('the conditions of a ClusterSecretStore', () => {
  it.each([
    ['a name', BY_NAME],
    ['a pattern', BY_PATTERN],
    ['a label', BY_LABEL],
    ['the absence of a label', WITHOUT_LABEL],
  ])('admit a namespace by %s', (_by, condition) => {
    expect(outcome([condition], LABELS)).toBe('admitted');
  });

  it('deny one that none of them names', () => {
    const labels = { 'kubernetes.io/metadata.name': 'play' };
    expect(outcome([BY_NAME, BY_LABEL, BY_PATTERN], labels, 'play')).toBe('store-denied');
  });

  describe('where the labels of namespaces may not be read', () => {
    it('admit by name and pattern all the same', () => {
      expect(outcome([BY_LABEL, BY_NAME], 'unreadable')).toBe('admitted');
      expect(outcome([BY_PATTERN], 'unreadable')).toBe('admitted');
    });

    it('deny by name alone', () => {
      expect(outcome([BY_NAME], 'unreadable', 'play')).toBe('store-denied');
    });

    it('never take a label for absent', () => {
      expect(outcome([BY_LABEL], 'unreadable')).toBe('namespace-unknown');
      expect(outcome([WITHOUT_LABEL], 'unreadable')).toBe('namespace-unknown');
    });
  });

  it('admit no namespace that does not exist', () => {
    expect(outcome([BY_NAME], undefined)).toBe('namespace-unknown');
  });
});
