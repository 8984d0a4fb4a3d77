/** The rules of PushSecrets and ClusterPushSecrets, as far as JSON Schema can say them. Not: whether two entries clash. */
import { annotationsSchema } from '../json-schema/annotations.ts';
import {
  atLeastOne,
  DURATION,
  exactlyOne,
  LABEL_EXPRESSION,
  SECRET_TEMPLATE,
  type JsonSchema,
  type SchemaRule,
} from '../json-schema/rule.ts';
import { PUSH_ANNOTATION_TABLE } from './extras.ts';

/** A bundle takes all keys under their own names. */
const NO_REWRITE_IN_BUNDLE: JsonSchema = {
  not: {
    required: ['remoteKey', 'rewrite'],
    properties: { remoteKey: { type: 'string', minLength: 1 }, rewrite: { type: 'array', minItems: 1 } },
  },
};

/** Of an entry: it has no schema in the operator's definition, and faults of it stay with the entry. */
const METADATA: JsonSchema = {
  properties: {
    apiVersion: { description: 'kubernetes.external-secrets.io/v1alpha1.' },
    kind: { description: 'PushSecretMetadata.' },
    spec: {
      properties: {
        contentType: { description: 'Content type of a secret, 255 characters at most.' },
        expirationDate: { description: 'When it expires, as 2030-12-31T20:00:00Z.' },
        tags: { description: 'Tags of the vault object, 14 at most. Others stay as they are.' },
      },
    },
  },
};

const ANNOTATIONS = annotationsSchema(PUSH_ANNOTATION_TABLE);

export const PUSH_SECRET_SCHEMA_RULES: readonly SchemaRule[] = [
  { at: 'metadata.annotations', rule: ANNOTATIONS },
  ...specRules('spec'),
];

export const CLUSTER_PUSH_SECRET_SCHEMA_RULES: readonly SchemaRule[] = [
  { at: 'spec.refreshTime', rule: DURATION },
  { at: 'spec.pushSecretMetadata.annotations', rule: ANNOTATIONS },
  { at: 'spec.namespaceSelectors[].matchExpressions[]', rule: LABEL_EXPRESSION },
  ...specRules('spec.pushSecretSpec'),
];

function specRules(spec: string): readonly SchemaRule[] {
  return [
    { at: `${spec}.refreshInterval`, rule: DURATION },
    { at: `${spec}.selector`, rule: exactlyOne('secret', 'generatorRef') },
    { at: `${spec}.template`, rule: SECRET_TEMPLATE },
    { at: `${spec}.data[].metadata`, rule: METADATA },
    { at: `${spec}.dataTo[].metadata`, rule: METADATA },
    { at: `${spec}.dataTo[]`, rule: atLeastOne('storeRef.name', 'storeRef.labelSelector') },
    { at: `${spec}.dataTo[]`, rule: NO_REWRITE_IN_BUNDLE },
    { at: `${spec}.dataTo[].rewrite[]`, rule: exactlyOne('regexp', 'transform') },
  ];
}
