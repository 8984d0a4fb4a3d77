/**
 * The shapes of SecretStore, ClusterSecretStore and ExternalSecret as they may be written. ESO 2.9: the CRD schemas.
 *
 * Shape only: defaults, rules between fields and what is not built yet have files of their own. Each schema is built
 * twice: `loose` drops unknown fields as the API server does, `strict` finds them, to warn about them.
 */
import { z } from 'zod';
import { asIfFilled } from './placeholders.ts';

const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]+$/;
const WINDOW_SCHEDULE =
  /^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|@every [^\s]+.*|[^\s]+( [^\s]+){4})$/;

/** A placeholder is no fault of form: where it may not stay, it is refused as a placeholder. */
function written(longest: number, form: RegExp, message: string) {
  return z
    .string()
    .max(longest)
    .refine((text) => form.test(asIfFilled(text)), message);
}

const objectName = written(
  253,
  DNS_SUBDOMAIN,
  'is not a valid Kubernetes name: small letters, digits, "-" and ".", with a letter or digit at both ends',
);
const namespaceName = written(
  63,
  NAMESPACE,
  'is not a valid namespace name: small letters, digits and "-", with a letter or digit at both ends',
);
const secretKey = written(253, SECRET_KEY, 'may hold only letters, digits, "-", "_" and "."').min(1);

/** Absent and `null` mean the same. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

type ObjectFactory = typeof z.object;

const STORE_KINDS = ['SecretStore', 'ClusterSecretStore'] as const;
export const CREATION_POLICIES = ['Owner', 'Orphan', 'Merge', 'None', 'CreateOrMerge'] as const;
export const DELETION_POLICIES = ['Delete', 'Merge', 'Retain'] as const;
const REFRESH_POLICIES = ['CreatedOnce', 'Periodic', 'OnChange'] as const;

/** Parts that remoteRef and find share. ESO 2.9 (v1): unset means None, Default, None, Ignore. */
function strategies() {
  return {
    conversionStrategy: optional(z.enum(['Default', 'Unicode'])),
    decodingStrategy: optional(z.enum(['Auto', 'Base64', 'Base64URL', 'None'])),
    nullBytePolicy: optional(z.enum(['Ignore', 'Fail'])),
  };
}

function references(object: ObjectFactory) {
  const storeRef = object({ name: optional(objectName.or(z.literal(''))), kind: optional(z.enum(STORE_KINDS)) });
  const sourceRef = object({ storeRef: optional(storeRef), generatorRef: optional(z.looseObject({})) });
  const remoteRef = object({
    key: z.string(),
    property: optional(z.string()),
    version: optional(z.string()),
    metadataPolicy: optional(z.enum(['None', 'Fetch'])),
    ...strategies(),
  });
  return { storeRef, sourceRef, remoteRef };
}

function templateSource(object: ObjectFactory) {
  const item = object({ key: secretKey, templateAs: optional(z.enum(['Values', 'KeysAndValues'])) });
  return object({ name: objectName, items: z.array(item) });
}

function template(object: ObjectFactory) {
  const templateFrom = object({
    target: optional(z.string()),
    configMap: optional(templateSource(object)),
    secret: optional(templateSource(object)),
    literal: optional(z.string()),
    valuesDecodingStrategy: optional(z.enum(['Auto', 'Base64', 'Base64URL', 'None'])),
  });
  return object({
    type: optional(z.string()),
    engineVersion: optional(z.literal('v2')),
    mergePolicy: optional(z.enum(['Replace', 'Merge'])),
    metadata: optional(
      object({
        labels: optional(z.record(z.string(), z.string())),
        annotations: optional(z.record(z.string(), z.string())),
        finalizers: optional(z.array(z.string())),
      }),
    ),
    data: optional(z.record(z.string(), z.string())),
    templateFrom: optional(z.array(templateFrom)),
  });
}

/** ESO 2.9, CRD: exactly one of the three; `rules.ts` sees to it. */
function rewrite(object: ObjectFactory) {
  return object({
    regexp: optional(object({ source: z.string(), target: z.string() })),
    transform: optional(object({ template: z.string() })),
    merge: optional(
      object({
        into: optional(z.string()),
        priority: optional(z.array(z.string())),
        priorityPolicy: optional(z.enum(['IgnoreNotFound', 'Strict'])),
        conflictPolicy: optional(z.enum(['Ignore', 'Error'])),
        strategy: optional(z.enum(['Extract', 'JSON'])),
      }),
    ),
  });
}

