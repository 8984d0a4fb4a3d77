/** SecretStore and ClusterSecretStore as they may be written; shape only. ESO 2.9: the CRD schemas. */
import { z } from 'zod';
import { labelSelector } from '../label-selector.ts';
import { namespaceName, objectName, optional, schemasOf, secretKey, type ObjectFactory } from '../schema.ts';

function azureKeyVault(object: ObjectFactory) {
  const selector = object({
    name: optional(objectName),
    namespace: optional(namespaceName),
    key: optional(secretKey),
  });
  return object({
    vaultUrl: z.string(),
    authType: optional(z.enum(['ServicePrincipal', 'ManagedIdentity', 'WorkloadIdentity'])),
    tenantId: optional(z.string()),
    environmentType: optional(
      z.enum(['PublicCloud', 'USGovernmentCloud', 'ChinaCloud', 'GermanCloud', 'AzureStackCloud']),
    ),
    authSecretRef: optional(
      object({
        clientId: optional(selector),
        tenantId: optional(selector),
        clientSecret: optional(selector),
        clientCertificate: optional(selector),
      }),
    ),
    serviceAccountRef: optional(
      object({ name: objectName, namespace: optional(namespaceName), audiences: optional(z.array(z.string())) }),
    ),
    identityId: optional(z.string()),
    useAzureSDK: optional(z.boolean()),
    customCloudConfig: optional(
      object({
        activeDirectoryEndpoint: z.string(),
        keyVaultEndpoint: optional(z.string()),
        keyVaultDNSSuffix: optional(z.string()),
        resourceManagerEndpoint: optional(z.string()),
      }),
    ),
  });
}

function storeSpec(object: ObjectFactory) {
  const fake = object({
    data: z.array(
      z.object({
        key: z.string(),
        value: optional(z.string()),
        valueMap: optional(z.record(z.string(), z.string())),
        version: optional(z.string()),
      }),
    ),
    validationResult: optional(z.number()),
  });
  return object({
    controller: optional(z.string()),
    provider: z.object({ azurekv: optional(azureKeyVault(object)), fake: optional(fake) }).catchall(z.unknown()),
    retrySettings: optional(object({ maxRetries: optional(z.number().int()), retryInterval: optional(z.string()) })),
    refreshInterval: optional(z.union([z.number().int(), z.string()])),
    conditions: optional(
      z.array(
        object({
          namespaceSelector: optional(labelSelector(object)),
          namespaces: optional(z.array(namespaceName)),
          namespaceRegexes: optional(z.array(z.string())),
        }),
      ),
    ),
  });
}

export const AZUREKV_FIELDS: readonly string[] = Object.keys(azureKeyVault(z.object).shape);
export const storeSpecSchemas = schemasOf(storeSpec);

export type WrittenStoreSpec = z.output<typeof storeSpecSchemas.loose>;
export type WrittenAzureKeyVault = NonNullable<WrittenStoreSpec['provider']['azurekv']>;
