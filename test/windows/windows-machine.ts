/**
 * Node for Windows on Wine, as test/windows/run.sh has set it up. Its drive Z: is the file system of this machine.
 *
 * Wine's programs cannot write to pipes of Linux, so what they print goes to files.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFile, type Ended, type Machine, type Running, type Start } from '../bundle/bundle.ts';

/** From run.sh; Wine itself needs the rest. */
const { WINE = '', WINDOWS_NODE = '', PATH, WINEPREFIX, WINEARCH, WINEDEBUG, LANG } = process.env;

const pathThere = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;
const pathHere = (path: string): string => path.replace(/^Z:/u, '').replaceAll('\\', '/');

export const WINDOWS: Machine = {
  startBundle: (name, { args = [], ...start }) => startNode({ args: [pathThere(bundleFile(name)), ...args], ...start }),
  pathThere,
  pathHere,
};

/** Variables that begin with a slash are taken for paths of this machine. */
export function startNode({ args = [], cwd, environment }: Start): Running {
  const given = Object.entries(environment).map(
    ([name, text]) => [name, text.startsWith('/') ? pathThere(text) : text] as const,
  );
  const folder = mkdtempSync(join(tmpdir(), 'keyferry-printed-'));
  const files = ['stdout', 'stderr'].map((name) => join(folder, name));
  const [out = 0, error = 0] = files.map((file) => openSync(file, 'w'));
  const child = spawn(WINE, [WINDOWS_NODE, ...args], {
    cwd,
    env: { PATH, WINEPREFIX, WINEARCH, WINEDEBUG, LANG, ...Object.fromEntries(given) },
    stdio: ['ignore', out, error],
  });
  [out, error].forEach(closeSync);
  const ended = new Promise<Ended>((done, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      const [stdout = '', stderr = ''] = files.map((file) => readFileSync(file, 'utf8'));
      rmSync(folder, { recursive: true });
      done({ code, signal, stdout, stderr });
    });
  });
  return { child, printedSofar: () => readFileSync(files[0] ?? '', 'utf8'), ended };
}
