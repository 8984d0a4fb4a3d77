/** Stores after checking and defaulting: what an adapter needs to open one. */
import type { FieldPath, Origin } from './origin.ts';
import type { ObjectRef } from './object-ref.ts';

/** ESO's SecretKeySelector. */
export interface SecretKeySelector {
  readonly name: string;
  readonly namespace?: string;
  readonly key: string;
}

export interface ServiceAccountRef {
  readonly name: string;
  readonly namespace?: string;
  readonly audiences: readonly string[];
}

export type AzureAuthType = 'ServicePrincipal' | 'ManagedIdentity' | 'WorkloadIdentity';
export type AzureEnvironment = 'PublicCloud' | 'USGovernmentCloud' | 'ChinaCloud' | 'GermanCloud' | 'AzureStackCloud';

export interface AzureKeyVaultProvider {
  readonly type: 'azurekv';
  readonly vaultUrl: string;
  readonly authType: AzureAuthType;
  readonly tenantId?: string;
  readonly environmentType: AzureEnvironment;
  readonly authSecretRef?: {
    readonly clientId?: SecretKeySelector;
    readonly tenantId?: SecretKeySelector;
    readonly clientSecret?: SecretKeySelector;
    readonly clientCertificate?: SecretKeySelector;
  };
  readonly serviceAccountRef?: ServiceAccountRef;
  readonly identityId?: string;
  readonly customCloudConfig?: {
    readonly activeDirectoryEndpoint: string;
    readonly keyVaultEndpoint?: string;
    readonly keyVaultDNSSuffix?: string;
    readonly resourceManagerEndpoint?: string;
  };
}

export interface FakeProvider {
  readonly type: 'fake';
  readonly data: readonly { readonly key: string; readonly value: string; readonly version?: string }[];
}

export type StoreProvider = AzureKeyVaultProvider | FakeProvider;

/** One of `spec.conditions`; its parts are ORed. */
export interface StoreCondition {
  readonly namespaceSelector?: LabelSelector;
  readonly namespaces: readonly string[];
  readonly namespaceRegexes: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

export interface Store {
  /** Kind is `SecretStore` or `ClusterSecretStore`. */
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** `spec.controller`; empty = every controller class. */
  readonly controller: string;
  readonly provider: StoreProvider;
  readonly conditions: readonly StoreCondition[];
}
