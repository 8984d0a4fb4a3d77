/**
 * ExternalSecret as it may be written. ESO 2.9: the CRD schema.
 *
 * Shape only: defaults, rules between fields and what is not built yet have files of their own.
 */
import { z } from 'zod';
import { GENERATOR_KINDS, STORE_KINDS } from '../../model/kinds.ts';
import { objectName, optional, schemasOf, secretKey, written, type ObjectFactory } from '../schema.ts';
import { rewrite, template } from '../template/schema.ts';

const WINDOW_SCHEDULE =
  /^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|@every [^\s]+.*|[^\s]+( [^\s]+){4})$/;

const CREATION_POLICIES = ['Owner', 'Orphan', 'Merge', 'None', 'CreateOrMerge'] as const;
const DELETION_POLICIES = ['Delete', 'Merge', 'Retain'] as const;
const REFRESH_POLICIES = ['CreatedOnce', 'Periodic', 'OnChange'] as const;

/** Parts that remoteRef and find share. ESO 2.9 (v1): unset means None, Default, None, Ignore. */
function strategies() {
  return {
    conversionStrategy: optional(z.enum(['Default', 'Unicode'])),
    decodingStrategy: optional(z.enum(['Auto', 'Base64', 'Base64URL', 'None'])),
    nullBytePolicy: optional(z.enum(['Ignore', 'Fail'])),
  };
}

/** ESO 2.9: absent, the apiVersion is that of the only version there is. */
export function generatorRef(object: ObjectFactory) {
  return object({ apiVersion: optional(z.string()), kind: z.enum(GENERATOR_KINDS), name: objectName });
}

function references(object: ObjectFactory) {
  const storeRef = object({ name: optional(objectName.or(z.literal(''))), kind: optional(z.enum(STORE_KINDS)) });
  const sourceRef = object({ storeRef: optional(storeRef), generatorRef: optional(generatorRef(object)) });
  const remoteRef = object({
    key: z.string(),
    property: optional(z.string()),
    version: optional(z.string()),
    metadataPolicy: optional(z.enum(['None', 'Fetch'])),
    ...strategies(),
  });
  return { storeRef, sourceRef, remoteRef };
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
              schedule: written(
                z.string().max(1000),
                WINDOW_SCHEDULE,
                'is not a schedule of five fields, a descriptor or @every',
              ),
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

export const externalSecretSpecSchemas = schemasOf(externalSecretSpec);

export type WrittenExternalSecretSpec = z.output<typeof externalSecretSpecSchemas.loose>;
export type WrittenRemoteRef = NonNullable<NonNullable<WrittenExternalSecretSpec['data']>[number]>['remoteRef'];
export type WrittenGeneratorRef = z.output<ReturnType<typeof generatorRef>>;
export type WrittenFind = NonNullable<NonNullable<WrittenExternalSecretSpec['dataFrom']>[number]['find']>;
