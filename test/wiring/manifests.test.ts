/** What is wrong with manifests as a whole, before any of them is looked at. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problemText } from '../../src/core/model/problem.ts';
import { parseSettings } from '../../src/core/settings/parse.ts';
import { deployedManifestsOf, earlierManifestsOf, manifestsOf } from '../../src/wiring/manifests.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';

const ID = 'aaaaaaaa-0000-0000-0000-000000000001';

let folder: string;
let filename: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-manifests-'));
  filename = join(folder, 'all.yaml');
});
afterAll(() => rm(folder, { recursive: true }));

const deployed = deployedManifestsOf as typeof manifestsOf;

async function load(manifests: string, flags: object = {}, sourceOf: typeof manifestsOf = deployed) {
  await writeFile(filename, manifests);
  const { settings } = parseSettings('sync', { filename: [filename], ...flags }, {});
  return await sourceOf(settings!).load();
}

describe('store-identities', () => {
  const GOOD = yaml(STORE, externalSecret('db'));

  it('may name a store of the manifests', async () => {
    expect((await load(GOOD, { 'store-identities': [`shop/kv=${ID}`] })).problems).toEqual([]);
  });

  it.each([
    ['shop/kvv', 'Did you mean shop/kv?'],
    ['kv', 'Did you mean shop/kv?'],
    ['shop/another', 'The stores are shop/kv.'],
  ])('are refused where there is no such store: %s', async (store, fix) => {
    await expect(load(GOOD, { 'store-identities': [`${store}=${ID}`] })).rejects.toMatchObject({
      what: `--store-identities names the store ${store}, which is not in the manifests`,
      fix,
    });
  });

  it('are no matter where a document could not be read, which may hold the store', async () => {
    const { problems } = await load('a: [', { 'store-identities': [`shop/kv=${ID}`] });
    expect(problems.map(({ code }) => code)).toEqual(['unreadable-document']);
  });
});

describe('placeholders', () => {
  const OPEN = yaml(STORE, externalSecret('db')).replaceAll('kv-shop', '${VAULT}');

  it('need a value in every run', async () => {
    const { problems } = await load(OPEN);
    expect(problems.map(problemText)).toEqual([
      `spec.provider.azurekv.vaultUrl holds the placeholder \${VAULT}, which has no value. Give it in --values, or write $\${VAULT} where the text is meant. (${filename}:9)`,
    ]);
  });

  it('may be open where manifests are only looked at', async () => {
    expect((await load(OPEN, {}, manifestsOf)).problems).toEqual([]);
  });

  it('are the same text before and after a change where the text is meant', async () => {
    const escaped = yaml(externalSecret('db', { refreshInterval: '$${HOME}' }));
    const { documents } = await load(escaped);
    const earlier = await earlierManifestsOf({ base: [filename], values: undefined }).load();
    expect(earlier.documents.map(({ value }) => value)).toEqual(documents.map(({ value }) => value));
  });
});

describe('manifests in which there is nothing', () => {
  const FIX = 'Check the path. What Helm or kustomize makes is given as they print it, not as values or patches.';

  it.each([
    [
      'values of Helm',
      'image: nginx\nreplicas: 2\n',
      'the manifests hold no ExternalSecret and no store, but 1 document of other kinds (without a kind)',
    ],
    [
      'objects of other kinds',
      'apiVersion: v1\nkind: Service\n---\napiVersion: apps/v1\nkind: Deployment\n---\nkind: "bad kind"\n',
      'the manifests hold no ExternalSecret and no store, but 3 documents of other kinds (Deployment, Service, without a kind)',
    ],
    ['an empty file', '', 'the manifests hold no ExternalSecret and no store, nor any other document'],
  ])('are an error that says what is there instead: %s', async (_what, manifests, what) => {
    for (const sourceOf of [manifestsOf, deployed]) {
      const { problems } = await load(manifests, {}, sourceOf);
      expect(problems).toEqual([{ severity: 'error', code: 'nothing-found', what, fix: FIX }]);
    }
  });

  it('are none where a store, or a misspelt group, is', async () => {
    expect((await load(yaml(STORE), {}, manifestsOf)).problems).toEqual([]);
    expect((await load('apiVersion: external-secret.io/v1\nkind: ExternalSecret\n', {}, manifestsOf)).problems).toEqual(
      [],
    );
  });

  it('are no mistake of an earlier time', async () => {
    await writeFile(filename, 'a: b\n');
    const { problems } = await earlierManifestsOf({ base: [filename], values: undefined }).load();
    expect(problems).toEqual([]);
  });
});
