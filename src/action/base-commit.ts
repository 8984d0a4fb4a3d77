/** Which commit a pull request is compared with. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldsOf } from '../core/model/fields.ts';
import { PortError } from '../ports/errors.ts';
import type { GithubApi } from './github-api.ts';
import { partsOf, type GithubRun, type PullRequest } from './github-event.ts';

/**
 * GitHub checks out the merge of the head into the base, and the base may have moved on since the event: what the merge
 * was made from is its first parent, and only against that one is the difference the pull request's own. Where the
 * checkout is something else, it is the base of the event.
 */
export async function baseCommit(
  api: GithubApi,
  { run, pullRequest, root }: { readonly run: GithubRun; readonly pullRequest: PullRequest; readonly root: string },
): Promise<string> {
  const isMerge = run.isMerge && (await checkedOut(root)) === run.sha;
  const parent = isMerge ? await firstParent(api, run) : undefined;
  const base = parent ?? pullRequest.baseSha ?? (await baseOf(api, run, pullRequest));
  if (base !== undefined) return base;
  throw new PortError({
    kind: 'Invalid',
    code: 'NoBase',
    whole: true,
    what: `GitHub does not say what pull request #${pullRequest.number} is based on`,
    fix: 'Give the manifests to compare with in the input base.',
  });
}

/** Of a detached checkout; `undefined` for any other. */
async function checkedOut(root: string): Promise<string | undefined> {
  const head = await readFile(join(root, '.git', 'HEAD'), 'utf8').catch(() => '');
  return /^[0-9a-f]{40,64}$/u.exec(head.trim())?.[0];
}

/** `undefined` where the commit is no merge. */
async function firstParent(api: GithubApi, { repository, sha }: GithubRun): Promise<string | undefined> {
  const { parents } = fieldsOf(await api.ask(({ git }) => git.getCommit({ ...partsOf(repository), commit_sha: sha })));
  const all: readonly unknown[] = Array.isArray(parents) ? parents : [];
  const [first, second] = all;
  const parent = fieldsOf(first)['sha'];
  return second !== undefined && typeof parent === 'string' ? parent : undefined;
}

async function baseOf(api: GithubApi, run: GithubRun, { number }: PullRequest): Promise<string | undefined> {
  const { base } = fieldsOf(
    await api.ask(({ pulls }) => pulls.get({ ...partsOf(run.repository), pull_number: number })),
  );
  const { sha } = fieldsOf(base);
  return typeof sha === 'string' ? sha : undefined;
}
