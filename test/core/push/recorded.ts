/** Recorded cases of PushSecrets: what was in the Secret, and what the operator made of it in the vault. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const CASES = join(import.meta.dirname, '../../conformance/cases/pushsecret');

interface Case {
  readonly cluster: readonly { readonly data?: Readonly<Record<string, string>> }[];
  readonly expect: readonly { readonly vault?: Readonly<Record<string, VaultContent>> }[];
}

interface VaultContent {
  readonly keys?: Readonly<Record<string, readonly { readonly jwk: Readonly<Record<string, string>> }[]>>;
  readonly secrets?: Readonly<Record<string, readonly { readonly value: string }[]>>;
  readonly certificates?: Readonly<Record<string, readonly { readonly cer: string }[]>>;
}

function read(name: string): Case {
  return parse(readFileSync(join(CASES, `${name}.yaml`), 'utf8')) as Case;
}

/** The value of the only key of the Secret. */
export function recordedValue(name: string): Uint8Array {
  const [value] = Object.values(read(name).cluster[0]?.data ?? {});
  return new Uint8Array(Buffer.from(value ?? '', 'base64'));
}

/** What the vault holds afterwards. */
export function recordedVault(name: string): VaultContent {
  return read(name).expect[0]?.vault?.['kv-main'] ?? {};
}
