/** Manifests with one reference, and what is told of it without asking anybody. */
import { parseDocuments } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { load, type LoadSettings } from '../../src/engine/sync/load.ts';

const VAULT = { azurekv: { authType: 'WorkloadIdentity', vaultUrl: 'https://kv-shop.vault.azure.net' } };

/** Without the object and the place. `store` is one of the manifests (`vault`, `fake`), another, or none. */
export async function keyProblemsOf(
  remoteRef: { readonly key: string; readonly version?: string },
  kind: 'data' | 'extract' = 'data',
  store = 'vault',
  home: NonNullable<LoadSettings['home']> = 'files',
): Promise<readonly string[]> {
  const apiVersion = 'external-secrets.io/v1';
  const storeOf = (name: string, provider: object) => ({
    apiVersion,
    kind: 'SecretStore',
    metadata: { name, namespace: 'shop' },
    spec: { provider },
  });
  const entries = kind === 'data' ? { data: [{ secretKey: 'k', remoteRef }] } : { dataFrom: [{ extract: remoteRef }] };
  const externalSecret = {
    apiVersion,
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { ...(store === '' ? {} : { secretStoreRef: { name: store } }), ...entries },
  };
  const objects = [storeOf('vault', VAULT), storeOf('fake', { fake: { data: [] } }), externalSecret];
  const text = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const source = { load: async () => parseDocuments('m.yaml', text) };
  const { problems } = await load(source, { only: [], controllerClass: 'keyferry', home, placeholders: 'kept' });
  return problems.map((problem) => problemText(problem).replace(/^ExternalSecret shop\/db: | \(m\.yaml:\d+\)$/gu, ''));
}
