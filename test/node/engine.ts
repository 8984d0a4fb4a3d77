/** The job's engine as it travels: its built bundle in an immutable ConfigMap, checked before it runs. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { ROOT } from './container-images.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import type { Program } from './job-pod.ts';
import { NODE_IMAGE } from './node-world.ts';

/** `node -e`: nothing of a ConfigMap is run before its digest was compared with the one in the pod's own spec. */
const LOADER = `
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { gunzipSync } = require('node:zlib');
const zipped = readFileSync('/engine/index.js.gz');
const found = createHash('sha256').update(zipped).digest('hex');
if (found !== process.env.ENGINE_SHA256) {
  console.error('the engine has the SHA-256 ' + found + ', not ' + process.env.ENGINE_SHA256 + '. It was not run.');
  process.exit(3);
}
writeFileSync('/tmp/index.mjs', gunzipSync(zipped));
import('/tmp/index.mjs');
`;

export interface Engine {
  readonly configMap: KubernetesObject;
  readonly sha256: string;
}

/** The built job, as `npm run build` makes it. */
export function engineOf(namespace: string): Engine {
  const zipped = gzipSync(readFileSync(`${ROOT}/build/job/index.js`), { level: 9 });
  const sha256 = createHash('sha256').update(zipped).digest('hex');
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `engine-${sha256.slice(0, 12)}`, namespace },
    immutable: true,
    binaryData: { 'index.js.gz': zipped.toString('base64') },
  };
  return { configMap, sha256 };
}

export function engineProgram({ configMap, sha256 }: Engine): Program {
  return {
    image: NODE_IMAGE,
    command: ['node', '-e', LOADER],
    env: [{ name: 'ENGINE_SHA256', value: sha256 }],
    volumes: [{ name: 'engine', configMap: { name: configMap.metadata.name } }],
    volumeMounts: [{ name: 'engine', mountPath: '/engine' }],
  };
}
