/** What is wrong with manifests as a whole, before any of them is looked at. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '../../src/core/settings/parse.ts';
import { deployedManifestsOf, intentsOf } from '../../src/wiring/manifests.ts';
import { externalSecret, STORE, yaml } from '../engine/shop.ts';

const ID = 'aaaaaaaa-0000-0000-0000-000000000001';

let folder: string;
let filename: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-manifests-'));
  filename = join(folder, 'all.yaml');
});
afterAll(() => rm(folder, { recursive: true }));

async function load(manifests: string, flags: object = {}, sourceOf = intentsOf) {
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
    for (const sourceOf of [intentsOf, deployedManifestsOf]) {
      await expect(load(GOOD, { 'store-identities': [`${store}=${ID}`] }, sourceOf)).rejects.toMatchObject({
        what: `--store-identities names the store ${store}, which is not in the manifests`,
        fix,
      });
    }
  });

  it('are no matter where a document could not be read, which may hold the store', async () => {
    const { problems } = await load('a: [', { 'store-identities': [`shop/kv=${ID}`] });
    expect(problems.map(({ code }) => code)).toEqual(['unreadable-document']);
  });
});
