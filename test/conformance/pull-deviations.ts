/** Where an ExternalSecret comes to something else than in the operator. */
import type { Deviation } from './deviations.ts';
import type { Fields } from './load-case.ts';

/** ExternalSecret app/db was never refreshed, and says why. */
const NOT_READY: Fields = {
  status: {
    'ExternalSecret app/db': {
      conditions: [{ type: 'Ready', status: 'False', reason: 'SecretSyncedError', message: '' }],
      refreshTime: null,
      syncedResourceVersion: null,
    },
  },
  events: [{ object: 'ExternalSecret app/db', type: 'Warning', reason: 'UpdateFailed' }],
};

/** The one match that went away between list and read is left out. */
const WITHOUT_THE_MATCH: Fields = {
  secrets: {
    'app/db': {
      data: { d1: 'MQ==', x: 'Mw==' },
      annotations: {
        'reconcile.external-secrets.io/data-hash': 'a59dae5d512c5c50db0e5e35494b0786fd3cea4380dec460629dae55',
      },
    },
  },
  events: [{ object: 'ExternalSecret app/db', type: 'Normal', reason: 'Created', message: 'secret created' }],
};

export const PULL_DEVIATIONS: readonly Deviation[] = [
  {
    reason:
      'The operator panics over a certificate whose creation is pending, and says nothing to anybody. Here the ' +
      'ExternalSecret is not ready and says why.',
    cases: {
      'az-008': {
        0: {
          status: {
            'ExternalSecret app/db': {
              conditions: [{ type: 'Ready', status: 'False', reason: 'SecretSyncedError', message: '' }],
            },
          },
          events: [{ object: 'ExternalSecret app/db', type: 'Warning', reason: 'UpdateFailed' }],
        },
      },
    },
  },
  {
    reason:
      'A pattern that does not compile is a mistake. The operator lets it match nothing in silence: under Delete the ' +
      'Secret then goes, and beside another source its keys go.',
    cases: { 'az-038b': { 0: NOT_READY } },
  },
  {
    reason:
      'A find that takes nothing, for a Secret that does not exist, leaves the workload without one. The operator calls ' +
      'that synced; here the ExternalSecret is not ready and says why, with names that may have been meant.',
    cases: { 'az-039b': { 0: NOT_READY }, 'es-051': { 0: NOT_READY, 1: NOT_READY } },
  },
  {
    reason:
      'One secret that is deleted between list and read makes the operator drop all that the find matched: those keys ' +
      'go, and with the last source the Secret. Here that one match is left out.',
    cases: { 'az-042a': { 0: WITHOUT_THE_MATCH }, 'az-042c': { 0: WITHOUT_THE_MATCH } },
  },
  {
    reason:
      'An ExternalSecret without data and dataFrom is a mistake. The operator calls it synced where its webhook is ' +
      'absent; here it is refused up front, and its status says why.',
    cases: { 'es-d03': { 0: NOT_READY } },
  },
  {
    reason: 'A Secret that another controller owns is left fully alone: not even a label is put on it.',
    cases: { 'es-054': { 0: { secrets: { 'app/db': { labels: null } } } } },
  },
  {
    reason:
      'A foreign immutable Secret cannot get our data. Writing owner, labels and a hash of other data on it would only ' +
      'get it garbage-collected with the ExternalSecret.',
    cases: { 'es-069': { 0: { secrets: { 'app/db': { labels: null, annotations: null, ownerReferences: null } } } } },
  },
  {
    reason:
      'customCloudConfig works with every engine, so that a store which has it is not refused for the want of another.',
    cases: { 'ad-27': { 0: { rejected: null } } },
  },
  {
    reason:
      'By its marks on the Secret a deployment tool takes the Secret for its own: Argo CD would prune what stands in no ' +
      "manifest of the application. kubectl's last-applied travels, as in the operator.",
    cases: { 'es-070': { 0: { secrets: { 'app/db': { annotations: { 'argocd.argoproj.io/tracking-id': null } } } } } },
  },
  {
    reason:
      'Merge into a ConfigMap keeps what others put there, as into a Secret. The operator replaces all of its data.',
    cases: {
      'mt-03': {
        0: {
          objects: {
            'ConfigMap app/db': {
              data: { x: '1', k: '1' },
              annotations: {
                'reconcile.external-secrets.io/data-hash': '7825acf5ec37fcef762bfe390e43f78aa1e2e03bc55b5e1285ac95ef',
              },
            },
          },
        },
      },
    },
  },
  {
    reason:
      'An Owner that takes over a ConfigMap keeps its foreign labels, as of a Secret. The operator puts a fresh object ' +
      'in its place, without the labels, annotations, finalizers and owners that it had.',
    cases: { 'mt-04': { 0: { objects: { 'ConfigMap app/db': { labels: { foreign: '1' } } } } } },
  },
  {
    reason:
      'A ConfigMap goes with its ExternalSecret as a Secret does: the garbage collector deletes it, and no Event is told ' +
      'on an object that is gone.',
    cases: { 'mt-08': { 1: { events: [] } } },
  },
];
