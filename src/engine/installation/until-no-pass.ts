/** Waits for the end of the pass that is under way: one that ends after its Secrets were seen to would undo that. */
import { labelsOf, managerOf, type Installation } from '../../core/deploy/installation.ts';
import type { Clock } from '../../ports/clock.ts';
import { isStopping, RunStopped } from '../stop.ts';
import { holdLease } from './lease.ts';
import type { RemovalPorts } from './take-away.ts';

/** A pass that was told to stop finishes one write; one whose pod is gone holds its Lease for a minute. */
const PATIENCE_MS = 120_000;

export interface PassPorts extends RemovalPorts {
  readonly clock: Clock;
}

/** Waits for nothing where it is asked to stop. */
export async function untilNoPass(ports: PassPorts, { name, namespace }: Installation): Promise<void> {
  if (isStopping(ports)) return;
  const lease = await holdLease({
    ...ports,
    namespace,
    name,
    holder: 'uninstall',
    labels: labelsOf({ name }, 'lease'),
    manager: managerOf({ name }),
    patienceMs: PATIENCE_MS,
  }).catch(unlessItStopped);
  await lease?.release();
}

function unlessItStopped(error: unknown): undefined {
  if (!(error instanceof RunStopped)) throw error;
}
