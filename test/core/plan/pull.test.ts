import { describe, expect, it } from '@jest/globals';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import { problemText } from '../../../src/core/model/problem.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { secretRef, type LiveSecret, type OwnerReference } from '../../../src/core/model/secret.ts';
import { CREATED_BY_LABEL, DATA_HASH_ANNOTATION, MANAGED_LABEL } from '../../../src/core/model/names.ts';
import { createdBy } from '../../../src/core/plan/pull/ownership.ts';
import { planPull } from '../../../src/core/plan/pull/pull.ts';
import { NO_PULL_EXTRAS } from '../../builders/intent.ts';
import type { PullInput, Source } from '../../../src/core/plan/pull/pull-input.ts';

type Target = Partial<PullIntent['target']>;

function intent(target: Target = {}, more: Partial<PullIntent> = {}): PullIntent {
  return {
    kind: 'pull',
    ref: { kind: 'ExternalSecret', namespace: 'shop', name: 'orders' },
    locate: () => ({ file: 'orders.yaml', line: 7 }),
    labels: {},
    annotations: {},
    generation: '1',
    refresh: { policy: 'Periodic', intervalMs: 3_600_000 },
    storeRefs: [],
    target: { name: 'orders-db', creationPolicy: 'Owner', deletionPolicy: 'Retain', immutable: false, ...target },
    entries: [],
    extras: NO_PULL_EXTRAS,
    ...more,
  };
}

const values = (data: Record<string, string>) =>
  new Map(Object.entries(data).map(([key, text]) => [key, SecretValue.ofText(text)]));

function live(data: Record<string, string>, more: Partial<LiveSecret> = {}): LiveSecret {
  return {
    ref: secretRef('shop', 'orders-db'),
    uid: 'u1',
    resourceVersion: '7',
    deleting: false,
    type: 'Opaque',
    data: values(data),
    labels: new Map(),
    annotations: new Map(),
    ownerReferences: [],
    finalizers: [],
    ownedFields: [],
    ...more,
  };
}

const own = () =>
  new Map([
    [CREATED_BY_LABEL, createdBy({ namespace: 'shop', name: 'orders' })],
    [MANAGED_LABEL, 'true'],
  ]);
const found = (data: Record<string, string>): Source => ({
  kind: 'data',
  data: values(data),
  missing: [],
  warnings: [],
});

const plan = (more: Partial<PullInput>) =>
  planPull({
    intent: intent(),
    state: undefined,
    live: undefined,
    stale: [],
    gone: new Set(),
    known: new Map(),
    source: found({ a: '1' }),
    ...more,
  });

const controller = (kind: string, name: string): OwnerReference => ({
  apiVersion: kind === 'ExternalSecret' ? 'external-secrets.io/v1' : 'apps/v1',
  kind,
  name,
  uid: 'x',
  controller: true,
});

