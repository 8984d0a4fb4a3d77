import { describe, expect, it } from '@jest/globals';
import { syncedResourceVersion } from '../../../src/core/go/go-hash.ts';
import type { SourceMarks, SyncState } from '../../../src/core/model/condition.ts';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import { CREATED_BY_LABEL, MANAGED_LABEL } from '../../../src/core/model/names.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import { tooManyUpdates, type PlannedPull } from '../../../src/core/plan/mass-updates.ts';
import { deletion } from '../../../src/core/plan/pull/changes.ts';
import { createdBy } from '../../../src/core/plan/pull/ownership.ts';
import { planPull } from '../../../src/core/plan/pull/pull.ts';
import type { PullInput } from '../../../src/core/plan/pull/pull-input.ts';
import { vaultMark } from '../../../src/core/plan/vault-mark.ts';
import { intent, liveSecret, state, values } from '../../builders/index.ts';

const LIMITS = { count: 20, share: 0.5 };

/** The versions of one object, or of several. */
type Versions = Readonly<Record<string, string>>;

interface Case {
  readonly name: string;
  readonly vault?: string;
  readonly before?: Versions;
  readonly now?: Versions;
  readonly value?: string;
  readonly target?: Partial<PullIntent['target']>;
  readonly live?: PullInput['live'];
  readonly state?: Partial<SyncState> | 'none';
  readonly engine?: string;
  readonly parts?: Partial<PullInput>;
}

const marks = (engine: string, vault: string, versions: Versions): SourceMarks => ({
  engine,
  vaults: { [vault]: vaultMark(Object.entries(versions)) },
});

/** Synced from version 1 of its own object, which is at version 2 now, with another value. */
function pull(one: Case): PullInput {
  const { name, vault = 'vault kv-shop', before = { [name]: '1' }, now = { [name]: '2' }, value = 'new' } = one;
  const asked = intent(name, one.target === undefined ? {} : { target: one.target });
  const synced = state(asked.target.name, {
    syncedResourceVersion: syncedResourceVersion(asked.generation, asked.annotations, asked.labels),
    sourceMarks: marks('1.0.0', vault, before),
    ...(one.state === 'none' ? {} : one.state),
  });
  return {
    intent: asked,
    state: one.state === 'none' ? undefined : synced,
    live: 'live' in one ? one.live : liveSecret(asked.target.name, { password: 'old' }),
    stale: [],
    gone: new Set(),
    known: new Map(),
    source: {
      kind: 'data',
      data: values({ password: value }),
      missing: [],
      warnings: [],
      sourceMarks: marks(one.engine ?? '1.0.0', vault, now),
    },
    ...one.parts,
  };
}

/** Made and written by this ExternalSecret. */
function written(owner: string, name: string): LiveSecret {
  const manager = `externalsecrets.external-secrets.io/${owner}`;
  const labels = { [CREATED_BY_LABEL]: createdBy({ namespace: 'shop', name: owner }), [MANAGED_LABEL]: 'true' };
  const ownedFields = [{ manager, data: ['password'], labels: [], annotations: [] }];
  return liveSecret(name, { password: 'old' }, { labels, ownedFields });
}

const actionsOf = (one: PullInput) => planPull(one).changes.map(({ action }) => action);

const planned = (one: PullInput): PlannedPull => ({ pull: one, item: planPull(one) });

const stopped = (...pulls: readonly PullInput[]) => tooManyUpdates(pulls.map(planned), LIMITS);

/** So many Secrets of one vault that change; the others stay as they are. */
function world(all: number, changing: number, parts: (index: number) => Partial<Case> = () => ({})): PullInput[] {
  return Array.from({ length: all }, (_, index) => {
    const name = `e${index}`;
    const same: Partial<Case> = index < changing ? {} : { now: { [name]: '1' }, value: 'old' };
    return pull({ name, ...same, ...parts(index) });
  });
}

