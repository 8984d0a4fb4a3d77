import { describe, expect, it } from '@jest/globals';
import { liveChanges } from '../../../src/core/deploy/live-changes.ts';
import type { KubernetesObject } from '../../../src/core/model/kubernetes-object.ts';

const MANAGER = 'keyferry-shop';
const fieldsOf = (wanted: KubernetesObject, live: KubernetesObject) =>
  liveChanges(wanted, live, { manager: MANAGER }).map(({ field }) => field);

const container = (env: readonly object[], rest: object = {}) => ({
  name: 'keyferry',
  image: 'node:24-slim',
  env,
  ...rest,
});

function cronJob(spec: object, metadata: object = {}): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'keyferry', namespace: 'shop', labels: { app: 'keyferry' }, ...metadata },
    spec,
  };
}

const WANTED = cronJob({ schedule: '5 * * * *', containers: [container([{ name: 'A', value: '1' }])] });

/** As the API server stores it: with defaults, what others added, and a record of who applied what. */
function stored(spec: object, owned: object): KubernetesObject {
  const managedFields = [
    { manager: 'kubectl-edit', operation: 'Update', fieldsV1: { 'f:spec': { 'f:suspend': {} } } },
    { manager: MANAGER, operation: 'Apply', fieldsV1: owned },
  ];
  const labels = { app: 'keyferry', team: 'payments' };
  return cronJob({ suspend: true, concurrencyPolicy: 'Allow', ...spec }, { labels, uid: 'u', managedFields });
}

const OWNED = {
  'f:metadata': { 'f:labels': { 'f:app': {} } },
  'f:spec': { 'f:schedule': {}, 'f:containers': { 'k:{"name":"keyferry"}': { '.': {}, 'f:name': {}, 'f:image': {} } } },
};
const LIVE = { schedule: '5 * * * *', containers: [container([{ name: 'A', value: '1' }], { pullPolicy: 'Always' })] };

