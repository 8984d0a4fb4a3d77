/**
 * Generators after checking and defaulting: what makes values out of nothing, or out of a login. ESO 2.9: group
 * `generators.external-secrets.io`.
 *
 * A Password, a UUID and an SSHKey are *stable*: a value that was drawn is kept where it lives. What a Fake holds is written
 * in its manifest. An ACRAccessToken is short-lived, and asked for again before it ends.
 */
import type { Lifecycle } from './lifecycle.ts';
import type { ObjectRef } from './object-ref.ts';
import type { FieldPath, Origin } from './origin.ts';
import type { SecretValue } from './secret-value.ts';
import type { AzureEnvironment, SecretKeySelector, ServiceAccountRef } from './store.ts';

export type PasswordEncoding = 'base64' | 'base64url' | 'base32' | 'hex' | 'raw';

export interface PasswordSpec {
  readonly kind: 'Password';
  readonly length: number;
  readonly digits: number;
  readonly symbols: number;
  readonly symbolCharacters: string;
  readonly noUpper: boolean;
  readonly allowRepeat: boolean;
  /** Each gets a password of its own. */
  readonly secretKeys: readonly string[];
  readonly encoding: PasswordEncoding;
  /** ESO 2.12; written as they are around the encoded password, and not counted in its length. '' = none. */
  readonly prefix: string;
  readonly suffix: string;
}

export interface UuidSpec {
  readonly kind: 'UUID';
}

export type SshKeyType = 'rsa' | 'ecdsa' | 'ed25519';

export interface SshKeySpec {
  readonly kind: 'SSHKey';
  readonly keyType: SshKeyType;
  /** Bits. ESO 2.9: an ECDSA size that is no curve's is 256, and Ed25519 has one size only. */
  readonly keySize: number;
  readonly comment: string;
}

export interface FakeSpec {
  readonly kind: 'Fake';
  readonly data: Readonly<Record<string, string>>;
}

/** ESO 2.9: where several are written, the first of them counts. */
export type AcrAuth =
  | {
      readonly type: 'ServicePrincipal';
      readonly clientId: SecretKeySelector;
      readonly clientSecret: SecretKeySelector;
    }
  /** With a slash a resource id, else a client id; '' = the identity of the machine. */
  | { readonly type: 'ManagedIdentity'; readonly identityId: string }
  /** Without an account the pod's own. */
  | { readonly type: 'WorkloadIdentity'; readonly serviceAccountRef?: ServiceAccountRef };

export interface AcrAccessTokenSpec {
  readonly kind: 'ACRAccessToken';
  /** Host name: `shop.azurecr.io`. */
  readonly registry: string;
  readonly tenantId?: string;
  /** `repository:shop/api:pull`; absent = a token for all that the identity may do. */
  readonly scope?: string;
  readonly environmentType: AzureEnvironment;
  readonly auth: AcrAuth;
}

/** What is drawn once and then kept. */
export type StableSpec = PasswordSpec | UuidSpec | SshKeySpec;

export type GeneratorSpec = StableSpec | FakeSpec | AcrAccessTokenSpec;

export interface Generator {
  /** Its own kind, or `ClusterGenerator`. */
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** `spec.controller` of a Fake; '' = every controller class. */
  readonly controller: string;
  /** Of a custom resource. */
  readonly lifecycle?: Lifecycle;
  readonly spec: GeneratorSpec;
}

/** ESO's `generatorRef`: in the namespace of whoever names it, or of the whole cluster. */
export interface GeneratorRef {
  readonly kind: string;
  readonly name: string;
}

/** What a generator gave, by its own keys. */
export interface Generated {
  readonly values: ReadonlyMap<string, SecretValue>;
  /** Milliseconds since 1970 at which they end; absent = they do not. */
  readonly expires?: number;
}

export function isStable(spec: GeneratorSpec): spec is StableSpec {
  return spec.kind === 'Password' || spec.kind === 'UUID' || spec.kind === 'SSHKey';
}

/** The keys that a generator gives, before any `rewrite`. */
export function keysOfGenerator(spec: GeneratorSpec): readonly string[] {
  switch (spec.kind) {
    case 'Password':
      return spec.secretKeys;
    case 'UUID':
      return ['uuid'];
    case 'SSHKey':
      return ['privateKey', 'publicKey'];
    case 'Fake':
      return Object.keys(spec.data);
    case 'ACRAccessToken':
      return ['username', 'password'];
    default:
      return spec satisfies never;
  }
}
