/**
 * What the schemas of all kinds are made of, and the head that every object has.
 *
 * Each schema is built twice: `loose` drops unknown fields as the API server does, `strict` finds them, to warn about
 * them.
 */
import { z } from 'zod';
import { DATA_KEY, DNS_LABEL, DNS_SUBDOMAIN } from '../model/kubernetes-names.ts';
import { asIfFilled, orPlaceholder } from './placeholders.ts';

/** A placeholder is no fault of form: where it may not stay, it is refused as a placeholder. */
export function written(text: z.ZodString, form: RegExp, message: string) {
  return text.refine((given) => form.test(asIfFilled(given)), message).meta({ pattern: orPlaceholder(form.source) });
}

export const objectName = written(
  z.string().max(253),
  DNS_SUBDOMAIN,
  'is not a valid Kubernetes name: small letters, digits, "-" and ".", with a letter or digit at both ends',
);
export const namespaceName = written(
  z.string().max(63),
  DNS_LABEL,
  'is not a valid namespace name: small letters, digits and "-", with a letter or digit at both ends',
);
export const secretKey = written(
  z.string().min(1).max(253),
  DATA_KEY,
  'may hold only letters, digits, "-", "_" and "."',
);

/** Absent and `null` mean the same. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

export type ObjectFactory = typeof z.object;

const strictObject = z.strictObject as unknown as ObjectFactory;

export function schemasOf<T extends z.ZodType>(build: (object: ObjectFactory) => T) {
  return { loose: build(z.object), strict: build(strictObject) };
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

export type WrittenMetadata = z.output<typeof metadataSchema>;
