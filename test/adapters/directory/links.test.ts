/** Links below the folder of `--directory`: none is followed, whatever is done. The folder's own path may hold some. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDirectory, type Directory } from '../../../src/adapters/directory/open-directory.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { changedData, desired } from '../../contract/cluster-contract.ts';
import { temporaryFolder, type TemporaryFolder } from '../../contract/temporary-folder.ts';

const ME = 'me';
const DB = secretRef('contract', 'db');
const POSIX = process.platform !== 'win32';

let base: TemporaryFolder;
let cluster: Directory['cluster'];
let state: Directory['state'];

beforeEach(async () => {
  base = await temporaryFolder();
  await mkdir(inside('.'), { recursive: true });
  await mkdir(outside('.'), { recursive: true });
  ({ cluster, state } = openDirectory({ folder: inside('.'), showValues: true }));
});
afterEach(async () => base.remove());

const inside = (file: string): string => join(base.path, 'cluster', file);
const outside = (file: string): string => join(base.path, 'outside', file);

/** What stands inside under this name stands outside from now on, with a link in its place. */
async function moveOut(file: string): Promise<void> {
  const target = outside(file.replaceAll('/', '-'));
  await rename(inside(file), target);
  await symlink(target, inside(file));
}

async function everythingOutside(): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(outside('.'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.sort().map(async (file) => [file, await readFile(file, 'utf8')] as const));
  return Object.fromEntries<string>(texts);
}

const LINK = /is a link, and below the folder of --directory none is followed/u;

describe('a link below the folder', () => {
  const places = ['contract', 'contract/secrets', 'contract/secrets/db.yaml', '.keyferry', '.keyferry/state.yaml'];

  it.each(places)('is followed by no read, write or deletion where %s is one', async (place) => {
    const live = await cluster.createSecret(desired({ values: { password: 'one' } }), ME);
    await moveOut(place);
    const before = await everythingOutside();
    const opened = openDirectory({ folder: inside('.'), showValues: true }).cluster;
    await expect(opened.getSecret(DB)).rejects.toThrow(LINK);
    await expect(opened.createSecret(desired(), ME)).rejects.toThrow(LINK);
    const changed = changedData(live, { password: 'two' });
    await expect(opened.updateSecret(changed, live.resourceVersion, ME)).rejects.toThrow(LINK);
    await expect(opened.deleteSecret(live)).rejects.toThrow(LINK);
    expect(await everythingOutside()).toEqual(before);
  });

  it('leads no new Secret out of the folder', async () => {
    await symlink(outside('.'), inside('contract'));
    await expect(cluster.createSecret(desired(), ME)).rejects.toMatchObject({
      kind: 'Forbidden',
      message: expect.stringMatching(LINK),
    });
    expect(await everythingOutside()).toEqual({});
  });

  it('leads no state and no key out of the folder', async () => {
    await symlink(outside('.'), inside('.keyferry'));
    await expect(state.write({ ...DB, kind: 'ExternalSecret' }, { conditions: [], binding: '' })).rejects.toThrow(LINK);
    const redacted = openDirectory({ folder: inside('.') }).cluster;
    await expect(redacted.createSecret(desired(), ME)).rejects.toThrow(LINK);
    expect(await everythingOutside()).toEqual({});
  });

  it('gives the folder no key of somebody else', async () => {
    await writeFile(outside('key'), `${'0'.repeat(64)}\n`);
    await mkdir(inside('.keyferry'));
    await symlink(outside('key'), inside('.keyferry/fingerprint.key'));
    const redacted = openDirectory({ folder: inside('.') }).cluster;
    await expect(redacted.createSecret(desired(), ME)).rejects.toThrow(LINK);
  });

  it('that leads nowhere is no place to write to either', async () => {
    await mkdir(dirname(inside('contract/secrets/db.yaml')), { recursive: true });
    await symlink(outside('new.yaml'), inside('contract/secrets/db.yaml'));
    await expect(cluster.createSecret(desired(), ME)).rejects.toThrow(LINK);
    expect(await everythingOutside()).toEqual({});
  });
});

describe('the folder itself', () => {
  it('may be a link, and stand below one', async () => {
    await mkdir(outside('real/deeper'), { recursive: true });
    await symlink(outside('real'), join(base.path, 'link'));
    const linked = openDirectory({ folder: join(base.path, 'link', 'deeper', 'new'), showValues: true }).cluster;
    await linked.createSecret(desired(), ME);
    expect(await readdir(outside('real/deeper/new/contract/secrets'))).toEqual(['db.yaml']);
  });

  (process.platform === 'linux' ? it : it.skip)('is told where no folder can be made, and soon', async () => {
    const impossible = openDirectory({ folder: '/proc/keyferry/x', showValues: true }).cluster;
    await expect(impossible.createSecret(desired(), ME)).rejects.toMatchObject({
      code: 'ENOENT',
      fix: 'Its folder cannot be made there. Choose another folder.',
    });
  });
});

(POSIX ? describe : describe.skip)('a pipe in the place of a Secret', () => {
  it('is told, and waited for by nobody', async () => {
    await mkdir(inside('contract/secrets'), { recursive: true });
    execFileSync('sh', ['-c', 'mkfifo "$0"', inside('contract/secrets/db.yaml')]);
    await expect(cluster.getSecret(DB)).rejects.toThrow('is neither a file nor a folder');
  });
});
