/** Ends what global-setup.ts started. */
import './global-setup.ts';

export default async function teardown(): Promise<void> {
  await globalThis.keyferryControlPlane?.stop();
}
