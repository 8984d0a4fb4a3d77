/** What the benchmark syncs: N ExternalSecrets, each with one key, over 300 vault objects; N PushSecrets to N of them. */
import { externalSecret, handMadeSecret, STORE, yaml } from '../engine/shop.ts';
import { entry, pushSecret } from '../engine/push-world.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import type { VaultCase } from '../servers/index.ts';

export const NAMESPACE = 'shop';
export const VAULT_OBJECTS = 300;
const PUSHED_SECRETS = 100;

const keyOf = (number: number): string => `object-${number % VAULT_OBJECTS}`;

export function manifestsOf(count: number): string {
  const intents = Array.from({ length: count }, (_, number) =>
    externalSecret(`es-${number}`, { data: [{ secretKey: 'value', remoteRef: { key: keyOf(number) } }] }),
  );
  return yaml(STORE, ...intents);
}

/** Each pushes one of the keys of a Secret. Objects of another size belong to another installation. */
export function pushesOf(count: number): string {
  const pushes = Array.from({ length: count }, (_, number) => {
    const secret = `source-${number % PUSHED_SECRETS}`;
    return pushSecret(`ps-${number}`, {
      selector: { secret: { name: secret } },
      data: [entry('value', `pushed-${count}-${number}`)],
    });
  });
  return yaml(STORE, ...pushes);
}

export function pushedSecrets(): readonly KubernetesObject[] {
  return Array.from({ length: PUSHED_SECRETS }, (_, number) =>
    handMadeSecret(`source-${number}`, { value: `value of ${number}` }),
  );
}

export function vaultContent(): Readonly<Record<string, VaultCase>> {
  const objects = Array.from(
    { length: VAULT_OBJECTS },
    (_, number) => [keyOf(number), [{ value: `value of ${number}` }]] as const,
  );
  return { 'kv-shop': { secrets: Object.fromEntries(objects) } };
}
