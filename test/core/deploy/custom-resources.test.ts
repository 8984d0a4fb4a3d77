import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { setOthersAside } from '../../../src/core/api/other-controllers.ts';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { headOf, inServedVersion, oursOf, resourcesOf } from '../../../src/core/deploy/custom-resources.ts';
import { intentsConfig, readIntentsConfig } from '../../../src/core/deploy/intents-config.ts';
import { problemText } from '../../../src/core/model/problem.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };

const MANIFESTS = `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: db
  labels: {team: a}
  annotations: {kubectl.kubernetes.io/last-applied-configuration: '{}', note: b}
  uid: copied
  resourceVersion: '7'
spec:
  secretStoreRef: {name: kv}
  data: [{secretKey: a, remoteRef: {key: a}}]
status: {binding: {name: db}}
---
apiVersion: external-secrets.io/v1beta1
kind: SecretStore
metadata: {name: kv, namespace: shop}
spec:
  provider: {azurekv: {vaultUrl: https://kv.vault.azure.net, authType: ManagedIdentity}}
---
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: theirs, namespace: shop}
spec:
  controller: default
  provider: {azurekv: {vaultUrl: https://kv.vault.azure.net, authType: ManagedIdentity}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: left, namespace: shop}
spec:
  secretStoreRef: {name: theirs}
  data: [{secretKey: a, remoteRef: {key: a}}]
`;

function resources(served = (): string | undefined => 'external-secrets.io/v1') {
  const parsed = parseDocuments('all.yaml', MANIFESTS).documents;
  const { documents, problems } = inServedVersion(parsed, served);
  const settings = { namespace: 'shop', controllerClass: 'keyferry' };
  const checked = setOthersAside(checkManifests(documents, 'shop'), documents, settings);
  const ours = oursOf(checked, 'keyferry');
  return { resources: resourcesOf({ documents, ...ours, ...settings }), problems: [...problems, ...ours.problems] };
}

describe('resourcesOf', () => {
  it('gives stores first, with our class, in the served version, and only what a user writes', () => {
    expect(resources().resources.map(({ object }) => object)).toEqual([
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'SecretStore',
        metadata: { name: 'kv', namespace: 'shop' },
        spec: {
          provider: { azurekv: { vaultUrl: 'https://kv.vault.azure.net', authType: 'ManagedIdentity' } },
          controller: 'keyferry',
        },
      },
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'db', namespace: 'shop', labels: { team: 'a' }, annotations: { note: 'b' } },
        spec: { secretStoreRef: { name: 'kv' }, data: [{ secretKey: 'a', remoteRef: { key: 'a' } }] },
      },
    ]);
  });

  it('leaves those of another controller to it, and says so with the line', () => {
    expect(resources().problems.map(problemText)).toEqual([
      'ExternalSecret shop/left: names a store of another controller, so that it was not applied. Remove spec.controller from the store, or leave both out of these manifests. (all.yaml:28)',
    ]);
  });

  it('names each kind that is not served once, with its definition', () => {
    const { problems } = resources(() => undefined);
    expect(problems.filter(({ code }) => code === 'kind-not-served').map(({ what }) => what)).toEqual([
      'the cluster serves no ExternalSecret: CustomResourceDefinition externalsecrets.external-secrets.io is not there, or has neither v1 nor v1beta1',
      'the cluster serves no SecretStore: CustomResourceDefinition secretstores.external-secrets.io is not there, or has neither v1 nor v1beta1',
    ]);
  });
});

describe('PushSecrets as resources', () => {
  const spec = (store: string) =>
    `{secretStoreRefs: [{name: ${store}, kind: ClusterSecretStore}], selector: {secret: {name: a}}}`;
  const push = (name: string, store: string) =>
    `---\napiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec(store)}\n`;
  const cluster = (name: string, store: string) =>
    `---\napiVersion: external-secrets.io/v1alpha1\nkind: ClusterPushSecret\nmetadata: {name: ${name}}\nspec: {namespaceSelectors: [], pushSecretSpec: ${spec(store)}}\n`;
  const store = (name: string, controller: string) =>
    `---\napiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: {name: ${name}}\nspec: {controller: ${controller}, provider: {fake: {data: []}}}\n`;

  it('are applied after their stores, and left to another controller where all their stores are', () => {
    const text = [push('a', 'kv'), push('b', 'theirs'), cluster('c', 'kv'), cluster('d', 'theirs')].join('');
    const { documents } = parseDocuments('p.yaml', text + store('kv', 'keyferry') + store('theirs', 'default'));
    const settings = { controllerClass: 'keyferry' };
    const ours = oursOf(setOthersAside(checkManifests(documents), documents, settings), 'keyferry');
    const applied = resourcesOf({ documents, ...ours, ...settings }).map(({ object }) => object);
    expect(applied.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ClusterSecretStore kv',
      'ClusterPushSecret c',
      'PushSecret a',
    ]);
    expect(ours.problems.map(({ code, at }) => `${code} ${at?.name ?? ''}`)).toEqual([
      'store-of-other-controller b',
      'store-of-other-controller d',
    ]);
  });
});

describe('intentsConfig of resources', () => {
  const found = resources().resources;
  const objects = found.map(({ object }) => object);
  const config = (applied: typeof objects) => intentsConfig(found.map(headOf), INSTALLATION, applied);

  it('says which resources are meant, with their lines and nothing of what they hold', () => {
    const { configMaps, pins } = config(objects);
    const stored = readIntentsConfig(configMaps[0] as never, pins[0] as never);
    expect(stored).toMatchObject({ home: 'custom-resources' });
    expect('documents' in stored && stored.documents.map(({ value, origin }) => [value, origin])).toEqual([
      [
        { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore', metadata: { name: 'kv', namespace: 'shop' } },
        { file: 'all.yaml', line: 15 },
      ],
      [
        { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'db', namespace: 'shop' } },
        { file: 'all.yaml', line: 2 },
      ],
    ]);
  });

  it('has another digest when only the content of a resource is another', () => {
    const changed = objects.map((object) => ({ ...object, spec: { changed: true } }));
    expect(config(changed).digest).not.toBe(config(objects).digest);
  });
});
