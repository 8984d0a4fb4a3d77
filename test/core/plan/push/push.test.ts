import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../../src/core/model/problem.ts';
import type { PushPlan } from '../../../../src/core/model/push-plan.ts';
import { SecretValue } from '../../../../src/core/model/secret-value.ts';
import { vaultRefText } from '../../../../src/core/model/vault-object.ts';
import { planPush } from '../../../../src/core/plan/push/push.ts';
import { settled } from '../../../../src/core/plan/push/settle.ts';
import { fetched, owned, pushInput, pushIntent, recordOf, vaultRef, wantedEntry } from '../../../builders/index.ts';

const intent = pushIntent('orders');
const ENTRY = wantedEntry('db', 'new');

/** What a plan comes to, in words. */
function told(plan: PushPlan) {
  return {
    verdict: plan.verdict,
    changes: plan.changes.map(({ action, target, keys, metadata, precondition }) =>
      [
        action,
        vaultRefText(target),
        ...keys.added.map((key) => `+${key}`),
        ...keys.updated.map((key) => `~${key}`),
        ...keys.removed.map((key) => `-${key}`),
        ...metadata,
        typeof precondition === 'string' ? precondition : `over ${precondition.version}`,
      ].join(' '),
    ),
    problems: plan.problems.map(({ code }) => code),
    reason: plan.result.condition?.reason,
  };
}

