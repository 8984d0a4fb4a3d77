/** What `validate` says of stores that are not in the manifests. */
import { describe, expect, it } from '@jest/globals';
import { validate } from '../../src/commands/validate.ts';
import { documentsOf } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

const TEXT = yaml(STORE, externalSecret('db'));

async function told(text: string): Promise<readonly string[]> {
  const pieces = [...documentsOf('a.yaml', text)];
  const loaded = {
    documents: pieces.flatMap(({ documents }) => documents),
    problems: pieces.flatMap(({ problems }) => problems),
  };
  const settings = { only: [], controllerClass: 'keyferry', namespaces: 'kept' } as const;
  const { problems } = await validate({ load: () => Promise.resolve(loaded) }, settings);
  return problems.map(problemText);
}

describe('a store that an ExternalSecret names', () => {
  it('is absent where nothing is called so', async () => {
    expect(await told(yaml(externalSecret('db')))).toEqual([
      'ExternalSecret shop/db: names SecretStore shop/kv, which is not in these manifests. Add it, or correct the reference (kind and namespace matter). If it is in the cluster only: --home custom-resources. (a.yaml:1)',
    ]);
  });

  it.each([
    ['its kind is misspelt', TEXT.replace('kind: SecretStore', 'kind: secretstore')],
    ['its document is not valid YAML', TEXT.replace('metadata:', 'metadata')],
  ])('is not called absent beside the problem that %s', async (_title, text) => {
    expect(await told(text)).toHaveLength(1);
  });

  it.each([
    ['it', TEXT.replace(/\n +namespace: shop/u, '')],
    ['the ExternalSecret', TEXT.replace(/(?<=kind: ExternalSecret[\s\S]*)\n +namespace: shop/u, '')],
  ])('may be the one of that name where %s goes into the namespace that is given', async (_title, text) => {
    expect(text).not.toBe(TEXT);
    expect(await told(text)).toEqual([]);
  });
});
