/** Generators as they may be written; shape only. ESO 2.9: the CRD schemas; `prefix` and `suffix` of newer releases. */
import { z } from 'zod';
import { GENERATOR_KINDS } from '../../model/kinds.ts';
import { namespaceName, objectName, optional, schemasOf, secretKey, type ObjectFactory } from '../schema.ts';

function password(object: ObjectFactory) {
  return object({
    length: optional(z.number().int()),
    digits: optional(z.number().int()),
    symbols: optional(z.number().int()),
    symbolCharacters: optional(z.string()),
    noUpper: optional(z.boolean()),
    allowRepeat: optional(z.boolean()),
    secretKeys: optional(z.array(z.string()).min(1)),
    encoding: optional(z.enum(['base64', 'base64url', 'base32', 'hex', 'raw'])),
    prefix: optional(z.string()),
    suffix: optional(z.string()),
  });
}

function sshKey(object: ObjectFactory) {
  return object({
    keyType: optional(z.enum(['rsa', 'ecdsa', 'ed25519'])),
    keySize: optional(
      z
        .number()
        .int()
        .refine((bits) => bits >= 256 && bits <= 8192, 'is not between 256 and 8192'),
    ),
    comment: optional(z.string()),
  });
}

function fake(object: ObjectFactory) {
  return object({ controller: optional(z.string()), data: optional(z.record(z.string(), z.string())) });
}

function acrAccessToken(object: ObjectFactory) {
  const selector = object({ name: optional(objectName), namespace: optional(namespaceName), key: optional(secretKey) });
  const serviceAccount = object({
    name: objectName,
    namespace: optional(namespaceName),
    audiences: optional(z.array(z.string())),
  });
  return object({
    registry: z.string().min(1),
    tenantId: optional(z.string()),
    scope: optional(z.string()),
    environmentType: optional(
      z.enum(['PublicCloud', 'USGovernmentCloud', 'ChinaCloud', 'GermanCloud', 'AzureStackCloud']),
    ),
    auth: object({
      servicePrincipal: optional(
        object({ secretRef: object({ clientId: optional(selector), clientSecret: optional(selector) }) }),
      ),
      managedIdentity: optional(object({ identityId: optional(z.string()) })),
      workloadIdentity: optional(object({ serviceAccountRef: optional(serviceAccount) })),
    }),
  });
}

function uuid(object: ObjectFactory) {
  return object({});
}

/** The blocks of other kinds are not ours to judge. */
function clusterGenerator(object: ObjectFactory) {
  return object({
    kind: z.enum(GENERATOR_KINDS.filter((kind) => kind !== 'ClusterGenerator')),
    generator: z
      .object({
        passwordSpec: optional(password(object)),
        uuidSpec: optional(uuid(object)),
        sshKeySpec: optional(sshKey(object)),
        fakeSpec: optional(fake(object)),
        acrAccessTokenSpec: optional(acrAccessToken(object)),
      })
      .catchall(z.unknown()),
  });
}

export const passwordSpecSchemas = schemasOf(password);
export const uuidSpecSchemas = schemasOf(uuid);
export const sshKeySpecSchemas = schemasOf(sshKey);
export const fakeSpecSchemas = schemasOf(fake);
export const acrAccessTokenSpecSchemas = schemasOf(acrAccessToken);
export const clusterGeneratorSpecSchemas = schemasOf(clusterGenerator);

export type WrittenPassword = z.output<typeof passwordSpecSchemas.loose>;
export type WrittenSshKey = z.output<typeof sshKeySpecSchemas.loose>;
export type WrittenFake = z.output<typeof fakeSpecSchemas.loose>;
export type WrittenAcrAccessToken = z.output<typeof acrAccessTokenSpecSchemas.loose>;
export type WrittenClusterGenerator = z.output<typeof clusterGeneratorSpecSchemas.loose>;
