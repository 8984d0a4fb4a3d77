/**
 * Where the recorded behaviour would hurt its users, what is wanted instead, and why.
 *
 * Each entry replaces parts of an expectation, which is then compared like any other. Each is explained to users in
 * docs/reference/differences-from-eso.md; few are better than many.
 */
import { mergePatch } from '../fakes/kubernetes-object.ts';
import type { ConformanceCase, Expectation, Fields } from './load-case.ts';

interface Deviation {
  /** The case. */
  readonly id: string;
  readonly reason: string;
  /** A merge patch for each entry of `expect`, by its index: `null` takes a member away, a list is replaced. */
  readonly instead: Readonly<Record<number, Fields>>;
}

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

const DEVIATIONS: readonly Deviation[] = [
  {
    id: 'az-008',
    reason:
      'The operator panics over a certificate whose creation is pending, and says nothing to anybody. Here the ' +
      'ExternalSecret is not ready and says why.',
    instead: {
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
  {
    id: 'az-038b',
    reason:
      'A pattern that does not compile is a mistake. The operator lets it match nothing in silence: under Delete the ' +
      'Secret then goes, and beside another source its keys go.',
    instead: { 0: NOT_READY },
  },
  {
    id: 'az-039b',
    reason:
      'A find that takes nothing, for a Secret that does not exist, leaves the workload without one. The operator calls ' +
      'that synced; here the ExternalSecret is not ready and says why, with names that may have been meant.',
    instead: { 0: NOT_READY },
  },
  {
    id: 'es-051',
    reason: 'The same as az-039b, for a pattern that no name fits.',
    instead: { 0: NOT_READY, 1: NOT_READY },
  },
  ...['az-042a', 'az-042c'].map((id) => ({
    id,
    reason:
      'One secret that is deleted between list and read makes the operator drop all that the find matched: those keys ' +
      'go, and with the last source the Secret. Here that one match is left out.',
    instead: {
      0: {
        secrets: {
          'app/db': {
            data: { d1: 'MQ==', x: 'Mw==' },
            annotations: {
              'reconcile.external-secrets.io/data-hash': 'a59dae5d512c5c50db0e5e35494b0786fd3cea4380dec460629dae55',
            },
          },
        },
        events: [{ object: 'ExternalSecret app/db', type: 'Normal', reason: 'Created', message: 'secret created' }],
      },
    },
  })),
  {
    id: 'es-d03',
    reason:
      'An ExternalSecret without data and dataFrom is a mistake. The operator calls it synced where its webhook is ' +
      'absent; here it is refused up front, and its status says why.',
    instead: { 0: NOT_READY },
  },
  {
    id: 'es-054',
    reason: 'A Secret that another controller owns is left fully alone: not even a label is put on it.',
    instead: { 0: { secrets: { 'app/db': { labels: null } } } },
  },
  {
    id: 'es-069',
    reason:
      'A foreign immutable Secret cannot get our data. Writing owner, labels and a hash of other data on it would only ' +
      'get it garbage-collected with the ExternalSecret.',
    instead: { 0: { secrets: { 'app/db': { labels: null, annotations: null, ownerReferences: null } } } },
  },
];

/** The case with our expectation where there is one. */
export function withDeviations(one: ConformanceCase): ConformanceCase {
  const own = DEVIATIONS.filter(({ id }) => id === one.id);
  if (own.length === 0) return one;
  const expect = one.expect.map((expected, index) =>
    own.reduce<Expectation>((result, { instead }) => mergePatch(result, instead[index] ?? {}) as Expectation, expected),
  );
  return { ...one, expect };
}
