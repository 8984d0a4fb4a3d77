/** What is remembered of pushes, as it is read back from where somebody may have edited it. */
import { describe, expect, it } from '@jest/globals';
import type { PushedObject, SyncState } from '../../../src/core/model/condition.ts';
import { pushMemoryOf } from '../../../src/core/model/push-record.ts';
import { fromRecord, installationIn, toRecord } from '../../../src/core/model/sync-record.ts';

const PUSHED: PushedObject = {
  vaultUrl: 'https://kv-shop.vault.azure.net',
  type: 'secret',
  name: 'db',
  store: 'SecretStore/kv',
  tags: [],
};
const ENTRY = { match: { secretKey: 'p', remoteRef: { remoteKey: 'db' } } };

describe('a record', () => {
  it('holds what was pushed, as a copy', () => {
    const state: SyncState = {
      binding: '',
      conditions: [],
      syncedPushSecrets: { 'SecretStore/kv': { db: ENTRY } },
      pushed: [PUSHED],
    };
    const record = toRecord(state);
    expect(record).toEqual({ syncedPushSecrets: { 'SecretStore/kv': { db: ENTRY } }, pushed: [PUSHED] });
    expect(record.pushed?.[0]).not.toBe(PUSHED);
    expect(fromRecord(JSON.parse(JSON.stringify(record)) as typeof record)).toEqual(state);
  });

  it('of nothing in a vault is that of a PushSecret without one', () => {
    expect(toRecord({ binding: '', conditions: [], syncedPushSecrets: {}, pushed: [] })).toEqual({});
  });

  it('whose fields are not what they should be counts as if they were not there', () => {
    const damaged = { refreshTime: {}, binding: 3, conditions: [null, 'x'], lastTarget: [], syncedResourceVersion: 1 };
    expect(fromRecord({ ...damaged, syncedPushSecrets: 'x', pushed: {} })).toEqual({ binding: '', conditions: [] });
  });
});

describe('what was pushed', () => {
  it.each([
    ['no list', { '0': PUSHED }],
    ['no object', [null, 'db', [PUSHED]]],
    ['without a name', [{ ...PUSHED, name: undefined }]],
    ['of an unknown type', [{ ...PUSHED, type: 'certificate' }]],
    ['with a version that is no text', [{ ...PUSHED, version: 7 }]],
    ['with tags that are no list', [{ ...PUSHED, tags: { team: 'a' } }]],
    ['with a property that is no text', [{ ...PUSHED, properties: ['a', null] }]],
    ['with an expiry that is no number', [{ ...PUSHED, expires: '2026' }]],
    ['with a wish to delete that is no true', [{ ...PUSHED, deletes: 'true' }]],
  ])('is not remembered where it is %s', (_title, pushed) => {
    expect(pushMemoryOf({ pushed })).toEqual({});
  });

  it('is remembered beside what is damaged', () => {
    expect(pushMemoryOf({ pushed: [{ ...PUSHED, name: 1 }, PUSHED] })).toEqual({ pushed: [PUSHED] });
  });
});

describe('the status of pushes', () => {
  it.each([
    ['a list', []],
    ['a text', 'SecretStore/kv'],
    ['null', null],
    ['empty', {}],
    ['stores that are texts', { 'SecretStore/kv': 'db' }],
  ])('counts as absent where it is %s', (_title, syncedPushSecrets) => {
    expect(pushMemoryOf({ syncedPushSecrets })).toEqual({});
  });

  it('keeps the entries that are sound, whatever they are called', () => {
    const text = `{"SecretStore/kv": {"db": ${JSON.stringify(ENTRY)}, "x": null, "__proto__": {"a": 1}}, "b": {}, "c": 1}`;
    const { syncedPushSecrets } = pushMemoryOf({ syncedPushSecrets: JSON.parse(text) as unknown });
    expect(JSON.stringify(syncedPushSecrets)).toBe(
      `{"SecretStore/kv":{"db":${JSON.stringify(ENTRY)},"__proto__":{"a":1}},"b":{}}`,
    );
  });
});

describe('the name of an installation', () => {
  it('is 16 hex digits', () => {
    expect(installationIn({ installation: '0123456789abcdef' })).toBe('0123456789abcdef');
    expect(installationIn({})).toBeUndefined();
  });
});
