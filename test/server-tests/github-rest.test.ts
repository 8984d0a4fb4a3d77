import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GithubRestServer } from '../servers/index.ts';
import { GitObjects } from '../servers/git-objects.ts';

let github: GithubRestServer;
let root: string;

beforeEach(async () => {
  github = await GithubRestServer.start({ repository: 'contoso/shop' });
  root = `${github.environment()['GITHUB_API_URL']!}/repos/contoso/shop`;
});
afterEach(() => github.close());

async function ask(method: string, path: string, token: string, body?: object) {
  const given = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${root}${path}`, { method, headers: { authorization: `Bearer ${token}` }, ...given });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
}

const writer = () => github.token({ login: 'one[bot]', permissions: { contents: 'read', 'pull-requests': 'write' } });
const reader = () => github.token({ login: 'two[bot]', permissions: { contents: 'read', 'pull-requests': 'read' } });

describe('the loopback GitHub', () => {
  it('hashes files as Git does', () => {
    const objects = new GitObjects();
    objects.add({ 'a.txt': 'hello\n' });
    expect([...objects.blobs.keys()]).toEqual(['ce013625030ba8dba906f756967f9e9ca394464a']);
  });

  it('keeps comments, page by page, with their authors', async () => {
    const token = writer();
    for (const text of ['a', 'b', 'c']) await ask('POST', '/issues/7/comments', token, { body: text });
    const page = await ask('GET', '/issues/7/comments?per_page=2&page=2', token);
    expect(page).toMatchObject({ status: 200, body: [{ body: 'c', user: { login: 'one[bot]', type: 'Bot' } }] });
    const { id } = github.comments(7)[0]!;
    expect((await ask('PATCH', `/issues/comments/${id}`, token, { body: 'new' })).status).toBe(200);
    expect((await ask('DELETE', `/issues/comments/${id + 1}`, token)).status).toBe(204);
    expect(github.comments(7).map(({ body }) => body)).toEqual(['new', 'c']);
  });

  it('lets nobody write who may only read, and nobody read who may not', async () => {
    expect((await ask('POST', '/issues/7/comments', reader(), { body: 'a' })).status).toBe(403);
    expect((await ask('GET', '/issues/7/comments', github.token({ login: 'x', permissions: {} }))).status).toBe(403);
    expect((await ask('GET', '/pulls/7', github.token({ login: 'x', permissions: {} }))).status).toBe(404);
    expect((await ask('GET', '/issues/7/comments', 'unknown')).status).toBe(401);
  });

  it('refuses a comment that is too long', async () => {
    const answer = await ask('POST', '/issues/7/comments', writer(), { body: 'x'.repeat(65_537) });
    expect(answer.status).toBe(422);
  });

  it('shows the tree of a commit whole, folder by folder, or cut', async () => {
    const files = { 'deploy/a.yaml': 'a', 'deploy/deep/b.yaml': 'b', link: 'link:deploy/a.yaml' };
    const sha = github.commit(files);
    const paths = ({ body }: { body: unknown }) => (body as { tree: { path: string }[] }).tree.map(({ path }) => path);
    const whole = await ask('GET', `/git/trees/${sha}?recursive=1`, reader());
    expect(paths(whole)).toEqual(['deploy', 'deploy/a.yaml', 'deploy/deep', 'deploy/deep/b.yaml', 'link']);
    expect(paths(await ask('GET', `/git/trees/${sha}`, reader()))).toEqual(['deploy', 'link']);
  });

  it('gives blobs as base64 with line ends', async () => {
    const sha = github.commit({ 'a.yaml': 'x'.repeat(100) });
    const { body } = await ask('GET', `/git/trees/${sha}`, reader());
    const blob = (body as { tree: { sha: string }[] }).tree[0]!.sha;
    const { content } = (await ask('GET', `/git/blobs/${blob}`, reader())).body as { content: string };
    expect(content).toContain('\n');
    expect(Buffer.from(content, 'base64').toString()).toBe('x'.repeat(100));
  });
});
