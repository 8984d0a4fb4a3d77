import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderFiles } from '../../../src/adapters/directory/folder-files.ts';
import { temporaryFolder, type TemporaryFolder } from '../../contract/temporary-folder.ts';

describe('the files of a folder', () => {
  let folder: TemporaryFolder;
  let files: FolderFiles;

  beforeEach(async () => {
    folder = await temporaryFolder();
    files = new FolderFiles(folder.path);
    await write('a.yaml', 'name: a');
    await write('b.yaml', 'name: b');
  });
  afterEach(async () => folder.remove());

  const write = async (file: string, text: string): Promise<void> => writeFile(join(folder.path, file), text);

  it('are parsed again only when they changed', async () => {
    const [a, b] = await files.readAll();
    await write('b.yaml', 'name: longer');
    const [sameA, otherB] = await files.readAll();
    // The document itself, not one like it: a run asks for all of them with every Secret.
    expect(sameA).toBe(a);
    expect(otherB).not.toBe(b);
    expect([sameA?.value, otherB?.value]).toEqual([{ name: 'a' }, { name: 'longer' }]);
  });

  it('are walked once for all that ask at the same time', async () => {
    const [first, second] = await Promise.all([files.readAll(), files.readAll()]);
    expect(second).toBe(first);
  });

  it('are gone with the file', async () => {
    await files.readAll();
    await rm(join(folder.path, 'a.yaml'));
    expect((await files.readAll()).map(({ file }) => file)).toEqual(['b.yaml']);
  });
});
