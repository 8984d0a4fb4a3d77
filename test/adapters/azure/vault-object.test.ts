/** What Key Vault says of an object, in our words; what counts as absent, whatever the answer: vault-answers.test.ts. */
import { describe, expect, it } from '@jest/globals';
import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { GarbledAnswer, readVaultAnswer, VaultRefusal } from '../../../src/adapters/azure/vault-answer.ts';
import {
  fetched,
  isAbsence,
  partsOf,
  refuseUnsendable,
  tagsOf,
  timesOf,
  versionIn,
} from '../../../src/adapters/azure/vault-object.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';

const VERSION = '0123456789abcdef0123456789abcdef';
const DB = { type: 'secret', name: 'db' } as const;
const VAULT = 'https://kv-shop.vault.azure.net';
const ID = `${VAULT}/secrets/db/${VERSION}`;
const OTHER_OBJECT = new GarbledAnswer('other-object');
const NO_JSON = new GarbledAnswer('no-json');

function refusal(status: number, code: string): VaultRefusal {
  const bodyAsText = JSON.stringify({ error: { code, message: 'gone' } });
  return new VaultRefusal(readVaultAnswer({ status, bodyAsText, headers: new Map() } as unknown as PipelineResponse));
}

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('isAbsence', () => {
  it.each([
    ['secret', 'SecretNotFound'],
    ['cert', 'CertificateNotFound'],
    ['key', 'KeyNotFound'],
  ] as const)('takes a 404 for an absent %s with %s alone', (type, code) => {
    expect(isAbsence(refusal(404, code), type)).toBe(true);
    for (const other of ['SecretNotFound', 'CertificateNotFound', 'KeyNotFound', 'VaultNotFound', '']) {
      if (other !== code) expect(isAbsence(refusal(404, other), type)).toBe(false);
    }
  });

  it.each([200, 403, 410, 500])('never takes HTTP %d for absence, whatever its code', (status) => {
    expect(isAbsence(refusal(status, 'SecretNotFound'), 'secret')).toBe(false);
  });

  it('never takes an error of another kind for absence, even if it looks like one', () => {
    const answer = { status: 404, code: 'SecretNotFound' };
    expect(isAbsence(Object.assign(new Error('no'), { answer }), 'secret')).toBe(false);
    expect(isAbsence(undefined, 'secret')).toBe(false);
  });
});

describe('refuseUnsendable', () => {
  it.each(['.', '..'])('refuses the name %s, which the rules of URLs take for a step', (name) => {
    expect(thrownBy(() => refuseUnsendable(name))).toMatchObject({
      kind: 'Invalid',
      what: `"${name}" cannot be the name of a vault object`,
      fix: 'Write a name in remoteRef.key, as db-password or cert/web.',
    });
  });

  it.each(['db', '...', '', 'a.b'])('lets "%s" through', (name) => {
    expect(thrownBy(() => refuseUnsendable(name))).toBeUndefined();
  });
});

describe('fetched', () => {
  const of = (type: 'secret' | 'key', body: Readonly<Record<string, unknown>>) =>
    fetched({ type, name: 'db' }, undefined, body, `${VAULT}/${type}s/db/${VERSION}`);

  it('has the content type of a secret that has one', () => {
    expect(of('secret', { contentType: 'text/plain' }).contentType).toBe('text/plain');
    expect([
      of('secret', { contentType: '' }),
      of('secret', { contentType: 1 }),
      of('key', { contentType: 'x' }),
    ]).toEqual([1, 2, 3].map(() => expect.not.objectContaining({ contentType: expect.anything() as unknown })));
  });

  it('says that an object belongs to a certificate only where the vault says so', () => {
    expect(of('secret', { managed: true }).managed).toBe(true);
    expect([of('secret', { managed: false }), of('secret', { managed: 'true' }), of('secret', {})]).toEqual(
      [1, 2, 3].map(() => expect.not.objectContaining({ managed: expect.anything() as unknown })),
    );
  });
});

describe('partsOf', () => {
  it('gives name and version', () => {
    expect(partsOf(ID, 'secret')).toEqual({ name: 'db', version: VERSION });
    expect(partsOf(`${VAULT}/keys/db/1`, 'key')).toEqual({ name: 'db', version: '1' });
    expect(partsOf(`${VAULT}/certificates/db/1`, 'cert')).toEqual({ name: 'db', version: '1' });
  });

  it('gives no version where the id of a list has none, and no name where it has none', () => {
    expect(partsOf(`${VAULT}/secrets/db`, 'secret')).toStrictEqual({ name: 'db' });
    expect(partsOf(`${VAULT}/secrets`, 'secret')).toStrictEqual({ name: '' });
  });

  it.each([undefined, null, 7, { href: ID }, '', 'db', '/secrets/db'])('refuses the id %j', (id) => {
    expect(thrownBy(() => partsOf(id, 'secret'))).toEqual(NO_JSON);
  });

  it('refuses what only looks like an address', () => {
    expect(thrownBy(() => partsOf(new URL(ID), 'secret'))).toEqual(NO_JSON);
  });

  it.each([
    `${VAULT}/keys/db/1`,
    `${VAULT}/certificates/db/1`,
    `${VAULT}/deletedsecrets/db`,
    `${VAULT}/Secrets/db`,
    VAULT,
  ])('refuses %s where a secret was asked for', (id) => {
    expect(thrownBy(() => partsOf(id, 'secret'))).toEqual(OTHER_OBJECT);
  });
});

