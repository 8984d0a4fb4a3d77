/** What the job reads of its intents, while others change ConfigMaps and custom resources. */
import { describe, expect, it } from '@jest/globals';
import { intentsConfig } from '../../src/core/deploy/intents-config.ts';
import { headOf, resourcesOf } from '../../src/core/deploy/custom-resources.ts';
import { checkManifests } from '../../src/core/api/manifests.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import type { KubernetesObject, TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { pinsIn, PinnedIntents, StoredIntentsSource } from '../../src/engine/installation/stored-intents.ts';
import { PortError } from '../../src/ports/errors.ts';
import { InMemoryObjects } from '../fakes/in-memory-objects.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
const MANIFESTS = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: kv, namespace: shop}
spec: {provider: {azurekv: {vaultUrl: "https://kv-shop.vault.azure.net", authType: WorkloadIdentity}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
spec: {secretStoreRef: {name: kv}, data: [{secretKey: x, remoteRef: {key: db}}]}
`;
const { documents } = parseDocuments('a.yaml', MANIFESTS);
const INTENTS = intentsConfig(documents, INSTALLATION);

interface Watched {
  readonly objects: InMemoryObjects;
  readonly source: StoredIntentsSource;
  readonly asked: string[];
  /** As somebody who may delete and create ConfigMaps would. */
  readonly change: (data: unknown) => Promise<void>;
}

async function deployed(intents = INTENTS): Promise<Watched> {
  const objects = new InMemoryObjects();
  for (const configMap of intents.configMaps) await objects.apply(configMap);
  const asked: string[] = [];
  const read = async (ref: TypedRef) => {
    asked.push(`${ref.kind} ${ref.name}`);
    return await objects.read(ref);
  };
  const pinned = new PinnedIntents({ read }, INSTALLATION, async () => intents.pins);
  const [configMap] = intents.configMaps as readonly [KubernetesObject];
  const change = async (data: unknown): Promise<void> => {
    await objects.delete({ apiVersion: 'v1', kind: 'ConfigMap', ...configMap.metadata });
    await objects.apply({ ...configMap, data });
  };
  return { objects, source: new StoredIntentsSource({ read }, pinned), asked, change };
}

const textOf = ({ configMaps }: typeof INTENTS): string =>
  (configMaps[0]?.['data'] as Record<string, string>)['intents.json'] ?? '';

async function refusal(source: StoredIntentsSource): Promise<PortError> {
  const outcome = await source.load().catch((error: unknown) => error);
  if (outcome instanceof PortError) return outcome;
  throw new Error('it was not refused');
}

describe('intents that were deployed', () => {
  it('are read whole, with their lines and the digest that the deployment has', async () => {
    const { source } = await deployed();
    expect(source.digest).toBe('');
    const loaded = await source.load();
    expect(loaded.documents.map(({ origin }) => origin?.line)).toEqual([2, 7]);
    expect([loaded.problems, source.digest]).toEqual([[], INTENTS.digest]);
  });

  it.each([
    ['with another key of the vault', textOf(INTENTS).replace('"key":"db"', '"key":"root-ca-private-key"')],
    ['emptied', textOf(INTENTS).replace(/"documents": \[[^]*\]\}/u, '"documents": []}')],
    ['with a digest that says so', textOf(INTENTS).replace('"part"', `"digest": "${INTENTS.digest}", "part"`)],
    ['with an absurd count', '{"schemaVersion": 2, "home": "config-maps", "count": 1e9, "documents": []}'],
    ['with a document that is none', '{"schemaVersion": 2, "home": "config-maps", "documents": [null, 1, "x"]}'],
    ['as of another version', '{"schemaVersion":1,"digest":"x","count":-1,"documents":[null,1,"x"]}'],
  ])('are not used when they come back %s', async (_case, text) => {
    const { source, change } = await deployed();
    await change({ 'intents.json': text });
    const { kind, code, what, fix } = await refusal(source);
    expect([kind, code, fix]).toEqual([
      'Invalid',
      'TamperedIntents',
      'They were not used. Deploy again, and find out who changed the ConfigMap.',
    ]);
    expect(what).toContain(
      `ConfigMap shop/${INTENTS.pins[0]?.name ?? ''} does not hold the intents that were deployed`,
    );
    expect(source.digest).toBe('');
  });

  it('are not used when the ConfigMap holds something else altogether', async () => {
    const { source, change } = await deployed();
    await change(undefined);
    expect((await refusal(source)).code).toBe('UnreadableIntents');
  });

  it('are missed where the ConfigMap is gone, and asked for again the next time', async () => {
    const { objects, source } = await deployed();
    const [configMap] = INTENTS.configMaps as readonly [KubernetesObject];
    await objects.delete({ apiVersion: 'v1', kind: 'ConfigMap', ...configMap.metadata });
    expect(await refusal(source)).toMatchObject({ code: 'NoIntents', kind: 'NotFound' });
    await objects.apply(configMap);
    expect((await source.load()).documents).toHaveLength(2);
  });

  it('are kept by the pod that has read them, whatever becomes of the ConfigMap', async () => {
    const { objects, source, asked, change } = await deployed();
    await source.load();
    await change({ 'intents.json': 'x' });
    const [configMap] = INTENTS.configMaps as readonly [KubernetesObject];
    await objects.delete({ apiVersion: 'v1', kind: 'ConfigMap', ...configMap.metadata });
    expect((await source.load()).documents).toHaveLength(2);
    expect([asked.length, source.digest]).toEqual([1, INTENTS.digest]);
  });
});

describe('custom resources that were deployed', () => {
  const checked = checkManifests(documents);
  const found = resourcesOf({ ...checked, documents, controllerClass: 'keyferry' });
  const applied = found.map(({ object }) => object);
  const heads = intentsConfig(found.map(headOf), INSTALLATION, applied);

  it('are those of the list and no others; what they say is read anew each time', async () => {
    const { objects, source, asked } = await deployed(heads);
    for (const object of applied) await objects.apply(object);
    await source.load();
    const db = applied[1]!;
    await objects.apply({ ...db, metadata: { ...db.metadata, name: 'other' } });
    await objects.apply({ ...db, spec: { refreshInterval: '1m' } });
    const { documents: read, problems } = await source.load();
    expect([read.map(({ value }) => (value as KubernetesObject)['spec']), problems]).toEqual([
      [applied[0]?.['spec'], { refreshInterval: '1m' }],
      [],
    ]);
    const list = heads.pins.map(({ name }) => `ConfigMap ${name}`);
    const resources = ['SecretStore kv', 'ExternalSecret db'];
    expect(asked).toEqual([...list, ...resources, ...resources]);
  });

  it('have another list when only what they hold is another, so that a pass over it can be told', () => {
    const changed = applied.map((object) => ({ ...object, spec: { changed: true } }));
    const other = intentsConfig(found.map(headOf), INSTALLATION, changed);
    expect([other.digest === heads.digest, other.pins[0]?.name === heads.pins[0]?.name]).toEqual([false, false]);
  });

  it('are a problem each where they are gone', async () => {
    const { source } = await deployed(heads);
    expect((await source.load()).problems.map(problemText)).toEqual([
      'SecretStore shop/kv: was deleted from the cluster, and the deployment still has it. Deploy again, with it or without it. (a.yaml:2)',
      'ExternalSecret shop/db: was deleted from the cluster, and the deployment still has it. Deploy again, with it or without it. (a.yaml:7)',
    ]);
  });
});

describe('pinsIn', () => {
  it('says that there is no installation, or one of an older version', async () => {
    const objects = new InMemoryObjects();
    await expect(pinsIn(objects, INSTALLATION)).rejects.toMatchObject({ what: 'CronJob shop/keyferry does not exist' });
    await objects.apply({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: INSTALLATION, spec: {} });
    await expect(pinsIn(objects, INSTALLATION)).rejects.toMatchObject({
      what: 'CronJob shop/keyferry does not say which ConfigMaps hold its intents',
    });
  });
});
