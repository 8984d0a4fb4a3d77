import { describe, expect, it } from '@jest/globals';
import { fieldManager } from '../../../src/core/go/go-hash.ts';
import { CREATED_BY_LABEL } from '../../../src/core/model/names.ts';
import type { LiveSecret, OwnerReference } from '../../../src/core/model/secret.ts';
import {
  belongsToAnother,
  claimOn,
  controllerOf,
  createdBy,
  isExternalSecret,
  isOwn,
  wasWrittenBy,
} from '../../../src/core/plan/pull/ownership.ts';
import { intent, liveSecret } from '../../builders/index.ts';

const DB = intent('db', { uid: 'uid-of-db' });
/** Without custom resources: no uid, and so no owner references. */
const DB_OF_MANIFESTS = intent('db');
const OTHER_LABEL = createdBy({ namespace: 'shop', name: 'other' });

function reference(parts: Partial<OwnerReference> = {}): OwnerReference {
  const whole = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'db', uid: 'any' };
  return { ...whole, controller: true, ...parts };
}

const ownedBy = (...ownerReferences: readonly OwnerReference[]): LiveSecret =>
  liveSecret('db', {}, { ownerReferences });
const labelled = (label: string): LiveSecret => liveSecret('db', {}, { labels: { [CREATED_BY_LABEL]: label } });
const nobodyElse = { gone: new Set<string>(), known: new Map<string, string>() };

const OURS = reference();
const OTHER = reference({ name: 'other' });
const HELM = reference({ apiVersion: 'helm.example/v1', kind: 'Release', name: 'shop' });

describe('createdBy', () => {
  it('is the hash of namespace and name', () => {
    expect(createdBy({ namespace: 'shop', name: 'db' })).not.toBe(createdBy({ namespace: 'shop', name: 'other' }));
    expect(createdBy({ namespace: 'shop', name: 'db' })).not.toBe(createdBy({ namespace: 'web', name: 'db' }));
  });
});

describe('controllerOf', () => {
  it('is the reference that controls, not any other', () => {
    expect(controllerOf(ownedBy({ ...OTHER, controller: false }, OURS))).toEqual(OURS);
    expect(controllerOf(ownedBy({ ...OTHER, controller: false }))).toBeUndefined();
  });
});

describe('isExternalSecret', () => {
  it.each([
    ['any version of its group', reference({ apiVersion: 'external-secrets.io/v1beta1' }), true],
    ['another kind of its group', reference({ kind: 'PushSecret' }), false],
    ['the same kind of another group', reference({ apiVersion: 'example.com/external-secrets.io/v1' }), false],
  ])('goes by kind and group: %s', (_case, one, expected) => {
    expect(isExternalSecret(one)).toBe(expected);
  });
});

describe('claimOn', () => {
  it.each([
    ['nobody', ownedBy(), 'Owner', { kind: 'free' }],
    ['this ExternalSecret, made anew with another uid', ownedBy(OURS), 'Owner', { kind: 'free' }],
    ['another ExternalSecret', ownedBy(OTHER), 'Owner', { kind: 'external-secret', name: 'shop/other' }],
    ['another ExternalSecret', ownedBy(OTHER), 'Merge', { kind: 'external-secret', name: 'shop/other' }],
    ['a controller of another kind', ownedBy(HELM), 'Owner', { kind: 'controller', name: 'Release shop' }],
    ['a controller of another kind', ownedBy(HELM), 'Orphan', { kind: 'free' }],
    ['a controller of another kind', ownedBy(HELM), 'Merge', { kind: 'free' }],
    [
      'a controller of another kind with our name',
      ownedBy({ ...HELM, name: 'db' }),
      'Owner',
      { kind: 'controller', name: 'Release db' },
    ],
  ] as const)('a Secret of %s (%#), with creationPolicy %3$s', (_whose, secret, creationPolicy, claim) => {
    expect(claimOn(secret, { ...DB, target: { ...DB.target, creationPolicy } }, nobodyElse)).toEqual(claim);
  });

  it('goes by the label where there are no owner references of ours', () => {
    expect(claimOn(labelled(OTHER_LABEL), DB_OF_MANIFESTS, nobodyElse)).toStrictEqual({ kind: 'external-secret' });
    expect(claimOn(labelled(createdBy(DB.ref)), DB_OF_MANIFESTS, nobodyElse)).toEqual({ kind: 'free' });
    expect(claimOn(liveSecret('db'), DB_OF_MANIFESTS, nobodyElse)).toEqual({ kind: 'free' });
  });

  it('names the other ExternalSecret where it is known, and minds none that is gone', () => {
    const known = { ...nobodyElse, known: new Map([[OTHER_LABEL, 'shop/other']]) };
    const gone = { ...nobodyElse, gone: new Set([OTHER_LABEL]) };
    expect(claimOn(labelled(OTHER_LABEL), DB_OF_MANIFESTS, known)).toEqual({
      kind: 'external-secret',
      name: 'shop/other',
    });
    expect(claimOn(labelled(OTHER_LABEL), DB_OF_MANIFESTS, gone)).toEqual({ kind: 'free' });
  });

  it('does not go by the label where owner references are ours', () => {
    expect(claimOn(labelled(OTHER_LABEL), DB, nobodyElse)).toEqual({ kind: 'free' });
  });
});

describe('belongsToAnother', () => {
  it.each([
    ['nobody', ownedBy(), false],
    ['this one', ownedBy(OURS), false],
    ['another one', ownedBy(OTHER), true],
    ['another kind', ownedBy({ ...HELM, name: 'db' }), true],
  ])('a Secret of %s', (_whose, secret, expected) => {
    expect(belongsToAnother(secret, DB)).toBe(expected);
  });
});

describe('isOwn', () => {
  it.each([
    ['controlled by this one', ownedBy(OURS), true],
    ['controlled by another one', ownedBy(OTHER), false],
    [
      'controlled by another one, with our label',
      { ...ownedBy(OTHER), labels: labelled(createdBy(DB.ref)).labels },
      false,
    ],
    ['with our label alone', labelled(createdBy(DB.ref)), true],
    ['with the label of another', labelled(OTHER_LABEL), false],
    ['without either', liveSecret('db'), false],
  ])('a Secret %s', (_whose, secret, expected) => {
    expect(isOwn(secret, DB)).toBe(expected);
  });
});

describe('wasWrittenBy', () => {
  const writtenBy = (...managers: readonly string[]): LiveSecret =>
    liveSecret('db', {}, { ownedFields: managers.map((manager) => ({ manager, fields: [] })) as never });

  it('goes by who wrote any of its fields', () => {
    expect(wasWrittenBy(writtenBy('kubectl', fieldManager('db')), 'db')).toBe(true);
    expect(wasWrittenBy(writtenBy('kubectl', fieldManager('other')), 'db')).toBe(false);
    expect(wasWrittenBy(writtenBy(), 'db')).toBe(false);
  });
});
