import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { problemText } from '../../../../src/core/model/problem.ts';

const HEAD = 'apiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\n';
const STORES = '  secretStoreRefs: [{name: kv}]\n';
const SOURCE = '  selector: {secret: {name: app}}\n';
const DATA = '  data: [{match: {remoteRef: {remoteKey: app}}}]\n';

function check(text: string) {
  const { documents, problems } = parseDocuments('p.yaml', text);
  const checked = checkManifests(documents);
  return { ...checked, texts: [...problems, ...checked.problems].map((one) => `${one.severity}: ${problemText(one)}`) };
}

/** A PushSecret whose spec begins at line 6. */
function pushSecret(spec: string, annotations = '{}'): string {
  return `${HEAD}metadata:\n  {name: db, namespace: shop, annotations: ${annotations}}\nspec:\n${spec}`;
}

function clusterPushSecret(spec: string): string {
  return `${HEAD.replace('PushSecret', 'ClusterPushSecret')}metadata: {name: spread}\nspec:\n${spec}`;
}

describe('a PushSecret', () => {
  it('has the defaults of the definition', () => {
    const { pushes, texts } = check(pushSecret(STORES + SOURCE + DATA));
    expect(texts).toEqual([]);
    expect(pushes).toMatchObject([
      {
        kind: 'push',
        ref: { kind: 'PushSecret', namespace: 'shop', name: 'db' },
        refresh: { policy: 'Periodic', intervalMs: 3_600_000 },
        source: { kind: 'secret', name: 'app' },
        stores: [{ kind: 'SecretStore', name: 'kv' }],
        storeRefs: [{ kind: 'SecretStore', name: 'kv' }],
        updatePolicy: 'Replace',
        deletionPolicy: 'None',
        data: [
          {
            kind: 'data',
            index: 0,
            secretKey: '',
            remoteKey: 'app',
            property: '',
            conversion: 'None',
            metadata: {},
            written: { conversionStrategy: 'None', match: { remoteRef: { remoteKey: 'app' } } },
          },
        ],
        dataTo: [],
        extras: { adopt: 'never', noContentType: false, binary: 'refused', resolve: [], lenientTemplates: false },
      },
    ]);
  });

  it('keeps an entry as the status of the operator has it', () => {
    const metadata =
      '{apiVersion: kubernetes.external-secrets.io/v1alpha1, kind: PushSecretMetadata, spec: {tags: {n: 5}}}';
    const match = 'match: {secretKey: k, remoteRef: {remoteKey: app, property: p}}';
    const { pushes } = check(
      pushSecret(`${STORES}${SOURCE}  data: [{${match}, conversionStrategy: ReverseUnicode, metadata: ${metadata}}]\n`),
    );
    expect(pushes[0]?.data[0]?.metadata).toEqual({ tags: { n: '5' } });
    expect(pushes[0]?.data[0]?.written).toEqual({
      conversionStrategy: 'ReverseUnicode',
      match: { secretKey: 'k', remoteRef: { remoteKey: 'app', property: 'p' } },
      metadata: {
        apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
        kind: 'PushSecretMetadata',
        spec: { tags: { n: 5 } },
      },
    });
  });

  it('may name stores and its source by labels', () => {
    const labels = '{matchLabels: {team: a}, matchExpressions: [{key: env, operator: Exists}]}';
    const { pushes, texts } = check(
      pushSecret(
        `  secretStoreRefs: [{labelSelector: ${labels}, kind: ClusterSecretStore}, {name: kv}]\n  selector: {secret: {selector: ${labels}}}\n${DATA}`,
      ),
    );
    const selector = {
      matchLabels: { team: 'a' },
      matchExpressions: [{ key: 'env', operator: 'Exists', values: [] }],
    };
    expect(texts).toEqual([]);
    expect(pushes[0]?.stores).toEqual([
      { kind: 'ClusterSecretStore', name: '', labelSelector: selector },
      { kind: 'SecretStore', name: 'kv' },
    ]);
    expect(pushes[0]?.storeRefs).toEqual([{ kind: 'SecretStore', name: 'kv' }]);
    expect(pushes[0]?.source).toEqual({ kind: 'labels', selector });
  });

  it('takes an interval of less than nothing as the operator does', () => {
    const { pushes } = check(pushSecret(`  refreshInterval: -5m\n${STORES}${SOURCE}${DATA}`));
    expect(pushes[0]?.refresh.intervalMs).toBe(-300_000);
  });

  it('keeps its other entries where the metadata of one is wrong', () => {
    const { pushes, texts } = check(
      pushSecret(
        `${STORES}${SOURCE}  data:\n    - {match: {remoteRef: {remoteKey: a}}, metadata: text}\n    - {match: {remoteRef: {remoteKey: b}}}\n`,
      ),
    );
    expect(texts).toEqual([]);
    expect(pushes[0]?.data.map(({ metadata }) => 'code' in metadata)).toEqual([true, false]);
  });

  it.each([
    [
      'a source twice',
      `${STORES}  selector: {secret: {name: a}, generatorRef: {}}\n${DATA}`,
      [
        'error: PushSecret shop/db: spec.selector has both secret and generatorRef. Keep one of them. (p.yaml:7)',
        'error: PushSecret shop/db: spec.selector.generatorRef is not supported yet (generators). Leave it to the operator for now (spec.controller keeps the two apart), or write it without this. (p.yaml:7)',
      ],
    ],
    [
      'no source',
      `${STORES}  selector: {}\n${DATA}`,
      [
        'error: PushSecret shop/db: spec.selector has neither secret nor generatorRef. Write secret.name, or secret.selector with labels. (p.yaml:7)',
      ],
    ],
    [
      'a generator',
      `${STORES}  selector:\n    generatorRef: {kind: Password, name: a}\n${DATA}`,
      [
        'error: PushSecret shop/db: spec.selector.generatorRef is not supported yet (generators). Leave it to the operator for now (spec.controller keeps the two apart), or write it without this. (p.yaml:8)',
      ],
    ],
    ['no stores', SOURCE + DATA, ['error: PushSecret shop/db: spec.secretStoreRefs is missing. Add it. (p.yaml:5)']],
    [
      'a store without a name',
      `  secretStoreRefs: [{name: ''}]\n${SOURCE}${DATA}`,
      [
        'error: PushSecret shop/db: spec.secretStoreRefs[0].name is not a valid Kubernetes name: small letters, digits, "-" and ".", with a letter or digit at both ends. Correct it. (p.yaml:6)',
      ],
    ],
    [
      'an entry without match',
      `${STORES}${SOURCE}  data:\n    - {}\n`,
      ['error: PushSecret shop/db: spec.data[0].match is missing. Add it. (p.yaml:9)'],
    ],
    [
      'nothing to push',
      STORES + SOURCE,
      [
        'warning: PushSecret shop/db: spec has neither data nor dataTo, so there is nothing to push. Add at least one entry. (p.yaml:5)',
      ],
    ],
    [
      'an interval that is none',
      `  refreshInterval: soon\n${STORES}${SOURCE}${DATA}`,
      [
        'error: PushSecret shop/db: spec.refreshInterval is not a duration. Write it with units: 30s, 15m, 1h30m. Days do not exist: 24h. (p.yaml:6)',
      ],
    ],
    [
      'an updatePolicy that is nearly one',
      `${STORES}  updatePolicy: IfNotExist\n${SOURCE}${DATA}`,
      [
        'error: PushSecret shop/db: spec.updatePolicy is "IfNotExist", which is not one of Replace, IfNotExists. Did you mean IfNotExists? (p.yaml:7)',
      ],
    ],
    [
      'a deletionPolicy of the other direction',
      `${STORES}  deletionPolicy: Retain\n${SOURCE}${DATA}`,
      [
        'error: PushSecret shop/db: spec.deletionPolicy is "Retain", which is not one of Delete, None. Use one of these. (p.yaml:7)',
      ],
    ],
    [
      'dataTo without a store',
      `${STORES}${SOURCE}  dataTo:\n    - match: {regexp: a}\n`,
      [
        'error: PushSecret shop/db: spec.dataTo[0].storeRef names no store. Give it the name or the labelSelector of one in spec.secretStoreRefs. (p.yaml:9)',
      ],
    ],
    [
      'a bundle that is rewritten',
      `${STORES}${SOURCE}  dataTo:\n    - storeRef: {name: kv}\n      remoteKey: app\n      rewrite: [{transform: {template: a}}]\n`,
      [
        'error: PushSecret shop/db: spec.dataTo[0].rewrite stands beside remoteKey, with which all keys go into one object under their own names. Remove one of the two. (p.yaml:11)',
      ],
    ],
    [
      'a step of rewrite that is two',
      `${STORES}${SOURCE}  dataTo:\n    - storeRef: {name: kv}\n      rewrite:\n        - {transform: {template: a}, regexp: {source: a, target: b}}\n`,
      [
        'error: PushSecret shop/db: spec.dataTo[0].rewrite[0] has both regexp and transform. Write one list entry for each step. (p.yaml:11)',
      ],
    ],
    [
      'a template for what Secrets do not have',
      `${STORES}${SOURCE}  template:\n    templateFrom:\n      - {target: Spec, literal: a}\n${DATA}`,
      [
        'error: PushSecret shop/db: spec.template.templateFrom[0].target is "Spec", which a Secret does not have. Write Data, Labels or Annotations. (p.yaml:10)',
      ],
    ],
    [
      'a field that is nearly one',
      `${STORES}${SOURCE}  dataTO: []\n${DATA}`,
      ['error: PushSecret shop/db: spec.dataTO is not a field of this kind. Did you mean dataTo? (p.yaml:8)'],
    ],
  ])('with %s is told with file and line', (_, spec, told) => {
    expect(check(pushSecret(spec)).texts).toEqual(told);
  });

  it('with 14 tags is told that its objects cannot say whose they are', () => {
    const tags = Array.from({ length: 14 }, (_, index) => `t${index}: x`).join(', ');
    const metadata = `{apiVersion: kubernetes.external-secrets.io/v1alpha1, kind: PushSecretMetadata, spec: {tags: {${tags}}}}`;
    const spec = `${STORES}${SOURCE}  data:\n    - match: {remoteRef: {remoteKey: app}}\n      metadata: ${metadata}\n`;
    const { texts, pushes } = check(pushSecret(spec));
    expect(texts).toEqual([
      "warning: PushSecret shop/db: spec.data[0].metadata.spec.tags leaves no room for the tag keyferry-owner, so that other installations take the object for nobody's. Remove one: Key Vault has 15 tags for an object. (p.yaml:10)",
    ]);
    expect(pushes).toHaveLength(1);
  });
});

