/** What a run does with PushSecrets, and what it does not. */
import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { exitCode } from '../../src/core/report/build-report.ts';
import { PortError } from '../../src/ports/errors.ts';
import { shakyState } from '../fakes/index.ts';
import { loopbackAuthority } from '../servers/index.ts';
import { entry, pushSecret, PushWorld } from './push-world.ts';
import { handMadeSecret } from './shop.ts';

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, number) => `n${number}`);

function problemsOf({ pushes, problems, stopped }: Report): readonly string[] {
  return [...problems, ...pushes.flatMap((push) => push.problems), ...(stopped === undefined ? [] : [stopped])].map(
    problemText,
  );
}

/** One PushSecret that writes `count` objects of one Secret. */
function many(count: number) {
  const names = numbers(count);
  const world = new PushWorld({ all: Object.fromEntries(names.map((name) => [name, `value of ${name}`])) });
  const push = (wanted: readonly string[]) => pushSecret('all', { data: wanted.map((name) => entry(name)) });
  return { world, names, push };
}

describe('a plan that deletes too many vault objects', () => {
  it('is stopped before its first write', async () => {
    const { world, names, push } = many(22);
    await world.sync([push(names)]);
    world.cluster.patch({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'all', namespace: 'shop' } },
      stringData: { n21: 'new' },
    });
    world.asked();
    const report = await world.sync([push(['n21'])]);
    expect(problemsOf(report)).toEqual([
      'plan deletes 21 vault objects, over the limit of 20. Nothing was written. Check the manifests and the vault; run again with --force if this is meant.',
    ]);
    expect(Object.values(world.values)).toEqual(names.map((name) => [`value of ${name}`]).sort());
    expect(world.asked().filter((line) => !line.startsWith('get '))).toEqual([]);
    expect(await world.remembered('all')).toHaveLength(22);
  });

  it('counts its share of those that were written, not of Secrets', async () => {
    const { world, names, push } = many(10);
    await world.sync([push(names)]);
    const report = await world.sync([push(names.slice(4))]);
    expect(problemsOf(report)).toEqual([
      'plan deletes 4 of 10 vault objects (40%), over the limit of 30%. Nothing was written. Check the manifests and the vault; run again with --force if this is meant.',
    ]);
    expect(Object.keys(world.values)).toHaveLength(10);
  });

  it('counts those, too, that belong to PushSecrets which are not due', async () => {
    const { world, names, push } = many(10);
    const others = numbers(10).map((name) => `other-${name}`);
    world.cluster.apply({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'others', namespace: 'shop' } },
      stringData: Object.fromEntries(others.map((name) => [name, name])),
    });
    const second = pushSecret('others', { data: others.map((name) => entry(name)) });
    await world.sync([push(names), second]);
    const report = await world.sync([push(names.slice(4)), second], { mode: 'due' });
    expect(problemsOf(report)).toEqual([]);
    expect(Object.keys(world.values)).toHaveLength(16);
  });
});

