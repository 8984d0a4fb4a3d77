/** What holds for whatever happens to PushSecrets and vaults, tried on histories at random. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plan } from '../../src/commands/plan.ts';
import { InMemoryVault } from '../fakes/index.ts';
import { PlayedPushes } from '../scenarios/played-pushes.ts';
import {
  namedObjects,
  pushHistory,
  vaultOfStore,
  type PushHistory,
  type RandomPush,
} from '../scenarios/random-pushes.ts';
import type { StoredObject, StoredVersion } from '../servers/vault-content.ts';
import { runs } from './fuzz-runs.ts';

const RUNS = runs(1 / 4);

describe('pushing', () => {
  it('settles, keeps what is not ours, deletes nothing without cause, and writes nothing twice', () =>
    fc.assert(fc.asyncProperty(pushHistory, holds), RUNS));
});

async function holds(history: PushHistory): Promise<void> {
  const world = new PlayedPushes(history);
  const watch = new Watch(world, history);
  for (const step of history.steps) {
    if (step.do === 'sync') await watch.over(() => world.sync(step.harm));
    else world.take(step);
    for (const push of world.pushes.values()) watch.note(push);
  }
  for (let run = 0; run < 2; run += 1) await watch.over(() => world.sync(undefined, { mode: 'always' }));
  await settled(world);
}

/** A third run changes nothing. What it tells that it cannot do may stand. */
async function settled(world: PlayedPushes): Promise<void> {
  const again = await plan(world.ports(), { ...world.settings, mode: 'always', looksAtDeleted: true });
  const wanted = again.pushes.filter(({ verdict }) => verdict !== 'failed').flatMap(({ changes }) => changes);
  expect(wanted).toEqual([]);
  const before = snapshotsOf(world);
  await world.sync(undefined, { mode: 'always' });
  expect(snapshotsOf(world)).toEqual(before);
}

function snapshotsOf({ vaults }: PlayedPushes) {
  return [...vaults].map(([name, { content }]) => [name, content.snapshot()]);
}

interface Seen {
  readonly isLive: boolean;
  readonly versions: readonly StoredVersion[];
}

/** Looks at the vaults before and after each sync. */
class Watch {
  readonly #world: PlayedPushes;
  readonly #history: PushHistory;
  /** By name: everything that a PushSecret of this name ever named, and whether it ever said Delete. */
  readonly #named = new Map<string, { readonly objects: ReadonlySet<string>; readonly deletes: boolean }>();

  constructor(world: PlayedPushes, history: PushHistory) {
    this.#world = world;
    this.#history = history;
  }

  note(push: RandomPush): void {
    const known = this.#named.get(push.name);
    const objects = new Set([...(known?.objects ?? []), ...namedObjects(push, ['a', 'b', 'c'])]);
    const deletes = known?.deletes === true || push.deletionPolicy === 'Delete';
    this.#named.set(push.name, { objects, deletes });
  }

  async over(sync: () => Promise<unknown>): Promise<void> {
    const before = this.#look();
    await sync();
    const after = this.#look();
    for (const [name, was] of before) {
      const is = after.get(name);
      if (this.#isForeign(name, was)) expect([name, is]).toEqual([name, was]);
      if (was.isLive && is?.isLive !== true) expect([name, this.#mayGo(name, was)]).toEqual([name, 'may go']);
      // What was deleted is recovered and written in one go.
      if (was.isLive) expect([name, needless(was.versions, is?.versions ?? [])]).toEqual([name, []]);
    }
  }

  #look(): ReadonlyMap<string, Seen> {
    return new Map([...this.#world.vaults].flatMap(([vault, one]) => objectsOf(vault, one)));
  }

  /** Nobody said that it is taken. */
  #isForeign(name: string, { versions }: Seen): boolean {
    const { tags = {} } = versions.at(-1) ?? {};
    const isTaken = [...this.#world.pushes.values()].some(
      (push) => push.adopt !== 'never' && namedObjects(push, ['a', 'b', 'c']).includes(name),
    );
    if (tags['managed-by'] !== 'external-secrets') return !isTaken;
    return tags['keyferry-owner']?.startsWith('ffff') === true && !this.#history.takeOver;
  }

  #mayGo(name: string, { versions }: Seen): string {
    const { pushes, cluster } = this.#world;
    const { tags = {} } = versions.at(-1) ?? {};
    if (tags['managed-by'] !== 'external-secrets') return 'is not ours';
    const deleters = [...this.#named]
      .filter(([, { objects, deletes }]) => deletes && objects.has(name))
      .map(([push]) => push);
    if (deleters.length === 0) return 'nobody said Delete';
    const isGoneTaken = this.#history.home === 'custom-resources' || this.#history.prune;
    if (!isGoneTaken && !deleters.some((push) => pushes.has(push))) return 'nobody said that what is gone is deleted';
    for (const push of pushes.values()) {
      const keys = sourcesOf(push, cluster);
      if (keys === undefined) continue;
      const usable = push.stores.filter((store) => this.#world.stores.has(store));
      const isStoreThere = usable.some((store) => name.startsWith(`${vaultOfStore(store)} `));
      if (isStoreThere && namedObjects(push, keys).includes(name)) return `PushSecret ${push.name} wants it`;
    }
    return 'may go';
  }
}

/** All keys of its sources; undefined = it has none. */
function sourcesOf({ source }: RandomPush, cluster: PlayedPushes['cluster']): readonly string[] | undefined {
  const secrets = cluster
    .list('Secret')
    .filter(({ metadata }) => (source === '' ? metadata.labels?.['app'] === 'x' : metadata.name === source));
  if (secrets.length === 0) return undefined;
  return secrets.flatMap(({ data }) => Object.keys(data ?? {}));
}

function objectsOf(vault: string, { content }: InMemoryVault): readonly (readonly [string, Seen])[] {
  const seen = (isLive: boolean) => (object: StoredObject) =>
    [`${vault} ${object.name.toLowerCase()}`, { isLive, versions: [...object.versions] }] as const;
  return [...content.list('secrets').map(seen(true)), ...content.listDeleted('secrets').map(seen(false))];
}

/** New versions of one sync that say what the one before said, and all but the first. */
function needless(before: readonly StoredVersion[], after: readonly StoredVersion[]): readonly StoredVersion[] {
  const [first, ...others] = after.slice(before.length);
  const last = before.at(-1);
  if (first === undefined || last === undefined) return others;
  return contentOf(first) === contentOf(last) ? [first, ...others] : others;
}

function contentOf({ value, tags, contentType, attributes: { exp } }: StoredVersion): string {
  return JSON.stringify([value, Object.entries(tags ?? {}).sort(), contentType, exp]);
}
