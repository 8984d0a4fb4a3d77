/** Vault objects as targets: how they are named, what of them is written, what is there. */
import { compareText } from './object-ref.ts';
import type { SecretValue } from './secret-value.ts';
import type { RemoteType } from './vault.ts';

/**
 * One object of one vault, whatever reference led there. Equal by `vaultRefKey` only: `kv` and `KV` are one name, and
 * `foo` and `secret/foo` one object.
 */
export interface VaultRef {
  readonly kind: 'vault-object';
  /** `https://kv-shop.vault.azure.net`: host in small letters, no slash at the end. */
  readonly vaultUrl: string;
  /** `kv-shop`. */
  readonly vault: string;
  readonly type: RemoteType;
  /** As written. Key Vault REST: compared without case. */
  readonly name: string;
}

/** `kv-shop secret/db-password`: how every message names it. */
export function vaultRefText({ vault, type, name }: VaultRef): string {
  return `${vault} ${type}/${name}`;
}

/** One text for one vault: host in small letters, no slash at the end. */
export function normalVaultUrl(text: string): string {
  return URL.canParse(text) ? new URL(text).href.replace(/\/+$/u, '') : text;
}

/** One text for one object. */
export function vaultRefKey({ vaultUrl, type, name }: Pick<VaultRef, 'vaultUrl' | 'type' | 'name'>): string {
  return `${vaultUrl} ${type}/${name.toLowerCase()}`;
}

export function compareVaultRefs(a: VaultRef, b: VaultRef): number {
  return (
    compareText(a.vaultUrl, b.vaultUrl) ||
    compareText(a.type, b.type) ||
    compareText(a.name.toLowerCase(), b.name.toLowerCase())
  );
}

/** What one write makes of an object; never printed. */
export type VaultContent =
  | { readonly type: 'secret'; readonly value: SecretValue }
  /** A private JWK as JSON text. */
  | { readonly type: 'key'; readonly jwk: SecretValue }
  | {
      readonly type: 'cert';
      /** The bytes of a PKCS#12, or the text of a PEM. */
      readonly value: SecretValue;
      readonly format: 'pkcs12' | 'pem';
      /** Of a PKCS#12 that has one. */
      readonly password?: SecretValue;
    };

/** What stands beside a value. In a write of a new version everything is written; in a patch what is absent stays. */
export interface VaultProperties {
  readonly tags: Readonly<Record<string, string>>;
  /** Secrets only; '' = none. */
  readonly contentType?: string;
  /** Whole seconds since 1970; `null` = none. */
  readonly expires?: number | null;
  /** Whole seconds since 1970; kept from what is there. */
  readonly notBefore?: number;
}

/** A name that is taken by what was deleted. */
export interface DeletedVaultObject {
  readonly tags: ReadonlyMap<string, string | null>;
}
