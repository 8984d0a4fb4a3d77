/**
 * The token that proves who this process itself is, whatever a store says: of the CI system, or left here for it.
 *
 * `auto` takes the first that is there:
 *
 * | order | from | there when |
 * | --- | --- | --- |
 * | 1 | token-variable | tokenVariable is set |
 * | 2 | token-file | tokenFile is set |
 * | 3 | github | ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN |
 * | 4 | azure-pipelines | SYSTEM_OIDCREQUESTURI with serviceConnectionId, or with SYSTEM_ACCESSTOKEN and AZURESUBSCRIPTION_SERVICE_CONNECTION_ID |
 */
import { say, setting } from '../../core/model/message.ts';
import type { AssertionSource } from './assertion.ts';
import { hasPipelinesToken, serviceConnectionOf } from './azure-pipelines.ts';
import { hasGitHubToken } from './github.ts';
import { PortError } from '../../ports/errors.ts';
import type { EntraContext, IdentitySetting } from './settings.ts';

export type OwnToken = Exclude<IdentitySetting, 'auto' | 'service-account' | 'azure-cli'>;

/** What `auto` finds; undefined = nothing that is meant for this process alone. */
export function ownTokenHere(context: EntraContext): OwnToken | undefined {
  const { settings, environment } = context;
  if (settings.tokenVariable !== undefined) return 'token-variable';
  if (settings.tokenFile !== undefined) return 'token-file';
  if (hasGitHubToken(environment)) return 'github';
  return hasPipelinesToken(context) ? 'azure-pipelines' : undefined;
}

/** Where nothing is there: what a machine of this kind should have, so that the message says how to get it. */
export function lastResort({ environment }: EntraContext): 'github' | 'token-file' {
  const isMounted = Boolean(environment['AZURE_FEDERATED_TOKEN_FILE']);
  return environment['GITHUB_ACTIONS'] === 'true' && !isMounted ? 'github' : 'token-file';
}

/** Throws PortError Invalid where a setting is missing that says which token is meant. */
export function ownToken({ settings, environment }: EntraContext, from: OwnToken): AssertionSource {
  switch (from) {
    case 'github':
      return { from, audience: settings.audience };
    case 'azure-pipelines':
      return { from, serviceConnectionId: serviceConnectionOf({ settings, environment }) };
    case 'token-variable':
      if (settings.tokenVariable === undefined) throw noVariable();
      return { from, name: settings.tokenVariable };
    case 'token-file':
      return { from, path: settings.tokenFile ?? environment['AZURE_FEDERATED_TOKEN_FILE'] ?? '' };
  }
}

/** Azure Pipelines: AzureCLI@2 and AzurePowerShell@5 set AZURESUBSCRIPTION_ variables for their service connection. */
export function fallbackClientId({ settings, environment }: EntraContext): string {
  return settings.azureClientId ?? firstFilled(environment, ['AZURE_CLIENT_ID', 'AZURESUBSCRIPTION_CLIENT_ID']);
}

export function fallbackTenantId({ settings, environment }: EntraContext): string {
  return settings.azureTenantId ?? firstFilled(environment, ['AZURE_TENANT_ID', 'AZURESUBSCRIPTION_TENANT_ID']);
}

function firstFilled(environment: EntraContext['environment'], names: readonly string[]): string {
  return names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? '';
}

function noVariable(): PortError {
  return new PortError({
    kind: 'Invalid',
    what: say`${setting('identity')} token-variable does not say which variable holds the token`,
    fix: say`Name it with ${setting('token-variable')}.`,
    whole: true,
  });
}
