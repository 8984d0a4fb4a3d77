/**
 * Tells bundlers that client-node's modules may be left out when nobody uses them.
 *
 * client-node 2.0.1 does not say so itself, and its index names every API group of Kubernetes: without this the
 * bundles are three times as large. Only `polyfill.js` has an effect of its own. Written into node_modules before
 * every build; the version is checked, since another one may have other such modules.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const FILE = resolve(import.meta.dirname, '../node_modules/@kubernetes/client-node/package.json');
const VERSION = '2.0.1';

export async function declareSideEffects(): Promise<void> {
  const manifest = JSON.parse(await readFile(FILE, 'utf8')) as Record<string, unknown>;
  if (manifest['version'] !== VERSION) {
    throw new Error(
      `client-node is ${String(manifest['version'])}, not ${VERSION}. Look which of its modules have effects on import, and change scripts/side-effects.ts.`,
    );
  }
  await writeFile(FILE, `${JSON.stringify({ ...manifest, sideEffects: ['./dist/polyfill.js'] }, null, 2)}\n`);
}

if (import.meta.main) await declareSideEffects();
