import { describe, expect, it } from '@jest/globals';
import { childResource, isAsWanted, isChildOf } from '../../../src/core/resolve/child-resource.ts';

const REF = { kind: 'PushSecret', namespace: 'a1', name: 'spread' };
const FAN_OUT = {
  ref: { kind: 'ClusterPushSecret', name: 'spread' },
  owner: { apiVersion: 'external-secrets.io/v1alpha1', uid: 'u-1' },
  childSpec: { selector: { secret: { name: 'app' } } },
  childIn: () => ({ labels: { by: 'platform' }, annotations: {} }),
};
const OWNER = {
  apiVersion: 'external-secrets.io/v1alpha1',
  kind: 'ClusterPushSecret',
  name: 'spread',
  uid: 'u-1',
  controller: true,
  blockOwnerDeletion: true,
};
const CHILD = {
  apiVersion: 'external-secrets.io/v1alpha1',
  kind: 'PushSecret',
  metadata: { name: 'spread', namespace: 'a1', labels: { by: 'platform' }, ownerReferences: [OWNER] },
  spec: { selector: { secret: { name: 'app' } } },
};

describe('a child as a custom resource', () => {
  it('is the template, controlled by who makes it', () => {
    expect(childResource(FAN_OUT, REF)).toEqual(CHILD);
  });

  it('keeps what it has beside the template: its status, finalizers and other owners', () => {
    const other = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u-2' };
    const live = {
      ...CHILD,
      metadata: {
        ...CHILD.metadata,
        uid: 'u-3',
        resourceVersion: '7',
        labels: { by: 'me' },
        annotations: { mine: 'x' },
        finalizers: ['f'],
        ownerReferences: [OWNER, other],
      },
      spec: {},
      status: { refreshTime: 'then' },
    };
    expect(childResource(FAN_OUT, REF, live)).toEqual({
      ...CHILD,
      metadata: {
        ...CHILD.metadata,
        uid: 'u-3',
        resourceVersion: '7',
        finalizers: ['f'],
        ownerReferences: [other, OWNER],
      },
      status: { refreshTime: 'then' },
    });
  });

  it('is as it should be in whatever order its keys stand', () => {
    const live = { ...CHILD, metadata: { ...CHILD.metadata, annotations: {}, generation: 3 } };
    expect(isAsWanted(live, childResource(FAN_OUT, REF, live))).toBe(true);
    expect(isAsWanted({ ...live, spec: {} }, childResource(FAN_OUT, REF, live))).toBe(false);
  });

  it.each([
    ['of the same controller in another version', { ...OWNER, apiVersion: 'external-secrets.io/v1' }, true],
    ['of one that was deleted and made anew', { ...OWNER, uid: 'u-0' }, true],
    ['of another name', { ...OWNER, name: 'other' }, false],
    ['of another group', { ...OWNER, apiVersion: 'example.com/v1' }, false],
    ['that it owns and does not control', { ...OWNER, controller: false }, false],
  ])('%s is recognised: %s', (_what, owner, isChild) => {
    const live = { ...CHILD, metadata: { ...CHILD.metadata, ownerReferences: [owner] } };
    expect(isChildOf(live, FAN_OUT)).toBe(isChild);
  });
});
