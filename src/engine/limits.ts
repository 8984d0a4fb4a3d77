/** How much is asked at once of one API server. */
import pLimit from 'p-limit';

/** Requests of one command that are on their way at the same time. */
export const REQUESTS_AT_ONCE = 16;

/** `work` of each item, some at a time; results in the order of the items. Rejects with the first error. */
export function together<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  return pLimit(REQUESTS_AT_ONCE).map(items, work);
}
