/** One pass at a time, whoever started it, and no pass for ever. */
import { describe, expect, it } from '@jest/globals';
import type { TypedRef } from '../../src/core/model/kubernetes-object.ts';
import { holdLease, type LeaseRequest } from '../../src/engine/installation/lease.ts';
import { RunStopped } from '../../src/engine/stop.ts';
import { FakeClock, InMemoryObjects, RecordingLogger } from '../fakes/index.ts';

const LEASE: TypedRef = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', namespace: 'shop', name: 'keyferry' };

function world() {
  const objects = new InMemoryObjects();
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  const logger = new RecordingLogger();
  const request = (holder: string, rest: Partial<LeaseRequest> = {}): LeaseRequest => ({
    objects,
    clock,
    logger,
    namespace: 'shop',
    name: 'keyferry',
    holder,
    labels: {},
    manager: 'keyferry',
    patienceMs: 600_000,
    ...rest,
  });
  const holder = async () => ((await objects.read(LEASE))?.['spec'] as { holderIdentity?: string }).holderIdentity;
  return { objects, clock, logger, request, holder };
}

describe('holdLease', () => {
  it('takes a Lease that is not there yet, and gives it back', async () => {
    const { request, holder } = world();
    const lease = await holdLease(request('pod-a'));
    expect(await holder()).toBe('pod-a');
    await lease.release();
    expect(await holder()).toBe('');
  });

  it('waits until who holds it has given it back, and says so once', async () => {
    const { request, holder, clock, logger } = world();
    const first = await holdLease(request('pod-a'));
    clock.sleep = async (ms) => {
      clock.advance(ms);
      if (clock.now() >= new Date('2026-01-01T00:00:10Z')) await first.release();
    };
    await holdLease(request('pod-b'));
    expect(await holder()).toBe('pod-b');
    expect(logger.records.map(({ message }) => message)).toEqual([
      'another pass is under way (pod-a), waiting for its end',
    ]);
  });

  it('takes over from a holder that died, a minute after its last sign of life', async () => {
    const { request, holder, clock } = world();
    await holdLease(request('pod-a'));
    await holdLease(request('pod-b'));
    expect(await holder()).toBe('pod-b');
    expect(clock.now()).toEqual(new Date('2026-01-01T00:01:02Z'));
  });

  it('is renewed while it is held, so that nobody takes over a long pass', async () => {
    const { request, clock } = world();
    await holdLease(request('pod-a'));
    clock.sleep = async (ms) => {
      clock.advance(ms);
      if (clock.now().getTime() % 20_000 === 0) for (const { act } of clock.repeated) act();
    };
    await expect(holdLease(request('pod-b', { patienceMs: 180_000 }))).rejects.toMatchObject({
      kind: 'Conflict',
      what: 'another pass of installation shop/keyferry has been under way all the time (pod-a)',
    });
  });

  it('goes to one of two that ask at the same time', async () => {
    const { request, objects, holder } = world();
    let raced = false;
    objects.before = () => {
      if (raced) return;
      raced = true;
      void objects.apply({
        ...LEASE,
        metadata: { name: 'keyferry', namespace: 'shop' },
        spec: { holderIdentity: 'pod-b', leaseDurationSeconds: 60, renewTime: '2026-01-01T00:00:00.000000Z' },
      });
    };
    await expect(holdLease(request('pod-a', { patienceMs: 10_000 }))).rejects.toMatchObject({ kind: 'Conflict' });
    expect(await holder()).toBe('pod-b');
  });

  it('is not waited for by a run that is asked to stop', async () => {
    const { request } = world();
    await holdLease(request('pod-a'));
    await expect(holdLease(request('pod-b', { stop: AbortSignal.abort() }))).rejects.toBeInstanceOf(RunStopped);
  });

  it('leaves a Lease alone that another has taken over meanwhile', async () => {
    const { request, holder } = world();
    const first = await holdLease(request('pod-a'));
    await holdLease(request('pod-b'));
    await first.release();
    expect(await holder()).toBe('pod-b');
  });
});
