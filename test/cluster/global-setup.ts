/** One control plane for all files of a run; its address travels in a variable, since test files are other processes. */
import { connectAs } from './cluster-user.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { installTestDefinitions } from './test-definitions.ts';

/** Users without any right until a test gives them one; each test file takes one of its own. */
export const USERS = Array.from({ length: 24 }, (_, index) => `user-${index}`);

declare global {
  var keyferryControlPlane: ControlPlane | undefined;
}

export default async function setup(): Promise<void> {
  const binaries = process.env['KEYFERRY_TEST_BINARIES'];
  if (binaries === undefined) throw new Error('Run the cluster tests with npm run test:cluster.');
  const plane = await startControlPlane(binaries, USERS);
  globalThis.keyferryControlPlane = plane;
  process.env['KEYFERRY_TEST_CLUSTER'] = JSON.stringify(plane.address);
  await installTestDefinitions(connectAs(plane.address, 'admin'));
}
