/** `npm run docs`: writes job/deploy/installation.yaml, which is what the command of the README beside it prints. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { commandLines, words } from '../test/docs/command-lines.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'job/deploy');
const NOTE = '# Written by npm run docs with the command of README.md. Change that, not this file.\n';

/** Runs the command line as a process, so that it is what a person gets; with these options beside, or in place. */
export async function installationYaml(...options: readonly string[]): Promise<string> {
  const [line = ''] = commandLines(await readFile(join(FOLDER, 'README.md'), 'utf8'));
  const args = [join(ROOT, 'src/cli/keyferry.ts'), ...words(line).slice(1), ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: FOLDER, env: {} });
  return NOTE + stdout;
}

if (import.meta.main) await writeFile(join(FOLDER, 'installation.yaml'), await installationYaml());
