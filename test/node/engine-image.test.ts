/** The image of job/Dockerfile, as pods run it; that it is the same whoever builds it, npm run check:image sees to. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { bringToNode, ImageStore, nodeArchives, ROOT } from './container-images.ts';
import { openInstaller } from './installer.ts';
import { manifestsText } from './job-manifests.ts';
import { NOBODY } from './job-pod.ts';
import { openJobWorld, type JobWorld } from './job-world.ts';
import { NODE_IMAGE } from './node-world.ts';
import { specOf } from './pod-spec.ts';
import { runPod } from './pods.ts';

const NAMESPACE = 'engine-image';

let images: ImageStore;
let image: string;
let world: JobWorld;

beforeAll(async () => {
  images = await ImageStore.create(nodeArchives());
  world = await openJobWorld({ namespace: NAMESPACE, values: { db: 'correct-horse' }, identity: 'referenced' });
  image = await bringToNode(await images.build(NODE_IMAGE, join(ROOT, 'build')), 'localhost/keyferry');
});
afterAll(async () => {
  await images.remove();
  await world.close();
});

describe('the image of the job', () => {
  it('runs on a read-only root, as a user of its own that Kubernetes knows not to be root, and syncs', async () => {
    const pod = world.pod('image', { program: { image } });
    const { runAsNonRoot, seccompProfile } = NOBODY;
    const securityContext = { runAsNonRoot, seccompProfile };
    const ended = await runPod(world.admin, { ...pod, spec: { ...specOf(pod), securityContext } });
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
    const { code, stdout } = await installer.deploy(manifests, '--installation', 'image', '--engine-image', image);
    await installer.close();
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('1 created, ') });
    expect(await world.secret('db')).toEqual({ value: 'correct-horse' });
    const maps = (await world.admin.list('ConfigMap', NAMESPACE)).map(({ metadata }) => metadata.name);
    expect(maps.filter((name) => name.startsWith('image-engine-'))).toEqual([]);
  });
});
