/** One comment for each plan, updated in place. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { markerIn, markerOf, runOf, type CommentSubject } from '../../src/action/comment-text.ts';
import { comment, replaceComment, type Commenting } from '../../src/action/pull-request-comment.ts';
import { PortError } from '../../src/ports/errors.ts';
import { GithubRestServer, type TokenRights } from '../servers/index.ts';
import { AUTHOR, clientOf, PULL_REQUEST, RIGHTS, runOf as runNumbered } from './support.ts';

const SUBJECT = { installation: 'keyferry', namespace: '', level: 'full', place: 'cluster shop' };

let github: GithubRestServer;

beforeEach(async () => {
  github = await GithubRestServer.start({ repository: 'contoso/shop' });
});
afterEach(() => github.close());

function commenting(parts: Partial<CommentSubject> = {}, runId = 100, rights?: TokenRights): Commenting {
  const run = runNumbered(github, runId);
  return { api: clientOf(github, rights).api, run, pullRequest: PULL_REQUEST, subject: { ...SUBJECT, ...parts } };
}

const bodyOf = ({ subject, run }: Commenting, text: string) =>
  `${markerOf(subject)} run=${run.runId} attempt=1 -->\n${text}`;
const write = (who: Commenting, text: string, create = true) => comment(who, { body: bodyOf(who, text), create });
const bodies = () => github.comments(7).map(({ body }) => body.split('\n').slice(1).join('\n'));

describe('the comment of a plan', () => {
  it('is written once, and updated by the next run', async () => {
    expect(await write(commenting(), 'first')).toEqual({
      outcome: 'created',
      url: expect.stringContaining('/comments/'),
    });
    expect(await write(commenting({}, 101), 'second')).toMatchObject({ outcome: 'updated' });
    expect(bodies()).toEqual(['second']);
  });

  it('is not written where nothing is to be told, but an earlier one is brought up to date', async () => {
    expect(await write(commenting(), 'nothing', false)).toEqual({ outcome: 'none' });
    await write(commenting(), 'something');
    expect(await write(commenting({}, 101), 'nothing', false)).toMatchObject({ outcome: 'updated' });
    expect(bodies()).toEqual(['nothing']);
  });

  it.each<[string, Partial<CommentSubject>]>([
    ['another installation', { installation: 'keyferry-2' }],
    ['another level', { level: 'offline' }],
    ['another cluster', { place: 'cluster shop-2' }],
    ['another namespace', { namespace: 'other' }],
  ])('is another one for %s', async (_what, parts) => {
    await write(commenting(), 'first');
    await write(commenting(parts), 'second');
    expect(bodies()).toEqual(['first', 'second']);
  });

  it('is found behind any number of other comments', async () => {
    for (let index = 0; index < 250; index += 1) github.comment(7, 'somebody', `talk ${index}`);
    await write(commenting(), 'first');
    for (let index = 0; index < 5; index += 1) github.comment(7, 'somebody', `more ${index}`);
    await write(commenting({}, 101), 'second');
    expect(github.comments(7).filter(({ author }) => author === AUTHOR)).toHaveLength(1);
    expect(github.comments(7)).toHaveLength(256);
  });

  it('is never one of somebody else, whatever it says', async () => {
    const marked = bodyOf(commenting(), 'forged');
    github.comment(7, 'mallory', marked);
    github.comment(7, 'other[bot]', marked);
    await write(commenting(), 'ours');
    expect(github.comments(7).map(({ author, body }) => [author, body.split('\n')[1]])).toEqual([
      ['mallory', 'forged'],
      ['other[bot]', 'forged'],
      [AUTHOR, 'ours'],
    ]);
  });

  it('is that of an App where its token is given', async () => {
    const app = { login: 'keyferry[bot]', permissions: RIGHTS };
    github.comment(7, AUTHOR, bodyOf(commenting(), 'of the workflow'));
    await write(commenting({}, 100, app), 'first');
    await write(commenting({}, 101, app), 'second');
    expect(bodies()).toEqual(['of the workflow', 'second']);
  });

  it('is taken for that of the workflow where GitHub does not say who we are', async () => {
    await write(commenting(), 'first');
    github.faults.inject({ match: 'graphql', status: 403 });
    await write(commenting({}, 101), 'second');
    expect(bodies()).toEqual(['second']);
  });

  it('is written anew where somebody deleted it, also in the very moment', async () => {
    await write(commenting(), 'first');
    github.before = (line) => {
      if (line.startsWith('PATCH')) for (const { id } of github.comments(7)) github.deleteComment(id);
    };
    expect(await write(commenting({}, 101), 'second')).toMatchObject({ outcome: 'created' });
    expect(bodies()).toEqual(['second']);
  });

  it('is left alone where a newer run wrote it', async () => {
    await write(commenting({}, 200), 'newer');
    expect(await write(commenting({}, 199), 'older')).toEqual({ outcome: 'newer' });
    expect(bodies()).toEqual(['newer']);
  });

  it('is one where two runs write it at the same moment', async () => {
    let left = 1;
    github.before = (line) => {
      if (line.startsWith('POST /repos') && left-- > 0)
        github.comment(7, AUTHOR, bodyOf(commenting({}, 101), 'theirs'));
    };
    expect(await write(commenting({}, 100), 'ours')).toEqual({ outcome: 'newer' });
    expect(bodies()).toEqual(['theirs']);
    left = 1;
    github.deleteComment(github.comments(7)[0]!.id);
    await write(commenting({}, 102), 'ours, which is newer');
    expect(bodies()).toEqual(['ours, which is newer']);
  });

  it('takes the place of those that were written twice before', async () => {
    github.comment(7, AUTHOR, bodyOf(commenting(), 'one'));
    github.comment(7, AUTHOR, bodyOf(commenting(), 'two'));
    await write(commenting({}, 101), 'three');
    expect(bodies()).toEqual(['three']);
  });

  it('is looked for before it is sent again, where GitHub did not answer', async () => {
    github.faults.inject({ match: '^POST /repos', reset: 'after', times: 1 });
    await write(commenting(), 'first');
    expect(bodies()).toEqual(['first']);
  });

  it('is not sent again where it is already so', async () => {
    await write(commenting(), 'first');
    await write(commenting(), 'first');
    expect(github.log.filter((line) => line.startsWith('PATCH'))).toEqual([]);
  });

  it('may be refused, which is told', async () => {
    const reader = { login: AUTHOR, permissions: { contents: 'read', 'pull-requests': 'read' } } as const;
    await expect(write(commenting({}, 100, reader), 'first')).rejects.toThrow(PortError);
    expect(github.comments(7)).toEqual([]);
  });

  it('works below /api/v3 of GitHub Enterprise Server', async () => {
    await github.close();
    github = await GithubRestServer.start({ repository: 'contoso/shop', enterprise: true });
    await write(commenting(), 'first');
    await write(commenting({}, 101), 'second');
    expect(bodies()).toEqual(['second']);
    expect(github.log.some((line) => line.startsWith('POST /api/graphql'))).toBe(true);
  });
});

describe('the comment of a plan that failed', () => {
  const placeless = { installation: 'keyferry', namespace: '', level: 'full' };

  it('replaces the one there is, whose cluster is not known now', async () => {
    await write(commenting(), 'first');
    const who = { ...commenting({}, 101), subject: placeless };
    expect(await replaceComment(who, (before) => `${markerIn(before)} run=101 attempt=1 -->\nfailed`)).toMatchObject({
      outcome: 'updated',
    });
    await write(commenting({}, 102), 'well again');
    expect(bodies()).toEqual(['well again']);
  });

  it('is none where there are several, or none, to choose from', async () => {
    const who = { ...commenting(), subject: placeless };
    expect(await replaceComment(who, () => 'failed')).toEqual({ outcome: 'none' });
    await write(commenting(), 'one');
    await write(commenting({ place: 'cluster two' }), 'two');
    expect(await replaceComment(who, () => 'failed')).toEqual({ outcome: 'none' });
    expect(bodies()).toEqual(['one', 'two']);
  });
});

describe('the marker', () => {
  it.each(['a b', 'a--b', '--> <script>', 'run=9 attempt=9', 'ü/ß', 'x'.repeat(5_000)])(
    'holds any name: %s',
    (place) => {
      const marker = markerOf({ ...SUBJECT, place });
      const body = `${marker} run=12 attempt=1 -->\ntext`;
      expect(body.indexOf('-->')).toBe(body.indexOf('\n') - 3);
      expect([runOf(body), markerIn(body)]).toEqual([12, marker]);
      expect(marker.slice('<!--'.length)).not.toContain('--');
      expect(marker.length).toBeLessThan(500);
    },
  );
});
