/** What the benchmark syncs: N ExternalSecrets, each with one key, over 300 vault objects. */
import { externalSecret, STORE, yaml } from '../engine/shop.ts';
import type { VaultCase } from '../servers/index.ts';

export const NAMESPACE = 'shop';
export const VAULT_OBJECTS = 300;

const keyOf = (number: number): string => `object-${number % VAULT_OBJECTS}`;

export function manifestsOf(count: number): string {
  const intents = Array.from({ length: count }, (_, number) =>
    externalSecret(`es-${number}`, { data: [{ secretKey: 'value', remoteRef: { key: keyOf(number) } }] }),
  );
  return yaml(STORE, ...intents);
}

export function vaultContent(): Readonly<Record<string, VaultCase>> {
  const objects = Array.from(
    { length: VAULT_OBJECTS },
    (_, number) => [keyOf(number), [{ value: `value of ${number}` }]] as const,
  );
  return { 'kv-shop': { secrets: Object.fromEntries(objects) } };
}
