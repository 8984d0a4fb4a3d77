/** Writes of Secrets that wait for a test: the API server has each of them, and stores it when it is told to. */
import type { AdmissionRequest } from './admission-webhook.ts';
import type { NodeWorld } from './node-world.ts';
import { deferred } from '../../src/adapters/transport/deferred.ts';

export interface HeldWrites {
  /** Names of the Secrets whose writes have come, also those that came after the release. */
  readonly begun: ReadonlySet<string>;
  /** Resolves when the first has come. */
  readonly reached: Promise<void>;
  /** Lets them go on, and every one that comes later. Also happens when the world is closed. */
  readonly release: () => void;
}

/** Holds this operation on all Secrets of the world's namespace, or on those with these names. */
export async function holdWrites(
  world: NodeWorld,
  operation: AdmissionRequest['operation'],
  names?: readonly string[],
): Promise<HeldWrites> {
  const [reached, released] = [deferred<undefined>(), deferred<undefined>()];
  const begun = new Set<string>();
  const rule = {
    name: `hold-${operation.toLowerCase()}-${world.namespace}`,
    kind: 'Secret',
    operations: [operation],
  } as const;
  await world.serveAdmission(rule, async ({ object }) => {
    const { name } = object.metadata;
    if (names?.includes(name) === false) return object;
    begun.add(name);
    reached.resolve(undefined);
    await released.promise;
    return object;
  });
  const release = (): void => released.resolve(undefined);
  world.closeLater(() => {
    release();
    return Promise.resolve();
  });
  return { begun, reached: reached.promise.then(), release };
}
