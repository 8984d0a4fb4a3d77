/** What keeps refused objects out of a case's cluster. */
import { describe, expect, it } from '@jest/globals';
import type { KubernetesObject } from '../fakes/index.ts';
import { Door } from './door.ts';
import { loadCase, type ConformanceCase } from './load-case.ts';

const EXPECT = '{secrets: {}, status: {}, events: [], requests: []}';

function caseOf(rest: string): ConformanceCase {
  const loaded = loadCase('a.yaml', `{id: a, title: b, ${rest}}`);
  if ('malformed' in loaded) throw new Error(loaded.malformed);
  return loaded.case;
}

function push(spec: Readonly<Record<string, unknown>>): KubernetesObject {
  return {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name: 'push', namespace: 'app' },
    spec: { secretStoreRefs: [{ name: 'kv' }], selector: { secret: { name: 'app' } }, ...spec },
  };
}

const MAIN_SECRET = { data: [{ match: { secretKey: 'a', remoteRef: { remoteKey: 'app' } } }] };
const NO_SUCH_POLICY = { updatePolicy: 'Sometimes' };

describe('the door', () => {
  it('lets everything in where a case does not speak of refusals', () => {
    const door = new Door(caseOf(`expect: [${EXPECT}]`));
    expect(door.admits(push(NO_SUCH_POLICY))).toBe(true);
    expect(door.takeRefused()).toEqual({});
  });

  it.each([
    ['the webhook is there', `lab: {admission: true}, expect: [${EXPECT}]`],
    ['something is refused', `expect: [{rejected: {PushSecret app/push: theirs}, ${EXPECT.slice(1)}]`],
  ])('keeps out what our check refuses where %s, and says so once', (_where, text) => {
    const door = new Door(caseOf(text));
    expect(door.admits(push(NO_SUCH_POLICY))).toBe(false);
    expect(Object.keys(door.takeRefused())).toEqual(['PushSecret app/push']);
    expect(door.takeRefused()).toEqual({});
  });

  it('judges a patch by what it makes of the object, and forgets it where it is refused', () => {
    const door = new Door(caseOf(`lab: {admission: true}, expect: [${EXPECT}]`));
    const patch = (spec: Readonly<Record<string, unknown>>): KubernetesObject => ({
      kind: 'PushSecret',
      metadata: { name: 'push', namespace: 'app' },
      spec,
    });
    expect(door.admits(push(MAIN_SECRET))).toBe(true);
    expect(door.admitsPatch(patch(NO_SUCH_POLICY))).toBe(false);
    expect(door.admitsPatch(patch({ refreshInterval: '2h' }))).toBe(true);
  });
});
