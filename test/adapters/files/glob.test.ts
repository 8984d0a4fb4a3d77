/** What a glob finds, on whichever Node this runs; test/bundle/cli.test.ts asks the oldest. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesLike } from '../../../src/adapters/files/glob.ts';
import { temporaryFolder, type TemporaryFolder } from '../../contract/temporary-folder.ts';

/** Wine makes links but does not read them. */
const describeWithLinks = 'WINEPREFIX' in process.env ? describe.skip : describe;

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  for (const file of ['a.yaml', '.hidden.yaml', 'sub/b.yaml', 'sub/deep/c.yaml', 'node_modules/x/d.yaml', 'e.txt']) {
    await mkdir(dirname(join(folder.path, file)), { recursive: true });
    await writeFile(join(folder.path, file), '');
  }
});
afterEach(async () => folder.remove());

const found = async (pattern: string): Promise<readonly string[]> => {
  const root = folder.path.replaceAll('\\', '/');
  const paths = await filesLike(`${root}/${pattern}`);
  return paths.map((path) => path.replaceAll('\\', '/').replace(`${root}/`, '')).toSorted();
};

describe('a glob', () => {
  it.each([
    ['*.yaml', ['.hidden.yaml', 'a.yaml']],
    ['**/*.yaml', ['.hidden.yaml', 'a.yaml', 'sub/b.yaml', 'sub/deep/c.yaml']],
    ['s?b/*.yaml', ['sub/b.yaml']],
    ['node_modules/**/*.yaml', ['node_modules/x/d.yaml']],
    ['nowhere/*.yaml', []],
    ['a.yaml/*.yaml', []],
  ])('%s finds files, hidden ones too, and node_modules only by name', async (pattern, files) => {
    expect(await found(pattern)).toEqual(files);
  });
});

describeWithLinks('a glob and links', () => {
  it('finds them by their own name, be their target a file, a folder or gone', async () => {
    await symlink('a.yaml', join(folder.path, 'link.yaml'));
    await symlink('nowhere', join(folder.path, 'broken.yaml'));
    await symlink('gone', join(folder.path, 'sub/deep/broken.yaml'));
    await symlink('sub', join(folder.path, 'folder.yaml'));
    expect(await found('*.yaml')).toEqual(['.hidden.yaml', 'a.yaml', 'broken.yaml', 'folder.yaml', 'link.yaml']);
    expect(await found('**/broken.yaml')).toEqual(['broken.yaml', 'sub/deep/broken.yaml']);
  });

  it('searches a folder that is a link where the pattern names it, and runs in no circle', async () => {
    await symlink('sub', join(folder.path, 'linked'));
    await symlink('..', join(folder.path, 'sub/up'));
    expect(await found('linked/*.yaml')).toEqual(['linked/b.yaml']);
    expect(await found('**/b.yaml')).toEqual(['sub/b.yaml']);
  });
});
