import { describe, expect, it } from '@jest/globals';
import {
  handedOver,
  ownedTargetsOf,
  tooManyGone,
  tooManyVaultObjectsGone,
} from '../../../src/core/deploy/gone-intents.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';
import { intent } from '../../builders/index.ts';

const LIMITS = { count: 20, share: 0.3 };

function externalSecret(name: string, rest: object = {}): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace: 'shop' },
    ...rest,
  };
}

function many(count: number, rest: object = {}): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, index) => externalSecret(`gone-${index}`, rest));
}

describe('ownedTargetsOf', () => {
  const secret = (name: string) => ({ kind: 'Secret', namespace: 'shop', name });

  it('is the target of the spec, the one that was bound last, and the own name where neither says', () => {
    expect(ownedTargetsOf(externalSecret('a'))).toEqual([secret('a')]);
    expect(ownedTargetsOf(externalSecret('a', { spec: { target: { name: 'b' } } }))).toEqual([secret('b')]);
    const renamed = { spec: { target: { name: 'new' } }, status: { binding: { name: 'old' } } };
    expect(ownedTargetsOf(externalSecret('a', renamed))).toEqual([secret('new'), secret('old')]);
  });

  it('is the ConfigMap that target.manifest names, and the Secret of before', () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap' };
    const configMap = { kind: 'ConfigMap', namespace: 'shop', name: 'a' };
    expect(ownedTargetsOf(externalSecret('a', { spec: { target: { manifest } } }))).toEqual([configMap]);
    const before = { spec: { target: { manifest } }, status: { binding: { name: 'a' } } };
    expect(ownedTargetsOf(externalSecret('a', before))).toEqual([configMap, secret('a')]);
  });
});

describe('handedOver', () => {
  it('is what an intent of the same namespace writes', () => {
    const { ref, target } = intent('orders');
    const gone = externalSecret('db', { spec: { target: { name: target.name } } });
    const same = { ...gone, metadata: { ...gone.metadata, namespace: ref.namespace } };
    expect(handedOver(same, [intent('orders')])).toEqual([
      { kind: 'Secret', namespace: ref.namespace, name: target.name },
    ]);
    expect(handedOver({ ...same, metadata: { ...same.metadata, namespace: 'elsewhere' } }, [intent('orders')])).toEqual(
      [],
    );
  });
});

describe('tooManyGone', () => {
  it('counts Secrets that the garbage collector would delete', () => {
    expect(tooManyGone(many(21), [], LIMITS)?.what).toBe('plan deletes 21 Secrets, over the limit of 20');
    expect(tooManyGone(many(4), [intent('a')], LIMITS)?.what).toBe(
      'plan deletes 4 of 5 Secrets (80%), over the limit of 30%',
    );
    expect(tooManyGone(many(3), [], LIMITS)).toBeUndefined();
    expect(tooManyGone(many(21), [], undefined)).toBeUndefined();
  });

  it('does not count those that have no owner', () => {
    expect(tooManyGone(many(30, { spec: { target: { creationPolicy: 'Merge' } } }), [], LIMITS)).toBeUndefined();
  });
});

describe('tooManyVaultObjectsGone', () => {
  const gone = (name: string, deletes: number) => ({
    ref: { kind: 'PushSecret', namespace: 'shop', name },
    storeRefs: [],
    deletes,
  });

  it('counts vault objects apart from Secrets, as a share of those that the installation has there', () => {
    const gonePushes = [gone('a', 3), gone('b', 2)];
    expect(tooManyVaultObjectsGone({ gonePushes, vaultObjects: 8 }, LIMITS)?.what).toBe(
      'plan deletes 5 of 8 vault objects (63%), over the limit of 30%',
    );
    expect(tooManyVaultObjectsGone({ gonePushes, vaultObjects: 40 }, LIMITS)).toBeUndefined();
    expect(tooManyVaultObjectsGone({ gonePushes, vaultObjects: 8 }, undefined)).toBeUndefined();
  });

  it('does not count what stays in the vault when its PushSecret goes', () => {
    expect(tooManyVaultObjectsGone({ gonePushes: [gone('a', 0)], vaultObjects: 30 }, LIMITS)).toBeUndefined();
  });
});
