/**
 * Who we are for a store: its authType, Secrets and ServiceAccount read into one plain record.
 *
 * Reads Secrets and ServiceAccounts of the cluster; asks neither Entra nor a vault. The checks run in the order of
 * External Secrets Operator's (legacy) Key Vault client, so that a store fails here for the reason it fails there.
 *
 * | authType | setting `identity` | client id | tenant |
 * | --- | --- | --- | --- |
 * | ServicePrincipal | any | authSecretRef.clientId | tenantId |
 * | ManagedIdentity | any | identityId, else the machine's own | none |
 * | WorkloadIdentity, serviceAccountRef | service-account, mounted token | storeIdentities, authSecretRef or annotation, azureClientId | authSecretRef, tenantId, annotation, azureTenantId, AZURE_TENANT_ID |
 * | WorkloadIdentity, mounted | mounted token | azureClientId, AZURE_CLIENT_ID | azureTenantId, AZURE_TENANT_ID |
 * | WorkloadIdentity | github and other tokens of our own | as with serviceAccountRef, then AZURE_CLIENT_ID | as above, then the vault's challenge |
 * | WorkloadIdentity | azure-cli | who is logged in | tenantId, azureTenantId, then the vault's challenge |
 */
import { say, setting } from '../../core/model/message.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { AzureKeyVaultProvider, SecretKeySelector, Store } from '../../core/model/store.ts';
import { PortError } from '../../ports/errors.ts';
import type { AssertionSource } from './assertion.ts';
import { cloudOf } from './cloud.ts';
import { refuseForeignAudience, refuseForeignAuthority } from './login-guard.ts';
import { invalid, readText, selectorNamespace, STORE_LOGIN, type Opening } from './opening.ts';
import { fallbackClientId, fallbackTenantId, lastResort, ownToken, ownTokenHere } from './own-token.ts';
import type { OpenedIdentity, ResolvedIdentity } from './resolved-identity.ts';
import { servicePrincipal } from './service-principal.ts';
import type { AzureContext, IdentitySetting } from './settings.ts';

const CLIENT_ID_ANNOTATION = 'azure.workload.identity/client-id';
const TENANT_ID_ANNOTATION = 'azure.workload.identity/tenant-id';

/** Throws PortError Invalid or NotFound when the store names no usable identity. */
export async function resolveIdentity(
  context: AzureContext,
  store: Store,
  provider: AzureKeyVaultProvider,
  namespace: string,
): Promise<OpenedIdentity> {
  const cloud = cloudOf(store, provider, context.settings.logins);
  return resolveLogin({ context, ref: store.ref, login: provider, rules: STORE_LOGIN, namespace, cloud });
}

/** The same for whatever else logs in as stores do. */
export async function resolveLogin(opening: Opening): Promise<OpenedIdentity> {
  const { login, cloud } = opening;
  switch (login.authType) {
    case 'ServicePrincipal':
      return servicePrincipal(opening);
    case 'ManagedIdentity':
      return managedIdentity(opening);
    case 'WorkloadIdentity':
      return { identity: await workloadIdentity(opening), cloud };
    default:
      login.authType satisfies never;
      throw invalid(opening, `has the unknown authType "${String(login.authType)}"`, 'Use WorkloadIdentity.');
  }
}

function managedIdentity({ context, ref, login, cloud }: Opening): OpenedIdentity {
  refuseForeignAuthority(context, refText(ref));
  const own = { type: 'managed-identity', authorityHost: cloud.authorityHost } as const;
  const identity = login.identityId === undefined ? own : { ...own, identityId: login.identityId };
  return { identity, cloud };
}

async function workloadIdentity(opening: Opening): Promise<ResolvedIdentity> {
  const setting = effectiveSetting(opening);
  switch (setting) {
    case 'azure-cli':
      return azureCliIdentity(opening);
    case 'service-account':
      return serviceAccountIdentity(opening);
    case 'token-file':
      return opening.context.settings.tokenFile === undefined
        ? mountedTokenIdentity(opening)
        : ownTokenIdentity(opening, ownToken(opening.context, setting));
    default:
      return ownTokenIdentity(opening, ownToken(opening.context, setting));
  }
}

/** A token that is there only for this process comes first; then what the store asks for. */
function effectiveSetting({ context, login }: Opening): Exclude<IdentitySetting, 'auto'> {
  const { identity } = context.settings;
  if (identity !== 'auto') return identity;
  return ownTokenHere(context) ?? (login.serviceAccountRef === undefined ? lastResort(context) : 'service-account');
}

