/** The text of a comment on a pull request, and the marker by which a later run finds it again. */
import { createHash } from 'node:crypto';
import type { Outcome } from '../core/report/outcome.ts';
import { COMMENT_ROOM } from '../core/report/markdown.ts';
import type { GithubRun } from './github-event.ts';

/** Which plan a comment is of: a pull request has one comment for each. */
export interface CommentSubject {
  readonly installation: string;
  readonly namespace: string;
  /** Absent where the input is none. */
  readonly level?: string;
  /** The cluster or folder; offline the manifests. Absent where that is not known: the plan failed. */
  readonly place?: string;
}

/** Begins every comment of this plan; Markdown does not show it. Without level or place, of all plans that differ in these only. */
export function markerOf({ installation, namespace, level, place }: CommentSubject): string {
  const known = { installation, namespace, ...(level === undefined ? {} : { level, place }) };
  const pairs = Object.entries<string | undefined>(known).flatMap(([name, text]) =>
    text === undefined ? [] : [`${name}=${inMarker(text)}`],
  );
  return `<!-- keyferry:plan ${pairs.join(' ')}`;
}

/** More than this is told by a hash: a comment has other things to say. */
const LONGEST = 100;

/** Nothing in it ends the marker: `>` and spaces are written as numbers. */
function inMarker(text: string): string {
  if (text.length > LONGEST) return createHash('sha256').update(text).digest('hex');
  return encodeURIComponent(text).replaceAll('-', '%2D');
}

/** The marker with the run that wrote the comment, so that an older run never overwrites a newer one's. */
function head(marker: string, { runId, runAttempt }: GithubRun): string {
  return `${marker} run=${runId} attempt=${runAttempt} -->`;
}

/** The marker that a comment has, without the run. */
export function markerIn(body: string): string {
  return /^<!-- keyferry:plan [^>]*?(?= run=)/u.exec(body)?.[0] ?? '';
}

/** The run that wrote a comment; 0 where it does not say. */
export function runOf(body: string): number {
  return Number(/^<!-- keyferry:plan [^>]* run=(\d+) /u.exec(body)?.[1] ?? 0);
}

export function planComment(outcome: Outcome, subject: CommentSubject, run: GithubRun): string {
  const nothing = outcome.plan?.changed === true ? '' : 'No changes.\n\n';
  return `${head(markerOf(subject), run)}\n${nothing}${outcome.markdown(COMMENT_ROOM)}\n${foot(run)}\n`;
}

/** In place of a plan that could not be made: the last one must not look as if it still held. */
export function failureComment(before: string, run: GithubRun): string {
  const marker = markerIn(before);
  const level = / level=(\w+)/u.exec(marker)?.[1] ?? '';
  const title = `### Keyferry: plan (${level}) failed`;
  return `${head(marker, run)}\n${title}\n\nThere is no plan of this commit; the log of the run says why.\n\n${foot(run)}\n`;
}

function foot({ pullRequest, sha, runId, runUrl }: GithubRun): string {
  const commit = (pullRequest?.headSha ?? sha).slice(0, 7);
  return `<sub>Commit ${commit}, [run ${runId}](${runUrl}). This comment is updated in place.</sub>`;
}
