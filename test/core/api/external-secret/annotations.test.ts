import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { problemText } from '../../../../src/core/model/problem.ts';

const SPEC = '  secretStoreRef: {name: kv}\n  data: [{secretKey: password, remoteRef: {key: db-password}}]\n';

/** An ExternalSecret whose annotations are in line 4. */
function check(annotations: Readonly<Record<string, string>>, spec = SPEC) {
  const head = 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n';
  const metadata = `  {name: db, namespace: shop, annotations: ${JSON.stringify(annotations)}}\n`;
  const { documents, problems } = parseDocuments('e.yaml', `${head}${metadata}spec:\n${spec}`);
  const checked = checkManifests(documents);
  return { ...checked, texts: [...problems, ...checked.problems].map((one) => `${one.severity}: ${problemText(one)}`) };
}

describe('annotations of an ExternalSecret under keyferry.dev/', () => {
  it('are not asked for by default', () => {
    const { intents, texts } = check({});
    expect(texts).toEqual([]);
    expect(intents[0]?.extras).toEqual({ lenientTemplates: false, states: {}, keepPrevious: 0 });
  });

  it('that are misspelt are told, with the nearest one, and the manifest counts', () => {
    const { intents, texts } = check({ 'keyferry.dev/lenient-template': 'true' });
    expect(texts).toEqual([
      'warning: ExternalSecret shop/db: metadata.annotations.keyferry.dev/lenient-template is not an annotation of ExternalSecrets and has no effect. Did you mean keyferry.dev/lenient-templates? (e.yaml:4)',
    ]);
    expect(intents).toHaveLength(1);
  });

  it('of PushSecrets are told, since they have no effect here', () => {
    expect(check({ 'keyferry.dev/adopt': 'always' }).texts).toEqual([
      'warning: ExternalSecret shop/db: metadata.annotations.keyferry.dev/adopt is not an annotation of ExternalSecrets and has no effect. Remove it. (e.yaml:4)',
    ]);
  });

  it('of somebody else are none of our business', () => {
    expect(check({ 'argocd.argoproj.io/sync-wave': '1', 'keyferry.example/adopt': 'x' }).texts).toEqual([]);
  });

  it('leave entries out, or let them be absent', () => {
    const { intents, texts } = check(
      {
        'keyferry.dev/on-disabled': 'skip',
        'keyferry.dev/on-expired': 'warn',
        'keyferry.dev/on-not-yet-valid': 'fail',
        'keyferry.dev/optional': 'password, dataFrom[1]',
        'keyferry.dev/find-type': 'dataFrom[0]=cert',
      },
      `${SPEC}  dataFrom: [{find: {}}, {find: {}}, {extract: {key: a}}]\n`,
    );
    expect(texts).toEqual([]);
    const states = { disabled: 'skip', expired: 'warn', 'not-yet-valid': 'fail' };
    expect(intents[0]?.extras).toEqual({ lenientTemplates: false, states, keepPrevious: 0 });
    expect(intents[0]?.entries).toEqual([
      expect.objectContaining({ kind: 'find', find: expect.objectContaining({ type: 'cert', states }) }),
      expect.objectContaining({ kind: 'find', isOptional: true, find: expect.not.objectContaining({ type: 'cert' }) }),
      expect.not.objectContaining({ isOptional: true }),
      expect.objectContaining({ kind: 'data', isOptional: true }),
    ]);
  });

  it('choose one type for every find', () => {
    const { intents } = check(
      { 'keyferry.dev/find-type': 'key' },
      '  secretStoreRef: {name: kv}\n  dataFrom: [{find: {}}, {find: {}}]\n',
    );
    const types = intents[0]?.entries.map((entry) => entry.kind === 'find' && entry.find.type);
    expect(types).toEqual(['key', 'key']);
  });

  it.each([
    ['on-disabled', 'ignore', 'has a value that it cannot have. Write fail, warn or skip.'],
    ['on-expired', '', 'has a value that it cannot have. Write fail, warn or skip.'],
    ['on-not-yet-valid', 'Skip', 'has a value that it cannot have. Write fail, warn or skip.'],
    ['on-managed', 'true', 'has a value that it cannot have. Write fail, warn or skip.'],
    [
      'optional',
      '',
      'has a value that it cannot have. Write keys of spec.data, data[0] or dataFrom[0]; several with commas.',
    ],
    [
      'optional',
      'password,',
      'has a value that it cannot have. Write keys of spec.data, data[0] or dataFrom[0]; several with commas.',
    ],
    [
      'optional',
      'data[x]',
      'has a value that it cannot have. Write keys of spec.data, data[0] or dataFrom[0]; several with commas.',
    ],
    [
      'optional',
      'pasword, data[1]',
      'names pasword, data[1], which the spec does not have. Correct it, or take it out.',
    ],
    [
      'find-type',
      'certificate',
      'has a value that it cannot have. Write secret, cert or key, or dataFrom[0]=cert; several with commas.',
    ],
    [
      'find-type',
      'data[0]=cert',
      'has a value that it cannot have. Write secret, cert or key, or dataFrom[0]=cert; several with commas.',
    ],
    ['find-type', 'cert', 'names spec.dataFrom, which has no find. Correct it, or take it out.'],
    ['find-type', 'dataFrom[3]=cert', 'names dataFrom[3], which has no find. Correct it, or take it out.'],
  ])('refuse %s: "%s"', (name, value, told) => {
    const { intents, texts } = check({ [`keyferry.dev/${name}`]: value });
    expect(texts).toEqual([
      `error: ExternalSecret shop/db: metadata.annotations.keyferry.dev/${name} ${told} (e.yaml:4)`,
    ]);
    expect(intents).toEqual([]);
  });
});