describe('an object of a push', () => {
  it('that is not there is written with our tags', () => {
    const plan = planPush(pushInput(intent, { entries: [ENTRY] }));
    expect(told(plan)).toEqual({
      verdict: 'change',
      changes: ['set kv-shop secret/db +db absent'],
      problems: [],
      reason: 'Synced',
    });
    const [change] = plan.changes;
    expect(change?.action === 'set' && change.properties.tags).toEqual({
      'managed-by': 'external-secrets',
      'keyferry-owner': expect.stringMatching(/^0123456789abcdef\/[0-9a-f]{10}$/u) as unknown,
    });
  });

  it('that holds the value is left alone', () => {
    const plan = planPush(pushInput(intent, { entries: [ENTRY], there: { db: owned(intent, 'new') } }));
    expect(told(plan)).toEqual({ verdict: 'unchanged', changes: [], problems: [], reason: 'Synced' });
  });

  it('that holds another value gets a new version', () => {
    const plan = planPush(pushInput(intent, { entries: [ENTRY], there: { db: owned(intent, 'old') } }));
    expect(told(plan).changes).toEqual(['set kv-shop secret/db ~db over v1']);
  });

  it('keeps what it has beside the value where the manifest says nothing of it', () => {
    const there = owned(intent, 'old', { contentType: 'text/plain', attributes: { expires: 1_900_000_000 } });
    const tags = new Map([...there.tags, ['team', 'shop']]);
    const [change] = planPush(pushInput(intent, { entries: [ENTRY], there: { db: { ...there, tags } } })).changes;
    expect(change?.action === 'set' && change.properties).toEqual({
      tags: { ...Object.fromEntries(there.tags), team: 'shop' },
      contentType: 'text/plain',
      expires: 1_900_000_000,
    });
  });

  it('whose tags, content type and expiry alone differ gets no new version', () => {
    const metadata = { tags: { team: 'shop' }, contentType: 'text/plain', expires: 2_000_000_000 };
    const entries = [wantedEntry('db', 'new', { metadata })];
    const plan = planPush(pushInput(intent, { entries, there: { db: owned(intent, 'new') } }));
    expect(told(plan).changes).toEqual(['patch kv-shop secret/db tag team content type expiry over v1']);
  });

  it('loses a tag that we wrote and the manifest has no more, and no other', () => {
    const there = owned(intent, 'new');
    const tags = new Map([...there.tags, ['ours', '1'], ['theirs', '2']]);
    const plan = planPush(
      pushInput(intent, {
        entries: [ENTRY],
        there: { db: { ...there, tags } },
        pushed: [recordOf('db', { tags: ['ours'] })],
      }),
    );
    const [change] = plan.changes;
    expect(change?.action === 'patch' && change.properties.tags).toEqual({
      ...Object.fromEntries(there.tags),
      theirs: '2',
    });
  });

  it('that exists is left alone under IfNotExists, whoever it belongs to', () => {
    const once = pushIntent('orders', { updatePolicy: 'IfNotExists' });
    const plan = planPush(pushInput(once, { entries: [ENTRY], there: { db: fetched('old') } }));
    expect(told(plan)).toEqual({ verdict: 'unchanged', changes: [], problems: [], reason: 'Synced' });
  });

  it.each([
    ['has no tags', new Map(), 'push-not-ours'],
    ['is managed by others', new Map([['managed-by', 'terraform']]), 'push-not-ours'],
    [
      'belongs to another installation',
      new Map([
        ['managed-by', 'external-secrets'],
        ['keyferry-owner', 'ffffffffffffffff/0123456789'],
      ]),
      'push-owned-by-another',
    ],
  ])('that %s is not written', (_case, tags, code) => {
    const plan = planPush(
      pushInput(intent, { entries: [ENTRY], there: { db: fetched('old', { tags, version: 'v1' }) } }),
    );
    expect(told(plan)).toEqual({ verdict: 'failed', changes: [], problems: [code], reason: 'Errored' });
  });

  it('is adopted where that is asked for: when equal, or always', () => {
    const adopting = (adopt: 'ifEqual' | 'always', text: string) => {
      const one = pushIntent('orders', { extras: { ...intent.extras, adopt } });
      return told(planPush(pushInput(one, { entries: [ENTRY], there: { db: fetched(text, { version: 'v1' }) } })));
    };
    expect(adopting('ifEqual', 'new').changes).toEqual(['patch kv-shop secret/db owner over v1']);
    expect(adopting('ifEqual', 'old').problems).toEqual(['push-not-ours']);
    expect(adopting('always', 'old').changes).toEqual(['set kv-shop secret/db ~db owner over v1']);
  });

  it('of the operator is taken over with the next write, and told', () => {
    const tags = new Map([['managed-by', 'external-secrets']]);
    const at = (text: string) =>
      told(planPush(pushInput(intent, { entries: [ENTRY], there: { db: fetched(text, { tags, version: 'v1' }) } })));
    expect(at('old')).toMatchObject({ changes: ['set kv-shop secret/db ~db over v1'], problems: ['push-taken-over'] });
    expect(at('new')).toEqual({ verdict: 'unchanged', changes: [], problems: [], reason: 'Synced' });
  });

  it('that a certificate made is never written', () => {
    const there = { db: owned(intent, 'old', { managed: true }) };
    expect(told(planPush(pushInput(intent, { entries: [ENTRY], there }))).problems).toEqual(['push-managed']);
  });
});

