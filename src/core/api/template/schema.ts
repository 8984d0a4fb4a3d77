/** `template` and the steps of `rewrite` as they may be written, which both directions have. ESO 2.9: the CRD schemas. */
import { z } from 'zod';
import { objectName, optional, secretKey, type ObjectFactory } from '../schema.ts';

function templateSource(object: ObjectFactory) {
  const item = object({ key: secretKey, templateAs: optional(z.enum(['Values', 'KeysAndValues'])) });
  return object({ name: objectName, items: z.array(item) });
}

export function template(object: ObjectFactory) {
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

/** PushSecrets have these two alone. */
export function rewriteSteps(object: ObjectFactory) {
  return {
    regexp: optional(object({ source: z.string(), target: z.string() })),
    transform: optional(object({ template: z.string() })),
  };
}

/** ESO 2.9, CRD: exactly one of the three; the rules of the kind see to it. */
export function rewrite(object: ObjectFactory) {
  return object({
    ...rewriteSteps(object),
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

export type WrittenTemplate = z.output<ReturnType<typeof template>>;
/** Of either direction. */
export type WrittenRewrite = Pick<z.output<ReturnType<typeof rewrite>>, 'regexp' | 'transform'> &
  Partial<z.output<ReturnType<typeof rewrite>>>;
