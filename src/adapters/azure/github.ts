/** The ID token of a GitHub job: asked of whatever address the runner names, so also of GHES and ghe.com. */
import { readFile } from 'node:fs/promises';
import { forkOf } from '../../core/model/pull-request.ts';
import { PortError } from '../../ports/errors.ts';
import { askPlainly, type PlainAnswer } from './plain-request.ts';
import type { EntraContext } from './settings.ts';
import { wireWords } from './to-port-error.ts';
import { jsonObject } from './vault-answer.ts';
import { WireFailure } from './wire.ts';

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
  const answer = await answerOfGitHub(context, address, bearer);
  if (answer.status !== 200) throw gitHubRefused(answer.status);
  const token = jsonObject(answer.body)?.['value'];
  if (typeof token === 'string' && token !== '') return token;
  throw new PortError({
    kind: 'Malformed',
    what: 'GitHub answered the request for an ID token without a token',
    fix: 'Run the job again; see githubstatus.com if it lasts.',
    whole: true,
  });
}

async function answerOfGitHub(context: EntraContext, url: URL, bearer: string): Promise<PlainAnswer> {
  const headers = { authorization: `bearer ${bearer}`, accept: 'application/json; api-version=2.0' };
  try {
    return await askPlainly(context, { description: 'GitHub OIDC', method: 'GET', url, headers });
  } catch (error) {
    if (error instanceof WireFailure) throw new PortError(wireWords(error.code, "GitHub's OIDC service", url.host));
    throw error;
  }
}

function gitHubRefused(status: number): PortError {
  return new PortError({
    kind: status >= 500 || status === 429 ? 'Unavailable' : 'Unauthenticated',
    what: `GitHub gave no ID token (HTTP ${status})`,
    fix: `Check that the job has ${PERMISSIONS}, and run it again; see githubstatus.com if it lasts.`,
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