describe('tooManyUpdates', () => {
  it('stops a plan over both limits and says of which vault, how many, and what to do', () => {
    expect(stopped(...world(30, 25))).toEqual({
      severity: 'error',
      code: 'too-many-updates',
      what: 'plan rewrites 25 of 30 Secrets of vault kv-shop (83%), over the limits of 20 and 50%, though nothing but the vault has changed since their last sync',
      fix: 'Nothing was written. See whether the vault was emptied, exchanged or restored; run again with --force if its values are meant.',
    });
  });

  it.each([
    [21, 21, true],
    [20, 20, false],
    [41, 21, true],
    [42, 21, false],
    [43, 21, false],
    [1000, 501, true],
    [1000, 500, false],
    [1, 1, false],
    [0, 0, false],
  ])('of %i Secrets in step, lets %i change: stopped = %s', (all, changing, isStopped) => {
    expect(stopped(...world(all, changing)) !== undefined).toBe(isStopped);
  });

  it.each([
    null,
    'x',
    {},
    { engine: '1.0.0' },
    { engine: '1.0.0', vaults: null },
    { engine: '1.0.0', vaults: { 'vault kv-shop': 7 } },
    { engine: '1.0.0', vaults: { 'vault kv-shop': '0'.repeat(48), 'vault kv-other': 7 } },
  ])('takes a record that somebody damaged for none: %j', (sourceMarks) => {
    const damaged = world(30, 30, () => ({ state: { sourceMarks: sourceMarks as unknown as SourceMarks } }));
    expect(stopped(...damaged)).toBeUndefined();
  });

  it('is lifted by --force', () => {
    expect(tooManyUpdates(world(30, 30).map(planned), undefined)).toBeUndefined();
  });

  it('lets everything pass with a share of 100%, and nothing with 0 and 0', () => {
    const pulls = world(30, 30).map(planned);
    expect(tooManyUpdates(pulls, { count: 0, share: 1 })).toBeUndefined();
    expect(tooManyUpdates(world(30, 1).map(planned), { count: 0, share: 0 })?.what).toMatch(
      /^plan rewrites 1 of 30 Secrets of vault kv-shop \(3%\), over the limits of 0 and 0%/u,
    );
  });

  it.each<[string, Partial<Case>]>([
    ['a first sync', { state: 'none' }],
    ['a first sync that creates', { state: 'none', live: undefined }],
    ['a record of a version that knew no such marks', { parts: { state: state('x') } }],
    ['a manifest that changed', { state: { syncedResourceVersion: 'other' } }],
    ['another engine, or another text of a template source', { engine: '2.0.0' }],
    ['Secrets that somebody deleted in the cluster', { live: undefined }],
    ['versions of the same values', { value: 'old' }],
    ['Secrets that are immutable', { target: { immutable: true } }],
    ['reads that failed', { parts: { source: { kind: 'failed', problems: [], missing: [] } } }],
    [
      'a source without marks',
      { parts: { source: { kind: 'data', data: values({ password: 'new' }), missing: [], warnings: [] } } },
    ],
    ['what is not due', { parts: { source: { kind: 'not-due', reason: 'x' } } }],
  ])('does not count %s', (_, parts) => {
    expect(stopped(...world(30, 30, () => parts))).toBeUndefined();
  });

  it('does not count a Secret that somebody edited, whose vault is as it was', () => {
    const pulls = world(30, 0, (index) => ({ live: liveSecret(`e${index}`, { password: 'by hand' }) }));
    expect(pulls.map((one) => planPull(one).verdict)).toEqual(pulls.map(() => 'change'));
    expect(stopped(...pulls)).toBeUndefined();
  });

  it('leaves deletions to the guard on deletions', () => {
    const nothing = (index: number): Partial<Case> => {
      const one = pull({ name: `e${index}`, target: { deletionPolicy: 'Delete' } });
      return { target: { deletionPolicy: 'Delete' }, parts: { source: { ...one.source, data: new Map() } as never } };
    };
    expect(stopped(...world(30, 30, nothing))).toBeUndefined();
  });

  it('counts keys that go, as where a vault was emptied', () => {
    const pulls = world(25, 25, (index) => ({
      live: liveSecret(`e${index}`, { password: 'new', second: 'x' }),
      before: { [`e${index}`]: '1', second: '1' },
      now: { [`e${index}`]: '1' },
    }));
    // One and the same object is gone from all of them.
    expect(stopped(...pulls)).toBeUndefined();
    const emptied = world(25, 25, (index) => ({
      live: liveSecret(`e${index}`, { password: 'new', second: 'x' }),
      before: { [`e${index}`]: '1', [`second-${index}`]: '1' },
      now: { [`e${index}`]: '1' },
    }));
    expect(stopped(...emptied)?.code).toBe('too-many-updates');
  });

  it('lets one object be rotated that all of them read', () => {
    const shared = (version: string, index: number) => ({ [`own-${index}`]: '1', certificate: version });
    const pulls = world(100, 100, (index) => ({ before: shared('1', index), now: shared('2', index) }));
    expect(stopped(...pulls)).toBeUndefined();
  });

  it('lets a find match one object more in all of them', () => {
    const all = { a: '1', b: '1', c: '1' };
    expect(stopped(...world(100, 100, () => ({ before: all, now: { ...all, d: '1' } })))).toBeUndefined();
  });

  it('counts beside a rotated object that many read what else changes', () => {
    const cases = (others: number) =>
      world(100, 60 + others, (index) =>
        index < 60 ? { before: { certificate: '1' }, now: { certificate: '2' } } : {},
      );
    expect(stopped(...cases(40))).toBeUndefined();
    const few = { count: 20, share: 0.2 };
    expect(tooManyUpdates(cases(20).map(planned), few)?.what).toMatch(/^plan rewrites 80 of 100 Secrets /u);
    expect(tooManyUpdates(cases(19).map(planned), few)).toBeUndefined();
  });

  it('stops where a vault with many objects changes, though all read the same', () => {
    const all = (version: string) => Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`o${i}`, version]));
    expect(stopped(...world(30, 30, () => ({ before: all('1'), now: all('2') })))?.code).toBe('too-many-updates');
  });

  it('counts another vault in the place of the one before, though one object is all that is read', () => {
    const pulls = world(30, 30, () => ({
      now: { password: '1' },
      state: { sourceMarks: marks('1.0.0', 'vault kv-old', {}) },
    }));
    expect(stopped(...pulls)?.what).toMatch(/^plan rewrites 30 of 30 Secrets of vault kv-shop \(100%\)/u);
  });

  it('judges each vault by itself and names those that are over', () => {
    const vaultOf = (index: number) => ({ vault: index % 2 === 0 ? 'vault kv-b' : 'vault kv-a' });
    const others = world(400, 0).map((one, index) => ({
      ...one,
      intent: { ...one.intent, ref: { ...one.intent.ref, name: `x${index}` } },
    }));
    expect(stopped(...others, ...world(60, 60, vaultOf))?.what).toBe(
      'plan rewrites 30 of 30 Secrets of vault kv-a (100%), 30 of 30 Secrets of vault kv-b (100%), over the limits of 20 and 50%, though nothing but the vaults have changed since their last sync',
    );
  });

  it('stops where the vaults together are over the limits, and none of them alone', () => {
    const vaultOf = (index: number) => ({ vault: `vault kv-${index % 3}` });
    expect(stopped(...world(21, 21, vaultOf))?.what).toMatch(
      /^plan rewrites 7 of 7 Secrets of vault kv-0 \(100%\), 7 of 7 Secrets of vault kv-1 \(100%\), 7 of 7 Secrets of vault kv-2 \(100%\), over/u,
    );
    expect(stopped(...world(20, 20, vaultOf))).toBeUndefined();
    expect(stopped(...world(42, 21, vaultOf))).toBeUndefined();
  });

  it('names no vault of which nothing is rewritten', () => {
    const vaultOf = (index: number) => ({ vault: index < 21 ? `vault kv-${index % 3}` : 'vault kv-quiet' });
    const told = stopped(...world(26, 21, vaultOf))?.what;
    expect(told).toContain('7 of 7 Secrets of vault kv-2 (100%), over');
    expect(told).not.toContain('kv-quiet');
  });

  it.each<[string, Partial<Case>]>([
    ['is deleted in the cluster', { live: undefined }],
    ['is being deleted, and left as it is', { live: { ...liveSecret('x', { password: 'old' }), deleting: true } }],
    ['is synced for the first time', { state: 'none' }],
  ])('takes no Secret for one in step that %s', (_, parts) => {
    const half = world(60, 60, (index) => (index < 30 ? {} : parts));
    expect(stopped(...half)?.what).toMatch(/^plan rewrites 30 of 30 Secrets of vault kv-shop \(100%\)/u);
    const vaultOf = (index: number) => ({ vault: `vault kv-${index % 3}` });
    const justOver = world(41, 21, vaultOf);
    const besides = world(44, 44, (index) => (index < 41 ? {} : { ...vaultOf(index), ...parts })).slice(41);
    expect(stopped(...justOver, ...besides)).toBeDefined();
  });

  it('counts a Secret whose ExternalSecret also gives up an earlier one, and not that one', () => {
    const renamed = (index: number): Partial<Case> => ({ parts: { stale: [written(`e${index}`, `former-${index}`)] } });
    const pulls = world(30, 30, renamed);
    expect(pulls.map(actionsOf)).toEqual(pulls.map(() => ['update', 'delete']));
    expect(stopped(...pulls)?.code).toBe('too-many-updates');
    const inStep = world(30, 30, (index) => ({
      ...renamed(index),
      live: written(`e${index}`, `e${index}`),
      value: 'old',
    }));
    expect(inStep.map(actionsOf)).toEqual(inStep.map(() => ['update', 'delete']));
    expect(stopped(...inStep)).toBeUndefined();
  });

  it('counts a Secret into which two merge once', () => {
    const half = (index: number): Partial<Case> => ({ target: { name: `t${index % 15}`, creationPolicy: 'Merge' } });
    expect(stopped(...world(30, 30, half))).toBeUndefined();
  });
});

