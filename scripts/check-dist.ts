/**
 * `npm run check:dist`: is the committed dist/ what the sources of the same commit give?
 *
 * dist/ is committed by itself, at the end of a piece of work, so it is older than the sources most of the time. It is
 * compared only where the last commit touches it, and with `--always`, as for a release. Needs a fresh build/.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUILD, DIST, ROOT } from './bundles.ts';

async function touchesDist(): Promise<boolean> {
  const args = ['diff-tree', '--no-commit-id', '--name-only', '-r', '--root', '-m', 'HEAD', '--', 'dist'];
  const { stdout } = await promisify(execFile)('git', args, { cwd: ROOT });
  return stdout.trim() !== '';
}

/** None where there is no such folder. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const);
  return new Map(await Promise.all(contents));
}

async function differences(): Promise<readonly string[]> {
  const [fresh, committed] = [await filesIn(BUILD), await filesIn(DIST)];
  const names = [...new Set([...fresh.keys(), ...committed.keys()])].sort();
  return names.filter((name) => committed.get(name)?.equals(fresh.get(name) ?? Buffer.alloc(0)) !== true);
}

if (!process.argv.includes('--always') && !(await touchesDist())) {
  process.stdout.write('dist/ is not compared: the last commit does not touch it.\n');
} else {
  for (const name of await differences()) {
    process.stderr.write(
      `error  dist/${name} is not what the sources give. Run npm run build:dist and commit dist/.\n`,
    );
    process.exitCode = 1;
  }
}
