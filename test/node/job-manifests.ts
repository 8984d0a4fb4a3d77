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
  /** Of each Secret, `value` where nothing else is said; all hold the same. */
  readonly keys?: readonly string[];
}

/** A store, and an ExternalSecret for each name, which is that of its vault object and its Secret as well. */
export function manifestsText(manifests: Manifests): string {
  const { namespace, names, identity } = manifests;
  return [store(namespace, identity), ...names.map((name) => externalSecret(name, manifests))]
    .map((one) => `---\n${JSON.stringify(one)}\n`)
    .join('');
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

function externalSecret(name: string, manifests: Manifests): KubernetesObject {
  const { namespace, refreshInterval = '1h', keys = ['value'] } = manifests;
  const data = keys.map((secretKey) => ({ secretKey, remoteRef: { key: name } }));
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: { refreshInterval, secretStoreRef: { name: 'vault' }, data },
  };
}
