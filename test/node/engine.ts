/** The product's engine: the built job in its immutable ConfigMap, and the command that checks it before it runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_FOLDER, engineCommand, engineConfig, type Engine } from '../../src/core/deploy/engine-config.ts';
import { packEngine } from '../../src/wiring/pack-engine.ts';
import type { KubernetesObject } from '../fakes/kubernetes-object.ts';
import { ROOT } from './container-images.ts';
import type { Program } from './job-pod.ts';
import { NODE_IMAGE } from './node-world.ts';

/** As `npm run build` makes it. */
export function builtEngine(): Engine {
  return packEngine(readFileSync(join(ROOT, 'build/job/index.js')));
}

export function engineMap(engine: Engine, namespace: string): KubernetesObject {
  return engineConfig(engine, { name: 'keyferry', namespace });
}

/** Expects the engine in this ConfigMap. */
export function engineProgram(engine: Engine, { metadata }: KubernetesObject): Program {
  return {
    image: NODE_IMAGE,
    command: engineCommand(engine),
    volumes: [{ name: 'engine', configMap: { name: metadata.name } }],
    volumeMounts: [{ name: 'engine', mountPath: ENGINE_FOLDER }],
  };
}
