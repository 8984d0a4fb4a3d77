import { describe, expect, it } from '@jest/globals';
import {
  createPageGuard,
  everyPage,
  LARGEST_LIST_BYTES,
  LIST_DEADLINE_MS,
  MOST_PAGES,
} from '../../../src/adapters/azure/pages.ts';
import { FakeClock } from '../../fakes/index.ts';
import { useLoopback } from './loopback.ts';
import { portError } from './support.ts';

const VAULT = 'https://kv-shop.vault.azure.net';
const many = Array.from({ length: 60 }, (_, number) => [`s-${number}`, [{ value: 'x' }]] as const);
const { azure, run } = useLoopback({ vaults: { 'kv-shop': { secrets: Object.fromEntries(many), pageSize: 25 } } });

async function* pages(count: number, between: () => void = () => undefined): AsyncGenerator<readonly number[]> {
  for (let number = 1; number <= count; number += 1) {
    between();
    yield [number];
  }
}

describe('everyPage', () => {
  it('reads as many pages as are allowed, and not one more', async () => {
    const clock = new FakeClock(new Date());
    await expect(everyPage(clock, pages(MOST_PAGES))).resolves.toHaveLength(10_000);
    await expect(everyPage(clock, pages(MOST_PAGES + 1))).rejects.toMatchObject({ garbling: 'endless-list' });
  });

  it('gives a list up after ten minutes, however many pages came', async () => {
    const clock = new FakeClock(new Date());
    const slowly = (ms: number) =>
      everyPage(
        clock,
        pages(10, () => clock.advance(ms)),
      );
    await expect(slowly(LIST_DEADLINE_MS / 10)).resolves.toHaveLength(10);
    await expect(slowly(LIST_DEADLINE_MS / 9)).rejects.toMatchObject({ garbling: 'slow-list' });
  });
});

describe('createPageGuard', () => {
  it('follows several lists of one client, one of them twice', () => {
    const guard = createPageGuard();
    for (const path of ['secrets', 'keys/a/versions', 'secrets']) {
      guard(`${VAULT}/${path}?v=7.4`, '{}', `${VAULT}:443/${path}?v=7.4&t=2`);
      guard(`${VAULT}/${path}?v=7.4&t=2`, '{}', `${VAULT}:443/${path}?v=7.4&t=3`);
      guard(`${VAULT}/${path}?v=7.4&t=3`, '{}', null);
    }
    expect(() => guard(`${VAULT}/secrets/a`, '{}', undefined)).not.toThrow();
  });

  it('refuses a list that grows too large, from page to page', () => {
    const guard = createPageGuard();
    const body = ' '.repeat(LARGEST_LIST_BYTES / 2);
    guard(`${VAULT}/secrets`, body, '/secrets?t=2');
    guard(`${VAULT}/secrets?t=2`, body, '/secrets?t=3');
    expect(() => guard(`${VAULT}/secrets?t=3`, ' ', '/secrets?t=4')).toThrow('endless-list');
  });
});

describe('a list of a vault', () => {
  const linkTo = (nextLink: string) => JSON.stringify({ value: [], nextLink });

  it.each([
    ['itself', `${VAULT}/secrets?api-version=7.4`, 1],
    ['itself, with the port', `${VAULT}:443/secrets?api-version=7.4`, 1],
    ['a page that it gave before', `${VAULT}/secrets?api-version=7.4&$skiptoken=2&maxresults=25`, 3],
  ])('that goes on with %s is refused at once', async (_what, nextLink, requests) => {
    const match = requests === 1 ? '^GET /secrets$' : 'skiptoken=3';
    azure().vaults.inject({ match, body: linkTo(nextLink) });
    const error = await portError((await run().open()).list());
    expect([error.kind, error.what]).toEqual([
      'Malformed',
      'vault kv-shop answered the list of secrets with a page that goes on with one that it gave already',
    ]);
    expect(azure().vaults.requests()).toHaveLength(requests);
  });

  it('may be read twice', async () => {
    const provider = await run().open();
    await expect(provider.list()).resolves.toHaveLength(60);
    await expect(provider.list()).resolves.toHaveLength(60);
  });
});