describe('the annotations of a PushSecret', () => {
  function extrasOf(annotations: string) {
    return check(pushSecret(STORES + SOURCE + DATA, annotations)).pushes[0]?.extras;
  }

  it('ask for what the operator does not have', () => {
    const annotations = [
      'keyferry.dev/adopt: ifEqual',
      'keyferry.dev/expires-in: 1d12h',
      'keyferry.dev/content-type: none',
      'keyferry.dev/binary: base64',
      'keyferry.dev/pfx-password-key: keystore.password',
      `keyferry.dev/resolve: "source@${'0a'.repeat(16)}, vault@${'1b'.repeat(16)}"`,
    ];
    expect(extrasOf(`{${annotations.join(', ')}}`)).toEqual({
      adopt: 'ifEqual',
      expiresInMs: 36 * 3_600_000,
      noContentType: true,
      binary: 'base64',
      pfxPasswordKey: 'keystore.password',
      resolve: [
        { side: 'source', version: '0a'.repeat(16) },
        { side: 'vault', version: '1b'.repeat(16) },
      ],
      lenientTemplates: false,
    });
  });

  it.each([
    ['90d', 90 * 86_400_000],
    ['12h', 12 * 3_600_000],
    ['36500d', 36_500 * 86_400_000],
    ['0d5m', 300_000],
  ])('take %s as a time until expiry', (text, expiresInMs) => {
    expect(extrasOf(`{keyferry.dev/expires-in: ${text}}`)).toMatchObject({ expiresInMs });
  });

  it.each([
    ['adopt', 'Always', 'Write never, ifEqual or always.'],
    ...['0d', '0s', '-5m', '90d-1h', '36501d', 'd', '90', '1y', '1d1d', '', '90d 5h'].map(
      (text) => ['expires-in', text, 'Write a time from now, as 90d or 12h, 36500d at most.'] as const,
    ),
    ['content-type', 'text/plain', 'Write none; a content type stands in the metadata of an entry.'],
    ['binary', 'yes-please', 'Write base64, or remove it: binary values are then refused.'],
    ['pfx-password-key', 'a b', 'Write the key of the source Secret that holds the password.'],
    ...['source', 'both@1', 'source@', 'source@1;vault@2', 'source@1,'].map(
      (text) =>
        [
          'resolve',
          text,
          'Write source@VERSION or vault@VERSION, with the version that the conflict named; several with commas.',
        ] as const,
    ),
  ])('%s: %s is refused', (name, text, fix) => {
    const { texts, pushes } = check(
      pushSecret(STORES + SOURCE + DATA, JSON.stringify({ [`keyferry.dev/${name}`]: text })),
    );
    expect(texts).toEqual([
      `error: PushSecret shop/db: metadata.annotations.keyferry.dev/${name} has a value that it cannot have. ${fix} (p.yaml:4)`,
    ]);
    expect(pushes).toEqual([]);
  });

  it('are told where they mean nothing', () => {
    expect(
      check(pushSecret(STORES + SOURCE + DATA, '{keyferry.dev/expire-in: 90d, keyferry.dev/other: a}')).texts,
    ).toEqual([
      'warning: PushSecret shop/db: metadata.annotations.keyferry.dev/expire-in is not an annotation of PushSecrets and has no effect. Did you mean keyferry.dev/expires-in? (p.yaml:4)',
      'warning: PushSecret shop/db: metadata.annotations.keyferry.dev/other is not an annotation of PushSecrets and has no effect. Remove it. (p.yaml:4)',
    ]);
  });

  it('are left alone until their placeholders are filled', () => {
    expect(check(pushSecret(STORES + SOURCE + DATA, '{keyferry.dev/adopt: "${ADOPT}"}')).texts).toEqual([]);
  });
});