function azureCliIdentity({ context, login, cloud }: Opening): ResolvedIdentity {
  const identity = { type: 'azure-cli', authorityHost: cloud.authorityHost } as const;
  const tenantId = login.tenantId ?? context.settings.azureTenantId;
  return tenantId === undefined ? identity : { ...identity, tenantId };
}

async function serviceAccountIdentity(opening: Opening): Promise<ResolvedIdentity> {
  const reference = opening.login.serviceAccountRef;
  if (reference === undefined) {
    throw invalid(
      opening,
      'has no serviceAccountRef',
      `Set ${opening.rules.serviceAccountRef}, or the setting identity to token-file.`,
    );
  }
  const namespace = selectorNamespace(opening, reference);
  const audiences = [opening.context.settings.audience, ...reference.audiences];
  refuseForeignAudience(opening.context, audiences);
  const source: AssertionSource = { from: 'service-account', namespace, name: reference.name, audiences };
  return referencedIdentity(opening, source);
}

async function mountedTokenIdentity(opening: Opening): Promise<ResolvedIdentity> {
  const { environment } = opening.context;
  const path = environment['AZURE_FEDERATED_TOKEN_FILE'] ?? '';
  const clientId = fallbackClientId(opening.context);
  const tenantId = fallbackTenantId(opening.context);
  const source: AssertionSource = { from: 'token-file', path };
  if (path !== '' && opening.login.serviceAccountRef !== undefined) return referencedIdentity(opening, source);
  if (path !== '' && clientId !== '' && tenantId !== '') {
    return { type: 'assertion', authorityHost: opening.cloud.authorityHost, tenantId, clientId, source };
  }
  throw invalid(
    opening,
    'uses the identity of this machine, but AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_FEDERATED_TOKEN_FILE are not all set',
    say`In a pod, add the label azure.workload.identity/use: "true"; in a GitHub job, add permissions: id-token: write; on a laptop, az login and ${setting('identity')} azure-cli; elsewhere, choose with ${setting('identity')}.`,
  );
}

/** External Secrets Operator's rules for a store that names a ServiceAccount. */
async function referencedIdentity(opening: Opening, source: AssertionSource): Promise<ResolvedIdentity> {
  const { settings } = opening.context;
  const annotations = await serviceAccountAnnotations(opening);
  const assigned = assignedClientId(opening);
  const clientId = assigned ?? ((await writtenClientId(opening, annotations)) || (settings.azureClientId ?? ''));
  if (clientId === '') throw noClientId(opening);
  const tenantId = (await writtenTenantId(opening, annotations)) || fallbackTenantId(opening.context);
  if (tenantId !== '')
    return { type: 'assertion', authorityHost: opening.cloud.authorityHost, tenantId, clientId, source };
  throw invalid(
    opening,
    'has no tenantId',
    say`Set ${opening.rules.tenantId}, the annotation ${TENANT_ID_ANNOTATION} of its ServiceAccount, ${setting('azure-tenant-id')} or AZURE_TENANT_ID.`,
  );
}

/** The token does not depend on the store, so that its ServiceAccount is only asked for the client id. */
async function ownTokenIdentity(opening: Opening, source: AssertionSource): Promise<ResolvedIdentity> {
  const { context, cloud } = opening;
  const assigned = assignedClientId(opening);
  const annotations = assigned === undefined ? await readableAnnotations(opening) : {};
  const written = assigned ?? (await ownTokenClientId(opening, annotations));
  const clientId = written || fallbackClientId(context);
  if (clientId === '') throw noOwnClientId(opening);
  const tenantId = (await ownTokenTenantId(opening, annotations)) || fallbackTenantId(context);
  const identity = { type: 'assertion', authorityHost: cloud.authorityHost, clientId, source } as const;
  return tenantId === '' ? identity : { ...identity, tenantId };
}

/** A store without serviceAccountRef means the machine's own identity; its authSecretRef is not looked at. */
async function ownTokenClientId(opening: Opening, annotations: Annotations): Promise<string> {
  return opening.login.serviceAccountRef === undefined ? '' : writtenClientId(opening, annotations);
}

async function ownTokenTenantId(opening: Opening, annotations: Annotations): Promise<string> {
  if (opening.login.serviceAccountRef === undefined) return opening.login.tenantId ?? '';
  return writtenTenantId(opening, annotations);
}

