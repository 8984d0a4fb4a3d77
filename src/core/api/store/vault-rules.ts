/**
 * What can be known of an `azurekv` store without a network: where it is, as whom it is read.
 *
 * The operator lets most of it pass and fails when it reads; a resource in a cluster is judged by it, not here.
 */
import type { Message } from '../../model/message.ts';
import type { AzureAuthType } from '../../model/store.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';
import { foreignPlaceholder } from '../foreign-placeholders.ts';
import { hasPlaceholder } from '../placeholders.ts';
import type { WrittenAzureKeyVault } from './schema.ts';
import { addressFinding, cloudFinding } from './vault-address.ts';

const AZUREKV: FieldPath = ['spec', 'provider', 'azurekv'];
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
/** Entra: a verified domain names its tenant too. */
const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/iu;

type Rule = (subject: Subject, written: WrittenAzureKeyVault) => readonly Problem[];

export function vaultRules(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  const rules: readonly Rule[] = [vaultUrlRule, placeholderRules, ...(isResource(subject) ? [] : OF_FILES)];
  return rules.flatMap((rule) => rule(subject, written));
}

const OF_FILES: readonly Rule[] = [cloudRule, idRules, identityRule, servicePrincipalRules, selectorRules];

function isResource({ document }: Subject): boolean {
  return document.home === 'cluster';
}

/** A text that can be judged: others are told, or filled, elsewhere. */
function isPlain(text: string | undefined): text is string {
  return text !== undefined && !hasPlaceholder(text) && foreignPlaceholder(text) === undefined;
}

function vaultUrlRule(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  if (!isPlain(written.vaultUrl)) return [];
  const finding = addressFinding(written.vaultUrl, written.environmentType ?? 'PublicCloud');
  return finding === undefined
    ? []
    : [fieldProblem(subject, [...AZUREKV, 'vaultUrl'], { code: 'vault-url', ...finding })];
}

/** A name of one's own may be a proxy that is meant, so that it is a warning. */
function cloudRule(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  const { vaultUrl, environmentType = 'PublicCloud', customCloudConfig } = written;
  if (
    !isPlain(vaultUrl) ||
    customCloudConfig !== undefined ||
    addressFinding(vaultUrl, environmentType) !== undefined
  ) {
    return [];
  }
  const finding = cloudFinding(vaultUrl, environmentType);
  if (finding === undefined) return [];
  return [
    fieldProblem(subject, [...AZUREKV, 'vaultUrl'], { severity: 'warning', code: 'vault-of-other-cloud', ...finding }),
  ];
}

/** The published guides leave `<tenantID>` and `<keyvaultname>` to be filled in. */
function placeholderRules(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  return (['vaultUrl', 'tenantId', 'identityId'] as const).flatMap((field) => {
    const fix = foreignPlaceholder(written[field] ?? '');
    if (fix === undefined) return [];
    return [
      fieldProblem(subject, [...AZUREKV, field], { code: 'placeholder', what: 'still holds a placeholder', fix }),
    ];
  });
}

function idRules(subject: Subject, { tenantId }: WrittenAzureKeyVault): readonly Problem[] {
  if (!isPlain(tenantId) || GUID.test(tenantId) || DOMAIN.test(tenantId)) return [];
  return [
    fieldProblem(subject, [...AZUREKV, 'tenantId'], {
      code: 'tenant-id',
      what: 'is neither the id of a tenant nor a domain of one',
      fix: 'Give what this prints: az account show --query tenantId --output tsv.',
    }),
  ];
}

/** Here a resource id works too; the operator takes it for a client id. */
function identityRule(subject: Subject, { identityId }: WrittenAzureKeyVault): readonly Problem[] {
  if (!isPlain(identityId) || GUID.test(identityId)) return [];
  const isResourceId = /^\/subscriptions\//iu.test(identityId);
  const which = isResourceId ? '--ids RESOURCE-ID' : '--name NAME --resource-group GROUP';
  return [
    fieldProblem(subject, [...AZUREKV, 'identityId'], {
      severity: isResourceId ? 'warning' : 'error',
      code: 'identity-id',
      what: isResourceId
        ? 'is the resource id of an identity, which External Secrets Operator does not take'
        : 'is not the client id of an identity',
      fix: `Give what this prints: az identity show ${which} --query clientId --output tsv.`,
    }),
  ];
}

const DEFAULT: AzureAuthType = 'ServicePrincipal';
const OTHERWISE = 'or set authType to WorkloadIdentity';

/** authType ServicePrincipal is the default, which examples with a vaultUrl alone forget. */
function servicePrincipalRules(subject: Subject, written: WrittenAzureKeyVault): readonly Problem[] {
  const { authType = DEFAULT, tenantId, authSecretRef } = written;
  if (authType !== DEFAULT) return [];
  const because = `which authType ${DEFAULT}${written.authType === undefined ? ', the default,' : ''} needs`;
  const missing = (path: FieldPath, fix: Message): Problem =>
    fieldProblem(subject, [...AZUREKV, ...path], { code: 'missing-field', what: `is missing, ${because}`, fix });
  return [
    ...(tenantId === undefined || tenantId === '' ? [missing(['tenantId'], `Add it, ${OTHERWISE}.`)] : []),
    ...(authSecretRef === undefined
      ? [missing(['authSecretRef'], `Add it with clientId and clientSecret, ${OTHERWISE}.`)]
      : authSecretRef.clientId === undefined
        ? [missing(['authSecretRef', 'clientId'], 'Name the Secret and key that hold the client id.')]
        : []),
    ...(authSecretRef === undefined ? [] : materialRule(subject, authSecretRef)),
  ];
}

function materialRule(
  subject: Subject,
  { clientSecret, clientCertificate }: NonNullable<WrittenAzureKeyVault['authSecretRef']>,
): readonly Problem[] {
  const count = [clientSecret, clientCertificate].filter((one) => one !== undefined).length;
  if (count === 1) return [];
  return [
    fieldProblem(subject, [...AZUREKV, 'authSecretRef'], {
      code: 'client-credential',
      what: `has ${count === 0 ? 'neither clientSecret nor clientCertificate' : 'both clientSecret and clientCertificate'}`,
      fix: count === 0 ? 'Set one of the two.' : 'Keep one of the two.',
    }),
  ];
}

/** Where a login is read from a Secret: with one of the two missing it is read from nowhere. */
function selectorRules(subject: Subject, { authType, authSecretRef }: WrittenAzureKeyVault): readonly Problem[] {
  if (authType === 'ManagedIdentity') return [];
  return Object.entries(authSecretRef ?? {}).flatMap(([name, selector]) => {
    const missing = (['name', 'key'] as const).filter((part) => selector !== undefined && selector[part] === undefined);
    return missing.map((part) =>
      fieldProblem(subject, [...AZUREKV, 'authSecretRef', name, part], {
        code: 'missing-field',
        what: 'is missing, so that this part of the login is nowhere to be read',
        fix: part === 'name' ? 'Name the Secret.' : 'Name the key of the Secret.',
      }),
    );
  });
}
