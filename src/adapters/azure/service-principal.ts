/** authType ServicePrincipal: an application with a secret or certificate of its own, kept in Secrets of the cluster. */
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { SecretKeySelector } from '../../core/model/store.ts';
import type { PortError } from '../../ports/errors.ts';
import { digestOf } from './assertion.ts';
import { lastCertificate } from './certificate.ts';
import { invalid, readKey, readText, type LoginRules, type LoginSpec, type Opening } from './opening.ts';
import type { OpenedIdentity } from './resolved-identity.ts';

/** Client secret or certificate from Secrets. The client id is read first, as External Secrets Operator does. */
export async function servicePrincipal(opening: Opening): Promise<OpenedIdentity> {
  const selectors = selectorsOf(opening);
  const clientId = await readText(opening, 'clientId', selectors.clientId);
  const material = await readKey(opening, selectors.field, selectors.material);
  if (clientId === '') throw emptyKey(opening, 'clientId', selectors.clientId);
  if (material.size === 0) throw emptyKey(opening, selectors.field, selectors.material);
  const type = selectors.field === 'clientSecret' ? 'client-secret' : 'client-certificate';
  const { authorityHost } = opening.cloud;
  const digest = digestOf(material.reveal());
  if (type === 'client-certificate') checkCertificate(opening, material);
  return {
    identity: { type, authorityHost, tenantId: selectors.tenantId, clientId, digest },
    cloud: opening.cloud,
    material,
  };
}

interface Selectors {
  readonly tenantId: string;
  readonly clientId: SecretKeySelector;
  readonly field: 'clientSecret' | 'clientCertificate';
  readonly material: SecretKeySelector;
}

function selectorsOf(opening: Opening): Selectors {
  const { login, rules } = opening;
  const { tenantId, authSecretRef: auth } = login;
  const { secretRef } = rules;
  if (tenantId === undefined) throw missing(opening, 'tenantId', tenantFix(rules));
  if (auth === undefined) {
    const fix = `Set ${secretRef}.clientId and ${secretRef}.clientSecret, or use ${rules.instead}.`;
    throw missing(opening, secretRef, fix);
  }
  if (auth.clientId === undefined)
    throw missing(opening, `${secretRef}.clientId`, 'Name the Secret and key that hold the client id.');
  return { tenantId, clientId: auth.clientId, ...materialOf(opening, auth) };
}

function tenantFix({ tenantId }: LoginRules): string {
  return `Set ${tenantId}, which authType ServicePrincipal needs.`;
}

function materialOf(
  opening: Opening,
  auth: NonNullable<LoginSpec['authSecretRef']>,
): Pick<Selectors, 'field' | 'material'> {
  const { clientSecret: secret, clientCertificate: certificate } = auth;
  const { secretRef } = opening.rules;
  const both = `${secretRef}.clientSecret and ${secretRef}.clientCertificate`;
  if (secret !== undefined && certificate !== undefined)
    throw invalid(opening, `has both ${both}`, 'Keep one of the two.');
  if (secret !== undefined) return { field: 'clientSecret', material: secret };
  if (certificate !== undefined) return { field: 'clientCertificate', material: certificate };
  throw invalid(opening, `has neither ${both.replace(' and ', ' nor ')}`, 'Set one of the two.');
}

function missing(opening: Opening, field: string, fix: string): PortError {
  return invalid(opening, `has no ${field}`, fix);
}

function checkCertificate(opening: Opening, material: SecretValue): void {
  try {
    lastCertificate(new TextDecoder().decode(material.reveal()));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be parsed';
    throw invalid(
      opening,
      `has an authSecretRef.clientCertificate that cannot be used: ${reason}`,
      'Store certificate and RSA private key as PEM without a password.',
    );
  }
}

function emptyKey(opening: Opening, field: string, selector: SecretKeySelector): PortError {
  const what = `has an empty value in ${opening.rules.secretRef}.${field} (Secret ${selector.name}, key "${selector.key}")`;
  return invalid(opening, what, 'Fill that key of the Secret.');
}
