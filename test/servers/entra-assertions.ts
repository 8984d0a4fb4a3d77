/**
 * How Entra checks a client's credential.
 *
 *   credential                          checked                                                      refusal
 *   assertion, iss = a foreign issuer   issuer, audience, subject of a federated credential          700211, 700212, 700213, 7002138
 *                                       (none configured at all)                                     70021
 *                                       signature by the issuer's published keys                     50166, 900612, 700027
 *                                       nbf, exp                                                     700024
 *   assertion, iss = the client itself  certificate registered (x5t, x5t#S256), signature, aud, sub  700027, 700212, 700213
 *                                       nbf, exp                                                     700024
 *   secret                              equal to a registered one                                    7000215
 */
import { createHash, X509Certificate } from 'node:crypto';
import type { FederatedCredential, Identity } from './entra.ts';
import { AADSTS, type EntraProblem } from './entra-problem.ts';
import {
  audiences,
  decodeToken,
  hasValidSignature,
  seconds,
  text,
  type Claims,
  type DecodedToken,
  type Jwks,
} from './json-web-token.ts';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** How far clocks may differ. */
const CLOCK_SKEW_SECONDS = 300;

/** A function that gives an issuer's keys, or the URL where it publishes them. */
export type JwksSource = (() => Jwks) | string;
export type Issuers = Map<string, JwksSource>;

export interface AssertionContext {
  readonly issuers: Issuers;
  readonly nowMs: number;
  /** What an assertion that the client signed itself may have as audience. */
  readonly tokenUrls: readonly string[];
}

/** `undefined` = the credential is good. */
export async function checkCredential(
  form: URLSearchParams,
  identity: Identity,
  context: AssertionContext,
): Promise<EntraProblem | undefined> {
  const secret = form.get('client_secret');
  if (secret !== null)
    return identity.secrets?.includes(secret) === true ? undefined : AADSTS.wrongSecret(identity.clientId);
  const assertion = form.get('client_assertion');
  if (assertion === null) return AADSTS.credentialMissing();
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) return AADSTS.parameterMissing('client_assertion_type');
  const decoded = decodeToken(assertion);
  if (decoded === undefined) return AADSTS.malformedAssertion();
  const isOwn = text(decoded.claims, 'iss').toLowerCase() === identity.clientId;
  const problem = isOwn
    ? ownAssertionProblem(assertion, identity, context.tokenUrls)
    : (credentialProblem(decoded.claims, identity.federatedCredentials ?? []) ??
      (await signatureProblem(assertion, decoded, context.issuers)));
  return problem ?? validityProblem(decoded.claims, context.nowMs);
}

/** Compared to the letter; that only the case of the subject differs has a number of its own. */
function credentialProblem(claims: Claims, credentials: readonly FederatedCredential[]): EntraProblem | undefined {
  const issuer = text(claims, 'iss');
  const subject = text(claims, 'sub');
  const presented = audiences(claims);
  const audience = presented.join(' ');
  if (credentials.length === 0) return AADSTS.noFederatedCredential({ issuer, subject, audience });
  const ofIssuer = credentials.filter((credential) => credential.issuer === issuer);
  if (ofIssuer.length === 0) return AADSTS.issuerMismatch(issuer);
  const ofAudience = ofIssuer.filter((credential) => presented.includes(credential.audience));
  if (ofAudience.length === 0) return AADSTS.audienceMismatch(audience);
  if (ofAudience.some((credential) => credential.subject === subject)) return undefined;
  const ignoresCase = ofAudience.some((credential) => credential.subject.toLowerCase() === subject.toLowerCase());
  return ignoresCase ? AADSTS.subjectCaseMismatch(subject) : AADSTS.subjectMismatch(subject);
}

async function signatureProblem(
  assertion: string,
  decoded: DecodedToken,
  issuers: Issuers,
): Promise<EntraProblem | undefined> {
  const issuer = text(decoded.claims, 'iss');
  const jwks = await publishedKeys(issuers.get(issuer));
  if (jwks === undefined) return AADSTS.issuerUnreachable();
  if (!Array.isArray((jwks as Partial<Jwks>).keys)) return AADSTS.issuerKeysUnreadable(issuer);
  const kid = text(decoded.header, 'kid');
  const key = jwks.keys.find((candidate) => candidate.kid === kid);
  if (key === undefined)
    return AADSTS.badSignature(
      `Client assertion failed signature validation. [Reason - The key was not found., Key identifier: '${kid}']`,
    );
  if (decoded.header['alg'] === 'RS256' && hasValidSignature(assertion, key)) return undefined;
  return AADSTS.badSignature(
    'Client assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]',
  );
}

async function publishedKeys(source: JwksSource | undefined): Promise<Jwks | undefined> {
  if (typeof source === 'function') return source();
  if (source === undefined) return undefined;
  try {
    const response = await fetch(source);
    return response.ok ? ((await response.json()) as Jwks) : undefined;
  } catch {
    return undefined;
  }
}

function ownAssertionProblem(
  assertion: string,
  identity: Identity,
  tokenUrls: readonly string[],
): EntraProblem | undefined {
  const { header, claims } = decodeToken(assertion)!;
  const certificate = identity.certificates?.find((pem) => isNamedBy(header, new X509Certificate(pem)));
  const thumbprint = text(header, 'x5t') || text(header, 'x5t#S256');
  const clue = `Thumbprint of key used by client: '${thumbprint}'`;
  const intro = 'The certificate with identifier used to sign the client assertion is not registered on application.';
  if (certificate === undefined) return AADSTS.badSignature(`${intro} [Reason - The key was not found., ${clue}]`);
  if (!hasValidOwnSignature(assertion, header, certificate)) {
    return AADSTS.badSignature(
      `Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value., ${clue}]`,
    );
  }
  if (!audiences(claims).some((audience) => tokenUrls.includes(audience)))
    return AADSTS.audienceMismatch(audiences(claims).join(' '));
  return text(claims, 'sub').toLowerCase() === identity.clientId
    ? undefined
    : AADSTS.subjectMismatch(text(claims, 'sub'));
}

function isNamedBy(header: Claims, certificate: X509Certificate): boolean {
  const digest = (algorithm: string): string => createHash(algorithm).update(certificate.raw).digest('base64url');
  return text(header, 'x5t') === digest('sha1') || text(header, 'x5t#S256') === digest('sha256');
}

/** Clients sign with RS256 (`x5t`) or, newer ones, with PS256 (`x5t#S256`). */
function hasValidOwnSignature(assertion: string, header: Claims, certificate: string): boolean {
  const algorithm = header['alg'];
  if (algorithm !== 'RS256' && algorithm !== 'PS256') return false;
  return hasValidSignature(assertion, certificate, algorithm);
}

function validityProblem(claims: Claims, nowMs: number): EntraProblem | undefined {
  const expires = seconds(claims, 'exp');
  const notBefore = Number.isNaN(seconds(claims, 'nbf')) ? 0 : seconds(claims, 'nbf');
  const now = nowMs / 1000;
  if (now <= expires + CLOCK_SKEW_SECONDS && now >= notBefore - CLOCK_SKEW_SECONDS) return undefined;
  return AADSTS.outsideValidity({ nowMs, notBefore, expires });
}
