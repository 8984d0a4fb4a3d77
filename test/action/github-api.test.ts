/** What GitHub answers, and what becomes of it. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PortError } from '../../src/ports/errors.ts';
import { GithubRestServer } from '../servers/index.ts';
import { clientOf, type Client } from './support.ts';

const PULL = { owner: 'contoso', repo: 'shop', issue_number: 7 };
const read = ({ api }: Client) => api.ask(({ issues }) => issues.listComments(PULL));
const write = ({ api }: Client) => api.ask(({ issues }) => issues.createComment({ ...PULL, body: 'a' }));

let github: GithubRestServer;

beforeEach(async () => {
  github = await GithubRestServer.start({ repository: 'contoso/shop' });
});
afterEach(() => github.close());

async function refusal(asked: Promise<unknown>): Promise<PortError> {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  if (error instanceof PortError) return error;
  throw new Error('there was no refusal');
}

const asked = (line: RegExp) => github.log.filter((one) => line.test(one)).length;

describe('GitHub', () => {
  it('is asked again while it fails, where that does no harm', async () => {
    github.faults.inject({ match: '^GET', status: 502, times: 2 });
    const client = clientOf(github);
    expect(await read(client)).toEqual([]);
    expect(client.logger.text()).toContain('GitHub answered HTTP 502, waiting 2 s (attempt 2 of 4)');
  });

  it('is not sent a comment twice because the first answer was lost', async () => {
    github.faults.inject({ match: '^POST', reset: 'after' });
    expect((await refusal(write(clientOf(github)))).kind).toBe('Unavailable');
    expect(github.comments(7)).toHaveLength(1);
  });

  it.each([
    ['a 429', { status: 429, retryAfter: 5 }, {}, 5],
    ['a 403 with Retry-After', { status: 403, retryAfter: 7 }, {}, 7],
    ['its secondary limits', { status: 403, message: 'You have exceeded a secondary rate limit.' }, {}, 2],
    [
      'a token without requests left',
      { status: 403 },
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Date.parse('2026-01-01T00:00:30Z') / 1000) },
      30,
    ],
  ])('is left alone for as long as it asks: %s', async (_what, fault, headers, seconds) => {
    github.faultHeaders = headers;
    github.faults.inject({ match: '^POST', times: 1, ...fault });
    const client = clientOf(github);
    await write(client);
    expect((client.clock.now().getTime() - Date.parse('2026-01-01T00:00:00Z')) / 1000).toBe(seconds);
    expect(github.comments(7)).toHaveLength(1);
  });

  it('is not waited for longer than a comment is worth', async () => {
    github.faults.inject({ match: '^GET', status: 429, retryAfter: 3000 });
    const client = clientOf(github);
    const error = await refusal(read(client));
    expect([error.kind, error.what]).toEqual([
      'Throttled',
      'GitHub refused GET /repos/contoso/shop/issues/7/comments (HTTP 429, too many requests)',
    ]);
    expect(client.clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  it.each([
    [401, 'Unauthenticated'],
    [403, 'Forbidden'],
    [404, 'NotFound'],
    [422, 'Invalid'],
  ])('is told apart by what it means: HTTP %d', async (status, kind) => {
    github.faults.inject({ match: '^GET', status, message: 'canary' });
    const error = await refusal(read(clientOf(github)));
    expect(error.kind).toBe(kind);
    expect(error.message).not.toContain('canary');
    expect(asked(/^GET/u)).toBe(1);
  });

  it('is not taken for a page of a proxy, and the other way round', async () => {
    github.faults.inject({ match: '^GET', html: true, status: 200 });
    expect((await refusal(read(clientOf(github)))).kind).toBe('Malformed');
  });

  it('tells who a token belongs to; not being told is no failure', async () => {
    const { api } = clientOf(github, { login: 'keyferry[bot]', permissions: {} });
    expect(await api.viewer()).toBe('keyferry[bot]');
    github.faults.inject({ match: 'graphql', status: 403 });
    expect(await api.viewer()).toBeUndefined();
  });
});
