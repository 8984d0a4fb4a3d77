/** The manifests of a pull request's base, from GitHub. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { baseCommit } from '../../src/action/base-commit.ts';
import { BaseManifests, checkoutOf, type BaseOptions } from '../../src/action/base-manifests.ts';
import { filesOfPath } from '../../src/action/path-pattern.ts';
import type { PullRequest } from '../../src/action/github-event.ts';
import { PortError } from '../../src/ports/errors.ts';
import { GithubRestServer, type GithubRestOptions } from '../servers/index.ts';
import { AUTHOR, clientOf, runOf } from './support.ts';

const manifest = (name: string) =>
  `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: ${name}\n`;
const FILES = {
  'deploy/secrets/a.yaml': manifest('a'),
  'deploy/secrets/deep/b.yml': manifest('b'),
  'deploy/secrets/.hidden/c.yaml': manifest('c'),
  'deploy/secrets/notes.txt': 'no manifest',
  'deploy/secrets/link.yaml': 'link:a.yaml',
  'deploy/secrets/other': `module:${'1'.repeat(40)}`,
  'deploy/more.yaml': manifest('more'),
  'README.md': 'readme',
};

let github: GithubRestServer;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyferry-base-'));
  await mkdir(join(folder, '.git'));
  await start();
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

async function start(options: Partial<GithubRestOptions> = {}): Promise<void> {
  github = await GithubRestServer.start({ repository: 'contoso/shop', ...options });
}

async function checkout(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
}

function source(paths: readonly string[], parts: Partial<BaseOptions> = {}): BaseManifests {
  const commit = github.commit(FILES);
  const root = checkoutOf(paths, parts.folder ?? folder);
  return new BaseManifests({
    api: clientOf(github).api,
    repository: 'contoso/shop',
    commit,
    paths,
    folder,
    root,
    ...parts,
  });
}

async function namesIn(paths: readonly string[], parts: Partial<BaseOptions> = {}): Promise<readonly string[]> {
  const { documents, problems } = await source(paths, parts).load();
  expect(problems).toEqual([]);
  return documents.map(({ value }) => (value as { metadata: { name: string } }).metadata.name).sort();
}

const requests = (what: string) => github.log.filter((line) => line.includes(`/git/${what}/`)).length;

describe('the base of a pull request', () => {
  it.each([
    ['a folder, without hidden folders, links and other repositories', ['deploy/secrets'], ['a', 'b']],
    ['a file', ['deploy/more.yaml'], ['more']],
    ['the root', ['.'], ['a', 'b', 'more']],
    ['a glob', ['deploy/**/*.yaml'], ['a', 'more']],
    [
      'several paths, each file once',
      ['deploy/secrets', 'deploy/secrets/a.yaml', './deploy/*.yaml'],
      ['a', 'b', 'more'],
    ],
    ['nothing, where the pull request adds the folder', ['deploy/new'], []],
  ])('is %s', async (_what, paths, expected) => {
    expect(await namesIn(paths)).toEqual(expected);
  });

  it('costs one request for the tree, and one for each file that differs from the checkout', async () => {
    await checkout({ 'deploy/secrets/a.yaml': manifest('a'), 'deploy/secrets/deep/b.yml': manifest('b, changed') });
    expect(await namesIn(['deploy/secrets'])).toEqual(['a', 'b']);
    expect([requests('trees'), requests('blobs')]).toEqual([1, 1]);
  });

  it('costs no more where Git for Windows gave the checkout its own line ends', async () => {
    const [a, changed] = ['a', 'b, changed'].map((name) => manifest(name).replaceAll('\n', '\r\n'));
    await checkout({ 'deploy/secrets/a.yaml': a ?? '', 'deploy/secrets/deep/b.yml': changed ?? '' });
    expect(await namesIn(['deploy/secrets'])).toEqual(['a', 'b']);
    expect([requests('trees'), requests('blobs')]).toEqual([1, 1]);
  });

  const onUnix = process.platform === 'win32' || 'WINEPREFIX' in process.env ? it.skip : it;

  onUnix.each(['/dev/zero', '/dev/stdin', '../more.yaml'])(
    'is asked for where the pull request made a link to %s of a file, which is not followed',
    async (target) => {
      await checkout({ 'deploy/more.yaml': manifest('a') });
      await mkdir(join(folder, 'deploy/secrets'));
      await symlink(target, join(folder, 'deploy/secrets/a.yaml'));
      expect(await namesIn(['deploy/secrets/a.yaml'])).toEqual(['a']);
      expect(requests('blobs')).toBe(1);
    },
  );

  it('knows the lines of its files', async () => {
    const { documents } = await source(['deploy/more.yaml']).load();
    expect(documents[0]?.origin).toEqual({ file: 'deploy/more.yaml', line: 1 });
  });

  it('is found from a folder below the root of the repository', async () => {
    const inside = join(folder, 'deploy');
    await mkdir(inside);
    expect(await namesIn(['secrets', '../deploy/more.yaml'], { folder: inside })).toEqual(['a', 'b', 'more']);
  });

  it('is found where the checkout is in a folder below that of the step', async () => {
    await rm(join(folder, '.git'), { recursive: true });
    await mkdir(join(folder, 'checkout/.git'), { recursive: true });
    expect(await namesIn(['checkout/deploy/secrets', 'checkout/deploy/*.yaml'])).toEqual(['a', 'b', 'more']);
  });

  it('is read folder by folder where GitHub cuts the list of all files', async () => {
    await github.close();
    await start({ treeLimit: 8 });
    expect(await namesIn(['deploy/secrets', 'deploy/more.yaml', 'absent/x.yaml', 'README.md/x'])).toEqual([
      'a',
      'b',
      'more',
    ]);
    expect(await namesIn(['deploy/secrets/*.yaml'])).toEqual(['a']);
  });

  it('is an error where even a folder is cut', async () => {
    await github.close();
    await start({ treeLimit: 3 });
    await expect(source(['deploy/secrets']).load()).rejects.toThrow(
      'GitHub does not list all files of the folder deploy/secrets at the base: there are too many.',
    );
  });

  it('is not known for a path outside the repository', async () => {
    await expect(source(['../elsewhere']).load()).rejects.toThrow(PortError);
    await expect(source(['/etc']).load()).rejects.toThrow('is outside the repository');
  });
});

