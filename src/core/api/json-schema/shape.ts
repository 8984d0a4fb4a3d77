/**
 * The shape of a spec, as zod has it, as a JSON Schema that an editor shows well.
 *
 * Absent and `null` mean the same nearly everywhere, so that zod writes each field as one of two schemas; an editor then
 * speaks of schemas that do not match, where it could name what is wrong. Here it is one schema with two types.
 */
import { z } from 'zod';
import { isRecord, withoutFields } from '../../model/fields.ts';
import type { JsonSchema } from './rule.ts';

/** Draft 7: what editors and kubeconform understand alike. */
export function shapeOf(schema: z.ZodType): JsonSchema {
  const made: unknown = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return withoutFields(plain(made), '$schema');
}

function plain(made: unknown): JsonSchema {
  if (!isRecord(made)) return {};
  const { properties, items, anyOf, additionalProperties, ...rest } = withoutFields(made, 'propertyNames');
  const schema = {
    ...rest,
    ...(isRecord(properties) ? { properties: plainEach(properties) } : {}),
    ...(items === undefined ? {} : { items: plain(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: plainOther(additionalProperties) }),
  };
  return withoutSafeBounds(Array.isArray(anyOf) ? { ...schema, ...oneOfSeveral(anyOf.map(plain)) } : schema);
}

function plainEach(properties: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, plain(one)]));
}

function plainOther(given: unknown): unknown {
  return typeof given === 'boolean' ? given : plain(given);
}

function oneOfSeveral(schemas: readonly JsonSchema[]): JsonSchema {
  const inner = schemas.flatMap((one) => (isUnion(one) ? one.anyOf : [one]));
  const others = inner.filter(({ type }) => type !== 'null');
  const isNullable = others.length < inner.length;
  const [only] = others;
  if (others.length === 1 && only !== undefined) return isNullable ? orNull(only) : only;
  return { anyOf: [...others, ...(isNullable ? [{ type: 'null' }] : [])] };
}

function isUnion(schema: JsonSchema): schema is { readonly anyOf: readonly JsonSchema[] } {
  return Array.isArray(schema['anyOf']) && Object.keys(schema).length === 1;
}

function orNull(schema: JsonSchema): JsonSchema {
  const { type, enum: words, const: word, ...rest } = schema;
  const allowed = Array.isArray(words) ? words : word === undefined ? undefined : [word];
  return {
    ...(type === undefined ? {} : { type: [type, 'null'].flat() }),
    ...(allowed === undefined ? {} : { enum: [...(allowed as unknown[]), null] }),
    ...rest,
  };
}

/** zod's own bounds of whole numbers, which nobody meant. */
function withoutSafeBounds(schema: JsonSchema): JsonSchema {
  const { minimum, maximum, ...rest } = schema;
  return {
    ...rest,
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
}
