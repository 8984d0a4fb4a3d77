/**
 * Who this process is where no store says it: for Resource Manager, and for the API servers behind it.
 *
 * | setting `identity` | proof |
 * | --- | --- |
 * | auto | the token of this process (own-token.ts), then AZURE_FEDERATED_TOKEN_FILE |
 * | service-account | none: the cluster is only being reached |
 * | azure-cli | who is logged in |
 * | any other | that token |
 */
import { say, setting } from '../../core/model/message.ts';
import { PortError } from '../../ports/errors.ts';
import { fallbackClientId, fallbackTenantId, lastResort, ownToken, ownTokenHere, type OwnToken } from './own-token.ts';
import type { ResolvedIdentity } from './resolved-identity.ts';
import type { EntraContext } from './settings.ts';
import type { SettingName } from '../../core/model/setting-names.ts';

/** Throws PortError Invalid or Unauthenticated where something is missing; asks neither Entra nor a CI system. */
export function machineIdentity(context: EntraContext, authorityHost: string, thing: string): ResolvedIdentity {
  const tenantId = fallbackTenantId(context);
  if (context.settings.identity === 'azure-cli') {
    return { type: 'azure-cli', authorityHost, ...(tenantId === '' ? {} : { tenantId }) };
  }
  const source = ownToken(context, tokenOf(context, thing));
  const clientId = fallbackClientId(context);
  if (clientId === '') throw missing(thing, 'azure-client-id', 'AZURE_CLIENT_ID');
  if (tenantId === '') throw missing(thing, 'azure-tenant-id', 'AZURE_TENANT_ID');
  return { type: 'assertion', authorityHost, tenantId, clientId, source };
}

function tokenOf(context: EntraContext, thing: string): OwnToken {
  const { identity } = context.settings;
  if (identity === 'service-account') throw noProof(thing);
  if (identity !== 'auto' && identity !== 'azure-cli') return identity;
  const from = ownTokenHere(context) ?? lastResort(context);
  const isMissing = from === 'token-file' && (ownToken(context, from) as { readonly path: string }).path === '';
  if (isMissing) throw noProof(thing);
  return from;
}

function missing(thing: string, name: SettingName, variable: string): PortError {
  return new PortError({
    kind: 'Invalid',
    what: say`the login to ${thing} needs ${setting(name)}`,
    fix: `Give it, or set ${variable}. It is not a secret.`,
    whole: true,
  });
}

function noProof(thing: string): PortError {
  return new PortError({
    kind: 'Unauthenticated',
    code: 'NoToken',
    what: say`nothing here proves who logs in to ${thing}: there is no token of GitHub or Azure Pipelines, no ${setting('token-variable')}, no ${setting('token-file')}, and AZURE_FEDERATED_TOKEN_FILE is not set`,
    fix: say`In a GitHub job, add permissions: { contents: read, id-token: write }; in GitLab, name a variable of id_tokens with ${setting('token-variable')}; on a laptop, use ${setting('identity')} azure-cli.`,
    whole: true,
  });
}
