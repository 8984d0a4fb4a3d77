/**
 * `npm run pack`: the command line as a tarball that installs by itself.
 *
 * `npm pack` of the whole project would name the packages that the bundle holds already as dependencies, and an
 * install would fetch them all over again. So the tarball gets a manifest of its own, made from the project's.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUILD, LICENSES, ROOT } from './bundles.ts';

const KEPT = ['name', 'version', 'description', 'license', 'type', 'engines', 'bin'];

/** Gives the path of the tarball, which is made in the folder. */
export async function pack(folder: string): Promise<string> {
  const staged = await mkdtemp(join(tmpdir(), 'keyferry-pack-'));
  try {
    await stage(staged);
    const args = ['pack', '--json', '--pack-destination', folder];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: staged });
    const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[];
    if (packed === undefined) throw new Error('npm pack made nothing');
    return join(folder, packed.filename);
  } finally {
    await rm(staged, { recursive: true });
  }
}

async function stage(staged: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const kept = Object.fromEntries(KEPT.map((field) => [field, manifest[field]]));
  await writeFile(join(staged, 'package.json'), `${JSON.stringify(kept, null, 2)}\n`);
  await cp(join(BUILD, 'cli'), join(staged, 'dist/cli'), { recursive: true });
  await cp(join(BUILD, LICENSES), join(staged, 'dist', LICENSES));
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) await cp(join(ROOT, file), join(staged, file));
}

if (import.meta.main) process.stdout.write(`${await pack(ROOT)}\n`);
