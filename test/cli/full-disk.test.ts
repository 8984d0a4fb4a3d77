/** A disk that is full, wherever a run writes to: told, with nothing half written, and the next run goes on. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';
import { keyferry, PROGRAM, ResidentKeyferry, type Ended } from './program.ts';

const MANIFESTS = `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: {name: vault, namespace: shop}
spec: {provider: {fake: {data: [{key: db, value: hello}]}}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: db, namespace: shop}
spec:
  secretStoreRef: {name: vault}
  data: [{secretKey: password, remoteRef: {key: db}}]
`;
const SYNC = ['sync', '-f', 'all.yaml', '--directory', 'cluster'];
const FULL = 'could not be used (ENOSPC). The disk is full. Make room and run again.';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'all.yaml'), MANIFESTS);
});
afterEach(() => folder.remove());

async function filesIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

describe('a folder on a full disk', () => {
  const cluster = () => join(folder.path, 'cluster');
  const withRoomFor = (files: number): Promise<Ended> => {
    const preload = pathToFileURL(join(import.meta.dirname, 'full-disk.ts')).href;
    const environment = { NODE_OPTIONS: `--import=${preload}`, ROOM_FOR_FILES: String(files) };
    return keyferry(SYNC, { cwd: folder.path, environment });
  };

  /** In the order in which they are written. */
  it.each([
    [0, '.keyferry/.gitignore'],
    [1, '.keyferry/fingerprint.key'],
    [2, 'shop/secrets/db.yaml'],
    [3, '.keyferry/state.yaml'],
  ])('that has room for %d files has none half written, and no Secret of which it is not told', async (room, file) => {
    const { code, stdout } = await withRoomFor(room);
    expect(code).toBe(1);
    expect(stdout).toContain(`error    ExternalSecret shop/db: file ${join('cluster', file)} ${FULL}`);
    expect(stdout).toContain('! create not made');
    const left = await filesIn(cluster());
    expect(left.filter((path) => path.endsWith('.tmp') || path.endsWith('db.yaml'))).toEqual([]);
  });

  it('says that the outcome could not be recorded, where nothing but that was left to write', async () => {
    const { code, stderr } = await withRoomFor(4);
    expect(stderr).toContain(
      `warn   ExternalSecret shop/db: the outcome could not be recorded: file ${join('cluster', '.keyferry/state.yaml')} ${FULL}`,
    );
    expect(code).toBe(0);
  });

  it('is as if nothing had been once there is room again', async () => {
    const resident = new ResidentKeyferry({ cwd: folder.path });
    for (let room = 0; room <= 4; room += 1) {
      await withRoomFor(room);
    }
    expect((await resident.run(SYNC)).code).toBe(0);
    const { stdout } = await resident.run(['plan', ...SYNC.slice(1)]);
    expect(stdout).toContain('0 to create, 0 to update, 0 to delete, 1 unchanged.');
    await resident.close();
    const state = await readFile(join(cluster(), '.keyferry/state.yaml'), 'utf8');
    expect(parseDocument(state).getIn(['fieldOwners', 'Secret shop/db', 0, 'data'])).toBeDefined();
  });
});

/** Linux: every write to it says that the disk is full. */
const itHere = process.platform === 'linux' && !('WINEPREFIX' in process.env) ? it : it.skip;

describe('standard output on a full disk', () => {
  const LOST =
    'error  standard output cannot be written (ENOSPC). The command itself came to its end. Make room on the disk that it goes to, and run again to see what it says.\n';

  function intoFull(args: readonly string[]): Promise<{ readonly code: number | null; readonly stderr: string }> {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder.path, stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((done) => child.on('close', (code) => done({ code, stderr })));
  }

  itHere.each([
    ['validate', ['validate', '-f', 'all.yaml']],
    ['plan --detailed-exitcode', ['plan', ...SYNC.slice(1), '--detailed-exitcode']],
    ['--help', ['--help']],
  ])('is told on standard error, once: %s', async (_command, args) => {
    expect(await intoFull(args)).toEqual({ code: 1, stderr: LOST });
  });

  itHere('keeps no sync from what it does', async () => {
    const { code, stderr } = await intoFull(SYNC);
    expect([code, stderr]).toEqual([1, `info   Secret shop/db: create, 1 key changed (password)\n${LOST}`]);
    expect(await filesIn(join(folder.path, 'cluster/shop'))).toHaveLength(1);
  });
});