describe('a value that somebody changed in the vault', () => {
  const pushed = [recordOf('db', { source: 'hash of new' })];
  const moved = { db: owned(intent, 'theirs', { version: 'v2' }) };

  it('is put back where only the vault moved, and told', () => {
    const plan = planPush(pushInput(intent, { entries: [ENTRY], there: moved, pushed }));
    expect(told(plan)).toMatchObject({ changes: ['set kv-shop secret/db ~db over v2'], problems: ['push-put-back'] });
  });

  it('is a conflict where the source moved, too: nothing is written', () => {
    const plan = planPush(
      pushInput(intent, { entries: [ENTRY], there: moved, pushed: [recordOf('db', { source: 'x' })] }),
    );
    expect(told(plan)).toEqual({ verdict: 'failed', changes: [], problems: ['push-conflict'], reason: 'Errored' });
    expect(plan.problems.map(problemText)).toEqual([
      'PushSecret shop/orders: spec.data[0] and kv-shop secret/db both changed since the last pass, to different values. Nothing was written. Say which one counts: keyferry.dev/resolve: source@v2 or vault@v2 on the PushSecret, or --resolve for one run. (orders.yaml:12)',
    ]);
  });

  it.each([
    ['source', ['set kv-shop secret/db ~db over v2']],
    ['vault', []],
  ] as const)('follows the answer %s for that very version', (side, changes) => {
    const answered = pushIntent('orders', { extras: { ...intent.extras, resolve: [{ side, version: 'V2' }] } });
    const input = pushInput(answered, { entries: [ENTRY], there: moved, pushed: [recordOf('db', { source: 'x' })] });
    expect(told(planPush(input)).changes).toEqual(changes);
    const later = {
      ...input,
      observed: pushInput(answered, { entries: [ENTRY], there: { db: owned(intent, 'y', { version: 'v3' }) } })
        .observed,
    };
    expect(told(planPush(later)).problems).toEqual(['push-conflict']);
  });

  it('stays for good once the vault was said to count', () => {
    const answered = pushIntent('orders', {
      extras: { ...intent.extras, resolve: [{ side: 'vault', version: 'v2' }] },
    });
    const first = planPush(
      pushInput(answered, { entries: [ENTRY], there: moved, pushed: [recordOf('db', { source: 'x' })] }),
    );
    const later = planPush(pushInput(intent, { entries: [ENTRY], there: moved, pushed: first.result.pushed ?? [] }));
    expect(told(later)).toEqual({ verdict: 'unchanged', changes: [], problems: [], reason: 'Synced' });
  });

  it('is written over where nothing is remembered and the tag is ours', () => {
    const plan = planPush(pushInput(intent, { entries: [ENTRY], there: moved }));
    expect(told(plan).changes).toEqual(['set kv-shop secret/db ~db over v2']);
  });
});

describe('what a PushSecret no longer names', () => {
  const deleting = pushIntent('orders', { deletionPolicy: 'Delete' });
  const pushed = [recordOf('db'), recordOf('old')];
  const there = { db: owned(intent, 'new'), old: owned(intent, 'x') };

  it('goes under Delete, after everything else', () => {
    const plan = planPush(pushInput(deleting, { entries: [ENTRY], there, pushed }));
    expect(told(plan).changes).toEqual(['remove kv-shop secret/old over v1']);
    expect(plan.result.pushed?.map(({ name }) => name)).toEqual(['db']);
  });

  it('stays under None, and is forgotten', () => {
    const plan = planPush(pushInput(intent, { entries: [ENTRY], there, pushed }));
    expect(told(plan).changes).toEqual([]);
    expect(plan.result.pushed?.map(({ name }) => name)).toEqual(['db']);
  });

  it('stays, remembered, while anything else of it fails', () => {
    const entries = [
      ENTRY,
      wantedEntry('api', 'k', { value: { code: 'x', path: [], what: 'is broken', fix: 'Mend it.' } }),
    ];
    const plan = planPush(pushInput(deleting, { entries, there, pushed }));
    expect(told(plan)).toMatchObject({ changes: [], problems: ['x'] });
    expect(plan.result.pushed?.map(({ name }) => name)).toEqual(['db', 'old']);
  });

  it('is not deleted where somebody else has it now, and told until that is settled', () => {
    const plan = planPush(pushInput(deleting, { entries: [ENTRY], there: { ...there, old: fetched('x') }, pushed }));
    expect(told(plan)).toMatchObject({ changes: [], problems: ['push-not-deleted'], reason: 'Errored' });
    expect(plan.result.pushed?.map(({ name }) => name)).toEqual(['db', 'old']);
  });

  it('goes with its source Secret, which is surely gone', () => {
    const plan = planPush(pushInput(deleting, { there, pushed, source: { kind: 'gone' } }));
    expect(told(plan)).toEqual({
      verdict: 'change',
      changes: ['remove kv-shop secret/db over v1', 'remove kv-shop secret/old over v1'],
      problems: [],
      reason: 'SourceDeleted',
    });
  });

  it('stays where its namespace is going', () => {
    const plan = planPush(
      pushInput(deleting, { there, pushed, source: { kind: 'gone', held: 'namespace shop is being deleted' } }),
    );
    expect(told(plan)).toEqual({ verdict: 'failed', changes: [], problems: ['push-no-source'], reason: 'Errored' });
  });

  it('is withheld where a write before it failed, and remembered', () => {
    const plan = planPush(
      pushInput(deleting, { entries: [ENTRY], there: { ...there, db: owned(intent, 'old') }, pushed }),
    );
    const [set, remove] = plan.changes;
    const problem = { severity: 'error', code: 'push-forbidden', what: 'x', fix: 'y' } as const;
    const after = settled(
      plan,
      undefined,
      new Map([
        [set!, { kind: 'failed', problem }],
        [remove!, { kind: 'withheld' }],
      ]),
    );
    expect(told(after)).toMatchObject({ verdict: 'failed', problems: ['push-forbidden'], reason: 'Errored' });
  });
});

