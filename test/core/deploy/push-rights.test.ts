/** What a deployment gives its job for PushSecrets: reading by name, and nothing that writes a source Secret. */
import { describe, expect, it } from '@jest/globals';
import { clusterRightsProblems, clusterRolesOf } from '../../../src/core/deploy/cluster-rights.ts';
import { listingProblems, readOnlyProblems } from '../../../src/core/deploy/push-rights.ts';
import { rolesOf, type RightsInput } from '../../../src/core/deploy/rights.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { checkManifests, type CheckedManifests } from '../../../src/core/api/manifests.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'jobs' };

const STORE = `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: shared, labels: {for: pushes}}
spec:
  provider:
    azurekv:
      vaultUrl: https://kv-shop.vault.azure.net
      authType: ServicePrincipal
      tenantId: 11111111-1111-1111-1111-111111111111
      authSecretRef:
        clientId: {name: login, key: id}
        clientSecret: {name: login, key: secret}
---`;

const ENTRIES = `
  data: [{match: {secretKey: password, remoteRef: {remoteKey: orders-password}}}]`;

function push(selector: string, rest = ''): string {
  return `${STORE}
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: orders, namespace: shop}
spec:
  secretStoreRefs: [{kind: ClusterSecretStore, name: shared}]
  selector: {secret: ${selector}}${rest}${ENTRIES}
`;
}

function everywhere(selector: string, rest = ''): string {
  return `${STORE}
apiVersion: external-secrets.io/v1alpha1
kind: ClusterPushSecret
metadata: {name: spread}
spec:
  namespaceSelectors: [{matchLabels: {team: shop}}]
  pushSecretSpec:
    secretStoreRefs: [{kind: ClusterSecretStore, name: shared}]
    selector: {secret: ${selector}}${rest}
    data: [{match: {secretKey: password, remoteRef: {remoteKey: orders-password}}}]
`;
}

function checked(text: string): CheckedManifests {
  const found = checkManifests(parseDocuments('push.yaml', text).documents);
  expect(found.problems).toEqual([]);
  return found;
}

/** Rules of the Role in namespace shop. */
function rulesFor(text: string, rest: Partial<RightsInput> = {}): unknown {
  const { intents, pushes, stores } = checked(text);
  const roles = rolesOf({
    installation: INSTALLATION,
    intents,
    pushes,
    stores,
    generators: [],
    leftBehind: [],
    gonePushes: [],
    intentsNames: [],
    stateCount: 1,
    ...rest,
  });
  return roles.find(({ kind, metadata }) => kind === 'Role' && metadata.namespace === 'shop')?.['rules'];
}

const rule = (resource: string, names: readonly string[], verbs: readonly string[], group = '') => ({
  apiGroups: [group],
  resources: [resource],
  resourceNames: names,
  verbs,
});

describe('rights for a PushSecret', () => {
  it('reads the Secret that it names and the login of its store, and writes neither', () => {
    expect(rulesFor(push('{name: app}'))).toEqual([rule('secrets', ['app', 'login'], ['get'])]);
  });

  it('reads what its template is made from', () => {
    const template = `
  template: {templateFrom: [{configMap: {name: layout, items: [{key: a}]}}, {secret: {name: parts, items: [{key: b}]}}]}`;
    expect(rulesFor(push('{name: app}', template))).toEqual([
      rule('configmaps', ['layout'], ['get']),
      rule('secrets', ['app', 'login', 'parts'], ['get']),
    ]);
  });

  it('looks at its namespace where deleting depends on it', () => {
    expect(rulesFor(push('{name: app}', '\n  deletionPolicy: Delete'))).toEqual([
      rule('namespaces', ['shop'], ['get']),
      rule('secrets', ['app', 'login'], ['get']),
    ]);
  });

  it('lists the Secrets of its namespace only where it chooses by label', () => {
    expect(rulesFor(push('{selector: {matchLabels: {push: "yes"}}}'))).toEqual([
      rule('secrets', ['login'], ['get']),
      { apiGroups: [''], resources: ['secrets'], verbs: ['list'] },
    ]);
  });

  it('reads the login of a store that it chooses by label', () => {
    const byLabel = push('{name: app}').replace(
      '{kind: ClusterSecretStore, name: shared}',
      '{kind: ClusterSecretStore, labelSelector: {matchLabels: {for: pushes}}}',
    );
    expect(rulesFor(byLabel)).toEqual([rule('secrets', ['app', 'login'], ['get'])]);
  });

  it('keeps the login of a store whose PushSecret is gone, until what it left is deleted', () => {
    const ref = { kind: 'PushSecret', namespace: 'shop', name: 'old' };
    const storeRefs = [{ kind: 'ClusterSecretStore', name: 'shared' } as const];
    const gonePushes = [{ ref, storeRefs, deletes: 1 }];
    expect(rulesFor(STORE, { gonePushes })).toEqual([rule('secrets', ['login'], ['get'])]);
  });

  it('reads a PushSecret that is a custom resource, and writes its status', () => {
    const group = 'external-secrets.io';
    const resource = { apiVersion: `${group}/v1alpha1`, kind: 'PushSecret', namespace: 'shop', name: 'orders' };
    expect(rulesFor(push('{name: app}'), { resources: [resource] })).toEqual([
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
      rule('secrets', ['app', 'login'], ['get']),
      rule('pushsecrets', ['orders'], ['get'], group),
      rule('pushsecrets/status', ['orders'], ['patch'], group),
    ]);
  });
});

