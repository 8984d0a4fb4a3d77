/** What is said of PushSecrets before anything is planned. */
import { describe, expect, it } from '@jest/globals';
import { validate } from '../../src/commands/validate.ts';
import { render, type RenderRequest } from '../../src/commands/render.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { validationAsText } from '../../src/core/report/validation.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { load } from '../../src/engine/sync/load.ts';
import { STORE, yaml } from './shop.ts';

const API = 'apiVersion: external-secrets.io/v1alpha1';

function specOf(remoteKey: string, kind = 'SecretStore', more = ''): string {
  return `{secretStoreRefs: [{name: kv, kind: ${kind}}], selector: {secret: {name: app}}, data: [{match: {remoteRef: {remoteKey: "${remoteKey}"}}}]${more}}`;
}

function pushSecret(name: string, spec: string): string {
  return `---\n${API}\nkind: PushSecret\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`;
}

function clusterPushSecret(spec: string): string {
  return `---\n${API}\nkind: ClusterPushSecret\nmetadata: {name: spread}\nspec:\n  namespaceSelectors: [{}]\n  pushSecretSpec: ${spec}\n`;
}

const sourceOf = (text: string) => ({ load: () => Promise.resolve(parseDocuments('a.yaml', text)) });
const REQUEST: RenderRequest = {
  installation: { name: 'keyferry' },
  home: 'config-maps',
  clusterRights: false,
  controllerClass: 'keyferry',
  extras: [],
  pod: { image: 'node:24', imagePullSecrets: [], environment: {}, tolerations: [], memory: '256Mi' },
  version: '1.0.0',
  jobVariables: {},
};
const SETTINGS = { only: [], controllerClass: 'keyferry' } as const;

async function validated(text: string): Promise<readonly string[]> {
  const validation = await validate(sourceOf(yaml(STORE) + text), SETTINGS);
  return validationAsText(validation, PLAIN)
    .split('\n')
    .filter((line) => line !== '');
}

describe('validate', () => {
  it('counts PushSecrets', async () => {
    expect(await validated(pushSecret('a', specOf('a')) + clusterPushSecret(specOf('b')))).toEqual([
      '1 store, 0 ExternalSecrets and 2 PushSecrets are valid: 0 errors, 0 warnings.',
    ]);
  });

  it('tells what a pass would come upon, and counts those PushSecrets as refused', async () => {
    const template = ', template: {data: {a: "{{ .b"}}';
    expect(
      await validated(
        pushSecret('a', specOf('a_b')) + clusterPushSecret(specOf('c_d', 'ClusterSecretStore', template)),
      ),
    ).toEqual([
      '  error    PushSecret shop/a: spec.data[0].match.remoteRef.remoteKey is no name that Key Vault can have. Names there have letters, digits and hyphens, 127 at most. (a.yaml:15)',
      '  error    ClusterPushSecret spread: names ClusterSecretStore kv, which is not in these manifests. Add it, or correct the reference (kind and namespace matter). If it is in the cluster only: --home custom-resources. (a.yaml:17)',
      '  error    ClusterPushSecret spread: spec.pushSecretSpec.template.data.a is no template: template: a:1: unclosed action. An action ends with }} on both braces. (a.yaml:22)',
      '  error    ClusterPushSecret spread: spec.pushSecretSpec.data[0].match.remoteRef.remoteKey is no name that Key Vault can have. Names there have letters, digits and hyphens, 127 at most. (a.yaml:22)',
      '1 store and 0 ExternalSecrets are valid, 2 objects refused: 4 errors, 0 warnings.',
    ]);
  });

  it('does not look for the SecretStores of a ClusterPushSecret, whose namespaces it does not know', async () => {
    const other = specOf('a').replace('name: kv', 'name: elsewhere');
    expect(await validated(clusterPushSecret(other))).toHaveLength(1);
    expect(await validated(pushSecret('a', other))).toHaveLength(2);
  });
});

describe('a pass', () => {
  it('keeps a PushSecret one of whose entries is wrong', async () => {
    const loaded = await load(sourceOf(yaml(STORE) + pushSecret('a', specOf('a_b'))), SETTINGS);
    expect([loaded.pushes.length, loaded.refused, loaded.problems, loaded.complete]).toEqual([1, [], [], true]);
  });

  it('takes manifests with a PushSecret of an unknown place for incomplete', async () => {
    const loaded = await load(sourceOf(pushSecret('a', specOf('a')).replace(', namespace: shop', '')), SETTINGS);
    expect(loaded.complete).toBe(false);
  });
});

describe('render', () => {
  const rendered = (text: string, home: RenderRequest['home']) =>
    render(sourceOf(yaml(STORE) + text), { ...REQUEST, home, clusterRights: true });

  it.each(['config-maps', 'custom-resources'] as const)(
    'takes PushSecrets alone for an installation (%s)',
    async (home) => {
      const { deployment, problems } = await rendered(
        pushSecret('a', specOf('a')) + clusterPushSecret(specOf('b')),
        home,
      );
      expect(problems.map(problemText)).toEqual([]);
      const kinds = (deployment?.objects ?? []).map(({ kind }) => kind).filter((kind) => kind.endsWith('PushSecret'));
      expect(kinds).toEqual(home === 'config-maps' ? [] : ['ClusterPushSecret', 'PushSecret']);
    },
  );

  it('refuses what no vault takes', async () => {
    const { deployment, problems } = await rendered(pushSecret('a', specOf('a_b')), 'config-maps');
    expect(deployment).toBeUndefined();
    expect(problems.map(({ code, origin }) => [code, origin?.line])).toEqual([['remote-key-invalid', 15]]);
  });
});
