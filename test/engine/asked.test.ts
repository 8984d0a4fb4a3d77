/** `--only` in both directions. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { refText } from '../../src/core/model/object-ref.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { load } from '../../src/engine/sync/load.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

const PUSH_SPEC =
  '{secretStoreRefs: [{name: kv}], selector: {secret: {name: app}}, data: [{match: {remoteRef: {remoteKey: a}}}]}';

function pushSecret(name: string): string {
  return `apiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: {name: ${name}, namespace: shop}\nspec: ${PUSH_SPEC}\n`;
}

const CLUSTER = `apiVersion: external-secrets.io/v1alpha1\nkind: ClusterPushSecret\nmetadata: {name: spread}\nspec: {namespaceSelectors: [{}], pushSecretSpec: ${PUSH_SPEC}}\n`;
const TEXT = [
  yaml(STORE, externalSecret('db'), externalSecret('web')),
  pushSecret('db'),
  pushSecret('app'),
  CLUSTER,
].join('---\n');

async function asked(...only: readonly string[]) {
  const source = { load: () => Promise.resolve(parseDocuments('a.yaml', TEXT)) };
  const loaded = await load(source, { only, controllerClass: 'keyferry' });
  return {
    taken: [...loaded.intents, ...loaded.pushes].map(({ ref }) => refText(ref)),
    known: [...loaded.known, ...loaded.knownPushes].map(({ ref }) => refText(ref)),
    told: loaded.problems.map(problemText),
  };
}

describe('--only', () => {
  const ALL = ['ExternalSecret shop/db', 'ExternalSecret shop/web', 'PushSecret shop/app', 'PushSecret shop/db'];

  it.each([
    [[], ALL],
    [['shop/db'], ['ExternalSecret shop/db', 'PushSecret shop/db']],
    [['PushSecret shop/db'], ['PushSecret shop/db']],
    [
      ['ExternalSecret shop/db', 'shop/app'],
      ['ExternalSecret shop/db', 'PushSecret shop/app'],
    ],
  ])('of %j takes both directions, or the one that it names', async (only, taken) => {
    expect(await asked(...only)).toEqual({ taken, known: ALL, told: [] });
  });

  it.each([
    [
      'shop/apq',
      '--only shop/apq matches no ExternalSecret and no PushSecret of the manifests. Did you mean shop/app?',
    ],
    ['PushSecret shop/web', '--only PushSecret shop/web matches no PushSecret of the manifests. Did you mean shop/db?'],
    ['PushSecret app', '--only PushSecret app matches no PushSecret of the manifests. Did you mean shop/app?'],
  ])('of %s is told to match nothing', async (only, text) => {
    expect(await asked(only)).toEqual({ taken: [], known: ALL, told: [text] });
  });

  it('may name what a ClusterPushSecret makes, whose namespaces are known in the cluster only', async () => {
    expect(await asked('PushSecret anywhere/spread')).toEqual({ taken: [], known: ALL, told: [] });
    expect((await asked('ExternalSecret anywhere/spread')).told).toHaveLength(1);
  });
});
