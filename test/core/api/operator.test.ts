/** What `validate --for-operator` says of manifests. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../src/core/api/documents.ts';
import { manifestChecks } from '../../../src/core/api/manifests.ts';
import { releaseProblems } from '../../../src/core/api/operator/check.ts';
import { DIFFERENCE_FACTS, FUNCTION_FACTS, NEWER_FACTS, VERSION_FACTS } from '../../../src/core/api/operator/facts.ts';
import { operatorRelease } from '../../../src/core/api/operator/release.ts';
import { messageText } from '../../../src/core/model/message.ts';
import { problemText } from '../../../src/core/model/problem.ts';
import { operatorFunctions } from '../../../src/core/secret-template/operator-functions.ts';

function release(text: string) {
  const found = operatorRelease(text);
  if (found === undefined) throw new Error(`${text} is no release`);
  return found;
}

function end<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** What is told of these manifests for a release, and would not be told without. */
function told(text: string, version: string): readonly string[] {
  const { documents } = parseDocuments('m.yaml', text);
  const checked = end(manifestChecks(documents, { operator: release(version) }));
  const functions = end(operatorFunctions([...checked.intents, ...checked.pushes], release(version)));
  return [...checked.problems, ...functions].map(
    (problem) => `${problem.severity} ${problem.code}: ${problemText(problem)}`,
  );
}

function externalSecret(
  spec: object,
  more: { readonly annotations?: object; readonly apiVersion?: string } = {},
): string {
  const { annotations = {}, apiVersion = 'external-secrets.io/v1' } = more;
  const data = [{ secretKey: 'a', remoteRef: { key: 'a' } }];
  const metadata = { name: 'db', namespace: 'shop', annotations };
  return JSON.stringify({
    apiVersion,
    kind: 'ExternalSecret',
    metadata,
    spec: { secretStoreRef: { name: 'kv' }, data, ...spec },
  });
}

function pushSecret(spec: object): string {
  return JSON.stringify({
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { secretStoreRefs: [{ name: 'kv' }], selector: { secret: { name: 'db' } }, ...spec },
  });
}

const WINDOWS = { syncWindows: { kind: 'deny', windows: [{ schedule: '0 1 * * *', duration: '1h' }] } };

