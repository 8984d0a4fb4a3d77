/** The ID token of a GitHub job: asked of whatever address the runner names, so also of GHES and ghe.com. */
import { readFile } from 'node:fs/promises';
import { forkOf } from '../../core/model/pull-request.ts';
import { PortError } from '../../ports/errors.ts';
import type { EntraContext } from './settings.ts';
import { requestToken } from './token-service.ts';
import { jsonObject } from './vault-answer.ts';

/** The line of a workflow that gives a job the right to ask. */
const PERMISSIONS = 'permissions: { contents: read, id-token: write }';

/** Events whose runs belong to the fork; pull_request_target runs in the repository itself, and may have a token. */
const OF_A_PULL_REQUEST = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];

export function hasGitHubToken(environment: EntraContext['environment']): boolean {
  return Boolean(environment['ACTIONS_ID_TOKEN_REQUEST_URL']) && Boolean(environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
}

/** GitHub Docs, OpenID Connect: the address has a query already; without an audience the token is for GitHub itself. */
export async function askGitHub(context: EntraContext, audience: string): Promise<string> {
  const url = context.environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
  const bearer = context.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
  if (url === '' || bearer === '') throw await noGitHubToken(context.environment);
  if (!URL.canParse(url)) throw badGitHubUrl();
  const address = new URL(url);
  address.searchParams.set('audience', audience);
  return await requestToken(context, {
    service: "GitHub's ID token service",
    description: 'GitHub OIDC',
    method: 'GET',
    url: address,
    headers: { authorization: `bearer ${bearer}`, accept: 'application/json; api-version=2.0' },
    field: 'value',
    refused: (status) => gitHubRefused(status, address.host),
  });
}

/** Without the permission there is no address to ask, so that a refusal is never a matter of permissions. */
function gitHubRefused(status: number, host: string): PortError {
  if (status >= 500 || status === 429) {
    return new PortError({
      kind: status === 429 ? 'Throttled' : 'Unavailable',
      what: `GitHub's ID token service gave no token (HTTP ${status}), also when it was asked again`,
      fix: `Run the job again, and see githubstatus.com if it lasts. Behind a proxy, check that it lets ${host} pass.`,
      whole: true,
    });
  }
  return new PortError({
    kind: 'Unauthenticated',
    what: `GitHub's ID token service refused this job (HTTP ${status}), though the job has the permission`,
    fix:
      status === 401
        ? 'ACTIONS_ID_TOKEN_REQUEST_TOKEN is good for its own job and no longer than that: run the job again, and hand it on to no other.'
        : `If a proxy or firewall says so, let ${host} pass there; else run the job again, and see githubstatus.com if it lasts.`,
    whole: true,
  });
}

async function noGitHubToken(environment: EntraContext['environment']): Promise<PortError> {
  const fork = await forkOfRun(environment);
  const what = 'this job may not ask GitHub for an ID token (ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN are not set)';
  if (fork === undefined) {
    const fix = `Add to the job: ${PERMISSIONS}. A reusable workflow gets it from the job that calls it.`;
    return new PortError({ kind: 'Unauthenticated', what, fix, whole: true });
  }
  return new PortError({
    kind: 'Unauthenticated',
    code: 'ForkPullRequest',
    what: `this run belongs to a pull request of the fork ${fork}, and GitHub gives such runs no ID token, whatever their permissions say`,
    fix: 'Do here only what needs no login (the command validate), and the rest after the merge; or open the pull request from a branch of this repository.',
    whole: true,
  });
}

/** The fork that the run's pull request comes from; undefined where it is none, or nothing says so. */
async function forkOfRun(environment: EntraContext['environment']): Promise<string | undefined> {
  const path = environment['GITHUB_EVENT_PATH'] ?? '';
  if (path === '' || !OF_A_PULL_REQUEST.includes(environment['GITHUB_EVENT_NAME'] ?? '')) return undefined;
  const event = jsonObject(await readFile(path, 'utf8').catch(() => ''));
  const fork = forkOf(event?.['pull_request']);
  return fork === undefined ? undefined : strictName(fork);
}

function strictName(name: string): string {
  return /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(name) ? name : 'of another owner';
}

function badGitHubUrl(): PortError {
  return new PortError({
    kind: 'Invalid',
    what: 'ACTIONS_ID_TOKEN_REQUEST_URL is no address',
    fix: 'Leave the variable as the runner sets it.',
    whole: true,
  });
}
