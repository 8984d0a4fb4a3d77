import { describe, expect, it } from '@jest/globals';
import { otherInstallation, ownershipOf } from '../../../src/core/deploy/ownership.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
const OWN = 'keyferry-keyferry.shop';

function resource(...managers: readonly string[]): KubernetesObject {
  const managedFields = managers.map((text) => {
    const [manager = '', operation = 'Apply', subresource] = text.split(' ');
    return { manager, operation, ...(subresource === undefined ? {} : { subresource }) };
  });
  const labels = { 'app.kubernetes.io/instance': 'keyferry' };
  const metadata = { name: 'db', namespace: 'shop', labels, managedFields };
  return { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata };
}

describe('ownershipOf a custom resource', () => {
  it.each([
    ['own, where nobody else applies it', [OWN], 'own'],
    [
      'own, also after a person edited it and the job wrote its status',
      [OWN, 'kubectl-edit Update', 'keyferry Update status'],
      'own',
    ],
    ['shared, where another tool applies it too', [OWN, 'argocd-controller'], 'shared'],
    ['another’s, whatever its labels say', ['kubectl-client-side-apply Update'], 'others'],
    [
      'another’s, where an installation of that name in another namespace applies it',
      ['keyferry-keyferry.other'],
      'others',
    ],
  ] as const)('is %s', (_text, managers, expected) => {
    expect(ownershipOf(resource(...managers), INSTALLATION)).toBe(expected);
  });
});

describe('ownershipOf any other object', () => {
  const configMap = (labels: Readonly<Record<string, string>>): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'shop', labels },
  });

  it('goes by the label of the installation', () => {
    expect(ownershipOf(configMap({ 'app.kubernetes.io/instance': 'keyferry' }), INSTALLATION)).toBe('own');
    expect(ownershipOf(configMap({ 'app.kubernetes.io/instance': 'two' }), INSTALLATION)).toBe('others');
    expect(ownershipOf(configMap({}), INSTALLATION)).toBe('others');
  });
});

describe('otherInstallation', () => {
  it('names the one that applies the resource, and no other tool', () => {
    expect(otherInstallation(resource(OWN, 'keyferry-two.shop'), INSTALLATION)).toBe('shop/two');
    expect(otherInstallation(resource(OWN, 'argocd-controller'), INSTALLATION)).toBeUndefined();
    expect(otherInstallation(resource('keyferry Update status'), INSTALLATION)).toBeUndefined();
  });
});