describe('listingProblems', () => {
  it('warns of rights that reach every Secret of a namespace', () => {
    expect(listingProblems(checked(push('{selector: {matchLabels: {push: "yes"}}}'))).map(problemText)).toEqual([
      'PushSecret shop/orders: spec.selector.secret.selector chooses Secrets by label, so that the job may list, and read, every Secret of namespace shop. Nothing is wrong with that where it is meant. Name the Secret in spec.selector.secret.name where one will do. (push.yaml:20)',
    ]);
    expect(listingProblems(checked(push('{name: app}')))).toEqual([]);
  });

  it('warns of rights that reach every Secret of the cluster', () => {
    expect(listingProblems(checked(everywhere('{selector: {matchLabels: {push: "yes"}}}'))).map(problemText)).toEqual([
      'ClusterPushSecret spread: spec.pushSecretSpec.selector.secret.selector chooses Secrets by label, so that the job may list, and read, every Secret of the whole cluster. Nothing is wrong with that where it is meant. Name the Secret in spec.selector.secret.name where one will do. (push.yaml:22)',
    ]);
  });
});

describe('readOnlyProblems', () => {
  it('tells of a store that no pass could write to', () => {
    const fake = push('{name: app}').replace(/azurekv:[\s\S]*?---/u, 'fake: {data: []}\n---');
    const { pushes, stores } = checked(fake);
    expect(readOnlyProblems({ pushes }, stores).map(problemText)).toEqual([
      'PushSecret shop/orders: spec.secretStoreRefs[0] names ClusterSecretStore shared, which can only be read. Push to a store of Azure Key Vault (azurekv). (push.yaml:13)',
    ]);
    const good = checked(push('{name: app}'));
    expect(readOnlyProblems(good, good.stores)).toEqual([]);
  });
});

describe('a ClusterPushSecret', () => {
  const needs = (text: string, home: 'config-maps' | 'custom-resources' = 'config-maps') => ({
    ...checked(text),
    home,
  });

  it('is refused without cluster rights', () => {
    expect(clusterRightsProblems(needs(everywhere('{name: app}'))).map(problemText)).toEqual([
      'ClusterPushSecret spread: pushes Secrets of the namespaces that it selects, which the job may not even list with rights in namespaces alone. Deploy with --cluster-rights, for which you need rights on ClusterRoles, or give each namespace a PushSecret. (push.yaml:15)',
    ]);
  });

  it('lists Namespaces, and reads the Secret that it names in each of them', () => {
    const [role] = clusterRolesOf(needs(everywhere('{name: app}')), INSTALLATION);
    expect(role?.['rules']).toEqual([
      { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
      rule('secrets', ['app', 'login'], ['get']),
    ]);
  });

  it('is read, its status written and its PushSecrets made, where it is a custom resource', () => {
    const [, role] = clusterRolesOf(
      needs(everywhere('{name: app}', '\n    deletionPolicy: Delete'), 'custom-resources'),
      INSTALLATION,
    ).toReversed();
    const group = 'external-secrets.io';
    expect(role?.['rules']).toEqual([
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
      rule('secrets', ['app', 'login'], ['get']),
      rule('clusterpushsecrets', ['spread'], ['get'], group),
      rule('clusterpushsecrets/finalizers', ['spread'], ['update'], group),
      rule('clusterpushsecrets/status', ['spread'], ['patch'], group),
      rule('clustersecretstores', ['shared'], ['get'], group),
      rule('clustersecretstores/status', ['shared'], ['patch'], group),
      rule('pushsecrets', ['spread'], ['get', 'create', 'patch', 'update', 'delete'], group),
      rule('pushsecrets/status', ['spread'], ['patch'], group),
    ]);
  });
});
