/**
 * The rules between fields of `rules.ts`, as far as JSON Schema can say them.
 *
 * Not: a key that stands twice, a regular expression of RE2, a schedule that means nothing.
 */
import { annotationsSchema } from '../json-schema/annotations.ts';
import {
  DURATION,
  exactlyOne,
  filled,
  notTogether,
  atLeastOne,
  present,
  SECRET_TEMPLATE,
  type SchemaRule,
} from '../json-schema/rule.ts';
import { PULL_ANNOTATION_TABLE } from './extras.ts';

const TOKEN_ACCOUNT = 'kubernetes.io/service-account.name';
const TO_ANNOTATIONS = {
  properties: { target: { type: 'string', pattern: '^[Aa][Nn][Nn][Oo][Tt][Aa][Tt][Ii][Oo][Nn][Ss]$' } },
};

/** A type that gives out a token, with what says whose. */
const SERVICE_ACCOUNT_TOKEN = {
  required: ['type'],
  properties: { type: { const: 'kubernetes.io/service-account-token' } },
  anyOf: [
    {
      required: ['metadata'],
      properties: {
        metadata: {
          required: ['annotations'],
          properties: { annotations: { type: 'object', required: [TOKEN_ACCOUNT] } },
        },
      },
    },
    {
      required: ['templateFrom'],
      properties: { templateFrom: { type: 'array', contains: { required: ['target'], ...TO_ANNOTATIONS } } },
    },
  ],
};

const OWNED = {
  if: { required: ['deletionPolicy'], properties: { deletionPolicy: { const: 'Delete' } } },
  then: { properties: { creationPolicy: { enum: ['Owner', 'Orphan', null] } } },
};
const SOMETHING_TO_MERGE_WITH = {
  if: { required: ['deletionPolicy'], properties: { deletionPolicy: { const: 'Merge' } } },
  then: { properties: { creationPolicy: { not: { const: 'None' } } } },
};

export const EXTERNAL_SECRET_SCHEMA_RULES: readonly SchemaRule[] = [
  { at: 'metadata.annotations', rule: annotationsSchema(PULL_ANNOTATION_TABLE) },
  { at: 'spec', rule: { anyOf: [filled('data'), filled('dataFrom')] } },
  { at: 'spec.refreshInterval', rule: DURATION },
  { at: 'spec.syncWindows.windows[].duration', rule: DURATION },
  { at: 'spec.target', rule: OWNED },
  { at: 'spec.target', rule: SOMETHING_TO_MERGE_WITH },
  { at: 'spec.target.manifest', rule: { properties: { apiVersion: { const: 'v1' }, kind: { const: 'ConfigMap' } } } },
  {
    at: 'spec.target',
    rule: { if: { not: present('manifest') }, then: { properties: { template: SECRET_TEMPLATE } } },
  },
  {
    at: 'spec.target.template.type',
    rule: { not: { enum: ['bootstrap.kubernetes.io/token', 'helm.sh/release.v1'] } },
  },
  { at: 'spec.target.template', rule: { not: SERVICE_ACCOUNT_TOKEN } },
  { at: 'spec.data[].sourceRef', rule: exactlyOne('storeRef', 'generatorRef') },
  { at: 'spec.dataFrom[]', rule: atLeastOne('extract', 'find', 'sourceRef'), since: 'v1beta1' },
  { at: 'spec.dataFrom[]', rule: notTogether('extract', 'find') },
  { at: 'spec.dataFrom[]', rule: notTogether('extract', 'sourceRef.generatorRef') },
  { at: 'spec.dataFrom[]', rule: notTogether('find', 'sourceRef.generatorRef') },
  { at: 'spec.dataFrom[].sourceRef', rule: exactlyOne('storeRef', 'generatorRef') },
  { at: 'spec.dataFrom[].rewrite[]', rule: exactlyOne('regexp', 'transform', 'merge') },
];