describe('a ClusterPushSecret', () => {
  const INSIDE = (STORES + SOURCE + DATA).replaceAll(/^ {2}/gmu, '    ');

  it('makes the same PushSecret in each namespace', () => {
    const { clusterPushes, pushes, texts } = check(
      clusterPushSecret(
        `  namespaceSelectors: [{matchLabels: {team: a}}]\n  pushSecretName: app\n  refreshTime: 5m\n  pushSecretMetadata: {labels: {a: b}, annotations: {keyferry.dev/adopt: always}}\n  pushSecretSpec:\n${INSIDE}`,
      ),
    );
    expect([texts, pushes]).toEqual([[], []]);
    expect(clusterPushes).toMatchObject([
      {
        kind: 'fan-out',
        ref: { kind: 'ClusterPushSecret', name: 'spread' },
        childKind: 'PushSecret',
        childName: 'app',
        selectors: [{ matchLabels: { team: 'a' }, matchExpressions: [] }],
        refreshMs: 300_000,
      },
    ]);
    const child = clusterPushes[0]?.childIn('a1');
    expect(child).toMatchObject({
      ref: { kind: 'PushSecret', namespace: 'a1', name: 'app' },
      labels: { a: 'b' },
      annotations: { 'keyferry.dev/adopt': 'always' },
      extras: { adopt: 'always' },
      data: [{ remoteKey: 'app' }],
    });
    expect(child?.locate(['spec', 'data', 0])).toEqual({ file: 'p.yaml', line: 12 });
    expect(child?.locate(['metadata', 'annotations'])).toEqual({ file: 'p.yaml', line: 8 });
    expect(child).not.toHaveProperty('owner');
  });

  it('gives its children its own name, and an hour, where nothing is said', () => {
    const { clusterPushes } = check(clusterPushSecret(`  namespaceSelectors: []\n  pushSecretSpec:\n${INSIDE}`));
    expect(clusterPushes).toMatchObject([{ childName: 'spread', refreshMs: 3_600_000, selectors: [] }]);
  });

  it('is refused for what is wrong in it, each with its field and line', () => {
    const inside = INSIDE.replace('{secret: {name: app}}', '{}');
    const { clusterPushes, texts } = check(
      clusterPushSecret(
        `  namespaceSelectors: [{matchExpressions: [{key: a, operator: Is}]}]\n  refreshTime: soon\n  pushSecretMetadata:\n    annotations: {keyferry.dev/adopt: maybe}\n  pushSecretSpec:\n${inside}`,
      ),
    );
    expect(clusterPushes).toEqual([]);
    expect(texts).toEqual([
      'error: ClusterPushSecret spread: spec.refreshTime is not a duration. Write it with units: 30s, 15m, 1h30m. Days do not exist: 24h. (p.yaml:6)',
      'error: ClusterPushSecret spread: spec.namespaceSelectors[0].matchExpressions[0].operator is no operator of a label selector. Write In, NotIn, Exists or DoesNotExist. (p.yaml:5)',
      'error: ClusterPushSecret spread: spec.pushSecretSpec.selector has neither secret nor generatorRef. Write secret.name, or secret.selector with labels. (p.yaml:11)',
      'error: ClusterPushSecret spread: spec.pushSecretMetadata.annotations.keyferry.dev/adopt has a value that it cannot have. Write never, ifEqual or always. (p.yaml:8)',
    ]);
  });
});
