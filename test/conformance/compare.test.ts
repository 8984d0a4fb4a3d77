/** The rules of comparison: what counts as a difference, and what does not. */
import { describe, expect, it } from '@jest/globals';
import type { Fault } from '../servers/index.ts';
import { compareSync, type SyncComparison } from './compare.ts';
import type { Expectation } from './load-case.ts';
import type { Observation } from './observe.ts';
import { Transient } from './transient.ts';

const DB = 'ExternalSecret app/db';
const SYNCED = { type: 'Ready', status: 'True', reason: 'SecretSynced', message: 'secret synced' };
const FAILED = { type: 'Ready', status: 'False', reason: 'SecretSyncedError', message: 'theirs' };
const WARNING = { object: DB, type: 'Warning', reason: 'UpdateFailed', message: 'theirs' };

type Settings = Partial<Omit<SyncComparison, 'expected' | 'observed' | 'transient'>> & {
  readonly faults?: readonly Fault[];
};

function compare(expected: Partial<Expectation>, observed: Partial<Observation>, settings: Settings = {}) {
  const { faults = [], ...rest } = settings;
  const differences = compareSync({
    expected: { ...NOTHING_EXPECTED, ...expected },
    observed: { ...NOTHING_OBSERVED, ...observed },
    before: undefined,
    transient: new Transient(faults),
    stores: false,
    home: 'custom-resources',
    ...rest,
  });
  return differences.map(({ path }) => path);
}

const NOTHING_EXPECTED: Expectation = { secrets: {}, status: {}, events: [], requests: [] };
const NOTHING_OBSERVED: Observation = {
  rejected: {},
  secrets: {},
  objects: {},
  status: {},
  children: {},
  generations: {},
  events: [],
  requests: [],
  vault: {},
};

function requests(...lines: readonly string[]): Pick<Observation, 'requests'> {
  return { requests: lines.map((line) => ({ vault: 'kv', line })) };
}

describe('secrets', () => {
  const secret = { type: 'Opaque', data: { a: 'MQ==' } };

  it('differ by one byte, one label, or by being there at all', () => {
    expect(compare({ secrets: { 'app/db': secret } }, { secrets: { 'app/db': secret } })).toEqual([]);
    expect(
      compare({ secrets: { 'app/db': secret } }, { secrets: { 'app/db': { ...secret, data: { a: 'Mg==' } } } }),
    ).toEqual(['secrets.app/db.data.a']);
    expect(
      compare({ secrets: { 'app/db': secret } }, { secrets: { 'app/db': { ...secret, labels: { x: '' } } } }),
    ).toEqual(['secrets.app/db.labels']);
    expect(compare({}, { secrets: { 'app/more': secret } })).toEqual(['secrets.app/more']);
    expect(compare({ secrets: { 'app/db': null } }, { secrets: { 'app/db': secret } })).toEqual(['secrets.app/db']);
  });

  it('may hold a random value, which is matched decoded and as a whole', () => {
    const expected = { 'app/db': { type: 'Opaque', data: { a: { matches: '[0-9]', changed: true } } } };
    const before = {
      expected: NOTHING_EXPECTED,
      observed: { ...NOTHING_OBSERVED, secrets: { 'app/db': { ...secret, data: { a: 'Mg==' } } } },
    };
    expect(compare({ secrets: expected }, { secrets: { 'app/db': secret } }, { before })).toEqual([]);
    expect(
      compare({ secrets: expected }, { secrets: { 'app/db': { ...secret, data: { a: 'Mg==' } } } }, { before }),
    ).toEqual(['secrets.app/db.data.a']);
    expect(compare({ secrets: expected }, { secrets: { 'app/db': { ...secret, data: { a: 'MTE=' } } } })).toEqual([
      'secrets.app/db.data.a',
    ]);
  });
});

describe('refusals', () => {
  it('are the same objects, for whatever reason', () => {
    expect(compare({ rejected: { [DB]: 'theirs' } }, { rejected: { [DB]: 'ours' } })).toEqual([]);
    expect(compare({ rejected: { [DB]: 'theirs' } }, {})).toEqual(['rejected']);
    expect(compare({}, { rejected: { [DB]: 'ours' } })).toEqual(['rejected']);
  });
});

