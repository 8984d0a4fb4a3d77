import { describe, expect, it } from '@jest/globals';
import type { PushIntent } from '../../../../src/core/model/push-intent.ts';
import { SecretValue } from '../../../../src/core/model/secret-value.ts';
import { vaultRefText } from '../../../../src/core/model/vault-object.ts';
import { ownTags } from '../../../../src/core/plan/push/owner.ts';
import type { PushInput } from '../../../../src/core/plan/push/push-input.ts';
import { planPushes } from '../../../../src/core/plan/push/plan-pushes.ts';
import { fetched, OWNERSHIP, pushInput, pushIntent, recordOf, wantedEntry } from '../../../builders/index.ts';

const PARENT = { kind: 'ClusterPushSecret', name: 'spread' };

function child(namespace: string, parts: Partial<PushIntent> = {}): PushIntent {
  const ref = { kind: 'PushSecret', namespace, name: 'spread' };
  return pushIntent('app', { ref, parent: PARENT, deletionPolicy: 'Delete', ...parts });
}

/** What is there, with the tags of all children. */
function shared(text: string) {
  return fetched(text, { version: 'v1', tags: new Map(Object.entries(ownTags(PARENT, OWNERSHIP))) });
}

const THERE = { there: { db: shared('x') }, pushed: [recordOf('db', { deletes: true })] };

function changesOf(...inputs: readonly PushInput[]): readonly string[] {
  return planPushes({ inputs, loops: [], limits: undefined }).pushes.flatMap(({ intent, changes }) =>
    changes.map(({ action, target }) => `${intent.ref.namespace}: ${action} ${vaultRefText(target)}`),
  );
}

describe('children of one ClusterPushSecret', () => {
  it('delete nothing that another of them wants', () => {
    const wanting = pushInput(child('b'), { ...THERE, entries: [wantedEntry('db', 'x')] });
    expect(changesOf(pushInput(child('a'), THERE), wanting)).toEqual([]);
  });

  it('delete nothing that another of them wrote and is not due for', () => {
    const source = { kind: 'not-due', reason: 'not yet' } as const;
    expect(changesOf(pushInput(child('a'), THERE), pushInput(child('b'), { ...THERE, source }))).toEqual([]);
  });

  it('delete once what none of them wants', () => {
    expect(changesOf(pushInput(child('a'), THERE), pushInput(child('b'), THERE))).toEqual([
      'a: remove kv-shop secret/db',
    ]);
  });

  it('write once what all of them want', () => {
    const wanting = (namespace: string) => pushInput(child(namespace), { entries: [wantedEntry('db', 'x')] });
    expect(changesOf(wanting('a'), wanting('b'))).toEqual(['a: set kv-shop secret/db']);
  });

  it('take their own members out of an object, and leave those of another', () => {
    const json = { there: { db: shared('{"a":"1","b":"2"}') } };
    const leaving = pushInput(child('a'), { ...json, pushed: [recordOf('db', { properties: ['a', 'b'] })] });
    const entries = [wantedEntry('db', '2', { property: 'b', value: member('b', '2') })];
    const staying = pushInput(child('b'), { ...json, entries, pushed: [recordOf('db', { properties: ['b'] })] });
    const [first] = planPushes({ inputs: [leaving, staying], loops: [], limits: undefined }).pushes;
    expect(first?.changes.map(({ action, keys }) => [action, keys.removed])).toEqual([['set', ['a']]]);
  });

  it('are rivals where they want different members of one name', () => {
    const wanting = (namespace: string, text: string) =>
      pushInput(child(namespace), { entries: [wantedEntry('db', text, { property: 'a', value: member('a', text) })] });
    const { pushes } = planPushes({ inputs: [wanting('a', '1'), wanting('b', '2')], loops: [], limits: undefined });
    expect(pushes.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([
      'push-contested',
      'push-contested',
    ]);
  });

  it('leave to another one what it wants', () => {
    const other = child('b', { parent: { kind: 'ClusterPushSecret', name: 'other' } });
    const wanting = pushInput(other, { entries: [wantedEntry('db', 'x')] });
    expect(changesOf(pushInput(child('a'), THERE), wanting)).toEqual(['b: set kv-shop secret/db']);
  });
});

function member(name: string, text: string) {
  return { type: 'members', members: new Map([[name, SecretValue.ofText(text)]]) } as const;
}
