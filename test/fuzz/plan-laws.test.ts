/** What holds for every plan, tried on small worlds at random. A failure prints the smallest world that breaks a law. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plan } from '../../src/commands/plan.ts';
import { metadataLevel } from '../../src/engine/sync/metadata-level.ts';
import { sync } from '../../src/commands/sync.ts';
import { changesOf } from '../../src/core/model/plan.ts';
import type { Report } from '../../src/core/model/report.ts';
import { makePlan } from '../../src/core/plan/make-plan.ts';
import type { PullInput } from '../../src/core/plan/pull/pull-input.ts';
import { reportAsText } from '../../src/core/report/as-text.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { fieldManager } from '../../src/core/go/go-hash.ts';
import type { Ports, ReadPorts } from '../../src/engine/sync/ports.ts';
import { withoutValues } from '../../src/engine/sync/without-values.ts';
import { PortError } from '../../src/ports/errors.ts';
import { intent, liveSecret, state, values } from '../builders/index.ts';
import type { KubernetesObject } from '../fakes/index.ts';
import {
  openRandomWorld,
  randomWorld,
  VAULT_KEYS,
  type OpenRandomWorld,
  type RandomIntent,
  type RandomWorld,
} from '../scenarios/random-world.ts';
import { runs } from './fuzz-runs.ts';

const RUNS = runs(1 / 20);

function law(name: string, holds: (world: RandomWorld) => Promise<void>): void {
  it(name, () => fc.assert(fc.asyncProperty(randomWorld, holds), RUNS));
}

describe('every plan', () => {
  law('is empty once it was applied', async (world) => {
    fc.pre(!takesSeveralRuns(world));
    const { ports, settings } = await openRandomWorld(world);
    await sync(ports, settings);
    const again = await plan(ports, settings);
    expect(again.objects.flatMap(({ changes }) => changes)).toEqual([]);
  });

  law('is empty once it was applied, pruning included', async (world) => {
    fc.pre(!takesSeveralRuns(world));
    const { ports, settings } = await openRandomWorld(world, { prune: true });
    await sync(ports, settings);
    const again = await plan(ports, settings);
    expect([...again.objects.flatMap(({ changes }) => changes), ...again.prunes]).toEqual([]);
  });

  law('is empty after a few runs, also where Secrets change hands', async (world) => {
    const { ports, settings } = await openRandomWorld(world, { prune: true });
    for (let run = 0; run <= world.now.intents.length; run += 1) await sync(ports, settings);
    const again = await plan(ports, settings);
    expect([...again.objects.flatMap(({ changes }) => changes), ...again.prunes]).toEqual([]);
  });

  law('is carried out as it was shown', async (world) => {
    fc.pre(!takesSeveralRuns(world));
    const { ports, settings } = await openRandomWorld(world, { prune: true });
    const planned = await plan(ports, settings);
    const synced = await sync(ports, settings);
    expect(synced.counts).toEqual(planned.counts);
  });

  law('does not depend on the order of the documents', async (world) => {
    const [forwards, backwards] = await Promise.all(
      [false, true].map(async (reversed) => {
        const { ports, settings } = await openRandomWorld(world, { reversed, prune: true });
        return await plan(ports, settings);
      }),
    );
    expect(backwards!.fingerprint).toBe(forwards!.fingerprint);
    expect(reportAsText(backwards!, PLAIN)).toBe(reportAsText(forwards!, PLAIN));
  });

  it('does not depend on the order in which its input was read', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...INPUTS], { minLength: INPUTS.length }), (pulls) => {
        const shared = { prunes: [], problems: [], deletionLimits: undefined };
        const [planned, expected] = [makePlan({ pulls, ...shared }), makePlan({ pulls: INPUTS, ...shared })];
        expect(planned.fingerprint).toBe(expected.fingerprint);
        expect(changesOf(planned)).toEqual(changesOf(expected));
      }),
    );
  });
});

describe('a plan without values', () => {
  const withoutThem = (ports: Ports): ReadPorts => ({ ...ports, cluster: withoutValues(ports.cluster) });

  law('finds everything in step once it was applied', async (world) => {
    fc.pre(!takesSeveralRuns(world) && !sharesSecrets(world));
    const { ports, settings } = await openRandomWorld(world);
    const { stopped } = await sync(ports, settings);
    fc.pre(stopped === undefined);
    const { objects } = await plan(withoutThem(ports), settings, { level: metadataLevel() });
    const { objects: full } = await plan(ports, settings);
    const unfinished = full.filter(({ verdict }) => verdict === 'failed' || verdict === 'blocked');
    const unsure = new Set(unfinished.map(({ ref }) => ref.name));
    const moving = objects.filter(
      ({ ref, verdict }) => !unsure.has(ref.name) && ['change', 'unknown'].includes(verdict),
    );
    expect(moving).toEqual([]);
  });

  const missesNothing = async (world: RandomWorld): Promise<void> => {
    fc.pre(!sharesSecrets(world));
    const { ports, settings } = await openRandomWorld(world);
    const full = (await plan(ports, settings)).objects.filter(({ verdict }) => verdict === 'change');
    const { objects } = await plan(withoutThem(ports), settings, { level: metadataLevel() });
    const seen = new Map(objects.map(({ ref, verdict }) => [ref.name, verdict]));
    const missed = full.filter(({ ref }) => !['change', 'unknown'].includes(seen.get(ref.name) ?? ''));
    expect(missed).toEqual([]);
  };
  law('misses nothing that a sync would write', missesNothing);
  law('misses nothing where the vault alone has changed', (world) =>
    missesNothing({ ...world, now: { ...world.now, intents: world.before.intents } }),
  );

  law('and one with values are of one mind about whom a Secret belongs to', async (world) => {
    const { ports, settings } = await openRandomWorld(world);
    const full = await plan(ports, settings);
    // Who cannot be written does not give up its old Secret, and that it cannot, only values and whole Secrets tell.
    fc.pre(full.objects.every(({ problems }) => problems.every(({ code }) => code === 'owned-by-other')));
    const metadata = await plan(withoutThem(ports), settings, { level: metadataLevel() });
    const blocked = ({ objects }: Report) =>
      objects
        .filter(({ problems }) => problems.some(({ code }) => code === 'owned-by-other'))
        .map(({ ref }) => ref.name);
    expect(blocked(full).filter((name) => !blocked(metadata).includes(name))).toEqual([]);
  });
});

describe('a failed read', () => {
  it('never changes a target', () =>
    fc.assert(
      fc.asyncProperty(randomWorld, fc.subarray([...VAULT_KEYS, 'list'], { minLength: 1 }), async (world, broken) => {
        const beforeRead = (_vault: string, object?: { readonly name: string }) => {
          if (broken.includes(object?.name ?? 'list')) throw unavailable(object?.name ?? 'list');
        };
        const { ports, settings, cluster } = await openRandomWorld(world, { prune: true, beforeRead });
        const before = secretsByName(cluster);
        const report = await sync(ports, settings);
        const failed = report.objects.filter(({ verdict }) => verdict === 'failed').map(({ target }) => target.name);
        const others = report.objects.filter(({ verdict }) => verdict !== 'failed').map(({ target }) => target.name);
        const givenUp = report.objects.flatMap(({ changes }) => changes.map(({ target }) => target.name));
        const after = secretsByName(cluster);
        for (const name of failed.filter((target) => !others.includes(target) && !givenUp.includes(target))) {
          expect(after.get(name)).toEqual(before.get(name));
        }
      }),
      RUNS,
    ));
});

describe('deletion', () => {
  law('takes only what an ExternalSecret with creationPolicy Owner wrote before', async (world) => {
    const { ports, settings, cluster } = await openRandomWorld(world, { prune: true });
    const owned = ownedSecrets(world, cluster);
    const before = [...secretsByName(cluster).keys()];
    await sync(ports, settings);
    const after = secretsByName(cluster);
    expect(before.filter((name) => !after.has(name) && !owned.has(name))).toEqual([]);
  });
});

/**
 * Worlds that need more than one run: a Secret that another ExternalSecret owned before (whoever is planned before the
 * owner gives it up is still blocked), one that Merge waits for and another ExternalSecret creates, and one that
 * CreatedOnce finds made by another one.
 */
