/**
 * The engine of the job in the cluster, without an image of our own: its one file, compressed, in an immutable
 * ConfigMap named by its digest. A few lines of inline JavaScript in the pod's command check that digest, which stands
 * in the pod spec, before anything of it runs.
 */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { digestOf, labelsOf, names, type Installation } from './installation.ts';

/** The job's one file, packed with Brotli. */
export interface Engine {
  readonly packed: Uint8Array;
}

export const ENGINE_FOLDER = '/engine';
export const ENGINE_FILE = 'engine.js.br';
/** What the loader ends with when the engine is not the one that was deployed. */
export const TAMPERED_EXIT_CODE = 4;

export function engineConfig({ packed }: Engine, installation: Installation): KubernetesObject {
  const digest = digestOf(packed);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: names.engine(installation, digest),
      namespace: installation.namespace,
      labels: labelsOf(installation, 'engine'),
    },
    immutable: true,
    binaryData: { [ENGINE_FILE]: Buffer.from(packed).toString('base64') },
  };
}

/**
 * `node -e` with the digest as its argument. What it says when it refuses is also written where the kubelet looks for
 * the last words of a container.
 */
const LOADER = `
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { brotliDecompressSync } = require('node:zlib');
const run = require('node:process');
const packed = readFileSync('${ENGINE_FOLDER}/${ENGINE_FILE}');
const digest = createHash('sha256').update(packed).digest('hex');
const [, expected] = run.argv;
if (digest === expected) {
  const file = '/tmp/engine.mjs';
  writeFileSync(file, brotliDecompressSync(packed));
  import(file);
} else {
  const short = (text) => text.slice(0, 12) + '…';
  const message = 'the engine is not the one that was deployed: its digest is ' + short(digest) + ', expected ' + short(expected)
    + '. It was not run. Deploy again, and find out who changed the ConfigMap.';
  try { writeFileSync('/dev/termination-log', message); } catch {}
  run.stdout.write(JSON.stringify({ level: 'error', message }) + '\\n');
  run.exitCode = ${TAMPERED_EXIT_CODE};
}
`.trim();

/** The container's command that runs the engine of this digest, in a Node with these flags. */
export function engineCommand({ packed }: Engine, flags: readonly string[] = []): readonly string[] {
  return ['node', ...flags, '-e', LOADER, digestOf(packed)];
}