function assignedClientId({ context, ref, rules }: Opening): string | undefined {
  if (!rules.isAssignable) return undefined;
  const { namespace, name } = ref;
  return context.settings.storeIdentities[namespace === undefined ? name : `${namespace}/${name}`];
}

type Annotations = Readonly<Record<string, string>>;

async function serviceAccountAnnotations(opening: Opening): Promise<Annotations> {
  const reference = opening.login.serviceAccountRef;
  if (reference === undefined) return {};
  const namespace = selectorNamespace(opening, reference);
  const account = await opening.context.cluster.getServiceAccount(namespace, reference.name);
  if (account !== undefined) return account.annotations;
  throw new PortError({
    kind: 'NotFound',
    what: `ServiceAccount ${namespace}/${reference.name}, which ${refText(opening.ref)} names in serviceAccountRef, does not exist`,
    fix: 'Create it, or correct serviceAccountRef.name.',
    whole: true,
  });
}

/** A token of our own does not need the ServiceAccount: one that cannot be read is only missed where nothing else helps. */
async function readableAnnotations(opening: Opening): Promise<Annotations> {
  try {
    return await serviceAccountAnnotations(opening);
  } catch (error) {
    if (error instanceof PortError && fallbackClientId(opening.context) !== '') return {};
    throw error;
  }
}

/** From authSecretRef or the annotation; '' when neither has it. Both at once is a conflict, also when equal. */
async function writtenClientId(opening: Opening, annotations: Annotations): Promise<string> {
  const auth = opening.login.authSecretRef;
  const fromSecret = auth === undefined ? '' : await authSecretClientId(opening, auth.clientId);
  const annotated = annotations[CLIENT_ID_ANNOTATION];
  if (annotated === undefined) return fromSecret;
  if (fromSecret === '') return annotated;
  throw invalid(
    opening,
    `has two client ids: authSecretRef.clientId and the annotation ${CLIENT_ID_ANNOTATION} of its ServiceAccount`,
    'Remove one of the two.',
  );
}

async function authSecretClientId(opening: Opening, selector: SecretKeySelector | undefined): Promise<string> {
  if (selector !== undefined) return readText(opening, 'clientId', selector);
  throw invalid(
    opening,
    'has an authSecretRef without clientId',
    'Set authSecretRef.clientId, or remove authSecretRef.',
  );
}

/** From authSecretRef, tenantId or the annotation; '' when none has it. */
async function writtenTenantId(opening: Opening, annotations: Annotations): Promise<string> {
  const selector = opening.login.authSecretRef?.tenantId;
  const fromSecret = selector === undefined ? '' : await readText(opening, 'tenantId', selector);
  const known = fromSecret || (opening.login.tenantId ?? '');
  const annotated = annotations[TENANT_ID_ANNOTATION];
  if (annotated === undefined) return known;
  if (known === '') return annotated;
  const field = fromSecret === '' ? 'tenantId' : 'authSecretRef.tenantId';
  throw invalid(
    opening,
    `has two tenant ids: ${field} and the annotation ${TENANT_ID_ANNOTATION} of its ServiceAccount`,
    'Remove one of the two, even when they are equal.',
  );
}

function noClientId(opening: Opening): PortError {
  const name = opening.login.serviceAccountRef?.name ?? '';
  return invalid(
    opening,
    `has no client id: ServiceAccount ${name} has no annotation ${CLIENT_ID_ANNOTATION}, and there is no authSecretRef.clientId`,
    opening.rules.isAssignable
      ? say`Annotate the ServiceAccount with ${CLIENT_ID_ANNOTATION}, or set ${setting('azure-client-id')} or ${setting('store-identities')}.`
      : say`Annotate the ServiceAccount with ${CLIENT_ID_ANNOTATION}, or set ${setting('azure-client-id')}.`,
  );
}

function noOwnClientId(opening: Opening): PortError {
  return invalid(
    opening,
    'has no client id',
    opening.rules.isAssignable
      ? say`Set ${setting('azure-client-id')}, name this store in ${setting('store-identities')}, or annotate its ServiceAccount with ${CLIENT_ID_ANNOTATION}.`
      : say`Set ${setting('azure-client-id')}, or annotate its ServiceAccount with ${CLIENT_ID_ANNOTATION}.`,
  );
}