function takesSeveralRuns({ before, now }: RandomWorld): boolean {
  return now.intents.some((taker) => {
    const rivals = (one: RandomIntent) => one.name !== taker.name && one.target === taker.target;
    const waits = taker.creationPolicy === 'Merge' || taker.refreshPolicy === 'CreatedOnce';
    return (waits && now.intents.some(rivals)) || before.intents.filter(rivals).some(isOwner);
  });
}

/** Several ExternalSecrets that write one Secret change its values behind each other's back, which only values show. */
function sharesSecrets({ before, now }: RandomWorld): boolean {
  const targets = ({ intents }: RandomWorld['now']) => intents.map(({ target }) => target);
  const isShared = (names: readonly string[]) => new Set(names).size < names.length;
  const changesHands = now.intents.some((one) =>
    before.intents.some((earlier) => earlier.target === one.target && earlier.name !== one.name),
  );
  return isShared(targets(before)) || isShared(targets(now)) || changesHands;
}

function isOwner({ creationPolicy }: RandomIntent): boolean {
  return creationPolicy === 'Owner';
}

const INPUTS: readonly PullInput[] = (
  [
    ['a', 'shared', 'CreateOrMerge', { a: '1' }],
    ['b', 'shared', 'CreateOrMerge', { b: '2' }],
    ['c', 'whole', 'Owner', { c: '3' }],
    ['d', 'whole', 'Owner', { d: '4' }],
    ['e', 'old-name', 'Owner', { e: '5' }],
  ] as const
).map(([name, target, creationPolicy, data]) => ({
  intent: intent(name, { target: { name: target, creationPolicy } }),
  state: state(target),
  live: target === 'old-name' ? liveSecret(target, { e: 'old' }) : undefined,
  stale: [],
  source: { kind: 'data', data: values(data), missing: [], warnings: [] },
  gone: new Set(),
  known: new Map(),
}));

function secretsByName(cluster: OpenRandomWorld['cluster']): ReadonlyMap<string, KubernetesObject> {
  return new Map(cluster.list('Secret').map((secret) => [secret.metadata.name, secret]));
}

/** Names of the Secrets that the sync before wrote for an ExternalSecret with creationPolicy Owner. */
function ownedSecrets({ before }: RandomWorld, cluster: OpenRandomWorld['cluster']): ReadonlySet<string> {
  const owners = before.intents.filter(isOwner);
  const writes = cluster.operations.filter(({ verb }) => verb === 'createSecret' || verb === 'updateSecret');
  const wrote = ({ name, target }: RandomIntent) =>
    writes.some(({ ref, manager }) => ref.name === target && manager === fieldManager(name));
  return new Set(owners.filter(wrote).map(({ target }) => target));
}

function unavailable(name: string): PortError {
  const [what, fix] = [`vault kv-shop failed to answer ${name} (HTTP 500)`, 'Run again later.'];
  return new PortError({ kind: 'Unavailable', what, fix, code: 'HTTP500' });
}
