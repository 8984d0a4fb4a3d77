/** What the job syncs in these tests. */
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { TENANT_ID } from '../servers/index.ts';
import { IDENTITY_SERVICE_ACCOUNT } from './node-world.ts';

export const MANIFESTS_MAP = 'manifests';

/** Whose token the store asks for: a ServiceAccount that it names, or whoever the pod is. */
export type Identity = 'referenced' | 'mounted';

export interface Manifests {
  readonly namespace: string;
  readonly names: readonly string[];
  readonly identity: Identity;
  readonly refreshInterval?: string;
}

/** A store, and an ExternalSecret for each name: vault object, Secret, and key `value` of that name. */
export function manifestsText({ namespace, names, identity, refreshInterval = '1h' }: Manifests): string {
  const externalSecrets = names.map((name) => externalSecret(namespace, name, refreshInterval));
  return [store(namespace, identity), ...externalSecrets].map((one) => `---\n${JSON.stringify(one)}\n`).join('');
}

/** The same, to mount. */
export function manifestsMap(manifests: Manifests): KubernetesObject {
  const metadata = { name: MANIFESTS_MAP, namespace: manifests.namespace };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'all.yaml': manifestsText(manifests) } };
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

function externalSecret(namespace: string, name: string, refreshInterval: string): KubernetesObject {
  const data = [{ secretKey: 'value', remoteRef: { key: name } }];
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: { refreshInterval, secretStoreRef: { name: 'vault' }, data },
  };
}
