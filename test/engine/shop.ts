/** Manifests of the engine tests: one store over vault kv-shop, and ExternalSecrets that each read one object of it. */
import { stringify } from 'yaml';
import type { KubernetesObject } from '../fakes/index.ts';

export const STORE: KubernetesObject = {
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  metadata: { name: 'kv', namespace: 'shop' },
  spec: { provider: { azurekv: { vaultUrl: 'https://kv-shop.vault.azure.net', authType: 'WorkloadIdentity' } } },
};

/** ExternalSecret `shop/<name>`: reads the vault object of its own name into the key `password`. */
export function externalSecret(
  name: string,
  spec: Readonly<Record<string, unknown>> = {},
  target: Readonly<Record<string, unknown>> = {},
): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace: 'shop' },
    spec: {
      secretStoreRef: { name: 'kv', kind: 'SecretStore' },
      target,
      data: [{ secretKey: 'password', remoteRef: { key: name } }],
      ...spec,
    },
  };
}

/** `shop/<name>` with these texts, as a user makes it. */
export function handMadeSecret(name: string, stringData: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'shop' }, type: 'Opaque', stringData };
}

/** Objects as the text of one file. */
export function yaml(...objects: readonly KubernetesObject[]): string {
  return objects.map((object) => stringify(object)).join('---\n');
}

/** Vault kv-shop with these secrets, in the notation of the conformance cases. */
export function vaultYaml(secrets: Readonly<Record<string, string>>): string {
  const content = Object.entries(secrets).map(([name, value]) => [name, [{ value }]] as const);
  return stringify({ 'kv-shop': { secrets: Object.fromEntries(content) } });
}

/** The data of a stored Secret as texts; undefined when there is none. */
export function textsOf(secret: KubernetesObject | undefined): Readonly<Record<string, string>> | undefined {
  if (secret === undefined) return undefined;
  const data = (secret['data'] ?? {}) as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, Buffer.from(text, 'base64').toString()]));
}
