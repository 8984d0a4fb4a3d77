/**
 * The kinds that are served: how the spec of each may be written, and its check. One that is not here is not built yet.
 *
 * The only table of it: what reads manifests and what is made of their schemas ask here, so that a kind that is added is
 * known to both.
 */
import type { z } from 'zod';
import type { ClusterPushIntent } from '../model/fan-out.ts';
import type { Generator } from '../model/generator.ts';
import type { PullIntent } from '../model/intent.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import { checkExternalSecret } from './external-secret/intent.ts';
import { oldExternalSecretShape } from './external-secret/old-shape.ts';
import { externalSecretSpecSchemas } from './external-secret/schema.ts';
import {
  checkAcrAccessToken,
  checkClusterGenerator,
  checkFake,
  checkPassword,
  checkSshKey,
  checkUuid,
} from './generator/generator.ts';
import {
  acrAccessTokenSpecSchemas,
  clusterGeneratorSpecSchemas,
  fakeSpecSchemas,
  passwordSpecSchemas,
  sshKeySpecSchemas,
  uuidSpecSchemas,
} from './generator/schema.ts';
import { EXTERNAL_SECRET_SCHEMA_RULES } from './external-secret/schema-rules.ts';
import type { JsonSchema, SchemaRule } from './json-schema/rule.ts';
import { NEWER_EXTERNAL_SECRET_FIELDS, NEWER_STORE_FIELDS, type NewerField } from './newer-fields.ts';
import { checkClusterPushSecret } from './push-secret/cluster.ts';
import { checkPushSecret } from './push-secret/intent.ts';
import { clusterPushSecretSpecSchemas, pushSecretSpecSchemas } from './push-secret/schema.ts';
import { CLUSTER_PUSH_SECRET_SCHEMA_RULES, PUSH_SECRET_SCHEMA_RULES } from './push-secret/schema-rules.ts';
import { STORE_SCHEMA_RULES } from './store/schema-rules.ts';
import { CLUSTER_GENERATOR_SCHEMA_RULES, PASSWORD_SCHEMA_RULES } from './generator/schema-rules.ts';
import { storeSpecSchemas } from './store/schema.ts';
import { checkStore } from './store/store.ts';
import type { CheckOf } from './written-object.ts';

export type Intent = PullIntent | PushIntent | ClusterPushIntent;
export type CheckedObject = Store | Generator | Intent;

export interface KindCheck {
  readonly check: CheckOf<CheckedObject>;
  /** How `spec` may be written; unknown fields are found by the strict one. */
  readonly spec: { readonly strict: z.ZodType };
  /** The rules between its fields, for its JSON Schema. */
  readonly schemaRules?: readonly SchemaRule[];
  /** What older versions do not have. */
  readonly newer?: readonly NewerField[];
  /** What stood elsewhere in its retired versions. */
  readonly oldShape?: (spec: JsonSchema) => JsonSchema;
}

const STORE: KindCheck = {
  check: checkStore,
  spec: storeSpecSchemas,
  schemaRules: STORE_SCHEMA_RULES,
  newer: NEWER_STORE_FIELDS,
};

export const KIND_CHECKS: ReadonlyMap<string, KindCheck> = new Map<string, KindCheck>([
  [
    'ExternalSecret',
    {
      check: checkExternalSecret,
      spec: externalSecretSpecSchemas,
      schemaRules: EXTERNAL_SECRET_SCHEMA_RULES,
      newer: NEWER_EXTERNAL_SECRET_FIELDS,
      oldShape: oldExternalSecretShape,
    },
  ],
  ['SecretStore', STORE],
  ['ClusterSecretStore', STORE],
  ['PushSecret', { check: checkPushSecret, spec: pushSecretSpecSchemas, schemaRules: PUSH_SECRET_SCHEMA_RULES }],
  [
    'ClusterPushSecret',
    {
      check: checkClusterPushSecret,
      spec: clusterPushSecretSpecSchemas,
      schemaRules: CLUSTER_PUSH_SECRET_SCHEMA_RULES,
    },
  ],
  ['Password', { check: checkPassword, spec: passwordSpecSchemas, schemaRules: PASSWORD_SCHEMA_RULES }],
  ['UUID', { check: checkUuid, spec: uuidSpecSchemas }],
  ['SSHKey', { check: checkSshKey, spec: sshKeySpecSchemas }],
  ['Fake', { check: checkFake, spec: fakeSpecSchemas }],
  ['ACRAccessToken', { check: checkAcrAccessToken, spec: acrAccessTokenSpecSchemas }],
  [
    'ClusterGenerator',
    {
      check: checkClusterGenerator,
      spec: clusterGeneratorSpecSchemas,
      schemaRules: CLUSTER_GENERATOR_SCHEMA_RULES,
    },
  ],
]);
