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
    expect(intents[0]?.extras).toEqual({ lenientTemplates: false, keepPrevious: 0 });
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
});
