/** A sync that may carry out one plan only: the one that somebody approved. */
import { describe, expect, it } from '@jest/globals';
import { plan } from '../../src/commands/plan.ts';
import { sync, type Approve } from '../../src/commands/sync.ts';
import { planNotApproved, readFingerprint } from '../../src/core/plan/approval.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { problemsOf } from '../../src/core/report/build-report.ts';
import { openWorld, type World } from '../scenarios/world.ts';
import { externalSecret, handMadeSecret, STORE, textsOf, vaultYaml, yaml } from './shop.ts';

const MANIFESTS = yaml(STORE, externalSecret('db'), externalSecret('token'));

function open(cluster = ''): Promise<World> {
  const files = { manifests: MANIFESTS, vault: vaultYaml({ db: 'horse', token: 't-1' }), cluster, settings: {} };
  return openWorld(files);
}

const only =
  (fingerprint: string): Approve =>
  (now) =>
    planNotApproved(fingerprint, now.fingerprint);

const writes = ({ cluster }: World) =>
  cluster.operations.filter(({ verb }) => ['createSecret', 'updateSecret', 'deleteSecret'].includes(verb));

describe('a sync with an approved plan', () => {
  it('writes it while it is still the plan', async () => {
    const world = await open();
    const { fingerprint } = await plan(world.ports, world.settings);
    const report = await sync(world.ports, world.settings, undefined, only(fingerprint));
    expect(report.counts).toMatchObject({ create: 2, errors: 0 });
    expect(report.fingerprint).toBe(fingerprint);
  });

  it('refuses a plan that has become another, says what differs, and writes nothing', async () => {
    const world = await open();
    const { fingerprint } = await plan(world.ports, world.settings);
    world.cluster.apply(handMadeSecret('db', { password: 'other' }));
    const report = await sync(world.ports, world.settings, undefined, only(fingerprint));
    expect(problemsOf(report).map(problemText)).toEqual([
      'the plan that was approved is not the plan now: 2 to create then, 1 now; 0 to update then, 1 now. Nothing was written. Read the plan as it is now (plan), approve it, and run again with its fingerprint as --plan-fingerprint.',
    ]);
    expect(writes(world)).toEqual([]);
    expect(await world.state.remembered('pull')).toEqual([]);
    expect(report.objects.flatMap(({ changes }) => changes.map(({ state }) => state))).toEqual([
      'withheld',
      'withheld',
    ]);
  });

  it('refuses as many changes of another kind', async () => {
    const world = await open(yaml(handMadeSecret('db', { password: 'other' })));
    const { fingerprint } = await plan(world.ports, world.settings);
    world.cluster.apply(handMadeSecret('db', { password: 'yet another' }));
    const report = await sync(world.ports, world.settings, undefined, only(fingerprint));
    expect(report.stopped?.what).toBe(
      'the plan that was approved is not the plan now: as many Secrets to write as then, but other ones, other keys, other versions in the vault, or Secrets that somebody wrote since',
    );
    expect(writes(world)).toEqual([]);
  });

  it('does not plan again what somebody changes while it is written', async () => {
    const world = await open(yaml(handMadeSecret('db', { password: 'other' })));
    const { fingerprint } = await plan(world.ports, world.settings);
    let left = 1;
    world.cluster.onBefore(({ verb, ref }) => {
      if (verb === 'updateSecret' && ref.name === 'db' && left-- > 0) {
        world.cluster.apply(handMadeSecret('db', { password: 'theirs' }));
      }
    });
    const settings = { ...world.settings, onlyAsPlanned: true };
    const report = await sync(world.ports, settings, undefined, only(fingerprint));
    expect(problemsOf(report).map(({ what }) => what)).toEqual([
      'somebody else changed Secret shop/db after the plan was approved',
    ]);
    expect(textsOf(world.cluster.get('Secret', 'shop', 'db'))).toEqual({ password: 'theirs' });
    expect(report.counts).toMatchObject({ create: 1, failed: 1 });
  });
});

describe('readFingerprint', () => {
  const digits = 'a'.repeat(56);

  it('tells level, counts, and whether it is that of a deployment', () => {
    const counts = { create: 10, update: 0, delete: 3 };
    const sync = { level: 'metadata', deploys: false, ...counts };
    expect(readFingerprint(`metadata-10c0u3d-${digits}`)).toEqual(sync);
    expect(readFingerprint(`full-deploy-10c0u3d-${digits}`)).toEqual({ ...sync, level: 'full', deploys: true });
  });

  it.each(['full-1c0u0d-aaaaaaaa', digits, `some-1c0u0d-${digits}`, `full-1c0u0d-${digits}0`, ''])(
    'takes nothing else for one: "%s"',
    (text) => expect(readFingerprint(text)).toBeUndefined(),
  );
});