describe('a run that is asked to stop while it pushes', () => {
  it('ends what is in hand, remembers it, and says what is left', async () => {
    const names = ['a', 'b', 'c'];
    const world = new PushWorld(Object.fromEntries(names.map((name) => [name, { [name]: name }])));
    const manifests = names.map((name) => pushSecret(name));
    const asked = new AbortController();
    world.vault.hooks = {
      before: ({ action }) => {
        if (action === 'set') asked.abort();
      },
    };
    const report = await world.sync(manifests, { concurrency: 1 }, { stop: asked.signal });
    expect(world.values).toEqual({ a: ['a'] });
    expect(await world.remembered('a')).toEqual(['a']);
    expect(report.pushes.map(({ changes }) => changes.map(({ state }) => state))).toEqual([
      ['done'],
      ['left'],
      ['left'],
    ]);
    expect(report.problems.map(problemText)).toEqual([
      'the run was asked to stop: 2 objects are left for the next run, what was begun was finished. Run it again; what is done stays done. If this happens often, give the run more time.',
    ]);
    expect(exitCode(report, true)).toBe(1);
    await world.sync(manifests);
    expect(world.values).toEqual({ a: ['a'], b: ['b'], c: ['c'] });
  });

  it('takes what it wrote of one that is left for its own, when the source has changed since', async () => {
    const world = new PushWorld({ db: { a: '1', b: '1' } });
    await world.sync([pushSecret('db', { data: [entry('a'), entry('b')] })]);
    const change = (a: string) =>
      world.cluster.patch({
        ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' } },
        stringData: { a },
      });
    change('2');
    const asked = new AbortController();
    world.vault.hooks = {
      before: ({ action }) => {
        if (action === 'set') asked.abort();
      },
    };
    const manifests = [pushSecret('db', { data: [entry('a')] })];
    await world.sync(manifests, {}, { stop: asked.signal });
    expect(world.values).toEqual({ a: ['1', '2'], b: ['1'] });
    change('3');
    expect(problemsOf(await world.sync(manifests))).toEqual([]);
    expect(world.values).toEqual({ a: ['1', '2', '3'] });
  });

  it('deletes nothing more', async () => {
    const { world, names, push } = many(3);
    await world.sync([push(names)]);
    const asked = new AbortController();
    world.vault.hooks = {
      before: ({ action }) => {
        if (action === 'delete') asked.abort();
      },
    };
    await world.sync([push(['n0'])], {}, { stop: asked.signal });
    expect(Object.keys(world.values)).toHaveLength(2);
    expect(await world.remembered('all')).toHaveLength(2);
  });
});

describe('a deletion beside a write that fails', () => {
  it('is kept for a later pass, told as that and not counted', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync([pushSecret('db', { data: [entry('db', 'old')] })]);
    world.vault.hooks = {
      before: ({ action }) => {
        if (action === 'set') throw new PortError({ kind: 'Forbidden', what: 'it may not', fix: 'Give it the role.' });
      },
    };
    const report = await world.sync([pushSecret('db')]);
    expect(report.pushes.flatMap(({ changes }) => changes.map(({ action, state }) => [action, state]))).toEqual([
      ['set', 'failed'],
      ['remove', 'kept'],
    ]);
    expect([report.counts.pushed, report.counts.pushRemoved]).toEqual([0, 0]);
    expect(world.values).toEqual({ old: ['1'] });
  });
});

describe('the limit on deletions', () => {
  it('counts members of JSON objects as objects', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `n${index}`);
    const world = new PushWorld({ db: Object.fromEntries(names.map((name) => [name, 'v'])) });
    const members = (count: number) =>
      pushSecret('db', { data: names.slice(0, count).map((name) => entry(name, 'doc', name)) });
    await world.sync([members(8)]);
    const report = await world.sync([members(2)]);
    expect(report.stopped).toMatchObject({
      code: 'too-many-deletions',
      what: 'plan deletes 6 of 8 vault objects and members of them (75%), over the limit of 30%',
    });
    expect(world.values['doc']).toHaveLength(1);
    expect((await world.sync([members(7)])).stopped).toBeUndefined();
    expect(world.values['doc']).toHaveLength(2);
  });
});

describe('pruning', () => {
  it('tells what was left, where these manifests say nothing more of the namespace', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync([pushSecret('db')]);
    expect(problemsOf(await world.sync([], { prune: true }))).toEqual([
      'PushSecret shop/db: what it wrote into vaults was left there though it is in no manifest: documents with errors may hold or replace it, or no PushSecret of its namespace is in these manifests. Mend those documents, and give all manifests of the namespace. The last vault objects of a namespace go with an empty data of their PushSecret, or by hand.',
    ]);
    expect(world.values).toEqual({ db: ['1'] });
    expect(problemsOf(await world.sync([]))).toEqual([]);
    await world.sync([pushSecret('db', { data: [] })], { prune: true });
    expect(world.values).toEqual({});
  });
});

