/** Secrets as an API server writes them, there and back. */
import { describe, expect, it } from '@jest/globals';
import {
  isSameRef,
  namesOf,
  ownedFields,
  toLiveSecret,
  toSecretObject,
} from '../../../src/adapters/kubernetes/secret-object.ts';
import { secretRef } from '../../../src/core/model/secret.ts';
import { liveSecret } from '../../builders/index.ts';

const OWNER = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'uid-of-owner' };
const WHOLE = {
  kind: 'Secret',
  metadata: {
    name: 'db',
    namespace: 'shop',
    uid: 'u',
    resourceVersion: '41',
    labels: { team: 'shop' },
    annotations: { note: 'x' },
    finalizers: ['example.com/hold'],
    ownerReferences: [OWNER],
  },
  type: 'kubernetes.io/tls',
  immutable: true,
  data: { password: Buffer.from('correct-horse').toString('base64'), empty: '' },
};

describe('toLiveSecret', () => {
  it('reads every part', () => {
    const { data, ...live } = toLiveSecret(WHOLE);
    expect(live).toEqual({
      ref: secretRef('shop', 'db'),
      uid: 'u',
      resourceVersion: '41',
      deleting: false,
      type: 'kubernetes.io/tls',
      immutable: true,
      labels: new Map([['team', 'shop']]),
      annotations: new Map([['note', 'x']]),
      ownerReferences: [OWNER],
      finalizers: ['example.com/hold'],
      ownedFields: [],
    });
    expect([...data].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()])).toEqual([
      ['password', 'correct-horse'],
      ['empty', ''],
    ]);
  });

  it('takes what is absent for empty', () => {
    expect(toLiveSecret({ kind: 'Secret' })).toStrictEqual({
      ref: secretRef('', ''),
      uid: '',
      resourceVersion: '',
      deleting: false,
      data: new Map(),
      labels: new Map(),
      annotations: new Map(),
      ownerReferences: [],
      finalizers: [],
      ownedFields: [],
    });
  });

  it('sees that one is being deleted, and who wrote which keys', () => {
    const metadata = {
      ...WHOLE.metadata,
      deletionTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ manager: 'm', fieldsV1: { 'f:data': { 'f:password': {} } } }],
    };
    const { deleting, ownedFields: owned } = toLiveSecret({ ...WHOLE, metadata });
    expect({ deleting, owned }).toEqual({
      deleting: true,
      owned: [{ manager: 'm', data: ['password'], labels: [], annotations: [] }],
    });
  });
});

describe('toSecretObject', () => {
  it('writes every part, and the version that it was made for', () => {
    const { kind, metadata, ...rest } = WHOLE;
    const { name, namespace, uid, ...written } = metadata;
    expect([kind, name, namespace, uid]).toEqual(['Secret', 'db', 'shop', 'u']);
    expect(toSecretObject(toLiveSecret(WHOLE), '42')).toEqual({
      ...rest,
      metadata: { ...written, resourceVersion: '42' },
    });
  });

  it('leaves empty parts out, and what is not said', () => {
    expect(toSecretObject(toLiveSecret({ kind: 'Secret' }), '42')).toStrictEqual({
      metadata: { resourceVersion: '42' },
    });
  });
});

describe('namesOf', () => {
  it('are names, and no value of data, labels or annotations', () => {
    const parts = { labels: { team: 'x1' }, annotations: { note: 'x2' }, finalizers: ['f'], ownerReferences: [OWNER] };
    expect(namesOf(liveSecret('db', { password: 'x3' }, parts))).toEqual([
      ...['db', 'shop', 'Opaque', 'password', 'team', 'note', 'f', 'ConfigMap', 'owner', 'uid-of-owner'],
    ]);
  });

  it('know no type and no namespace where there is none', () => {
    const { type, ...rest } = liveSecret('db');
    expect(type).toBe('Opaque');
    expect(namesOf({ ...rest, ref: { kind: 'Secret', name: 'db' } })).toStrictEqual(['db', '']);
  });
});

describe('ownedFields', () => {
  it('has one entry for each manager, names and keys sorted and once', () => {
    expect(
      ownedFields([
        { manager: 'z', fieldsV1: { 'f:data': { 'f:b': {}, 'f:a': {}, '.': {} } } },
        { manager: 'z', fieldsV1: { 'f:data': { 'f:a': {} }, 'f:metadata': { 'f:labels': { 'f:team': {} } } } },
        { manager: 'k', fieldsV1: { 'f:data': { 'f:a': {} }, 'f:metadata': { 'f:labels': { 'f:b': {} } } } },
        { manager: 'a', fieldsV1: { 'f:metadata': { 'f:annotations': { '.': {}, 'f:note': {} } } } },
      ]),
    ).toEqual([
      { manager: 'a', data: [], labels: [], annotations: ['note'] },
      { manager: 'k', data: ['a'], labels: ['b'], annotations: [] },
      { manager: 'z', data: ['a', 'b'], labels: ['team'], annotations: [] },
    ]);
  });

  it('leaves out who owns no key, and knows no manager without a name', () => {
    const status = { 'f:type': {} };
    expect(ownedFields([{ manager: 'kubectl', fieldsV1: status }, { manager: 'none' }, { fieldsV1: status }])).toEqual(
      [],
    );
  });
});

describe('isSameRef', () => {
  it.each([
    [secretRef('shop', 'db'), true],
    [secretRef('shop', 'other'), false],
    [secretRef('other', 'db'), false],
    [{ kind: 'ConfigMap', namespace: 'shop', name: 'db' }, false],
  ])('compares kind, name and namespace with %j', (ref, expected) => {
    expect(isSameRef(WHOLE, ref)).toBe(expected);
  });
});
