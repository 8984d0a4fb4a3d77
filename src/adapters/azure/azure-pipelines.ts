/**
 * The token of an Azure Pipelines job, for the identity of one service connection.
 *
 * Azure DevOps REST 7.1, Oidctoken - Create: POST SYSTEM_OIDCREQUESTURI?api-version=7.1&serviceConnectionId=…, with the
 * job's own access token. Its audience is always api://AzureADTokenExchange.
 */
import { say, setting, type Message } from '../../core/model/message.ts';
import { PortError } from '../../ports/errors.ts';
import type { EntraContext } from './settings.ts';
import { requestToken } from './token-service.ts';

const API_VERSION = '7.1';
const STEP_LINES = 'env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }';

/** Whether everything is there; a service connection that is named on purpose is enough, so that the rest is asked for. */
export function hasPipelinesToken({ environment, settings }: EntraContext): boolean {
  if (!environment['SYSTEM_OIDCREQUESTURI']) return false;
  if (settings.serviceConnectionId !== undefined) return true;
  return Boolean(environment['SYSTEM_ACCESSTOKEN']) && Boolean(serviceConnectionOf({ environment, settings }));
}

/** '' where none is named. */
export function serviceConnectionOf({ environment, settings }: Pick<EntraContext, 'environment' | 'settings'>): string {
  return settings.serviceConnectionId ?? environment['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'] ?? '';
}

export async function askAzurePipelines(context: EntraContext, serviceConnectionId: string): Promise<string> {
  const { url, bearer } = requestOf(context, serviceConnectionId);
  return await requestToken(context, {
    service: 'the token service of Azure Pipelines',
    description: 'Azure Pipelines',
    method: 'POST',
    url,
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      // Otherwise a refusal is a redirection to a sign-in page.
      'x-tfs-fedauthredirect': 'Suppress',
    },
    field: 'oidcToken',
    showsPage: isSignIn,
    refused: (status) => refused(status, serviceConnectionId),
  });
}

/** Azure DevOps shows whoever is not logged in a page to do that. */
function isSignIn(status: number): boolean {
  return status === 401 || status === 203 || (status >= 300 && status < 400);
}

function requestOf({ environment }: EntraContext, serviceConnectionId: string): { url: URL; bearer: string } {
  const uri = environment['SYSTEM_OIDCREQUESTURI'] ?? '';
  const bearer = environment['SYSTEM_ACCESSTOKEN'] ?? '';
  if (!URL.canParse(uri)) throw missing('SYSTEM_OIDCREQUESTURI is not set', 'Run this in a job of Azure Pipelines.');
  // What is not mapped at all arrives as the macro itself.
  if (bearer === '' || bearer.startsWith('$(')) throw missing('SYSTEM_ACCESSTOKEN is not set', stepFix());
  if (serviceConnectionId === '') throw missing('no service connection is named', connectionFix());
  const url = new URL(uri);
  url.searchParams.set('api-version', API_VERSION);
  url.searchParams.set('serviceConnectionId', serviceConnectionId);
  return { url, bearer };
}

function missing(reason: string, fix: Message): PortError {
  return new PortError({
    kind: 'Unauthenticated',
    what: `this job may not ask Azure Pipelines for an ID token: ${reason}`,
    fix,
    whole: true,
  });
}

function stepFix(): string {
  return `Add to the step: ${STEP_LINES}.`;
}

function connectionFix(): Message {
  return say`Give the id of the service connection (the resourceId in its address) with ${setting('service-connection-id')}, or run inside AzureCLI@2, which sets AZURESUBSCRIPTION_SERVICE_CONNECTION_ID.`;
}

function refused(status: number, serviceConnectionId: string): PortError {
  const what = `Azure Pipelines gave no ID token for the service connection "${shown(serviceConnectionId)}" (HTTP ${status})`;
  if (status >= 500 || status === 429) {
    return new PortError({ kind: 'Unavailable', what, fix: 'Run the job again.', whole: true });
  }
  const fix = isSignIn(status)
    ? `Check that SYSTEM_ACCESSTOKEN is that of this job: ${STEP_LINES}.`
    : 'Check its id, that it uses workload identity federation, and that this pipeline is authorised to use it.';
  return new PortError({ kind: 'Unauthenticated', what, fix, whole: true });
}

function shown(text: string): string {
  return text.replace(/[^\w-]/g, '?').slice(0, 64);
}
