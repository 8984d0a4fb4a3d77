import { describe, expect, it } from '@jest/globals';
import { rolesOf } from '../../../src/core/deploy/rights.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { secretRef } from '../../../src/core/model/secret.ts';

const MANIFESTS = `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: shared}
spec:
  provider:
    azurekv:
      vaultUrl: https://kv-shop.vault.azure.net
      authType: ServicePrincipal
      tenantId: 11111111-1111-1111-1111-111111111111
      authSecretRef:
        clientId: {name: login, key: id}
        clientSecret: {name: login, key: secret}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: pay}
spec:
  secretStoreRef: {kind: ClusterSecretStore, name: shared}
  target:
    name: orders
    deletionPolicy: Delete
    template:
      templateFrom:
        - configMap: {name: layout, items: [{key: a}]}
        - secret: {name: parts, items: [{key: b}]}
  data: [{secretKey: password, remoteRef: {key: db}}]
`;

function roles() {
  const { intents, pushes, stores, problems } = checkManifests(parseDocuments('all.yaml', MANIFESTS).documents);
  expect(problems).toEqual([]);
  return rolesOf({
    installation: { name: 'keyferry', namespace: 'shop' },
    intents,
    pushes,
    stores,
    generators: [],
    leftBehind: [secretRef('pay', 'orders-of-before')],
    gonePushes: [],
    intentsNames: ['keyferry-intents-0123456789ab'],
    stateCount: 1,
  });
}

describe('rolesOf', () => {
  it('gives each namespace a Role of its own, named so that two installations of one name do not meet', () => {
    expect(roles().map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
      'Role pay/keyferry.shop',
      'RoleBinding pay/keyferry.shop',
      'Role shop/keyferry',
      'RoleBinding shop/keyferry',
    ]);
  });

  it('reaches targets, logins, sources of templates and what is left behind, each by name with the least verbs', () => {
    expect(roles()[0]?.['rules']).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['layout'], verbs: ['get'] },
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: ['orders'],
        verbs: ['get', 'create', 'patch', 'update', 'delete'],
      },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['orders-of-before'], verbs: ['get', 'delete'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['login', 'parts'], verbs: ['get'] },
    ]);
  });

  it('names the ConfigMaps that are targets, with the verbs that their policies need', () => {
    const text = MANIFESTS.replace('target:', 'target:\n    manifest: {apiVersion: v1, kind: ConfigMap}');
    const { intents, pushes, stores } = checkManifests(parseDocuments('all.yaml', text).documents);
    const [role] = rolesOf({
      installation: { name: 'keyferry', namespace: 'shop' },
      intents,
      pushes,
      stores,
      generators: [],
      leftBehind: [{ kind: 'ConfigMap', namespace: 'pay', name: 'orders-of-before' }],
      gonePushes: [],
      intentsNames: ['keyferry-intents-0123456789ab'],
      stateCount: 1,
    });
    const rules = role?.['rules'] as readonly Record<'resources' | 'resourceNames' | 'verbs', readonly string[]>[];
    const told = rules
      .filter(({ resources }) => resources.includes('configmaps'))
      .map(({ resourceNames, verbs }) => `${resourceNames.join()}: ${verbs.join()}`);
    expect(told.sort()).toEqual([
      'layout: get',
      'orders-of-before: get,delete',
      'orders: get,create,patch,update,delete',
    ]);
  });
});