describe('for a release of the operator', () => {
  it.each([
    ['2.2', 'is unknown to External Secrets Operator 2.2, which drops it'],
    ['v2.2.9', 'is unknown to External Secrets Operator 2.2.9, which drops it'],
    ['2.3', undefined],
    ['2.3.0', undefined],
  ])('%s a field that came in 2.3.0 is known or not', (version, what) => {
    const text = externalSecret({ data: [{ secretKey: 'a', remoteRef: { key: 'a', nullBytePolicy: 'Fail' } }] });
    const expected = `warning operator-field: ExternalSecret shop/db: spec.data[0].remoteRef.nullBytePolicy ${what ?? ''}. Leave it out, or run 2.3.0 or newer. (m.yaml:1)`;
    expect(told(text, version)).toEqual(what === undefined ? [] : [expected]);
  });

  it.each([
    ['2.6', 'is unknown to External Secrets Operator 2.6, which drops it'],
    ['2.8', 'may be unknown to External Secrets Operator 2.8: it came after 2.6, and 2.9.0 has it'],
    ['2.9', undefined],
    ['2.14.1', undefined],
  ])('%s a field whose very release is not known is told as what is known', (version, what) => {
    const expected = `warning operator-field: ExternalSecret shop/db: spec.syncWindows ${what ?? ''}. Leave it out, or run 2.9.0 or newer. (m.yaml:1)`;
    expect(told(externalSecret(WINDOWS), version).filter((one) => !one.includes('operator-release'))).toEqual(
      what === undefined ? [] : [expected],
    );
  });

  it.each([
    ['2.7', 'is CreateOrMerge, which External Secrets Operator 2.7 refuses'],
    [
      '2.8',
      'is CreateOrMerge, and may be unknown to External Secrets Operator 2.8: it came after 2.7, and 2.9.0 has it',
    ],
  ])('%s a word that it does not have is told', (version, what) => {
    expect(told(externalSecret({ target: { creationPolicy: 'CreateOrMerge' } }), version)).toEqual([
      `warning operator-field: ExternalSecret shop/db: spec.target.creationPolicy ${what}. Leave it out, or run 2.9.0 or newer. (m.yaml:1)`,
    ]);
    expect(told(externalSecret({ target: { creationPolicy: 'Merge' } }), version)).toEqual([]);
  });

  it.each(['v1beta1', 'v1alpha1'])('says that %s is not served', (version) => {
    const since = version === 'v1beta1' ? '0.17.0' : '0.16.0';
    expect(told(externalSecret({}, { apiVersion: `external-secrets.io/${version}` }), '2.9.0')).toEqual([
      `warning operator-version: ExternalSecret shop/db: apiVersion is external-secrets.io/${version}, which External Secrets Operator 2.9.0 does not serve. It went in ${since}. Write external-secrets.io/v1. (m.yaml:1)`,
    ]);
  });

  it('says nothing of the version of a kind that is alpha for ever', () => {
    expect(told(pushSecret({ data: [{ match: { remoteRef: { remoteKey: 'a' } } }] }), '2.9.0')).toEqual([]);
  });

  it.each([
    ['2.11', []],
    [
      '2.12',
      [
        'warning operator-function: ExternalSecret shop/db: spec.target.template.data.a uses fail, which External Secrets Operator 2.12 does not have. It went in 2.12.0. Do without it. (m.yaml:1)',
      ],
    ],
  ])('%s finds fail in a template, and not the word in a text', (version, expected) => {
    const data = { a: '{{ if .a }}{{ fail "no" }}{{ end }}', b: 'fail {{ "fail" | quote }} {{ .fail }}' };
    expect(told(externalSecret({ target: { template: { data } } }), version)).toEqual(expected);
  });

  it('finds a function that came later, also in the template of a PushSecret', () => {
    const spec = {
      template: { data: { a: '{{ .a | hexdec }}' } },
      data: [{ match: { remoteRef: { remoteKey: 'a' } } }],
    };
    expect(told(pushSecret(spec), '2.6.0')).toEqual([
      'warning operator-function: PushSecret shop/db: spec.template.data.a uses hexdec, which External Secrets Operator 2.6.0 does not have. It came in 2.7.0. (m.yaml:1)',
    ]);
    expect(told(pushSecret(spec), '2.7')).toEqual([]);
  });

  it.each([
    ['2.9.0', ''],
    ['2.12', ' (measured in 2.9.0)'],
  ])('%s says that property overwrites the whole object', (version, seen) => {
    const spec = { data: [{ match: { secretKey: 'a', remoteRef: { remoteKey: 'a', property: 'b' } } }] };
    expect(told(pushSecret(spec), version)).toEqual([
      `warning operator-differs: PushSecret shop/db: spec.data[0].match.remoteRef.property is ignored by the operator, which overwrites the whole object with this entry${seen}. Push one object for each entry there, or the whole Secret. (m.yaml:1)`,
    ]);
  });

  it.each([
    ['2030-01-01T00:00:00Z', 0],
    ['2030-01-01T00:00:00.000Z', 0],
    ['2030-01-01T00:00:00+00:00', 1],
    ['2030-01-01T00:00:00.5Z', 1],
  ])('finds dates that make a version at every refresh: %s', (expirationDate, count) => {
    const metadata = {
      apiVersion: 'kubernetes.external-secrets.io/v1alpha1',
      kind: 'PushSecretMetadata',
      spec: { expirationDate },
    };
    const spec = { data: [{ match: { secretKey: 'a', remoteRef: { remoteKey: 'a' } }, metadata }] };
    expect(told(pushSecret(spec), '2.9.0').filter((one) => one.includes('operator-differs'))).toHaveLength(count);
  });

  it('names our annotations, but for the one that brings its own way back', () => {
    const annotations = {
      'keyferry.dev/lenient-templates': 'true',
      'example.com/a': 'b',
      'keyferry.dev/adopt': 'always',
    };
    expect(told(externalSecret({}, { annotations }), '2.9.0').filter((one) => one.includes('operator-'))).toEqual([
      'warning operator-annotation: ExternalSecret shop/db: metadata.annotations.keyferry.dev/adopt means nothing to External Secrets Operator 2.9.0. Make sure that nothing depends on it there. (m.yaml:1)',
    ]);
  });

  it('looks into what a ClusterPushSecret makes', () => {
    const text = JSON.stringify({
      apiVersion: 'external-secrets.io/v1alpha1',
      kind: 'ClusterPushSecret',
      metadata: { name: 'db' },
      spec: {
        namespaceSelectors: [{ matchLabels: { a: 'b' } }],
        pushSecretSpec: {
          secretStoreRefs: [{ name: 'kv' }, { name: 'all', kind: 'ClusterSecretStore' }],
          selector: { secret: { name: 'db' } },
          data: [{ match: { remoteRef: { remoteKey: 'a' } } }],
        },
      },
    });
    expect(told(text, '2.9.0')).toEqual([
      'warning operator-differs: ClusterPushSecret db: spec.pushSecretSpec.secretStoreRefs names SecretStores beside ClusterSecretStores, and the operator looks for some of them without a namespace, at random. Write one PushSecret for each kind of store. (m.yaml:1)',
    ]);
  });
});

describe('a release', () => {
  it.each([
    ['0.16.2', 'older', 'What older releases lack besides is not told.'],
    ['2.15', 'newer', 'What changed after 2.14 is not told.'],
    ['3.0.0', 'newer', 'What changed after 2.14 is not told.'],
  ])('of which not all is known is told: %s', (text, age, fix) => {
    const problems = releaseProblems(release(text)).map(({ severity, what, fix: how }) => [
      severity,
      messageText(what),
      messageText(how),
    ]);
    expect(problems).toEqual([
      ['warning', `External Secrets Operator ${text} is ${age} than what is known of it, 0.17.0 to 2.14`, fix],
    ]);
  });

  it.each(['0.17', '0.17.0', '1.0.0', '2.9.0', '2.14', '2.14.7'])('of which all is known is not: %s', (text) => {
    expect(releaseProblems(release(text))).toEqual([]);
  });

  it.each(['', '2', 'latest', '2.9.0-rc1', 'v2.x', '2.9.0.1', '99999.1'])('is none: %s', (text) => {
    expect(operatorRelease(text)).toBeUndefined();
  });
});

it('every row names releases and its source', () => {
  const versions = [
    ...VERSION_FACTS.map(({ goneIn }) => goneIn),
    ...NEWER_FACTS.flatMap(({ lastWithout, firstWith }) => [lastWithout, firstWith]),
    ...FUNCTION_FACTS.flatMap(({ firstWith, goneIn }) => firstWith ?? goneIn ?? ''),
  ];
  expect(versions.filter((version) => operatorRelease(version) === undefined)).toEqual([]);
  const rows = [...VERSION_FACTS, ...NEWER_FACTS, ...FUNCTION_FACTS, ...DIFFERENCE_FACTS];
  expect(rows.filter(({ source }) => source.length < 10)).toEqual([]);
});
