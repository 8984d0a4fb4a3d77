/**
 * One pass at a time: a Lease that is held for a pass, not for a Job, since a Job that is started by hand or by a
 * deployment is not counted by the CronJob's `Forbid`.
 *
 * A holder that died is waited for until its Lease has expired. Losing a Lease costs nothing: every write insists on
 * what was read.
 */
import { say } from '../../core/model/message.ts';
import type { KubernetesObject, TypedRef } from '../../core/model/kubernetes-object.ts';
import type { Clock } from '../../ports/clock.ts';
import { PortError } from '../../ports/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Objects } from '../../ports/objects.ts';
import { isStopping, RunStopped } from '../stop.ts';

export interface LeaseRequest {
  readonly objects: Objects;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly namespace: string;
  readonly name: string;
  /** Who asks: the pod's name. */
  readonly holder: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly manager: string;
  /** Gives up after so many milliseconds. */
  readonly patienceMs: number;
  readonly stop?: AbortSignal;
}

export interface HeldLease {
  /** Never rejects: a Lease that cannot be given back expires. */
  release(): Promise<void>;
}

const DURATION_SECONDS = 60;
const RENEW_EVERY_MS = 20_000;
const ASK_EVERY_MS = 2_000;
/** In a run window, earlier passes of the same process may have written. */
const NOT_BEGUN = 'the pass was asked to stop before it began. It wrote nothing. Run it again.';

/** Waits until the Lease is free and takes it. PortError Conflict when somebody held it all the time, RunStopped when asked to stop. */
export async function holdLease(request: LeaseRequest): Promise<HeldLease> {
  const { clock, patienceMs } = request;
  const deadline = clock.now().getTime() + patienceMs;
  let told = false;
  for (;;) {
    if (isStopping(request)) throw new RunStopped(NOT_BEGUN);
    const other = await takeLease(request);
    if (other === undefined) return held(request);
    if (clock.now().getTime() >= deadline) throw stillHeld(request, other);
    if (!told) request.logger.info(`another pass is under way (${other}), waiting for its end`);
    told = true;
    await clock.sleep(ASK_EVERY_MS);
  }
}

/** `undefined` = it is ours now; else who has it. */
async function takeLease(request: LeaseRequest): Promise<string | undefined> {
  const { objects, manager, clock } = request;
  const live = await objects.read(refOf(request));
  const now = clock.now();
  try {
    if (live === undefined) {
      // No object has this resourceVersion, so that the apply creates or is a Conflict.
      await objects.apply(leaseObject(request, now, '1'), manager);
      return undefined;
    }
    const holder = holderOf(live, now);
    if (holder !== undefined && holder !== request.holder) return holder;
    await objects.replace(leaseObject(request, now, live.metadata.resourceVersion ?? ''), manager);
    return undefined;
  } catch (error) {
    if (error instanceof PortError && error.kind === 'Conflict') return 'somebody who was faster';
    throw error;
  }
}

function held(request: LeaseRequest): HeldLease {
  const { clock, objects, logger } = request;
  const renew = async (): Promise<void> => {
    try {
      await takeLease(request);
    } catch (error) {
      logger.debug(say`the Lease could not be renewed: ${error instanceof PortError ? error.what : 'unknown'}`);
    }
  };
  const end = clock.every(RENEW_EVERY_MS, () => void renew());
  return {
    release: async () => {
      end();
      try {
        const live = await objects.read(refOf(request));
        if (live === undefined || specOf(live).holderIdentity !== request.holder) return;
        const { resourceVersion = '' } = live.metadata;
        await objects.replace(leaseObject({ ...request, holder: '' }, clock.now(), resourceVersion), request.manager);
      } catch (error) {
        logger.debug(say`the Lease was not given back: ${error instanceof PortError ? error.what : 'unknown'}`);
      }
    },
  };
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly renewTime?: string;
}

function specOf(lease: KubernetesObject): LeaseSpec {
  return lease['spec'] ?? {};
}

/** Who holds it; `undefined` when nobody does or the time is over. */
function holderOf(lease: KubernetesObject, now: Date): string | undefined {
  const { holderIdentity = '', leaseDurationSeconds = 0, renewTime = '' } = specOf(lease);
  const expires = Date.parse(renewTime) + leaseDurationSeconds * 1000;
  return holderIdentity === '' || Number.isNaN(expires) || expires < now.getTime() ? undefined : holderIdentity;
}

function leaseObject(request: LeaseRequest, now: Date, resourceVersion: string): KubernetesObject {
  const { namespace, name, labels, holder } = request;
  // Kubernetes: MicroTime.
  const renewTime = now.toISOString().replace('Z', '000Z');
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, labels, resourceVersion },
    spec: { holderIdentity: holder, leaseDurationSeconds: DURATION_SECONDS, acquireTime: renewTime, renewTime },
  };
}

function refOf({ namespace, name }: LeaseRequest): TypedRef {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace, name };
}

function stillHeld({ namespace, name }: LeaseRequest, holder: string): PortError {
  return new PortError({
    kind: 'Conflict',
    code: 'LeaseHeld',
    whole: true,
    what: `another pass of installation ${namespace}/${name} has been under way all the time (${holder})`,
    fix: `Nothing was done. Wait for its end, or look at that pod; if it is gone, the Lease ${name} expires by itself.`,
  });
}
