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

  it('is nothing where the API server left out what is empty', () => {
    const wanted = cronJob({
      schedule: '5 * * * *',
      tolerations: [],
      containers: [container([{ name: 'A', value: '1' }])],
    });
    expect(fieldsOf(wanted, stored(LIVE, OWNED))).toEqual([]);
  });
});