describe('status', () => {
  const at = (status: Readonly<Record<string, unknown>>): Pick<Observation, 'status' | 'generations'> => ({
    status: { [DB]: status },
    generations: { [DB]: 2 },
  });

  it('compares messages of what went well only', () => {
    const ours = { ...FAILED, message: 'ours, and better' };
    expect(compare({ status: { [DB]: { conditions: [FAILED] } } }, at({ conditions: [ours] }))).toEqual([]);
    expect(
      compare({ status: { [DB]: { conditions: [SYNCED] } } }, at({ conditions: [{ ...SYNCED, message: 'x' }] })),
    ).toEqual([`status.${DB}.conditions`]);
  });

  it('wants the hash of the synced version as recorded and its number as the generation here', () => {
    const expected = { status: { [DB]: { syncedResourceVersion: '4-abc' } } };
    expect(compare(expected, at({ syncedResourceVersion: '2-abc' }))).toEqual([]);
    expect(compare(expected, at({ syncedResourceVersion: '1-abc' }))).toEqual([`status.${DB}.syncedResourceVersion`]);
    expect(compare(expected, at({ syncedResourceVersion: '2-xyz' }))).toEqual([`status.${DB}.syncedResourceVersion`]);
  });

  it('tells a status that stayed from one that was set, an absent one and a gone object', () => {
    expect(compare({ status: { [DB]: { refreshTime: 'unchanged' } } }, at({ refreshTime: 'set' }))).toEqual([
      `status.${DB}.refreshTime`,
    ]);
    expect(compare({ status: { [DB]: {} } }, at({}))).toEqual([]);
    expect(compare({}, at({}))).toEqual([]);
    expect(compare({}, at({ conditions: [SYNCED] }))).toEqual([`status.${DB}`]);
    expect(compare({ status: { [DB]: null } }, at({}))).toEqual([`status.${DB}`]);
    expect(compare({ status: { [DB]: {} } }, {})).toEqual([`status.${DB}`]);
  });

  it('looks at stores only where the case does', () => {
    const store = 'SecretStore app/kv';
    const observed = { status: { [store]: { conditions: [SYNCED] } } };
    expect(compare({}, observed)).toEqual([]);
    expect(compare({}, observed, { stores: true })).toEqual([`status.${store}`]);
    expect(compare({ status: { [store]: { conditions: [FAILED] } } }, observed)).toEqual([
      `status.${store}.conditions`,
    ]);
  });
});

describe('events', () => {
  it('are a set of object, type and reason', () => {
    expect(compare({ events: [WARNING] }, { events: [{ ...WARNING, message: 'ours' }, WARNING] })).toEqual([]);
    expect(compare({ events: [WARNING] }, {})).toEqual(['events']);
    expect(compare({}, { events: [WARNING] })).toEqual(['events']);
  });

  it('may lack a Warning about an object that is ready in the end', () => {
    const status = { [DB]: { conditions: [SYNCED] } };
    expect(compare({ events: [WARNING], status }, { status })).toEqual([]);
  });
});

describe('requests', () => {
  it('may be fewer, in any order, never more, and no other writes', () => {
    expect(compare({ requests: ['GET /a', 'PUT /b'] }, requests('PUT /b'))).toEqual([]);
    expect(compare({ requests: ['GET /a'] }, requests('GET /a', 'GET /a'))).toEqual(['requests']);
    expect(compare({ requests: ['GET /a', 'PUT /b'] }, requests('PUT /c'))).toEqual(['requests']);
    expect(compare({ requests: ['GET /a', 'PUT /b'] }, requests('PUT /b', 'PUT /b'))).toEqual(['requests']);
  });

  it('are counted for each vault where there are several', () => {
    expect(compare({ requests: { kv: ['GET /a'], other: ['GET /b'] } }, requests('GET /a', 'GET /b'))).toEqual([
      'requests.kv',
    ]);
  });

  it('leave out what a passing fault answered, on the recorded side too', () => {
    const faults = [{ match: '^GET /a', status: 429, times: 1 }];
    expect(compare({ requests: ['GET /a', 'GET /a'] }, requests('GET /a', 'GET /a'), { faults })).toEqual(['requests']);
    expect(compare({ requests: ['GET /a', 'GET /a'] }, requests('GET /a'), { faults })).toEqual([]);
  });
});

describe('the vault', () => {
  const written = { value: 'x', version: '1', attributes: { enabled: true, created: 1, updated: 2 } };

  it('has changed exactly where the case says so', () => {
    const vault = { kv: { secrets: { a: [written] } } };
    expect(compare({ vault: { kv: { secrets: { a: [{ value: 'x' }] } } } }, { vault })).toEqual([]);
    expect(compare({ vault: { kv: { secrets: { a: [{ value: 'y' }] } } } }, { vault })).toEqual([
      'vault.kv.secrets.a[0].value',
    ]);
    expect(compare({}, { vault })).toEqual(['vault.kv']);
  });
});
