/** A run that ends between a write to a vault and what is remembered of it. */
import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { PortError } from '../../src/ports/errors.ts';
import { shakyState, type KubernetesObject } from '../fakes/index.ts';
import { entry, pushSecret, PushWorld } from './push-world.ts';

const lost = (): PortError =>
  new PortError({ kind: 'Unavailable', what: 'the API server did not answer', fix: 'Run.' });

function problemsOf({ pushes, problems }: Report): readonly string[] {
  return [...problems, ...pushes.flatMap((push) => push.problems)].map(problemText);
}

function write(world: PushWorld, data: Readonly<Record<string, string>>): void {
  const metadata = { name: 'db', namespace: 'shop' };
  world.cluster.patch({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: data });
}

/** After the vault has it, nothing is remembered any more. */
async function breakOff(world: PushWorld, manifests: readonly KubernetesObject[]): Promise<void> {
  const state = shakyState(world.state, (request) => {
    if (request === 'write') throw lost();
  });
  await world.sync(manifests, {}, { state });
}

describe('a run that breaks off after it wrote to a vault', () => {
  const manifests = [pushSecret('db')];

  it('is no conflict when the source has changed since', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync(manifests);
    write(world, { db: '2' });
    await breakOff(world, manifests);
    write(world, { db: '3' });
    expect(problemsOf(await world.sync(manifests))).toEqual([]);
    expect(world.values).toEqual({ db: ['1', '2', '3'] });
  });

  it('is no conflict with a member of a JSON object either', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    const members = [pushSecret('db', { data: [entry('db', 'doc', 'password')] })];
    await world.sync(members);
    write(world, { db: '2' });
    await breakOff(world, members);
    write(world, { db: '3' });
    expect(problemsOf(await world.sync(members))).toEqual([]);
    expect(world.values['doc']?.at(-1)).toBe('{"password":"3"}');
  });

  it('hides nothing that somebody else wrote afterwards', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync(manifests);
    write(world, { db: '2' });
    await breakOff(world, manifests);
    const [object] = world.vault.content.list('secrets');
    world.vault.content.append('secrets', 'db', { value: 'by hand', tags: object?.versions[0]?.tags ?? {} });
    write(world, { db: '3' });
    expect((await world.sync(manifests)).pushes.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([
      'push-conflict',
    ]);
  });

  it('leaves no object that nobody would delete', async () => {
    const world = new PushWorld({ db: { db: '1' }, other: { other: '1' } });
    await breakOff(world, manifests);
    expect(world.values).toEqual({ db: ['1'] });
    await world.sync([pushSecret('other')], { prune: true });
    expect(world.values).toEqual({ other: ['1'] });
  });

  it('writes nothing twice where nothing has changed since', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await breakOff(world, manifests);
    expect(problemsOf(await world.sync(manifests))).toEqual([]);
    expect(world.values).toEqual({ db: ['1'] });
  });
});

describe('what is about to be pushed', () => {
  it('is not written where it cannot be recorded', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    const state = shakyState(world.state, (request) => {
      if (request === 'writeBeside') throw lost();
    });
    const report = await world.sync([pushSecret('db')], {}, { state });
    expect(problemsOf(report)).toEqual([
      'PushSecret shop/db: what is about to be pushed could not be recorded: the API server did not answer. Nothing was pushed for it. Run. (manifests.yaml:12)',
    ]);
    expect(world.values).toEqual({});
  });

  it('is recorded for all PushSecrets at once, and not where nothing changes', async () => {
    const world = new PushWorld({ a: { a: '1' }, b: { b: '1' } });
    const requests: string[] = [];
    const state = shakyState(world.state, (request) => requests.push(request));
    const both = [pushSecret('a'), pushSecret('b')];
    const writes = () => requests.splice(0).filter((request) => request === 'writeBeside');
    await world.sync(both, {}, { state });
    expect(writes()).toEqual(['writeBeside', 'writeBeside']);
    await world.sync(both, {}, { state });
    expect(writes()).toEqual([]);
  });
});

describe('an installation that has lost a record', () => {
  const manifests = [pushSecret('db')];
  const ref = { kind: 'PushSecret', namespace: 'shop', name: 'db' };

  it('writes another value, and tells it', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync(manifests);
    await world.state.forget(ref);
    write(world, { db: '2' });
    const version = world.vault.content.list('secrets')[0]?.versions.at(-1)?.version;
    expect(problemsOf(await world.sync(manifests))).toEqual([
      `PushSecret shop/db: spec.data[0] names kv-shop secret/db, which this PushSecret wrote and of which nothing is remembered: its value is another, and that of the source is written. What was there, version ${version}, stays in its history. Take it from there if somebody changed it in the vault. (manifests.yaml:27)`,
    ]);
    expect(world.values).toEqual({ db: ['1', '2'] });
  });

  it('records an equal value without a word', async () => {
    const world = new PushWorld({ db: { db: '1' } });
    await world.sync(manifests);
    await world.state.forget(ref);
    expect(problemsOf(await world.sync(manifests))).toEqual([]);
    expect(await world.remembered('db')).toEqual(['db']);
  });
});
