/** What GitHub's own JSON says about a pull request, for whoever must know how its runs are treated. */
import { fieldsOf } from './fields.ts';

/**
 * The fork that a pull request comes from, `OWNER/NAME`, '' where it was deleted since; `undefined` where it is none, or
 * the event does not say.
 *
 * GitHub takes a pull request for one of a fork where head and base are different repositories, and gives its runs a
 * token that may only read and no ID token. `head.repo.fork` says something else: it is true for a branch of a repository
 * that is itself a fork of another, and false for the original that a fork takes changes from.
 */
export function forkOf(pullRequest: unknown): string | undefined {
  const { head, base } = fieldsOf(pullRequest);
  const [from, to] = [fieldsOf(head)['repo'], fieldsOf(base)['repo']].map((repo) => fieldsOf(repo)['full_name']);
  if (!('repo' in fieldsOf(head)) || typeof to !== 'string' || from === to) return undefined;
  return typeof from === 'string' ? from : '';
}
