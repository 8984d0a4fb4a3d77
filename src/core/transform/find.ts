/** Chooses the secrets of a vault that a `dataFrom[].find` takes. */
import type { FindSpec } from '../model/intent.ts';
import type { ListedObject } from '../model/vault.ts';
import { compileRegexp } from '../go/regexp.ts';

/**
 * The names to read, in the order of the list. A pattern that does not compile was refused with its manifest.
 *
 * ESO 2.9: enabled must be true; every tag of the find must be there with an equal value; the pattern (RE2) is searched
 * anywhere in the name, and an empty one matches all. Expired and certificate-backed secrets are taken.
 */
export function matchFind(listed: readonly ListedObject[], find: FindSpec): readonly string[] {
  const regexp = compileRegexp(find.nameRegexp);
  if (regexp === undefined) return [];
  return listed
    .filter((item) => item.enabled === true)
    .filter((item) => hasTags(item, find))
    .filter((item) => regexp.matches(item.name))
    .map((item) => item.name);
}

function hasTags({ tags }: ListedObject, find: FindSpec): boolean {
  return Object.entries(find.tags).every(([tag, value]) => tags.get(tag) === value);
}
