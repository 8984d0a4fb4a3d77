/** Paths that are no plain files: the program as a process, so that what it waits for can be seen to end. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '../contract/temporary-folder.ts';
import { startKeyferry } from './program.ts';

const itHere = process.platform === 'win32' || 'WINEPREFIX' in process.env ? it.skip : it;

describe('a pipe that nobody writes into', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => (folder = await temporaryFolder()));
  afterEach(async () => folder.remove());

  itHere.each([
    ['validate', []],
    ['plan', ['--directory', 'cluster']],
    ['template', ['--values', '-']],
  ])('keeps %s waiting until a signal ends it', async (command, more) => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const child = startKeyferry([command, '-f', pipe, ...more], { cwd: folder.path });
    // Once it is being read, somebody can open it to write, and that is refused before.
    await untilRead(pipe);
    const asked = performance.now();
    child.kill('SIGTERM');
    expect(await new Promise((done) => child.on('close', done))).toBe(143);
    expect(performance.now() - asked).toBeLessThan(2_000);
  });
});

/** Linux shows what a process holds open; elsewhere a moment must do. */
async function untilRead(pipe: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      execFileSync('sh', ['-c', `ls -l /proc/[0-9]*/fd 2>/dev/null | grep -q -- '-> ${pipe}$'`]);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}