describe('members of one JSON object', () => {
  const member = (name: string, text: string) =>
    wantedEntry(name, text, { property: name, reference: `app/${name}`, target: vaultRef('app') });
  const entries = [member('a', '1'), member('b', '2')];

  it('are one write, and the others keep their text', () => {
    const there = { app: owned(intent, '{ "z" : 1.0,"a":"0" }') };
    const plan = planPush(pushInput(intent, { entries, there }));
    expect(told(plan).changes).toEqual(['set kv-shop secret/app ~a ~b over v1']);
    const [change] = plan.changes;
    const text =
      change?.action === 'set' && change.content.type === 'secret'
        ? new TextDecoder().decode(change.content.value.reveal())
        : '';
    expect(text).toContain('"z" : 1.0');
    expect(JSON.parse(text)).toEqual({ z: 1, a: '1', b: '2' });
  });

  it('make a new object where there is none', () => {
    expect(told(planPush(pushInput(intent, { entries }))).changes).toEqual(['set kv-shop secret/app +a +b absent']);
  });

  it('are equal to the byte, a byte order mark included', () => {
    const marked = [member('a', '\ufeff1')];
    const there = { app: owned(intent, '{"a":"1"}') };
    const [change] = planPush(pushInput(intent, { entries: marked, there })).changes;
    const written = change?.action === 'set' && change.content.type === 'secret' ? change.content.value : undefined;
    expect(written?.equals(SecretValue.ofText('{"a":"\ufeff1"}'))).toBe(true);
    const after = { app: owned(intent, '{"a":"\ufeff1"}') };
    expect(told(planPush(pushInput(intent, { entries: marked, there: after }))).changes).toEqual([]);
  });

  it('are refused where the value is no object', () => {
    const plan = planPush(pushInput(intent, { entries, there: { app: owned(intent, 'text') } }));
    expect(told(plan).problems).toEqual(['push-no-object']);
  });

  it('are refused beside an entry for the whole', () => {
    const whole = wantedEntry('app', 'x');
    expect(told(planPush(pushInput(intent, { entries: [whole, ...entries] }))).problems).toEqual(['push-contested']);
  });

  it('leave with their entries, and take the object along when nobody else has any', () => {
    const deleting = pushIntent('orders', { deletionPolicy: 'Delete' });
    const pushed = [recordOf('app', { properties: ['a', 'b'] })];
    const leaving = (text: string, left: typeof entries) =>
      told(planPush(pushInput(deleting, { entries: left, there: { app: owned(intent, text) }, pushed }))).changes;
    expect(leaving('{"a":"1","b":"2"}', [entries[0]!])).toEqual(['set kv-shop secret/app -b over v1']);
    expect(leaving('{"a":"1","b":"2","z":1}', [])).toEqual(['set kv-shop secret/app -a -b over v1']);
    expect(leaving('{"a":"1","b":"2"}', [])).toEqual(['remove kv-shop secret/app -a -b over v1']);
  });
});
