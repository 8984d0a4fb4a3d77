/**
 * Access tokens: one per identity, tenant and scope, shared by every store and client of a run.
 *
 * A new SDK credential is made for each exchange. MSAL locks a credential after one 429 or 5xx of Entra for up to an
 * hour, without asking again; with a new one the repetition is ours. Tokens stay in memory and are masked.
 */
import { say, setting } from '../../core/model/message.ts';
import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/identity';
import { SecretValue } from '../../core/model/secret-value.ts';
import { PortError } from '../../ports/errors.ts';
import { createAssertions, type Assertions } from './assertion.ts';
import { lastCertificate } from './certificate.ts';
import { presentedBy, type Presented } from './claims.ts';
import {
  answerInError,
  EntraFailure,
  entraError,
  judgeEntra,
  readEntraAnswer,
  type EntraAnswer,
  type Exchange,
} from './entra-error.ts';
import { onlyAtLoginHosts } from './login-guard.ts';
import type { OpenedIdentity, ResolvedIdentity } from './resolved-identity.ts';
import { withRetry } from '../transport/retry.ts';
import type { EntraContext } from './settings.ts';
import { createWire, SDK_OPTIONS, type WireFailure } from './wire.ts';

/** A token is asked for again this long before its end; the clients themselves begin at two minutes. */
const MARGIN_MS = 5 * 60_000;
const TENANT = /^[0-9a-zA-Z.-]*$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface Credentials {
  /** What a Key Vault client asks for tokens; `description` is the vault in messages. */
  credentialFor(opened: OpenedIdentity, description: string): TokenCredential;
}

/** `tenantId` and `claims` come from a vault's challenge. */
interface TokenRequest extends Exchange {
  readonly opened: OpenedIdentity;
  readonly claims: string | undefined;
}

export function createCredentials(context: EntraContext): Credentials {
  const assertions = createAssertions(context);
  const tokens = new Map<string, Promise<AccessToken>>();
  const getToken = async (request: TokenRequest): Promise<AccessToken> => {
    const key = JSON.stringify([request.identity, request.tenantId.toLowerCase(), request.scope, request.claims]);
    const known = tokens.get(key);
    if (known !== undefined) {
      const token = await known;
      if (isFresh(token, context.clock.now())) return token;
      if (tokens.get(key) !== known) return getToken(request);
    }
    const fresh = exchange(context, assertions, request);
    tokens.set(key, fresh);
    fresh.catch(() => tokens.get(key) === fresh && tokens.delete(key));
    return fresh;
  };
  return {
    credentialFor: (opened, description) => ({
      getToken: (scopes, options = {}) => getToken(tokenRequest(opened, description, scopes, options)),
    }),
  };
}

function isFresh(token: AccessToken, now: Date): boolean {
  return now.getTime() < token.expiresOnTimestamp - MARGIN_MS;
}

function tokenRequest(
  opened: OpenedIdentity,
  description: string,
  scopes: string | string[],
  options: GetTokenOptions,
): TokenRequest {
  const scope = typeof scopes === 'string' ? scopes : (scopes[0] ?? '');
  const tenantId = effectiveTenant(opened.identity, options.tenantId ?? '', description);
  return { opened, identity: opened.identity, tenantId, scope, claims: options.claims };
}

/**
 * The store's tenant, else the challenge's. Two tenant ids that differ are refused here: Entra would give a token that
 * the vault then refuses. Domain names cannot be compared and are left to Entra.
 */
function effectiveTenant(identity: ResolvedIdentity, challenged: string, description: string): string {
  const own = 'tenantId' in identity ? (identity.tenantId ?? '') : '';
  if (own === '' && challenged === '' && identity.type === 'assertion') throw noTenant(description);
  if (!TENANT.test(own || challenged) && identity.type !== 'managed-identity') throw badTenant(own || challenged);
  if (own === '') return challenged;
  if (!GUID.test(own) || !GUID.test(challenged) || own.toLowerCase() === challenged.toLowerCase()) return own;
  throw new PortError({
    kind: 'Unauthenticated',
    what: `${description} belongs to tenant ${challenged}, the identity of its store to tenant ${own}`,
    fix: `Use an identity of tenant ${challenged} and set tenantId to it.`,
    code: 'TenantMismatch',
    whole: true,
  });
}

function badTenant(tenantId: string): PortError {
  return new PortError({
    kind: 'Invalid',
    what: `"${tenantId}" cannot be a tenant id`,
    fix: 'Write the id or the domain of the tenant into tenantId.',
    whole: true,
  });
}

