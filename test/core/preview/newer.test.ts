import { describe, expect, it } from '@jest/globals';
import type { SeenObject } from '../../../src/core/preview/metadata-entries.ts';
import { newerThanSync } from '../../../src/core/preview/newer.ts';
import { state } from '../../builders/index.ts';

/** Of the builder's last sync. */
const SYNC = Date.parse('2026-01-01T00:00:00Z') / 1000;
const HOUR = 3600;

function object(created: number, parts: Partial<SeenObject> = {}, updated = created): SeenObject {
  const attributes = { created, updated };
  return {
    name: 'db',
    object: { value: undefined, tags: new Map(), attributes },
    isPinned: false,
    readsTags: false,
    ...parts,
  };
}

const [older, later] = [object(SYNC - HOUR), object(SYNC + HOUR)];

function newer(
  objects: readonly SeenObject[],
  remembered: Partial<Parameters<typeof newerThanSync>[1]>,
): readonly boolean[] {
  return objects.map(
    newerThanSync(objects, { state: state('db'), mark: undefined, isManifestChanged: false, ...remembered }),
  );
}

/*
 * | remembered     | found   | manifest | created            | newer |
 * | -------------- | ------- | -------- | ------------------ | ----- |
 * | no sync        | any     | any      | any                | yes   |
 * | the same mark  | a       | any      | any                | no    |
 * | another mark   | b       | same     | one is later       | that  |
 * | another mark   | b       | same     | none is later      | all   |
 * | another mark   | b       | changed  | none is later      | none  |
 * | no mark        | any     | any      | later              | that  |
 */
describe('newerThanSync', () => {
  const marked = state('db', { versionsMark: 'a' });

  it.each([
    ['everything, where no sync is remembered', { state: undefined }, [true, true]],
    ['nothing, where the versions are those of the last sync', { state: marked, mark: 'a' }, [false, false]],
    ['what was created later, where versions differ', { state: marked, mark: 'b' }, [false, true]],
    ['what was created later, where no versions are remembered', {}, [false, true]],
  ])('is %s', (_what, remembered, expected) => {
    expect(newer([older, later], remembered)).toEqual(expected);
  });

  it('is everything that is not pinned, where versions differ and no time says which', () => {
    const pinned = object(SYNC - HOUR, { isPinned: true });
    expect(newer([older, pinned], { state: marked, mark: 'b' })).toEqual([true, false]);
  });

  it('is nothing where versions differ because other objects are read', () => {
    expect(newer([older], { state: marked, mark: 'b', isManifestChanged: true })).toEqual([false]);
  });

  it('is never a version that the manifest names', () => {
    expect(newer([object(SYNC + HOUR, { isPinned: true })], {})).toEqual([false]);
  });

  it('is in doubt within a minute before the end of the sync', () => {
    expect(newer([object(SYNC - 59), object(SYNC - 61)], {})).toEqual([true, false]);
  });

  it('is what has other tags, where tags are read, in the same version too', () => {
    const tagged = object(SYNC - HOUR, { readsTags: true, isPinned: true }, SYNC + HOUR);
    expect(newer([tagged, older], { state: marked, mark: 'a' })).toEqual([true, false]);
    expect(newer([{ ...tagged, readsTags: false }], { state: marked, mark: 'a' })).toEqual([false]);
  });
});
