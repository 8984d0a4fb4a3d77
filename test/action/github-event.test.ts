import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGithubRun } from '../../src/action/github-event.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-event-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(event: unknown, environment: Readonly<Record<string, string>> = {}) {
  const path = join(folder, 'event.json');
  await writeFile(path, typeof event === 'string' ? event : JSON.stringify(event));
  return await readGithubRun({ GITHUB_REPOSITORY: 'contoso/shop', GITHUB_EVENT_PATH: path, ...environment });
}

const pull = (headRepository: object | null) => ({
  pull_request: {
    number: 7,
    base: { sha: 'base', repo: { full_name: 'contoso/shop' } },
    head: { sha: 'head', repo: headRepository },
  },
});

describe('the run of a workflow', () => {
  it('belongs to the pull request of its event', async () => {
    expect((await read(pull({ full_name: 'contoso/shop' })))?.pullRequest).toEqual({
      number: 7,
      baseSha: 'base',
      headSha: 'head',
      isFork: false,
    });
  });

  it.each([
    ['another repository', { full_name: 'mallory/shop' }],
    ['a repository that was deleted', null],
    ['the original of this one, which is no fork itself', { full_name: 'upstream/shop', fork: false }],
  ])('is of a fork where the head is in %s', async (_what, repository) => {
    expect((await read(pull(repository)))?.pullRequest?.isFork).toBe(true);
  });

  it('is of no fork where a branch of this repository is, which is a fork of another itself', async () => {
    expect((await read(pull({ full_name: 'contoso/shop', fork: true })))?.pullRequest?.isFork).toBe(false);
  });

  it('belongs to the pull request that somebody comments on', async () => {
    const event = { issue: { number: 9, pull_request: { url: 'x' } }, comment: { body: '/plan' } };
    expect((await read(event))?.pullRequest).toEqual({ number: 9, isFork: false });
    expect((await read({ issue: { number: 9 } }))?.pullRequest).toBeUndefined();
  });

  it.each(['{}', '[]', 'no JSON', '{"pull_request": null}', '{"pull_request": {"number": "7"}}'])(
    'belongs to none with the event %s',
    async (event) => expect((await read(event))?.pullRequest).toBeUndefined(),
  );

  it('finds GraphQL beside REST, on GitHub and on GitHub Enterprise Server', async () => {
    const graphql = async (apiUrl: string) => (await read({}, { GITHUB_API_URL: apiUrl }))?.graphqlUrl;
    expect(await graphql('https://api.github.com')).toBe('https://api.github.com/graphql');
    expect(await graphql('https://git.example/api/v3/')).toBe('https://git.example/api/graphql');
  });

  it('is of a merge where its ref is one, and not of a commit of the base branch', async () => {
    const isMerge = async (ref: string) => (await read({}, { GITHUB_REF: ref }))?.isMerge;
    expect(await isMerge('refs/pull/7/merge')).toBe(true);
    expect(await isMerge('refs/heads/main')).toBe(false);
  });

  it('is none where there is no repository of GitHub', async () => {
    expect(await readGithubRun({})).toBeUndefined();
    expect(await read({}, { GITHUB_REPOSITORY: '../../etc' })).toBeUndefined();
  });
});