describe('a name that dataTo makes', () => {
  it('is told with the key that it is made of, where no vault can have it', async () => {
    const world = new PushWorld({ db: { DB_HOST: '1', good: '2' } });
    const push = pushSecret('db', { data: undefined, dataTo: [{ storeRef: { name: 'kv' } }] });
    expect(problemsOf(await world.sync([push]))).toEqual([
      'PushSecret shop/db: spec.dataTo[0] makes the name "DB_HOST" of the key "DB_HOST", and the name is no name that Key Vault can have. Names there have letters, digits and hyphens, 127 at most. Rewrite it, or leave the key out with match. (manifests.yaml:27)',
    ]);
    expect(world.values).toEqual({ good: ['2'] });
  });
});

describe('a certificate whose source gets its chain later', () => {
  it('is imported with it, once', async () => {
    const issued = loopbackAuthority().issue('shop.example.com');
    const world = new PushWorld();
    const push = pushSecret('site', { data: [{ match: { remoteRef: { remoteKey: 'cert/site' } } }] });
    const tls = (chain: string) =>
      world.cluster.apply({
        ...handMadeSecret('site', { 'tls.crt': `${issued.certificate}${chain}`, 'tls.key': issued.privateKey }),
        type: 'kubernetes.io/tls',
      });
    tls('');
    await world.sync([push]);
    world.asked();
    tls(loopbackAuthority().pem);
    await world.sync([push]);
    await world.sync([push]);
    expect(world.asked().filter((request) => !request.startsWith('get'))).toEqual(['import cert/site']);
  });
});

describe('a fault that only another manifest mends', () => {
  it('counts as one of the manifests, beside one that the next pass may find gone', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    const twice = pushSecret('db', { data: [entry('db'), entry('db', 'secret/db')] });
    const { counts } = await world.sync([twice, pushSecret('absent')]);
    expect([counts.errors, counts.manifestErrors]).toEqual([2, 1]);
  });
});

describe('a run that takes longer than ten seconds', () => {
  /** Every write takes that long. */
  const slowly = (world: PushWorld) => {
    world.cluster.onBefore(({ verb }) => {
      if (verb === 'getSecret') world.clock.advance(11_000);
    });
  };

  it('deletes what a PushSecret left that is gone', async () => {
    const world = new PushWorld({ a: { a: '1' }, b: { b: '2' } });
    await world.sync([pushSecret('a'), pushSecret('b')]);
    slowly(world);
    const report = await world.sync([pushSecret('b')], { prune: true });
    expect(problemsOf(report)).toEqual([]);
    expect(Object.keys(world.values)).toEqual(['b']);
    expect(await world.state.remembered('push')).toHaveLength(1);
  });

  it('writes nothing that another PushSecret writes, too', async () => {
    const world = new PushWorld({ a: { a: '1', own: 'a' }, b: { b: '2', own: 'b' } });
    slowly(world);
    const both = ['a', 'b'].map((name) => pushSecret(name, { data: [entry(name, 'same'), entry('own', name)] }));
    await world.sync(both);
    expect(world.values).toEqual({ a: ['a'], b: ['b'] });
  });
});

describe('a write whose answer was lost', () => {
  const lost = () =>
    new PortError({ kind: 'Unavailable', uncertain: true, what: 'vault kv-shop did not answer', fix: 'Run again.' });

  it('counts as made where the value is there, and is made once', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    world.vault.hooks = {
      after: ({ action }) => {
        if (action === 'set') throw lost();
      },
    };
    const report = await world.sync([pushSecret('db')]);
    expect([problemsOf(report), world.values]).toEqual([[], { db: ['1'] }]);
    expect(world.asked()).toEqual(['get secret/db', 'set secret/db', 'get secret/db']);
  });

  it('does not count as made where somebody else put something there', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    world.vault.hooks = {
      before: ({ action }) => {
        if (action !== 'set') return;
        world.vault.content.append('secrets', 'db', { value: 'theirs', tags: { team: 'theirs' } });
        throw lost();
      },
    };
    const report = await world.sync([pushSecret('db')]);
    expect(report.pushes.map(({ verdict }) => verdict)).toEqual(['failed']);
    world.vault.hooks = {};
    expect(problemsOf(await world.sync([pushSecret('db', { data: [entry('db', 'other')] })]))).toEqual([]);
    expect(await world.remembered('db')).toEqual(['other']);
    expect(world.values['db']).toEqual(['theirs']);
  });

  it('is no change by somebody else for the next run, which could not see it', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync([pushSecret('db')]);
    const change = (db: string) => world.cluster.patch({ ...handMade, stringData: { db } });
    const handMade = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' } };
    change('2');
    let isOut = false;
    world.vault.hooks = {
      before: () => {
        if (isOut) throw lost();
      },
      after: ({ action }) => {
        isOut = action === 'set';
        if (isOut) throw lost();
      },
    };
    await world.sync([pushSecret('db')]);
    world.vault.hooks = {};
    change('3');
    expect(problemsOf(await world.sync([pushSecret('db')]))).toEqual([]);
    expect(world.values).toEqual({ db: ['1', '2', '3'] });
  });
});