function noTenant(description: string): PortError {
  return new PortError({
    kind: 'Invalid',
    what: `${description} does not say which tenant it belongs to`,
    fix: say`Set ${setting('azure-tenant-id')}, or spec.provider.azurekv.tenantId of a store.`,
    whole: true,
  });
}

async function exchange(context: EntraContext, assertions: Assertions, request: TokenRequest): Promise<AccessToken> {
  const { identity } = request;
  let mayForget = true;
  const forget = (): boolean => {
    if (identity.type !== 'assertion' || !mayForget) return false;
    assertions.forget(identity.source);
    mayForget = false;
    return true;
  };
  try {
    const token = await withRetry(context, {
      description: 'Entra',
      deadlineMs: context.settings.deadlineMs,
      judge: (error) => judgeEntra(error, identity, forget),
      attempt: () => exchangeHere(context, assertions, request),
    });
    context.masker.mask(SecretValue.ofText(token.token));
    return token;
  } catch (error) {
    throw entraError(error, request);
  }
}

/** What came over the wire last. */
interface Note {
  last?: EntraAnswer | WireFailure | undefined;
  /** Why it did not go out at all. */
  refused?: PortError;
}

/** One exchange with a credential object of its own; everything that came over the wire is noted for the message. */
async function exchangeHere(
  context: EntraContext,
  assertions: Assertions,
  request: TokenRequest,
): Promise<AccessToken> {
  const assertion = request.identity.type === 'assertion' ? await assertions.get(request.identity.source) : '';
  const note: Note = {};
  const credential = await createCredential(context, request, assertion, note);
  try {
    const options = request.claims === undefined ? {} : { claims: request.claims };
    const token = await credential.getToken(request.scope, { enableCae: true, ...options });
    if (token !== null) return token;
  } catch (error) {
    if (note.refused !== undefined) throw note.refused;
    if (request.identity.type === 'azure-cli') throw error;
    if (request.identity.type === 'managed-identity') note.last ??= answerInError(error);
  }
  throw new EntraFailure(note.last, presentedOf(assertion));
}

function presentedOf(assertion: string): Presented | undefined {
  return assertion === '' ? undefined : presentedBy(assertion);
}

async function createCredential(
  context: EntraContext,
  request: TokenRequest,
  assertion: string,
  note: Note,
): Promise<TokenCredential> {
  const { identity, tenantId, opened } = request;
  const azure = await import(/* webpackMode: 'eager' */ '@azure/identity');
  const options = await credentialOptions(context, identity, note);
  switch (identity.type) {
    case 'assertion':
      return new azure.ClientAssertionCredential(
        tenantId,
        identity.clientId,
        () => Promise.resolve(assertion),
        options,
      );
    case 'client-secret':
      return new azure.ClientSecretCredential(tenantId, identity.clientId, materialText(opened), options);
    case 'client-certificate': {
      const certificate = lastCertificate(materialText(opened));
      return new azure.ClientCertificateCredential(
        tenantId,
        identity.clientId,
        { certificate },
        { ...options, sendCertificateChain: true },
      );
    }
    case 'managed-identity':
      return new azure.ManagedIdentityCredential({ ...options, ...identityIdOption(identity.identityId) });
    case 'azure-cli':
      return new azure.AzureCliCredential(tenantId === '' ? {} : { tenantId });
  }
}

/**
 * Instance discovery is off for every cloud: it asks the public cloud whether an authority is genuine, which fails for
 * custom clouds and tells nothing about one that the store names itself.
 */
async function credentialOptions(context: EntraContext, identity: ResolvedIdentity, note: Note) {
  const { createDefaultHttpClient } = await import(/* webpackMode: 'eager' */ '@azure/core-rest-pipeline');
  const wire = createWire({
    http: createDefaultHttpClient(),
    timeoutMs: context.settings.requestTimeoutMs,
    environment: context.environment,
    observe: (response) => (note.last = readEntraAnswer(response, context.clock.now())),
    observeFailure: (failure) => (note.last = failure),
  });
  // The endpoint of a managed identity is this machine's, and no proof of identity goes there.
  const httpClient =
    identity.type === 'managed-identity'
      ? wire
      : onlyAtLoginHosts(wire, context.settings.logins, (reason) => (note.refused = reason));
  return {
    authorityHost: identity.authorityHost,
    disableInstanceDiscovery: true,
    ...SDK_OPTIONS,
    httpClient,
  };
}

function identityIdOption(identityId: string | undefined): { clientId: string } | { resourceId: string } | object {
  if (identityId === undefined) return {};
  return identityId.startsWith('/') ? { resourceId: identityId } : { clientId: identityId };
}

function materialText(opened: OpenedIdentity): string {
  return opened.material === undefined ? '' : new TextDecoder().decode(opened.material.reveal());
}
