/** Stores after checking and defaulting: what an adapter needs to open one. */
import type { Lifecycle } from './lifecycle.ts';
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

/** How the keys of a provider's objects are read: `secret/a`, `key/a`, `cert/a` and `a`, or every key as it is. */
export type KeySyntax = 'azurekv' | 'literal';

/** What a store reads in the cluster before it is used; without a namespace, in that of whoever uses it. */
export interface StoreReference {
  readonly kind: 'Secret' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

/** What everybody may know of a store who does not know its provider. */
export interface StoreFacts {
  readonly keySyntax: KeySyntax;
  /** What its status says can be done with it. */
  readonly capabilities: 'ReadOnly' | 'WriteOnly' | 'ReadWrite';
  readonly references: readonly StoreReference[];
  /** Does it log in as the pod that uses it? */
  readonly usesPodIdentity: boolean;
  /** ESO 2.9: some references take the namespace of whoever uses it, so that it cannot be judged on its own. */
  readonly isReferent: boolean;
  /** Where its values are: `https://kv-shop.vault.azure.net`, `fake`. */
  readonly place: string;
  /** `kv-shop`; absent where it is no vault, or its address holds no name. */
  readonly vault?: string;
}

export interface Store extends StoreFacts {
  /** Kind is `SecretStore` or `ClusterSecretStore`. */
  readonly ref: ObjectRef;
  readonly origin?: Origin;
  readonly locate: (path: FieldPath) => Origin | undefined;
  /** `spec.controller`; empty = every controller class. */
  readonly controller: string;
  readonly provider: StoreProvider;
  readonly conditions: readonly StoreCondition[];
  /** Of a custom resource. */
  readonly lifecycle?: Lifecycle;
  /** By which a PushSecret may choose it. */
  readonly labels: Readonly<Record<string, string>>;
}
