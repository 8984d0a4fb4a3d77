/** A loopback GitHub, a token for it, and the client under test with a clock that does not wait. */
import { GithubApi } from '../../src/action/github-api.ts';
import type { GithubRun, PullRequest } from '../../src/action/github-event.ts';
import { FakeClock, RecordingLogger } from '../fakes/index.ts';
import type { GithubRestServer, TokenRights } from '../servers/index.ts';

export const AUTHOR = 'github-actions[bot]';
export const RIGHTS: TokenRights['permissions'] = { contents: 'read', 'pull-requests': 'write' };
export const PULL_REQUEST: PullRequest = { number: 7, isFork: false, headSha: 'abcdef0123456789' };

export interface Client {
  readonly api: GithubApi;
  readonly clock: FakeClock;
  readonly logger: RecordingLogger;
}

export function clientOf(
  github: GithubRestServer,
  rights: TokenRights = { login: AUTHOR, permissions: RIGHTS },
  token = github.token(rights),
): Client {
  const environment = github.environment();
  const [clock, logger] = [new FakeClock('2026-01-01T00:00:00Z'), new RecordingLogger()];
  const api = new GithubApi({
    apiUrl: environment['GITHUB_API_URL']!,
    graphqlUrl: environment['GITHUB_GRAPHQL_URL']!,
    token,
    environment: {},
    retry: { clock, logger, random: () => 0.5 },
  });
  return { api, clock, logger };
}

export function runOf(github: GithubRestServer, runId = 100): GithubRun {
  const environment = github.environment();
  return {
    apiUrl: environment['GITHUB_API_URL']!,
    graphqlUrl: environment['GITHUB_GRAPHQL_URL']!,
    repository: 'contoso/shop',
    runId,
    runAttempt: 1,
    runUrl: `https://github.example/contoso/shop/actions/runs/${runId}`,
    sha: 'f'.repeat(40),
    isMerge: true,
    pullRequest: PULL_REQUEST,
  };
}