function externalSecretSpec(object: ObjectFactory) {
  const { storeRef, sourceRef, remoteRef } = references(object);
  const find = object({
    path: optional(z.string()),
    name: optional(object({ regexp: optional(z.string()) })),
    tags: optional(z.record(z.string(), z.string())),
    ...strategies(),
  });
  return object({
    secretStoreRef: optional(storeRef),
    target: optional(
      object({
        name: optional(objectName.or(z.literal(''))),
        creationPolicy: optional(z.enum(CREATION_POLICIES)),
        deletionPolicy: optional(z.enum(DELETION_POLICIES)),
        immutable: optional(z.boolean()),
        manifest: optional(object({ apiVersion: z.string().min(1), kind: z.string().min(1) })),
        template: optional(template(object)),
      }),
    ),
    refreshPolicy: optional(z.enum(REFRESH_POLICIES)),
    refreshInterval: optional(z.string()),
    syncWindows: optional(
      object({
        kind: z.enum(['allow', 'deny']),
        windows: z
          .array(
            object({
              schedule: written(1000, WINDOW_SCHEDULE, 'is not a schedule of five fields, a descriptor or @every'),
              duration: z.string(),
            }),
          )
          .min(1),
      }),
    ),
    data: optional(z.array(object({ secretKey, remoteRef, sourceRef: optional(sourceRef) }))),
    dataFrom: optional(
      z.array(
        object({
          extract: optional(remoteRef),
          find: optional(find),
          rewrite: optional(z.array(rewrite(object))),
          sourceRef: optional(sourceRef),
        }),
      ),
    ),
  });
}

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
    retrySettings: optional(z.looseObject({})),
    refreshInterval: optional(z.union([z.number().int(), z.string()])),
    conditions: optional(
      z.array(
        object({
          namespaceSelector: optional(
            object({
              matchLabels: optional(z.record(z.string(), z.string())),
              matchExpressions: optional(
                z.array(object({ key: z.string(), operator: z.string(), values: optional(z.array(z.string())) })),
              ),
            }),
          ),
          namespaces: optional(z.array(namespaceName)),
          namespaceRegexes: optional(z.array(z.string())),
        }),
      ),
    ),
  });
}

function metadata() {
  return z.looseObject({
    name: objectName,
    namespace: optional(namespaceName),
    labels: optional(z.record(z.string(), z.string())),
    annotations: optional(z.record(z.string(), z.string())),
    uid: optional(z.string()),
    generation: optional(z.number()),
  });
}

/** The head that every Kubernetes object has; read first, so that a problem can name the object. */
export const metadataSchema = metadata();

const strictObject = z.strictObject as unknown as ObjectFactory;

export const AZUREKV_FIELDS: readonly string[] = Object.keys(azureKeyVault(z.object).shape);
export const storeSpecSchemas = { loose: storeSpec(z.object), strict: storeSpec(strictObject) };
export const externalSecretSpecSchemas = {
  loose: externalSecretSpec(z.object),
  strict: externalSecretSpec(strictObject),
};

export type WrittenMetadata = z.output<typeof metadataSchema>;
export type WrittenStoreSpec = z.output<typeof storeSpecSchemas.loose>;
export type WrittenAzureKeyVault = NonNullable<WrittenStoreSpec['provider']['azurekv']>;
export type WrittenExternalSecretSpec = z.output<typeof externalSecretSpecSchemas.loose>;
export type WrittenRemoteRef = NonNullable<NonNullable<WrittenExternalSecretSpec['data']>[number]>['remoteRef'];
export type WrittenTemplate = NonNullable<NonNullable<WrittenExternalSecretSpec['target']>['template']>;
export type WrittenRewrite = NonNullable<NonNullable<WrittenExternalSecretSpec['dataFrom']>[number]['rewrite']>[number];
export type WrittenFind = NonNullable<NonNullable<WrittenExternalSecretSpec['dataFrom']>[number]['find']>;
