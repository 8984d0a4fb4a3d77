/**
 * JSON Schemas of the kinds, for editors and other validators: made of the tables that check manifests, with the rules
 * between fields as far as JSON Schema can say them, and a text for each field.
 *
 * They are stricter in one point: a field that does not exist is a warning here, and no schema has warnings.
 */
import { isRecord, withoutFields } from '../../model/fields.ts';
import { SERVED_KINDS, type Kind } from '../../model/kinds.ts';
import { METADATA_FIELDS } from '../heads.ts';
import { KIND_CHECKS, type KindCheck } from '../kind-checks.ts';
import type { NewerField } from '../newer-field.ts';
import { metadataSchema } from '../schema.ts';
import { fieldTextOf } from './field-texts.ts';
import type { JsonSchema, SchemaRule } from './rule.ts';
import { shapeOf } from './shape.ts';

export interface ServedVersion {
  readonly kind: Kind;
  readonly version: string;
  readonly check: KindCheck;
}

/** Every kind in every version, in the order of the table of kinds. */
export function servedVersions(): readonly ServedVersion[] {
  return SERVED_KINDS.flatMap((kind) => {
    const check = KIND_CHECKS.get(kind.kind);
    return check === undefined ? [] : kind.versions.map((version) => ({ kind, version, check }));
  });
}

/** Where it is published: `external-secrets.io/externalsecret_v1.json`, as catalogs of schemas lay them out. */
export function schemaPath({ kind, version }: ServedVersion): string {
  return `${kind.group}/${kind.kind.toLowerCase()}_${version}.json`;
}

/** Where the schemas are published. */
export const SCHEMAS_ADDRESS = 'https://raw.githubusercontent.com/keyferry/keyferry/v1/schemas/';

export function jsonSchemaOf(served: ServedVersion): JsonSchema {
  const { kind, version, check } = served;
  const shape = headOf(served, shapeOf(check.spec.strict));
  const older = (check.newer?.[version] ?? []).reduce(without, shape);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMAS_ADDRESS + schemaPath(served),
    title: `${kind.kind} (${kind.group}/${version})`,
    ...dressed(older, '', { kind: kind.kind, rules: check.schemaRules ?? [] }),
  };
}

function headOf({ kind, version }: ServedVersion, spec: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      apiVersion: { const: `${kind.group}/${version}` },
      kind: { const: kind.kind },
      metadata: { ...metadataShape(), additionalProperties: false },
      spec,
      status: {},
    },
    additionalProperties: false,
  };
}

function metadataShape(): JsonSchema {
  const { properties, ...shape } = shapeOf(metadataSchema);
  const free = Object.fromEntries(METADATA_FIELDS.map((name) => [name, {}]));
  return { ...shape, properties: { ...free, ...(isRecord(properties) ? properties : {}) } };
}

interface Dress {
  readonly kind: string;
  readonly rules: readonly SchemaRule[];
}

/** Texts and rules where they belong. */
function dressed(schema: JsonSchema, path: string, dress: Dress): JsonSchema {
  const { properties, items, ...rest } = schema;
  const text = fieldTextOf(dress.kind, path);
  const own: JsonSchema = {
    ...(text === undefined ? {} : { description: text }),
    ...rest,
    ...(isRecord(properties) ? { properties: dressedEach(properties, path, dress) } : {}),
    ...(isRecord(items) ? { items: dressed(items, `${path}[]`, dress) } : {}),
  };
  return dress.rules.filter(({ at }) => at === path).reduce((made, { rule }) => withRule(made, rule), own);
}

function dressedEach(properties: JsonSchema, path: string, dress: Dress): JsonSchema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [
      name,
      dressed(isRecord(one) ? one : {}, path === '' ? name : `${path}.${name}`, dress),
    ]),
  );
}

/** Beside what is there; what would stand in its place goes into `allOf`, and holds as well. */
function withRule(schema: JsonSchema, rule: JsonSchema): JsonSchema {
  const { additionalProperties, ...others } = rule;
  const closed = additionalProperties === undefined ? schema : { ...schema, additionalProperties };
  if (Object.keys(others).every((keyword) => !Object.hasOwn(closed, keyword))) return { ...closed, ...others };
  const before = Array.isArray(closed['allOf']) ? (closed['allOf'] as unknown[]) : [];
  return { ...closed, allOf: [...before, others] };
}

/** The same for a version that did not have a field, or one word of it. */
function without(schema: JsonSchema, { at, value }: NewerField): JsonSchema {
  const [first = '', ...rest] = at.split('.');
  const name = first.replace(/\[\]$/u, '');
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const field = properties[name];
  if (!isRecord(field)) return schema;
  if (rest.length === 0 && value === undefined) {
    return { ...schema, properties: withoutFields(properties, name) };
  }
  return { ...schema, properties: { ...properties, [name]: withoutIn(field, first, rest, value) } };
}

function withoutIn(field: JsonSchema, step: string, rest: readonly string[], value: string | undefined): JsonSchema {
  if (rest.length === 0) {
    const words = Array.isArray(field['enum']) ? (field['enum'] as unknown[]) : [];
    return { ...field, enum: words.filter((word) => word !== value) };
  }
  const below: NewerField = { at: rest.join('.'), ...(value === undefined ? {} : { value }) };
  if (!step.endsWith('[]')) return without(field, below);
  return isRecord(field['items']) ? { ...field, items: without(field['items'], below) } : field;
}
