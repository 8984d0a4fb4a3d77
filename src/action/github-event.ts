/** What a step knows of the run and the pull request that it belongs to: the runner's variables and its event file. */
import { readFile } from 'node:fs/promises';
import { fieldsOf } from '../core/model/fields.ts';
import { forkOf } from '../core/model/pull-request.ts';
import type { Environment } from '../wiring/environment.ts';

export interface PullRequest {
  readonly number: number;
  /** The base branch as the event has it; absent for comments on a pull request. */
  readonly baseSha?: string;
  /** What is to be merged. */
  readonly headSha?: string;
  /** GitHub gives workflows of forks a token that may only read. */
  readonly isFork: boolean;
}

export interface GithubRun {
  /** `https://api.github.com`; of GitHub Enterprise Server `https://HOST/api/v3`. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly runId: number;
  readonly runAttempt: number;
  /** The page of the run. */
  readonly runUrl: string;
  /** The commit of the run. */
  readonly sha: string;
  /** True where that commit is the merge of head and base that GitHub made for a pull request. */
  readonly isMerge: boolean;
  readonly pullRequest?: PullRequest;
}

/** `undefined` where there is no repository of GitHub: programs that run workflows on a laptop. */
export async function readGithubRun(environment: Environment): Promise<GithubRun | undefined> {
  const repository = environment['GITHUB_REPOSITORY'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/u.test(repository)) return undefined;
  const apiUrl = (environment['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/+$/u, '');
  const runId = Number(environment['GITHUB_RUN_ID'] ?? 0);
  const server = environment['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const pullRequest = pullRequestOf(await readEvent(environment['GITHUB_EVENT_PATH'] ?? ''));
  return {
    apiUrl,
    graphqlUrl: environment['GITHUB_GRAPHQL_URL'] ?? graphqlUrlOf(apiUrl),
    repository,
    runId,
    runAttempt: Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1),
    runUrl: `${server}/${repository}/actions/runs/${runId}`,
    sha: environment['GITHUB_SHA'] ?? '',
    // With pull_request_target and comments it is a commit of the base branch, which may be a merge of its own.
    isMerge: /^refs\/pull\/\d+\/merge$/u.test(environment['GITHUB_REF'] ?? ''),
    ...(pullRequest === undefined ? {} : { pullRequest }),
  };
}

/** As GitHub's API names the parts of `OWNER/NAME`. */
export function partsOf(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}

/** GitHub Enterprise Server: REST is at /api/v3, GraphQL at /api/graphql. */
function graphqlUrlOf(apiUrl: string): string {
  return apiUrl.endsWith('/api/v3') ? apiUrl.replace(/\/v3$/u, '/graphql') : `${apiUrl}/graphql`;
}

type Fields = Readonly<Record<string, unknown>>;

/** An event that cannot be read is one without a pull request. */
async function readEvent(path: string): Promise<Fields> {
  try {
    return fieldsOf(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {};
  }
}

/** Of `pull_request`, `pull_request_target`, `pull_request_review` …; of a comment on one only the number is known. */
function pullRequestOf(event: Fields): PullRequest | undefined {
  const pull = fieldsOf(event['pull_request']);
  const number = pull['number'] ?? (event['pull_request'] === undefined ? numberOfComment(event) : undefined);
  if (typeof number !== 'number') return undefined;
  const [base, head] = [fieldsOf(pull['base']), fieldsOf(pull['head'])];
  const [baseSha, headSha] = [base['sha'], head['sha']];
  return {
    number,
    ...(typeof baseSha === 'string' ? { baseSha } : {}),
    ...(typeof headSha === 'string' ? { headSha } : {}),
    isFork: forkOf(pull) !== undefined,
  };
}

function numberOfComment(event: Fields): unknown {
  const issue = fieldsOf(event['issue']);
  return issue['pull_request'] === undefined ? undefined : issue['number'];
}
