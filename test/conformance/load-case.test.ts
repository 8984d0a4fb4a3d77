/** Case files that are none, and cases whose features are to come. */
import { describe, expect, it } from '@jest/globals';
import { missingFeature } from './feature.ts';
import { loadCase, type ConformanceCase } from './load-case.ts';

const EXPECT = '[{secrets: {}, status: {}, events: [], requests: []}]';

describe('loadCase', () => {
  it('gives every part its default', () => {
    expect(loadCase('a.yaml', `{id: a, title: b, expect: ${EXPECT}}`)).toMatchObject({
      case: { id: 'a', steps: [{ sync: {} }], manifests: [], cluster: [], vault: {}, faults: [], lab: {} },
    });
  });

  it.each([
    ['is no YAML', '{'],
    ['is empty', ''],
    ['has no expectation', '{id: a, title: b}'],
    ['has a step that nobody knows', `{id: a, title: b, steps: [{wait: 1}], expect: ${EXPECT}}`],
    ['has an object without a kind', `{id: a, title: b, manifests: [{metadata: {name: x}}], expect: ${EXPECT}}`],
    ['has more syncs than expectations', `{id: a, title: b, steps: [{sync: {}}, {sync: {}}], expect: ${EXPECT}}`],
  ])('says what is wrong with a file that %s', (_what, text) => {
    expect(loadCase('a.yaml', text)).toEqual({ file: 'a.yaml', malformed: expect.stringMatching(/./u) });
  });
});

describe('missingFeature', () => {
  const of = (rest: string): string | undefined => missingFeature(caseOf(rest));
  const external = (spec: string): string =>
    `manifests: [{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: a, namespace: b}, spec: ${spec}}]`;

  it('finds nothing in what the product does', () => {
    expect(of(external('{data: [{secretKey: k, remoteRef: {key: a}}]}'))).toBeUndefined();
  });

  it('looks at what later steps apply and patch', () => {
    const patch = '[{kind: ExternalSecret, metadata: {name: a, namespace: b}, spec: {dataFrom: [{bogus: 1}]}}]';
    expect(() =>
      of(`${external('{data: [{secretKey: k, remoteRef: {key: a}}]}')}, steps: [{patch: ${patch}, sync: {}}]`),
    ).not.toThrow();
    const store = '{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: a, namespace: b}';
    expect(of(`steps: [{apply: [${store}, spec: {provider: {aws: {}}}}], sync: {}}]`)).toBe('provider aws');
  });

  it('names a provider that does not exist here', () => {
    const store = '{apiVersion: external-secrets.io/v1, kind: SecretStore, metadata: {name: a, namespace: b}';
    expect(of(`manifests: [${store}, spec: {provider: {aws: {}}}}]`)).toBe('provider aws');
  });
});

function caseOf(rest: string): ConformanceCase {
  const loaded = loadCase('a.yaml', `{id: a, title: b, ${rest}, expect: ${EXPECT}}`);
  if ('malformed' in loaded) throw new Error(loaded.malformed);
  return loaded.case;
}
