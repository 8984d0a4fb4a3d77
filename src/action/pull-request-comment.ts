/**
 * One comment on a pull request for each plan, updated in place.
 *
 * Only a comment of our own author counts, whatever it says: anybody may write our marker. Runs that overlap may write
 * two; the next look keeps the oldest. A run never overwrites what a newer one wrote.
 */
import { fieldsOf } from '../core/model/fields.ts';
import { PortError } from '../ports/errors.ts';
import { markerOf, runOf, type CommentSubject } from './comment-text.ts';
import type { GithubApi } from './github-api.ts';
import { partsOf, type GithubRun, type PullRequest } from './github-event.ts';

/** GitHub: the most that a page may have. */
const PAGE = 100;
const MOST_PAGES = 30;
/** A comment that was deleted in between, or whose creation was not answered, is looked for again. */
const ATTEMPTS = 3;
/** The author of what GITHUB_TOKEN writes. */
const WORKFLOW_AUTHOR = 'github-actions[bot]';

export interface Commenting {
  readonly api: GithubApi;
  readonly run: GithubRun;
  readonly pullRequest: PullRequest;
  readonly subject: CommentSubject;
}

export interface CommentRequest {
  readonly body: string;
  /** False = an existing comment is updated, and none is created. */
  readonly create: boolean;
}

/** Replaces the one comment of a plan that failed; where there are several, it is not known whose plan that was. */
export async function replaceComment(commenting: Commenting, bodyFor: (before: string) => string): Promise<Commented> {
  const [first, ...others] = await ownComments(commenting);
  if (first === undefined || others.length > 0) return { outcome: 'none' };
  if (isNewer(first, commenting)) return { outcome: 'newer' };
  return await updateComment(commenting, first, bodyFor(first.body));
}

export type Commented =
  | { readonly outcome: 'created' | 'updated'; readonly url: string }
  /** `newer` = a run after this one has commented. */
  | { readonly outcome: 'none' | 'newer' };

interface Comment {
  readonly id: number;
  readonly url: string;
  readonly body: string;
}

/** Rejects with a PortError where GitHub does not let us. */
export async function comment(commenting: Commenting, request: CommentRequest): Promise<Commented> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commentOnce(commenting, request);
    } catch (error) {
      if (attempt === ATTEMPTS || !isUncertain(error)) throw error;
    }
  }
}

/** The comment went away under our hands, or GitHub did not say whether it was created. */
function isUncertain(error: unknown): boolean {
  return error instanceof PortError && (error instanceof CommentGone || error.kind === 'Unavailable');
}

class CommentGone extends PortError {}

async function commentOnce(commenting: Commenting, { body, create }: CommentRequest): Promise<Commented> {
  const own = await ownComments(commenting);
  const [first, ...others] = own;
  if (first === undefined) return create ? await createComment(commenting, body) : { outcome: 'none' };
  if (own.some((one) => isNewer(one, commenting))) return { outcome: 'newer' };
  for (const other of others) await removeComment(commenting, other);
  return await updateComment(commenting, first, body);
}

async function createComment(commenting: Commenting, body: string): Promise<Commented> {
  const { api } = commenting;
  const made = commentOf(await api.ask(({ issues }) => issues.createComment({ ...pullOf(commenting), body })));
  const [first] = await ownComments(commenting);
  if (first === undefined || made === undefined || first.id === made.id)
    return { outcome: 'created', url: made?.url ?? '' };
  // Another run was faster by a moment: its comment stays, with whichever plan is the newer.
  await removeComment(commenting, made);
  return isNewer(first, commenting) ? { outcome: 'newer' } : await updateComment(commenting, first, body);
}

function isNewer({ body }: Comment, { run }: Commenting): boolean {
  return runOf(body) > run.runId;
}

async function updateComment(
  commenting: Commenting,
  { id, url, body: before }: Comment,
  body: string,
): Promise<Commented> {
  if (before !== body) {
    const change = { ...repositoryOf(commenting), comment_id: id, body };
    await orGone(commenting.api.ask(({ issues }) => issues.updateComment(change)));
  }
  return { outcome: 'updated', url };
}

async function removeComment(commenting: Commenting, { id }: Comment): Promise<void> {
  try {
    await commenting.api.ask(({ issues }) => issues.deleteComment({ ...repositoryOf(commenting), comment_id: id }));
  } catch (error) {
    if (!(error instanceof PortError && error.kind === 'NotFound')) throw error;
  }
}

async function orGone(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof PortError && error.kind === 'NotFound')) throw error;
    throw new CommentGone({ kind: 'Conflict', what: error.what, fix: error.fix, cause: error });
  }
}

/** Oldest first. Who we are is asked only where there is something to claim. */
async function ownComments(commenting: Commenting): Promise<readonly Comment[]> {
  const marked = await markedComments(commenting);
  if (marked.length === 0) return [];
  const author = (await commenting.api.viewer()) ?? WORKFLOW_AUTHOR;
  return marked
    .filter((one) => one.author === author)
    .map(({ comment: found }) => found)
    .toSorted((a, b) => a.id - b.id);
}

/**
 * Page by page, by numbers: octokit's own paging goes, with the token, wherever an answer says that the next page is, and
 * takes a conflict for the end.
 */
async function markedComments(
  commenting: Commenting,
): Promise<readonly { readonly comment: Comment; readonly author: unknown }[]> {
  const marker = `${markerOf(commenting.subject)} `;
  const found: { readonly comment: Comment; readonly author: unknown }[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const asked = { ...pullOf(commenting), per_page: PAGE, page };
    const answer = await commenting.api.ask(({ issues }) => issues.listComments(asked));
    const items: readonly unknown[] = Array.isArray(answer) ? answer : [];
    for (const item of items) {
      const one = commentOf(item);
      if (one?.body.startsWith(marker) === true) {
        found.push({ comment: one, author: fieldsOf(fieldsOf(item)['user'])['login'] });
      }
    }
    if (items.length < PAGE) break;
  }
  return found;
}

function commentOf(item: unknown): Comment | undefined {
  const { id, html_url: url, body } = fieldsOf(item);
  if (typeof id !== 'number') return undefined;
  // GitHub gives line ends back as it likes.
  const text = typeof body === 'string' ? body.replaceAll('\r\n', '\n') : '';
  return { id, url: typeof url === 'string' ? url : '', body: text };
}

/** Pull requests are issues where comments are concerned. */
function pullOf(commenting: Commenting): ReturnType<typeof partsOf> & { readonly issue_number: number } {
  return { ...repositoryOf(commenting), issue_number: commenting.pullRequest.number };
}

function repositoryOf({ run }: Commenting): ReturnType<typeof partsOf> {
  return partsOf(run.repository);
}
