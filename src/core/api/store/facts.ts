/** From a provider as it was checked to what everybody may know of it: the one place that asks which provider it is. */
import type {
  AzureKeyVaultProvider,
  FakeProvider,
  StoreFacts,
  StoreProvider,
  StoreReference,
} from '../../model/store.ts';

export function factsOf(provider: StoreProvider, isClusterWide: boolean): StoreFacts {
  return provider.type === 'azurekv' ? factsOfVault(provider, isClusterWide) : factsOfFake(provider);
}

function factsOfVault(provider: AzureKeyVaultProvider, isClusterWide: boolean): StoreFacts {
  const { vaultUrl, authType, authSecretRef, serviceAccountRef } = provider;
  const vault = vaultIn(vaultUrl);
  // ESO 2.9 looks at these three only.
  const judged = [authSecretRef?.clientId, authSecretRef?.clientSecret, serviceAccountRef];
  return {
    keySyntax: 'azurekv',
    capabilities: 'ReadWrite',
    references: referencesOf(provider),
    usesPodIdentity: authType === 'WorkloadIdentity' && serviceAccountRef === undefined,
    isReferent: isClusterWide && judged.some((one) => one !== undefined && one.namespace === undefined),
    place: vaultUrl,
    ...(vault === undefined ? {} : { vault }),
  };
}

function referencesOf({ authSecretRef, serviceAccountRef }: AzureKeyVaultProvider): readonly StoreReference[] {
  const { clientId, tenantId, clientSecret, clientCertificate } = authSecretRef ?? {};
  const secrets = [clientId, tenantId, clientSecret, clientCertificate].filter((one) => one !== undefined);
  const accounts = serviceAccountRef === undefined ? [] : [serviceAccountRef];
  return [
    ...secrets.map((one) => reference('Secret', one)),
    ...accounts.map((one) => reference('ServiceAccount', one)),
  ];
}

function reference(
  kind: StoreReference['kind'],
  { name, namespace }: { readonly name: string; readonly namespace?: string },
): StoreReference {
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

function vaultIn(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname.split('.')[0] : undefined;
}

function factsOfFake({ type }: FakeProvider): StoreFacts {
  return {
    keySyntax: 'literal',
    capabilities: 'ReadWrite',
    references: [],
    usesPodIdentity: false,
    isReferent: false,
    place: type,
  };
}
