/** The rules of generators, as far as JSON Schema can say them. Not: whether the characters of a Password suffice. */
import { GENERATOR_KINDS } from '../../model/kinds.ts';
import { present, type JsonSchema, type SchemaRule } from '../json-schema/rule.ts';
import { blockOf } from './spec.ts';

const SECRET_KEYS: JsonSchema = { uniqueItems: true, items: { minLength: 1 } };

export const PASSWORD_SCHEMA_RULES: readonly SchemaRule[] = [
  { at: 'spec.digits', rule: { minimum: 0 } },
  { at: 'spec.symbols', rule: { minimum: 0 } },
  { at: 'spec.secretKeys', rule: SECRET_KEYS },
];

export const CLUSTER_GENERATOR_SCHEMA_RULES: readonly SchemaRule[] = [
  { at: 'spec', rule: { allOf: GENERATOR_KINDS.filter((kind) => kind !== 'ClusterGenerator').map(ofItsKind) } },
];

function ofItsKind(kind: string): JsonSchema {
  return {
    if: { required: ['kind'], properties: { kind: { const: kind } } },
    then: present(`generator.${blockOf(kind)}`),
  };
}
