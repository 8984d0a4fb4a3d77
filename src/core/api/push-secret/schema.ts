/** PushSecret and ClusterPushSecret as they may be written. ESO 2.9: the CRD schemas. Shape only. */
import { z } from 'zod';
import { STORE_KINDS } from '../../model/kinds.ts';
import { labelSelector } from '../label-selector.ts';
import { objectName, optional, schemasOf, type ObjectFactory } from '../schema.ts';
import { rewriteSteps, template } from '../template/schema.ts';

function storeRef(object: ObjectFactory) {
  return object({
    name: optional(objectName),
    labelSelector: optional(labelSelector(object)),
    kind: optional(z.enum(STORE_KINDS)),
  });
}

/** What is beside the keys of an entry of `data` and of `dataTo`. `metadata` is the provider's, and has no schema. */
function entryParts() {
  return {
    metadata: z.unknown().optional(),
    conversionStrategy: optional(z.enum(['None', 'ReverseUnicode'])),
  };
}

function data(object: ObjectFactory) {
  const remoteRef = object({ remoteKey: z.string(), property: optional(z.string()) });
  return object({ match: object({ secretKey: optional(z.string()), remoteRef }), ...entryParts() });
}

function dataTo(object: ObjectFactory) {
  return object({
    storeRef: optional(storeRef(object)),
    remoteKey: optional(z.string()),
    match: optional(object({ regexp: optional(z.string()) })),
    rewrite: optional(z.array(object(rewriteSteps(object)))),
    ...entryParts(),
  });
}

function pushSecretSpec(object: ObjectFactory) {
  return object({
    refreshInterval: optional(z.string()),
    secretStoreRefs: z.array(storeRef(object)),
    updatePolicy: optional(z.enum(['Replace', 'IfNotExists'])),
    deletionPolicy: optional(z.enum(['Delete', 'None'])),
    selector: object({
      secret: optional(object({ name: optional(objectName), selector: optional(labelSelector(object)) })),
      generatorRef: optional(z.looseObject({})),
    }),
    data: optional(z.array(data(object))),
    dataTo: optional(z.array(dataTo(object))),
    template: optional(template(object)),
  });
}

function clusterPushSecretSpec(object: ObjectFactory) {
  const texts = optional(z.record(z.string(), z.string()));
  return object({
    pushSecretSpec: pushSecretSpec(object),
    refreshTime: optional(z.string()),
    pushSecretName: optional(objectName.or(z.literal(''))),
    pushSecretMetadata: optional(object({ labels: texts, annotations: texts })),
    namespaceSelectors: z.array(labelSelector(object)),
  });
}

export const pushSecretSpecSchemas = schemasOf(pushSecretSpec);
export const clusterPushSecretSpecSchemas = schemasOf(clusterPushSecretSpec);

export type WrittenPushSecretSpec = z.output<typeof pushSecretSpecSchemas.loose>;
export type WrittenClusterPushSecretSpec = z.output<typeof clusterPushSecretSpecSchemas.loose>;
export type WrittenPushStoreRef = WrittenPushSecretSpec['secretStoreRefs'][number];
export type WrittenPushData = NonNullable<WrittenPushSecretSpec['data']>[number];
export type WrittenPushDataTo = NonNullable<WrittenPushSecretSpec['dataTo']>[number];