describe('what applying would change', () => {
  it('is nothing where only others and defaults added to it', () => {
    expect(fieldsOf(WANTED, stored(LIVE, OWNED))).toEqual([]);
  });

  it('is what has another value, and what is not there', () => {
    const live = stored({ ...LIVE, schedule: '0 * * * *', containers: [container([{ name: 'A' }])] }, OWNED);
    expect(fieldsOf(WANTED, live)).toEqual(['spec.containers[0].env[0].value', 'spec.schedule']);
  });

  it('is a list as a whole where it gets longer or shorter', () => {
    const live = stored({ ...LIVE, containers: [container([{ name: 'A', value: '1' }, { name: 'B' }])] }, OWNED);
    expect(fieldsOf(WANTED, live)).toEqual(['spec.containers[0].env']);
  });

  it('is also what was applied once and is no longer wanted, in items of lists too', () => {
    const item = { 'f:name': {}, 'f:image': {}, 'f:securityContext': { 'f:runAsUser': {} } };
    const owned = {
      'f:metadata': { 'f:labels': { 'f:app': {}, 'f:team': {} } },
      'f:spec': { 'f:schedule': {}, 'f:tolerations': {}, 'f:containers': { 'k:{"name":"keyferry"}': item } },
    };
    const live = stored({ ...LIVE, tolerations: [{ key: 'spot' }] }, owned);
    expect(fieldsOf(WANTED, live)).toEqual([
      'metadata.labels.team',
      'spec.containers[0].securityContext',
      'spec.tolerations',
    ]);
  });

  describe('of what a mutating policy has rewritten', () => {
    const mirrored = { ...LIVE, containers: [{ ...LIVE.containers[0], image: 'mirror.example/node:24-slim' }] };
    const changes = (live: KubernetesObject, isAsApplied: boolean) =>
      liveChanges(WANTED, live, { manager: MANAGER, isAsApplied });

    it('is nothing where just this was applied last', () => {
      expect(changes(stored(mirrored, OWNED), true)).toEqual([]);
    });

    it('is the field where something else was applied last', () => {
      expect(changes(stored(mirrored, OWNED), false)).toEqual([{ field: 'spec.containers[0].image' }]);
    });

    it('is the field, and whose it is, where somebody else has set it', () => {
      const taken = { 'f:schedule': {}, 'f:containers': { 'k:{"name":"keyferry"}': { '.': {}, 'f:name': {} } } };
      const live = stored(mirrored, { ...OWNED, 'f:spec': taken });
      const theirs = {
        manager: 'argocd-controller',
        operation: 'Apply',
        fieldsV1: { 'f:spec': { 'f:containers': { 'k:{"name":"keyferry"}': { 'f:image': {} } } } },
      };
      const managedFields = [...(live.metadata['managedFields'] as object[]), theirs];
      const both = { ...live, metadata: { ...live.metadata, managedFields } };
      expect(changes(both, true)).toEqual([{ field: 'spec.containers[0].image', setBy: ['argocd-controller'] }]);
    });

    it('names who has the same value and loses it to another one', () => {
      const theirs = {
        manager: 'argocd-controller',
        operation: 'Apply',
        fieldsV1: { 'f:spec': { 'f:containers': { 'k:{"name":"keyferry"}': { 'f:image': {} } } } },
      };
      const live = stored(mirrored, OWNED);
      const both = {
        ...live,
        metadata: { ...live.metadata, managedFields: [...(live.metadata['managedFields'] as object[]), theirs] },
      };
      expect(changes(both, false)).toEqual([{ field: 'spec.containers[0].image', setBy: ['argocd-controller'] }]);
    });

    it('is nothing within a list that is one value', () => {
      const wanted = cronJob({ tolerations: [{ key: 'spot', operator: 'Exists' }] });
      const live = stored({ tolerations: [{ key: 'spot', operator: 'Equal' }] }, { 'f:spec': { 'f:tolerations': {} } });
      const how = { manager: MANAGER, isAsApplied: true };
      expect(liveChanges(wanted, live, how)).toEqual([]);
      expect(liveChanges(wanted, live, { ...how, isAsApplied: false })).toEqual([
        { field: 'spec.tolerations[0].operator' },
      ]);
    });
  });

  describe('of a list whose items have keys', () => {
    const env = { '.': {}, 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } };
    const owned = (more: object = {}) => ({
      'f:spec': {
        'f:containers': { 'k:{"name":"keyferry"}': { '.': {}, 'f:name': {}, 'f:env': { ...env, ...more } } },
      },
    });
    const live = (...items: readonly object[]) => ({ ...LIVE, containers: [container(items)] });

    it('is nothing where others added to it', () => {
      const both = stored(live({ name: 'TEAM', value: 'x' }, { name: 'A', value: '1' }), owned());
      expect(fieldsOf(WANTED, both)).toEqual([]);
    });

    it('is the item that has another value, or is not there', () => {
      expect(fieldsOf(WANTED, stored(live({ name: 'A', value: '2' }), owned()))).toEqual([
        'spec.containers[0].env[0].value',
      ]);
      expect(fieldsOf(WANTED, stored(live({ name: 'B', value: '2' }), owned()))).toEqual(['spec.containers[0].env[0]']);
    });

    it('is the list where an item of before is no longer wanted', () => {
      const more = { 'k:{"name":"B"}': { '.': {}, 'f:name': {} } };
      const both = stored(live({ name: 'A', value: '1' }, { name: 'B' }), owned(more));
      expect(fieldsOf(WANTED, both)).toEqual(['spec.containers[0].env']);
    });

    it('reads no keys that no API server writes', () => {
      const more = { 'k:{': {}, 'k:{}': {}, 'k:[1]': {} };
      expect(fieldsOf(WANTED, stored(live({ name: 'A', value: '1' }), owned(more)))).toEqual([
        'spec.containers[0].env',
      ]);
    });
  });

  it('is nothing where the API server left out what is empty', () => {
    const wanted = cronJob({
      schedule: '5 * * * *',
      tolerations: [],
      containers: [container([{ name: 'A', value: '1' }])],
    });
    expect(fieldsOf(wanted, stored(LIVE, OWNED))).toEqual([]);
  });
});
