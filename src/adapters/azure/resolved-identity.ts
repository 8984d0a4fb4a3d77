/** Who reads a vault, as plain records. */
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { AssertionSource } from './assertion.ts';
import type { Cloud } from './cloud.ts';

/** Plain and without secrets: equal records are the same identity and share one token. */
export type ResolvedIdentity = { readonly authorityHost: string } & (
  | {
      readonly type: 'client-secret' | 'client-certificate';
      readonly tenantId: string;
      readonly clientId: string;
      /** SHA-256 of the secret or certificate. */
      readonly digest: string;
    }
  | { readonly type: 'managed-identity'; readonly identityId?: string }
  | {
      readonly type: 'assertion';
      /** Absent = the tenant that the vault's challenge names. */
      readonly tenantId?: string;
      readonly clientId: string;
      readonly source: AssertionSource;
    }
  | { readonly type: 'azure-cli'; readonly tenantId?: string }
);

export interface OpenedIdentity {
  readonly identity: ResolvedIdentity;
  readonly cloud: Cloud;
  /** Client secret or certificate; never part of a key. */
  readonly material?: SecretValue;
}