describe('planPull', () => {
  it('creates what is missing, with the labels and the hash that ESO writes', () => {
    const item = plan({ intent: intent({}, { labels: { team: 'a' } }), source: found({ password: 'hunter2' }) });
    expect(item.verdict).toBe('change');
    const change = item.changes[0];
    expect(change).toMatchObject({ action: 'create', keys: { added: ['password'], updated: [], removed: [] } });
    if (change?.action !== 'create') throw new Error('not a create');
    expect(Object.fromEntries(change.desired.labels)).toEqual({
      team: 'a',
      [MANAGED_LABEL]: 'true',
      [CREATED_BY_LABEL]: createdBy({ namespace: 'shop', name: 'orders' }),
    });
    expect(change.desired.annotations.get(DATA_HASH_ANNOTATION)).toBe(
      '172aaaba178acb283d1af9c011b15e2b5e25414a9256e0cf40bb1a77',
    );
    expect(change.desired.ownerReferences).toEqual([]);
  });

  it('plans nothing for a target that already is as it should be', () => {
    const first = plan({});
    const change = first.changes[0];
    if (change?.action !== 'create') throw new Error('not a create');
    const second = plan({ live: { ...live({}), ...change.desired, type: 'Opaque' } });
    expect({ verdict: second.verdict, changes: second.changes, events: second.result.events }).toEqual({
      verdict: 'unchanged',
      changes: [],
      events: [],
    });
  });

  it('leaves a Secret that another ExternalSecret owns and plans nothing else for it', () => {
    const item = plan({ live: live({ x: '1' }, { ownerReferences: [controller('ExternalSecret', 'legacy')] }) });
    expect(item.verdict).toBe('blocked');
    expect(item.changes).toEqual([]);
    expect(item.problems.map(problemText)).toEqual([
      'ExternalSecret shop/orders: spec.target.name is Secret shop/orders-db, which belongs to ExternalSecret shop/legacy. ' +
        'It was left as it is. Remove the other owner, or choose another target.name. (orders.yaml:7)',
    ]);
  });

  it.each([
    ['Owner', 'blocked'],
    ['Orphan', 'change'],
    ['Merge', 'change'],
    ['CreateOrMerge', 'change'],
  ] as const)('treats a Secret of a foreign controller under %s as %s', (creationPolicy, verdict) => {
    const item = plan({
      intent: intent({ creationPolicy }),
      live: live({ x: '1' }, { ownerReferences: [controller('Deployment', 'web')] }),
    });
    expect(item.verdict).toBe(verdict);
  });

  it('without custom resources believes the created-by label of another ExternalSecret, until that one is gone', () => {
    const other = createdBy({ namespace: 'shop', name: 'other' });
    const target = live({ a: '0' }, { labels: new Map([[CREATED_BY_LABEL, other]]) });
    expect(plan({ live: target }).verdict).toBe('blocked');
    expect(plan({ live: target, gone: new Set([other]) }).verdict).toBe('change');
  });

  it('writes no owner reference for an intent from a file, and one for a custom resource', () => {
    const owner = { apiVersion: 'external-secrets.io/v1', uid: 'es-uid' };
    const references = [intent(), intent({}, { owner })].map((one) => {
      const change = plan({ intent: one }).changes[0];
      return change?.action === 'create' ? change.desired.ownerReferences : undefined;
    });
    expect(references).toEqual([
      [],
      [
        {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          name: 'orders',
          uid: 'es-uid',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    ]);
  });

  it.each([
    ['Owner', ['a'], ['x']],
    ['Orphan', ['a'], ['x']],
    ['Merge', ['a'], []],
    ['CreateOrMerge', ['a'], []],
  ] as const)('treats foreign keys under %s as ESO does', (creationPolicy, added, removed) => {
    const item = plan({ intent: intent({ creationPolicy }), live: live({ x: '1' }) });
    expect(item.changes[0]?.keys).toEqual({ added, updated: [], removed });
  });

  it('drops a merged key that it owns when its source is gone, and keeps the foreign one', () => {
    const manager = 'externalsecrets.external-secrets.io/orders';
    const item = plan({
      intent: intent({ creationPolicy: 'Merge', deletionPolicy: 'Merge' }),
      live: live(
        { mine: '1', theirs: '2' },
        { ownedFields: [{ manager, data: ['mine'], labels: [], annotations: [] }] },
      ),
      source: found({}),
    });
    expect(item.changes[0]?.keys).toEqual({ added: [], updated: [], removed: ['mine'] });
  });

  it.each([
    ['Retain', undefined, 'SecretSynced', []],
    ['Delete', 'own', 'SecretDeleted', ['delete']],
    ['Delete', undefined, 'SecretDeleted', []],
    ['Merge', undefined, 'SecretSynced', ['create']],
  ] as const)(
    'under deletionPolicy %s with every source absent and target %s ends as %s',
    (deletionPolicy, target, reason, actions) => {
      const item = plan({
        intent: intent({ deletionPolicy }),
        live: target === 'own' ? live({ a: '1' }, { labels: own() }) : undefined,
        source: found({}),
      });
      expect(item.result.condition?.reason).toBe(reason);
      expect(item.changes.map(({ action }) => action)).toEqual(actions);
    },
  );

  it('never deletes a Secret that it did not make, whatever deletionPolicy says', () => {
    const item = plan({ intent: intent({ deletionPolicy: 'Delete' }), live: live({ a: '1' }), source: found({}) });
    expect({ verdict: item.verdict, changes: item.changes, code: item.problems[0]?.code }).toEqual({
      verdict: 'blocked',
      changes: [],
      code: 'not-ours-to-delete',
    });
  });

  it('deletes the Secret of the earlier target name, but no copy that merely carries its label', () => {
    const manager = 'externalsecrets.external-secrets.io/orders';
    const wrote = [{ manager, data: ['a'], labels: [], annotations: [] }];
    const item = plan({
      stale: [
        live({ a: '1' }, { ref: secretRef('shop', 'old'), labels: own(), ownedFields: wrote }),
        live({ a: '1' }, { ref: secretRef('shop', 'copy'), labels: own() }),
      ],
    });
    expect(item.changes.map(({ action, target }) => `${action} ${target.name}`)).toEqual([
      'create orders-db',
      'delete old',
    ]);
  });

  it('does not touch a foreign immutable Secret, and tells how to go on', () => {
    const item = plan({ live: live({ x: '1' }, { immutable: true }) });
    expect({ changes: item.changes, code: item.problems[0]?.code }).toEqual({ changes: [], code: 'target-immutable' });
  });

  it('keeps the data of an immutable target for ever', () => {
    const item = plan({ intent: intent({ immutable: true }), live: live({ a: 'old' }, { labels: own() }) });
    expect(item.changes[0]?.keys).toEqual({ added: [], updated: [], removed: [] });
  });

  it('refuses to change the type of a Secret before the API server does', () => {
    const template = {
      type: 'kubernetes.io/tls',
      labels: {},
      annotations: {},
      finalizers: [],
      mergePolicy: 'Replace',
      data: {},
      templateFrom: [],
    } as const;
    expect(plan({ intent: intent({ template }), live: live({}) }).problems[0]?.code).toBe('type-immutable');
  });

  it('plans nothing after a failed read, and names the cause in the condition', () => {
    const problem = { severity: 'error', code: 'c', what: 'vault kv did not answer', fix: 'Wait.' } as const;
    const item = plan({
      live: live({ a: '1' }, { labels: own() }),
      source: { kind: 'failed', problems: [problem], missing: [] },
    });
    expect({ changes: item.changes, condition: item.result.condition, refreshed: item.result.refreshed }).toEqual({
      changes: [],
      condition: { status: 'False', reason: 'SecretSyncedError', message: 'vault kv did not answer. Wait.' },
      refreshed: false,
    });
  });

  it('puts the managed label back on a target that is not due, and nothing else', () => {
    const item = plan({ live: live({ a: '1' }), source: { kind: 'not-due', reason: 'synced just now' } });
    expect(item.changes).toMatchObject([
      { action: 'update', metadata: [`label ${MANAGED_LABEL}`], keys: { updated: [] } },
    ]);
  });

  it('compares a folder that holds no values key by key and does not look at its hash', () => {
    const opaque = (text: string) => SecretValue.fingerprint((bytes) => new TextDecoder().decode(bytes) === text);
    const redacted = live(
      {},
      {
        data: new Map([
          ['a', opaque('1')],
          ['b', opaque('old')],
        ]),
        labels: own(),
        annotations: new Map([[DATA_HASH_ANNOTATION, '[redacted]']]),
      },
    );
    const item = plan({ live: redacted, source: found({ a: '1', b: 'new' }) });
    expect(item.changes).toMatchObject([{ keys: { added: [], updated: ['b'], removed: [] }, metadata: [] }]);
    expect(plan({ live: redacted, source: found({ a: '1', b: 'old' }) }).verdict).toBe('unchanged');
  });
});
