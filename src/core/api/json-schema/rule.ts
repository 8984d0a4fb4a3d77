/** Rules of a kind as JSON Schema says them: what stands where, and parts that many rules are made of. */
import type { ApiVersion } from '../newer-fields.ts';
import { orPlaceholder } from '../placeholders.ts';

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** A rule about one field; those of a whole list are at the list, those of each entry at `list[]`. */
export interface SchemaRule {
  /** From the root of the manifest: `spec.dataFrom[].rewrite[]`. */
  readonly at: string;
  readonly rule: JsonSchema;
  /** The first version that it is for. */
  readonly since?: ApiVersion;
}

/** The field is there and not null. `path` leads through objects: `sourceRef.generatorRef`. */
export function present(path: string): JsonSchema {
  const [name = '', ...rest] = path.split('.');
  const value = rest.length === 0 ? { not: { type: 'null' } } : { type: 'object', ...present(rest.join('.')) };
  return { required: [name], properties: { [name]: value } };
}

export function exactlyOne(...paths: readonly string[]): JsonSchema {
  return { oneOf: paths.map(present) };
}

export function atLeastOne(...paths: readonly string[]): JsonSchema {
  return { anyOf: paths.map(present) };
}

export function notTogether(first: string, second: string): JsonSchema {
  return { not: { allOf: [present(first), present(second)] } };
}

export function filled(list: string): JsonSchema {
  return { required: [list], properties: { [list]: { type: 'array', minItems: 1 } } };
}

/** A form that a text has, or will have once its placeholders are filled. */
export function ofForm(source: string): JsonSchema {
  return { pattern: orPlaceholder(source) };
}

const GO_DURATION = String.raw`(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)`;

/** Go's, as `1h30m`; how much of it there may be, no pattern says. */
export const DURATION: JsonSchema = ofForm(`^[-+]?${GO_DURATION}$`);
export const DURATION_FROM_NOW: JsonSchema = ofForm(String.raw`^(?:\+?${GO_DURATION}|-0+[a-z]*)$`);

const TEMPLATE_TARGET = '^(?:|[Dd][Aa][Tt][Aa]|[Ll][Aa][Bb][Ee][Ll][Ss]|[Aa][Nn][Nn][Oo][Tt][Aa][Tt][Ii][Oo][Nn][Ss])$';

/** Parts that a Secret has, in any case of letters. */
export const SECRET_TEMPLATE: JsonSchema = {
  properties: { templateFrom: { items: { properties: { target: { pattern: TEMPLATE_TARGET } } } } },
};

/** One entry of `matchExpressions`. */
export const LABEL_EXPRESSION: JsonSchema = {
  if: { properties: { operator: { enum: ['In', 'NotIn'] } } },
  then: filled('values'),
  else: { properties: { operator: { enum: ['Exists', 'DoesNotExist'] }, values: { maxItems: 0 } } },
};
