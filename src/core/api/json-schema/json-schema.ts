/**
 * JSON Schemas of the kinds, for editors and other validators: made of the tables that check manifests, with the rules
 * between fields as far as JSON Schema can say them, and a text for each field.
 *
 * They are stricter in one point: a field that does not exist is a warning here, and no schema has warnings.
 */
import { isRecord } from '../../model/fields.ts';
import { SERVED_KINDS, type Kind } from '../../model/kinds.ts';
import { METADATA_FIELDS } from '../heads.ts';
import { KIND_CHECKS, type KindCheck } from '../kind-checks.ts';
import { isNewerThan } from '../newer-fields.ts';
import { metadataSchema } from '../schema.ts';
import { fieldTextOf } from './field-texts.ts';
import { withoutNewer } from './older.ts';
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
    return check === undefined
      ? []
      : [...kind.versions, ...(kind.retired ?? [])].map((version) => ({ kind, version, check }));
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
  const rules = (check.schemaRules ?? []).filter(
    ({ since }) => since === undefined || !isNewerThan({ since }, version),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMAS_ADDRESS + schemaPath(served),
    title: `${kind.kind} (${kind.group}/${version})`,
    ...dressed(headOf(served, specOf(served)), '', { kind: kind.kind, rules }),
  };
}

function specOf({ kind, version, check }: ServedVersion): JsonSchema {
  const spec = shapeOf(check.spec.strict);
  const shape = kind.retired?.includes(version) === true ? (check.oldShape?.(spec) ?? spec) : spec;
  return withoutNewer(
    shape,
    (check.newer ?? []).filter((field) => isNewerThan(field, version)),
  );
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
