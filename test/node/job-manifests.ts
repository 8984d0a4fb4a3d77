/** What the job syncs in these tests. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { TENANT_ID } from '../servers/index.ts';
import { IDENTITY_SERVICE_ACCOUNT } from './node-world.ts';

export const MANIFESTS_MAP = 'manifests';

/** Whose token the store asks for: a ServiceAccount that it names, or whoever the pod is. */
export type Identity = 'referenced' | 'mounted';

/** A store, and an ExternalSecret for each name: vault object, Secret, and key `value` of that name. */
export function manifestsMap(namespace: string, names: readonly string[], identity: Identity): KubernetesObject {
  const documents = [store(namespace, identity), ...names.map((name) => externalSecret(namespace, name))];
  const data = { 'all.yaml': documents.map((document) => `---\n${JSON.stringify(document)}\n`).join('') };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: MANIFESTS_MAP, namespace }, data };
}

function store(namespace: string, identity: Identity): KubernetesObject {
  const azurekv = {
    vaultUrl: 'https://kv-shop.vault.azure.net',
    authType: 'WorkloadIdentity',
    ...(identity === 'referenced'
      ? { tenantId: TENANT_ID, serviceAccountRef: { name: IDENTITY_SERVICE_ACCOUNT } }
      : {}),
  };
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'SecretStore',
    metadata: { name: 'vault', namespace },
    spec: { provider: { azurekv } },
  };
}

function externalSecret(namespace: string, name: string): KubernetesObject {
  const data = [{ secretKey: 'value', remoteRef: { key: name } }];
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: { refreshInterval: '1h', secretStoreRef: { name: 'vault' }, data },
  };
}