describe('versionIn', () => {
  it('gives the version that came', () => {
    expect(versionIn(ID, DB)).toBe(VERSION);
  });

  it('takes names and versions in upper and lower case, and any host', () => {
    const id = `https://other.example.com/secrets/DB/${VERSION.toUpperCase()}`;
    expect(versionIn(id, { ...DB, version: VERSION })).toBe(VERSION.toUpperCase());
    expect(versionIn(ID, { type: 'secret', name: 'Db', version: VERSION.toUpperCase() })).toBe(VERSION);
  });

  it('gives none where there is none to tell', () => {
    expect(versionIn(`${VAULT}/secrets/db`, DB)).toBeUndefined();
    expect(versionIn(`${VAULT}/secrets/db/`, DB)).toBeUndefined();
  });

  it('takes any version where none, or an empty one, was asked for', () => {
    expect(versionIn(ID, { ...DB, version: '' })).toBe(VERSION);
  });

  it('compares names as they are sent', () => {
    expect(versionIn(`${VAULT}/secrets/a%20b/1`, { type: 'secret', name: 'a b' })).toBe('1');
  });

  it.each([
    ['another name', `${VAULT}/secrets/other/${VERSION}`],
    ['another version', `${VAULT}/secrets/db/${'f'.repeat(32)}`],
    ['no version', `${VAULT}/secrets/db`],
    ['an empty version', `${VAULT}/secrets/db/`],
  ])('refuses %s where one version was asked for', (_what, id) => {
    expect(thrownBy(() => versionIn(id, { ...DB, version: VERSION }))).toEqual(OTHER_OBJECT);
  });

  it('refuses another name where no version was asked for', () => {
    expect(thrownBy(() => versionIn(`${VAULT}/secrets/db2/1`, DB))).toEqual(OTHER_OBJECT);
  });
});

describe('fetched', () => {
  const value = SecretValue.ofText('hunter2');

  it('has version, tags and times in whole seconds', () => {
    const attributes = { created: 1, updated: 2.9, exp: 3, nbf: 4, enabled: true, recoveryLevel: 'Purgeable' };
    expect(fetched(DB, value, { tags: { team: 'shop' }, attributes }, ID)).toStrictEqual({
      value,
      version: VERSION,
      tags: new Map([['team', 'shop']]),
      attributes: { created: 1, updated: 2, expires: 3, notBefore: 4 },
    });
  });

  it('has none of what the vault does not tell', () => {
    expect(fetched(DB, undefined, {}, `${VAULT}/secrets/db`)).toStrictEqual({
      value: undefined,
      tags: new Map(),
      attributes: {},
    });
  });

  it.each([null, 'x', 7, [1]])('takes attributes that are %j for none', (attributes) => {
    expect(fetched(DB, value, { attributes }, ID).attributes).toStrictEqual({});
  });

  it('takes a time that is no number for none', () => {
    const attributes = { created: '1', updated: null, exp: 3 };
    expect(fetched(DB, value, { attributes }, ID).attributes).toStrictEqual({ expires: 3 });
  });
});

describe('timesOf', () => {
  it('gives whole seconds of each time that a list tells', () => {
    const [createdOn, updatedOn, expiresOn, notBefore] = [1_900, 2_000, 3_000, 4_000].map((ms) => new Date(ms));
    expect(timesOf({ createdOn, updatedOn, expiresOn, notBefore })).toStrictEqual({
      created: 1,
      updated: 2,
      expires: 3,
      notBefore: 4,
    });
  });

  it('gives nothing of what is absent or no time', () => {
    expect(timesOf({})).toStrictEqual({});
    expect(timesOf({ createdOn: '1970' as unknown as Date, updatedOn: new Date(0) })).toStrictEqual({ updated: 0 });
  });
});

describe('tagsOf', () => {
  it('keeps a tag that is no text as one without a value', () => {
    expect(tagsOf({ team: 'shop', empty: null, count: 7, none: '' })).toEqual(
      new Map([
        ['team', 'shop'],
        ['empty', null],
        ['count', null],
        ['none', ''],
      ]),
    );
  });

  it.each([undefined, null, 'team', ['team']])('gives none for %j', (tags) => {
    expect(tagsOf(tags)).toEqual(new Map());
  });
});