describe('a plan', () => {
  const input = { prunes: [], problems: [], deletionLimits: undefined };

  it('is stopped by the guard, with the fingerprint that it would have without', () => {
    const pulls = world(25, 25);
    const open = makePlan({ ...input, pulls });
    expect(open.stopped).toBeUndefined();
    const guarded = makePlan({ ...input, pulls, updateLimits: LIMITS });
    expect(guarded.stopped?.code).toBe('too-many-updates');
    expect(guarded.fingerprint).toBe(open.fingerprint);
  });

  it('that deletes and rewrites too much says both, for one option lifts both limits', () => {
    const live = liveSecret('gone', { password: 'old' });
    const prunes = [deletion(intent('gone').ref, live, 'no longer in the manifests')];
    const limits = { deletionLimits: { count: 0, share: 1 }, updateLimits: LIMITS };
    const { stopped: told } = makePlan({ ...input, ...limits, prunes, pulls: world(25, 25) });
    expect(told).toMatchObject({
      code: 'too-many-deletions',
      what: 'plan deletes 1 Secrets, over the limit of 0; plan rewrites 25 of 25 Secrets of vault kv-shop (100%), over the limits of 20 and 50%, though nothing but the vault has changed since their last sync',
    });
  });

  it('has the same fingerprint with marks and without', () => {
    const pulls = world(3, 2);
    const without = pulls.map((one) => ({ ...one, source: { ...one.source, sourceMarks: undefined } as never }));
    expect(makePlan({ ...input, pulls }).fingerprint).toBe(makePlan({ ...input, pulls: without }).fingerprint);
  });
});