describe('the commit that is compared with', () => {
  const event = { number: 7, isFork: false, baseSha: 'b'.repeat(40) };

  const of = (sha: string, parts: { readonly isMerge?: boolean; readonly pullRequest?: PullRequest } = {}) =>
    baseCommit(clientOf(github, { login: AUTHOR, permissions: { contents: 'read' } }).api, {
      run: { ...runOf(github), sha, isMerge: parts.isMerge ?? true },
      pullRequest: parts.pullRequest ?? event,
      root: folder,
    });

  it('is what the merge was made from, which may be newer than the event', async () => {
    const merge = github.commit({}, ['c'.repeat(40), 'd'.repeat(40)]);
    await writeFile(join(folder, '.git/HEAD'), `${merge}\n`);
    expect(await of(merge)).toBe('c'.repeat(40));
  });

  it('is the base of the event where something else is checked out, or no merge', async () => {
    const merge = github.commit({}, ['c'.repeat(40), 'd'.repeat(40)]);
    const plain = github.commit({}, ['c'.repeat(40)]);
    await writeFile(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
    expect(await of(merge)).toBe(event.baseSha);
    await writeFile(join(folder, '.git/HEAD'), `${plain}\n`);
    expect(await of(plain)).toBe(event.baseSha);
  });

  it('is not what the base branch was merged from last, where the run is of the base itself', async () => {
    const tip = github.commit({}, ['c'.repeat(40), 'd'.repeat(40)]);
    await writeFile(join(folder, '.git/HEAD'), `${tip}\n`);
    expect(await of(tip, { isMerge: false })).toBe(event.baseSha);
  });

  it('is asked for where the event does not say it, as with a comment', async () => {
    github.pullRequest(7, { base: 'e'.repeat(40) });
    expect(await of('', { pullRequest: { number: 7, isFork: false } })).toBe('e'.repeat(40));
  });
});

describe('filesOfPath', () => {
  const files = ['a.yaml', 'x/a.yaml', 'x/y/b.yaml', 'x/y/c.json', 'x/*.yaml', 'x/.h/d.yaml', 'x/node_modules/e.yaml'];

  it.each([
    ['x/*.yaml', ['x/*.yaml']],
    ['x/**/*.yaml', ['x/a.yaml', 'x/y/b.yaml', 'x/*.yaml']],
    ['**/b.yaml', ['x/y/b.yaml']],
    ['x/y/*.{json,txt}', ['x/y/c.json']],
    ['x/?.yaml', ['x/a.yaml', 'x/*.yaml']],
    ['x/.h/*.yaml', ['x/.h/d.yaml']],
    ['x.y*', []],
    ['x/y', ['x/y/b.yaml', 'x/y/c.json']],
  ])('of %s', (path, expected) => {
    expect(filesOfPath(path, files)).toEqual(expected);
  });
});
