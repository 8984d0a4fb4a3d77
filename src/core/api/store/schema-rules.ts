/**
 * The rules of stores, as far as JSON Schema can say them. Not: that a SecretStore stays in its own namespace, and what is
 * a regular expression.
 */
import {
  DURATION_FROM_NOW,
  exactlyOne,
  ofForm,
  present,
  type JsonSchema,
  type SchemaRule,
} from '../json-schema/rule.ts';

const GUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const DOMAIN = String.raw`[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+`;

const VAULT_URL: JsonSchema = {
  ...ofForm(String.raw`^[Hh][Tt][Tt][Pp][Ss]:[^?#@\s]+$`),
  not: { pattern: String.raw`\.[Vv][Aa][Uu][Ll][Tt][Cc][Oo][Rr][Ee]\.|^https://(?:ms\.)?portal\.azure\.` },
};

const NAMED_CLOUD: JsonSchema = {
  if: { required: ['environmentType'], properties: { environmentType: { const: 'AzureStackCloud' } } },
  then: present('customCloudConfig'),
};

/** The default too, which manifests with a vaultUrl alone forget. */
const SERVICE_PRINCIPAL: JsonSchema = {
  if: { properties: { authType: { enum: ['ServicePrincipal', null] } } },
  then: {
    required: ['tenantId', 'authSecretRef'],
    properties: {
      tenantId: { type: 'string', minLength: 1 },
      authSecretRef: {
        type: 'object',
        ...exactlyOne('clientSecret', 'clientCertificate'),
        allOf: [present('clientId')],
      },
    },
  },
};

export const STORE_SCHEMA_RULES: readonly SchemaRule[] = [
  { at: 'spec.refreshInterval', rule: { minimum: 0, ...DURATION_FROM_NOW } },
  { at: 'spec.provider', rule: { ...exactlyOne('azurekv', 'fake'), additionalProperties: { type: 'null' } } },
  { at: 'spec.provider.azurekv.vaultUrl', rule: VAULT_URL },
  { at: 'spec.provider.azurekv.tenantId', rule: ofForm(`^(?:${GUID}|${DOMAIN})$`) },
  {
    at: 'spec.provider.azurekv.identityId',
    rule: ofForm(`^${GUID}$|^/[Ss][Uu][Bb][Ss][Cc][Rr][Ii][Pp][Tt][Ii][Oo][Nn][Ss]/`),
  },
  { at: 'spec.provider.azurekv', rule: NAMED_CLOUD },
  { at: 'spec.provider.azurekv', rule: SERVICE_PRINCIPAL },
  { at: 'spec.provider.fake.data[].valueMap', rule: { type: 'null' } },
];
