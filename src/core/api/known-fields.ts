/** Which fields a schema knows at a path, and which one an unknown field was probably meant to be. */
import { z } from 'zod';
import type { FieldPath } from '../model/origin.ts';
import { nearest } from '../model/nearest.ts';

/** What else people call a field; Kubernetes' own Secrets have `stringData`. */
const OTHER_NAMES: Readonly<Record<string, string>> = { stringData: 'data' };

/** Why a field is unknown, as far as the schema can tell. */
export interface UnknownField {
  /** The field that differs by case or by at most two letters. */
  readonly meant?: string;
  /** The field beside it that it belongs below. */
  readonly below?: string;
}

export function explainUnknown(schema: z.ZodType, path: FieldPath, field: string): UnknownField {
  const shape = shapeAt(schema, path);
  const known = Object.keys(shape);
  const other = OTHER_NAMES[field];
  const meant = nearest(field, known) ?? (other !== undefined && known.includes(other) ? other : undefined);
  if (meant !== undefined) return { meant };
  const below = known.find((name) => Object.hasOwn(shapeAt(schema, [...path, name]), field));
  return below === undefined ? {} : { below };
}

type Schema = z.core.$ZodType;

/** None where the schema is free. */
function shapeAt(schema: Schema, path: FieldPath): Readonly<Record<string, Schema>> {
  const reached = path.reduce<Schema | undefined>(step, schema);
  const plain = reached === undefined ? undefined : unwrapped(reached);
  return plain instanceof z.ZodObject ? plain.shape : {};
}

function step(schema: Schema | undefined, part: string | number): Schema | undefined {
  const plain = schema === undefined ? undefined : unwrapped(schema);
  if (plain instanceof z.ZodArray) return plain.element;
  return plain instanceof z.ZodObject ? (plain.shape as Readonly<Record<string, Schema>>)[part] : undefined;
}

/** Absent and `null` are allowed nearly everywhere, and defaults are no part of what may be written. */
function unwrapped(schema: Schema): Schema {
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in);
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : schema;
}
