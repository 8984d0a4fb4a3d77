/** The image of job/Dockerfile: built twice, and run as a pod. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, cp, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImageStore, ROOT } from './container-images.ts';
import { openInstaller } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { openJobWorld, type JobWorld } from './job-world.ts';
import { NODE_IMAGE } from './node-world.ts';
import { runPod } from './pods.ts';

const NAMESPACE = 'engine-image';
const IMAGE = 'localhost/keyferry:1';
const CONTEXT = join(ROOT, 'build');

let images: ImageStore;
let world: JobWorld;

beforeAll(async () => {
  images = await ImageStore.create();
  world = await openJobWorld({ namespace: NAMESPACE, values: { db: 'correct-horse' }, identity: 'referenced' });
});
afterAll(async () => {
  await images.remove();
  await world.close();
});

function build(context: string): Promise<string> {
  const dockerfile = join(ROOT, 'job/Dockerfile');
  return images.build({ dockerfile, context, arguments: { BASE: NODE_IMAGE }, image: IMAGE });
}

/** The same bundles, as another person has them: later, and in files that only she may read. */
async function anotherContext(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyferry-context-'));
  await cp(CONTEXT, folder, { recursive: true });
  for (const file of ['job/index.js', 'job/package.json', 'LICENSES.txt']) {
    await chmod(join(folder, file), 0o600);
    await utimes(join(folder, file), 2_000_000_000, 2_000_000_000);
  }
  return folder;
}

describe('the image of the job', () => {
  it('is the same, to the byte, whoever builds it and when', async () => {
    const another = await anotherContext();
    const [first, second] = [await build(CONTEXT), await build(another)];
    await rm(another, { recursive: true });
    expect(second).toBe(first);
  });

  it('runs as nobody on a read-only root, and syncs', async () => {
    await build(CONTEXT);
    await images.bringToNode(IMAGE);
    const ended = await runPod(world.admin, world.pod('image', { program: { image: IMAGE } }));
    expect({ code: ended.code, message: ended.terminationMessage }).toEqual({
      code: 0,
      message: '1 created, 0 updated, 0 deleted, 0 unchanged.',
    });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
  });

  it('is what deploy installs when it is told to, and then no engine travels', async () => {
    await world.admin.delete('Secret', NAMESPACE, 'db');
    const installer = await openInstaller(world);
    const manifests = manifestsText({ namespace: NAMESPACE, names: ['db'], identity: 'referenced' });
    const { code, stdout } = await installer.deploy(manifests, '--installation', 'image', '--engine-image', IMAGE);
    await installer.close();
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 created, ') });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
    const maps = (await world.admin.list('ConfigMap', NAMESPACE)).map(({ metadata }) => metadata.name);
    expect(maps.filter((name) => name.startsWith('image-engine-'))).toEqual([]);
  });
});