describe('an installation that lost its state', () => {
  it('needs --take-over once', async () => {
    const before = new PushWorld({ db: { db: '1' } });
    await before.sync([pushSecret('db')]);
    const world = new PushWorld({ db: { db: '1' } });
    const [object] = before.vault.content.list('secrets');
    const foreign = { value: '1', tags: { ...object?.versions[0]?.tags, 'keyferry-owner': 'ffffffffffffffff/0' } };
    world.vault.content.append('secrets', 'db', foreign);
    expect((await world.sync([pushSecret('db')])).pushes[0]?.verdict).toBe('failed');
    await world.sync([pushSecret('db')], { takeOver: true });
    const report = await world.sync([pushSecret('db')]);
    expect([report.pushes[0]?.verdict, world.values]).toEqual(['unchanged', { db: ['1'] }]);
  });
});

describe('a PushSecret whose record could not be read', () => {
  it('keeps it', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync([pushSecret('db')]);
    let isFirst = true;
    const state = shakyState(world.state, (request) => {
      if (request !== 'read' || !isFirst) return;
      isFirst = false;
      throw new PortError({ kind: 'Unavailable', what: 'the API server did not answer', fix: 'Run again.' });
    });
    const report = await world.sync([pushSecret('db')], {}, { state });
    expect(report.pushes.map(({ verdict }) => verdict)).toEqual(['failed']);
    expect(await world.remembered('db')).toEqual(['db']);
  });
});

describe('an object that was recovered and could not be written then', () => {
  it('is written by the next run, although it is not the version that was left there', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync([pushSecret('db')]);
    const [object] = world.vault.content.list('secrets');
    world.vault.content.append('secrets', 'db', { value: 'theirs', tags: object!.versions[0]!.tags! });
    world.vault.content.softDelete('secrets', object!, { at: 0, settlesAt: 0 });
    world.cluster.patch({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: 'shop' } },
      stringData: { db: '2' },
    });
    let isRecovered = false;
    world.vault.hooks = {
      before: ({ action }) => {
        if (isRecovered && action === 'set')
          throw new PortError({ kind: 'Forbidden', what: 'vault kv-shop refused it', fix: 'Grant it.' });
        isRecovered = action === 'recover';
      },
    };
    expect((await world.sync([pushSecret('db')])).pushes.map(({ verdict }) => verdict)).toEqual(['failed']);
    world.vault.hooks = {};
    expect(problemsOf(await world.sync([pushSecret('db')]))).toEqual([]);
    expect(world.values).toEqual({ db: ['1', 'theirs', '2'] });
  });
});

describe('a store that cannot be opened', () => {
  it('is told with its cause, and not as if no store were named', async () => {
    const world = new PushWorld({ db: { db: 'correct-horse' } });
    const refused = new PortError({
      kind: 'NotFound',
      what: 'ServiceAccount shop/sync does not exist',
      fix: 'Create it.',
    });
    const report = await world.sync([pushSecret('db')], {}, { providers: { open: () => Promise.reject(refused) } });
    expect(problemsOf(report)).toEqual([
      expect.stringContaining('which cannot be used: ServiceAccount shop/sync does not exist. Create it.'),
    ]);
  });
});
