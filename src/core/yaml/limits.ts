/** How much one document may be: reading it is one piece of work that no signal can interrupt, so it is short. */

/** Fields, list items, anchors, aliases and tags of one document. An API server takes objects of 1.5 MB; lists of many objects may be split. */
export const MOST_FIELDS = 100_000;
/** Signs of any kind; only odd documents have so many more of them than fields. */
export const MOST_SIGNS = 10 * MOST_FIELDS;
/** What the aliases of one document may expand to, counted in values. */
export const MOST_EXPANDED = 200_000;
/** Levels of maps and lists within each other. Whoever looks at the values later does it level by level. */
export const MOST_LEVELS = 200;
