import { describe, expect, it } from '@jest/globals';
import { checkManifests } from '../../../src/core/api/manifests.ts';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { upgradeTexts } from '../../../src/core/api/upgrade.ts';
import { problemText } from '../../../src/core/model/problem.ts';

function upgrade(...texts: readonly string[]) {
  const { text, problems } = upgradeTexts(texts.map((one, index) => ({ file: `${index}.yaml`, text: one })));
  return { text, texts: problems.map((problem) => `${problem.code}: ${problemText(problem)}`) };
}

const HEAD = 'kind: ExternalSecret\nmetadata: {name: db, namespace: shop}\n';

/** An ExternalSecret in v1alpha1 with this `dataFrom`. */
function withEntries(entries: string, apiVersion = 'external-secrets.io/v1alpha1'): string {
  return `apiVersion: ${apiVersion}\n${HEAD}spec:\n  secretStoreRef: {name: kv}\n  dataFrom:${entries}`;
}

describe('upgradeTexts', () => {
  it('keeps comments, order, quotes and indentation', () => {
    const text = `# The database.
apiVersion: "external-secrets.io/v1alpha1"   # old
kind: ExternalSecret
metadata: {namespace: shop,   name: db}

spec:
    # which vault
    secretStoreRef:
        name:   'kv'
    target:
        template:
            engineVersion: v1  # the first
            data: {url: "{{ .a }}"}
    dataFrom:
        - key: settings   # all of them

          # one
          property: >-
              a
              b
        # the others
        - {key: more, version: "0123456789abcdef0123456789abcdef"}
# the end
`;
    const upgraded = `# The database.
apiVersion: "external-secrets.io/v1"   # old
kind: ExternalSecret
metadata: {namespace: shop,   name: db}

spec:
    # which vault
    secretStoreRef:
        name:   'kv'
    target:
        template:
            engineVersion: v2  # the first
            data: {url: "{{ .a }}"}
    dataFrom:
        - extract:
            key: settings   # all of them

            # one
            property: >-
                a
                b
        # the others
        - {extract: {key: more, version: "0123456789abcdef0123456789abcdef"}}
# the end
`;
    expect(upgrade(text)).toEqual({ text: upgraded, texts: [] });
  });

  it.each([
    ['of the block style', '\n  - key: a\n    property: b\n', '\n  - extract:\n      key: a\n      property: b\n'],
    ['below its dash', '\n  -\n    key: a\n', '\n  -\n    extract:\n      key: a\n'],
    ['in braces', '\n  - {key: a}\n', '\n  - {extract: {key: a}}\n'],
    ['in brackets', ' [{key: a}, {key: b}]\n', ' [{extract: {key: a}}, {extract: {key: b}}]\n'],
    ['in JSON', ' [{"key": "a"}]\n', ' [{"extract": {"key": "a"}}]\n'],
    [
      'with an anchor',
      '\n  - &a\n    key: a\n  - *a\n  - &b {key: b}\n',
      '\n  - extract: &a\n      key: a\n  - extract: *a\n  - {extract: &b {key: b}}\n',
    ],
    [
      'far from its anchor',
      '\n  -   &a\n    key: a\n  - *a\n',
      '\n  -   extract: &a\n        key: a\n  - extract: *a\n',
    ],
    ['with a tag', '\n  - !!map {key: a}\n', '\n  - {extract: !!map {key: a}}\n'],
    ['that merges', '\n  - &a {key: a}\n  - <<: *a\n', '\n  - {extract: &a {key: a}}\n  - extract:\n      <<: *a\n'],
    ['at the end of a file', '\n  - key: a', '\n  - extract:\n      key: a'],
    ['with several lines', '\n  - key: "a\n      b"\n', '\n  - extract:\n      key: "a\n        b"\n'],
    [
      'with a block',
      '\n  - key: |2-\n        a\n\n      b\n',
      '\n  - extract:\n      key: |2-\n          a\n\n        b\n',
    ],
  ])('moves an entry of dataFrom %s below extract', (_, old, upgraded) => {
    const { text, texts } = upgrade(withEntries(old));
    expect([text, texts]).toEqual([withEntries(upgraded, 'external-secrets.io/v1'), []]);
    const meant = (one: string) =>
      checkManifests(parseDocuments('a.yaml', one).documents).intents.map(({ entries }) => entries);
    expect(JSON.stringify(meant(text))).toBe(JSON.stringify(meant(withEntries(old))));
  });

  it('changes the version alone of v1beta1 and of stores', () => {
    const text = ['v1alpha1', 'v1beta1']
      .flatMap((version) => ['SecretStore', 'ClusterSecretStore', 'ExternalSecret'].map((kind) => [version, kind]))
      .map(([version, kind]) => `apiVersion: external-secrets.io/${version}\nkind: ${kind}\nmetadata: {name: a}\n`)
      .join('---\n');
    expect(upgrade(text)).toEqual({ text: text.replaceAll(/v1alpha1|v1beta1/gu, 'v1'), texts: [] });
  });

  it.each([
    ['"external-secrets.\\\n  io/v1beta1" # old\n', '"external-secrets.io/v1" # old\n'],
    ['|-\n  external-secrets.io/v1beta1\n', '|-\n  external-secrets.io/v1\n'],
    ['>-\n  external-secrets.io/v1beta1\n', '>-\n  external-secrets.io/v1\n'],
    ["'external-secrets.io/v1beta1'\n", "'external-secrets.io/v1'\n"],
  ])('changes a version however it is quoted: %j', (old, upgraded) => {
    const rest = 'kind: SecretStore\nmetadata: {name: a}\n';
    expect(upgrade(`apiVersion: ${old}${rest}`)).toEqual({ text: `apiVersion: ${upgraded}${rest}`, texts: [] });
  });

  it('leaves what is newest, what is of other kinds and what cannot be read as it is', () => {
    const text = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:   {name: a, namespace: b}
---
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {name: a, namespace: b}
---
apiVersion: generators.external-secrets.io/v1alpha1
kind: Password
---
apiVersion: example.com/v1alpha1
kind: ExternalSecret
---
kind: {{ .Values.kind }}
...
`;
    expect(upgrade(text)).toEqual({ text, texts: [] });
  });

  it('leaves documents that are no objects alone beside old ones', () => {
    const text =
      'apiVersion: external-secrets.io/v1beta1\nkind: SecretStore\nmetadata: {name: a}\n---\n- a list\n---\na text\n';
    expect(upgrade(text)).toEqual({ text: text.replace('v1beta1', 'v1'), texts: [] });
  });

  it('upgrades the items of a list, which need not repeat what it is of', () => {
    const text = `apiVersion: external-secrets.io/v1alpha1
kind: ExternalSecretList
items:
- metadata: {name: a, namespace: b}
  spec: {dataFrom: [{key: a}]}
- apiVersion: external-secrets.io/v1beta1
  metadata: {name: b, namespace: b}
---
apiVersion: v1
kind: List
items: [{apiVersion: external-secrets.io/v1beta1, kind: SecretStore}]
`;
    const upgraded = `apiVersion: external-secrets.io/v1
kind: ExternalSecretList
items:
- metadata: {name: a, namespace: b}
  spec: {dataFrom: [{extract: {key: a}}]}
- apiVersion: external-secrets.io/v1
  metadata: {name: b, namespace: b}
---
apiVersion: v1
kind: List
items: [{apiVersion: external-secrets.io/v1, kind: SecretStore}]
`;
    expect(upgrade(text)).toEqual({ text: upgraded, texts: [] });
  });

  it.each([
    [
      '\n    matchLabels:\n      a: b\n    # c\n    matchExpressions: []\n',
      '\n    - matchLabels:\n        a: b\n      # c\n      matchExpressions: []\n',
    ],
    [' {matchLabels: {a: b}} # c\n', ' [{matchLabels: {a: b}}] # c\n'],
  ])('moves the deprecated selector of namespaces into the list of them: %j', (old, upgraded) => {
    const cluster = (version: string, name: string, selector: string) =>
      `apiVersion: external-secrets.io/${version}\nkind: ClusterExternalSecret\nmetadata: {name: a}\nspec:\n  ${name}:${selector}  refreshTime: 1h\n`;
    const text = cluster('v1', 'namespaceSelectors', upgraded);
    for (const version of ['v1beta1', 'v1']) {
      expect(upgrade(cluster(version, 'namespaceSelector', old))).toEqual({ text, texts: [] });
    }
    expect(upgrade(text)).toEqual({ text, texts: [] });
  });

  it('changes nothing the second time', () => {
    const once = upgrade(withEntries('\n  - key: a\n  - {key: b}\n'), withEntries(' [{key: c}]')).text;
    expect(upgrade(once)).toEqual({ text: once, texts: [] });
  });

  it('prints several files as one, with a line between', () => {
    expect(upgrade('a: 1', '# x\n---\nb: 1\n', '--- # y\nc: 1\n', '%YAML 1.2\n---\nd: 1\n').text).toBe(
      'a: 1\n---\n# x\n---\nb: 1\n--- # y\nc: 1\n...\n%YAML 1.2\n---\nd: 1\n',
    );
  });

  it.each([
    [
      'an anchor that something else uses too',
      'apiVersion: &version external-secrets.io/v1alpha1\nkind: ExternalSecret\nmetadata: {name: db, namespace: shop, annotations: {a: *version}}\n',
    ],
    [
      'an entry that is a remoteRef elsewhere',
      `apiVersion: external-secrets.io/v1alpha1\n${HEAD}spec:\n  x: &list [{key: a}]\n  dataFrom: *list\n`,
    ],
  ])('refuses %s', (_, text) => {
    expect(upgrade(text).texts).toEqual([
      'cannot-upgrade: ExternalSecret db: cannot be upgraded: an anchor (&), alias (*), tag (!) or merge (<<) stands where the versions differ. Write those fields out; nothing was printed. (0.yaml:1)',
    ]);
  });
});
