/** A list of a vault, to its end or to one of its limits: what a vault answers must keep no run busy for ever. */
import type { Clock } from '../../ports/clock.ts';
import { GarbledAnswer } from './vault-answer.ts';

/** Of all pages together, as they arrive; 64 MiB are the names and tags of more than 100,000 secrets. */
export const LARGEST_LIST_BYTES = 64 * 1024 * 1024;
/** A quarter of a million objects: vaults have no such number. */
export const MOST_PAGES = 10_000;
/** For one whole list with its repetitions; the one of a vault with 5,000 secrets takes about a minute. */
export const LIST_DEADLINE_MS = 10 * 60_000;

/** Everything on all pages. Throws a GarbledAnswer at a limit: a part of a list is never taken for the whole. */
export async function everyPage<Item>(clock: Clock, pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const endsAt = clock.now().getTime() + LIST_DEADLINE_MS;
  const items: Item[] = [];
  let count = 0;
  for await (const page of pages) {
    count += 1;
    if (count > MOST_PAGES) throw new GarbledAnswer('endless-list');
    for (const item of page) items.push(item);
    if (clock.now().getTime() > endsAt) throw new GarbledAnswer('slow-list');
  }
  return items;
}

/** Pages of one list that were asked for so far. */
interface Chain {
  readonly addresses: Set<string>;
  bytes: number;
}

/**
 * Follows the lists of one client from page to page, and throws a GarbledAnswer for one that goes on with a page that it
 * gave already, or has grown too large. What is no page passes.
 */
export function createPageGuard(): (address: string, body: string, nextLink: unknown) => void {
  const chains = new Map<string, Chain>();
  return (address, body, nextLink) => {
    if (typeof nextLink !== 'string' || nextLink === '') return void chains.delete(hrefOf(address, address));
    const here = hrefOf(address, address);
    const chain = chains.get(here) ?? { addresses: new Set(), bytes: 0 };
    chains.delete(here);
    chain.addresses.add(here);
    chain.bytes += body.length;
    const next = hrefOf(nextLink, address);
    if (chain.addresses.has(next)) throw new GarbledAnswer('repeated-page');
    if (chain.bytes > LARGEST_LIST_BYTES) throw new GarbledAnswer('endless-list');
    chains.set(next, chain);
  };
}

/** One text for one address: Key Vault writes `:443`, and the SDK escapes more than it does. */
function hrefOf(link: string, base: string): string {
  if (!URL.canParse(link, base)) return link;
  const url = new URL(link, base);
  url.search = new URLSearchParams(url.search).toString();
  return url.href;
}
