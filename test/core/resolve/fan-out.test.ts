import { describe, expect, it } from '@jest/globals';
import type { FanOut } from '../../../src/core/model/fan-out.ts';
import { refText, type ObjectRef } from '../../../src/core/model/object-ref.ts';
import { problemText } from '../../../src/core/model/problem.ts';
import { expand } from '../../../src/core/resolve/fan-out.ts';

const NAMESPACES = [
  { name: 'b1', labels: { team: 'b' } },
  { name: 'a2', labels: { team: 'a' } },
  { name: 'a1', labels: { team: 'a' } },
];

function fanOut(...teams: readonly string[]): FanOut<string> {
  return {
    kind: 'fan-out',
    ref: { kind: 'ClusterPushSecret', name: 'spread' },
    origin: { file: 'p.yaml', line: 1 },
    locate: () => undefined,
    labels: {},
    annotations: {},
    childKind: 'PushSecret',
    childName: 'app',
    selectors: teams.map((team) => ({ matchLabels: { team }, matchExpressions: [] })),
    refreshMs: 0,
    childIn: (namespace) => `child in ${namespace}`,
    placed: (path) => path,
  };
}

const nothing = () => false;

describe('expand', () => {
  it('makes one child for each namespace that any selector matches, by name', () => {
    expect(expand(fanOut('b', 'a', 'a'), NAMESPACES, nothing)).toEqual({
      children: ['child in a1', 'child in a2', 'child in b1'],
      failed: [],
      problems: [],
    });
  });

  it('makes none without selectors, and one everywhere with an empty one', () => {
    expect(expand(fanOut(), NAMESPACES, nothing).children).toEqual([]);
    const everywhere = { ...fanOut(), selectors: [{ matchLabels: {}, matchExpressions: [] }] };
    expect(expand(everywhere, NAMESPACES, nothing).children).toHaveLength(3);
  });

  it('leaves what is there by itself, and says so', () => {
    const asked: string[] = [];
    const isTaken = (ref: ObjectRef) => {
      asked.push(refText(ref));
      return ref.namespace === 'a1';
    };
    const { children, failed, problems } = expand(fanOut('a'), NAMESPACES, isTaken);
    expect(asked).toEqual(['PushSecret a1/app', 'PushSecret a2/app']);
    expect(children).toEqual(['child in a2']);
    expect(failed).toEqual([{ namespace: 'a1', reason: 'push secret already exists in namespace' }]);
    expect(problems.map(problemText)).toEqual([
      'ClusterPushSecret spread: makes PushSecret a1/app, which is there by itself and is left as it is. Remove the one that is there, or leave its namespace out of the selectors. (p.yaml:1)',
    ]);
  });

  it('tells of ExternalSecrets in their own words', () => {
    const { failed } = expand({ ...fanOut('b'), childKind: 'ExternalSecret' }, NAMESPACES, () => true);
    expect(failed).toEqual([{ namespace: 'b1', reason: 'external secret already exists in namespace' }]);
  });
});
