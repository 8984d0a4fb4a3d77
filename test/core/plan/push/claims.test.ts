/** What several PushSecrets want of one vault, and what becomes of what one of them wrote for another. */
import { describe, expect, it } from '@jest/globals';
import type { PushIntent } from '../../../../src/core/model/push-intent.ts';
import { problemText } from '../../../../src/core/model/problem.ts';
import { pushHash } from '../../../../src/core/plan/push/owner.ts';
import { planPushes } from '../../../../src/core/plan/push/plan-pushes.ts';
import type { PushInput } from '../../../../src/core/plan/push/push-input.ts';
import { owned, OWNERSHIP, pushInput, pushIntent, recordOf, vaultRef, wantedEntry } from '../../../builders/index.ts';

const OLD = pushIntent('old', { deletionPolicy: 'Delete' });
const NEW = pushIntent('new', { deletionPolicy: 'Delete' });
const THERE = { db: owned(OLD, 'value') };

function knowing(...intents: readonly PushIntent[]): PushInput['ownership'] {
  return { ...OWNERSHIP, known: new Map(intents.map(({ ref }) => [pushHash(ref), `PushSecret shop/${ref.name}`])) };
}

/** Wrote `db`, and wants nothing any more. */
function leaving(parts: Parameters<typeof pushInput>[1] = {}): PushInput {
  return pushInput(OLD, { there: THERE, pushed: [recordOf('db', { deletes: true })], ...parts });
}

function wanting(parts: Parameters<typeof pushInput>[1] = {}): PushInput {
  return pushInput(NEW, { there: THERE, entries: [wantedEntry('db', 'value')], ...parts });
}

function outcome(...inputs: readonly PushInput[]) {
  const { pushes } = planPushes({ inputs, loops: [], limits: undefined });
  return pushes.map(({ intent, changes, problems, result }) => ({
    name: intent.ref.name,
    changes: changes.map(({ action, target, metadata, keys }) => [action, target.name, ...metadata, ...keys.removed]),
    problems: problems.map(problemText),
    remembers: (result.pushed ?? []).map(({ name, properties }) => [name, ...(properties ?? [])]),
  }));
}

describe('an object that goes from one PushSecret to another', () => {
  it('is not deleted by one that is gone, and gets the tag of the other', () => {
    const ownership = knowing(NEW);
    expect(outcome(leaving({ ownership, isGone: true }), wanting({ ownership }))).toEqual([
      { name: 'new', changes: [['patch', 'db', 'owner']], problems: [], remembers: [['db']] },
      { name: 'old', changes: [], problems: [], remembers: [] },
    ]);
  });

  it('is not deleted by one that does not name it any more, and is handed over', () => {
    const ownership = knowing(OLD, NEW);
    expect(outcome(leaving({ ownership }), wanting({ ownership }))).toEqual([
      { name: 'new', changes: [['patch', 'db', 'owner']], problems: [], remembers: [['db']] },
      { name: 'old', changes: [], problems: [], remembers: [] },
    ]);
  });

  it('is not handed over as long as it is not known whether the one still wants it', () => {
    const ownership = knowing(OLD, NEW);
    const source = { kind: 'failed', problems: [] } as const;
    expect(outcome(leaving({ ownership, source }), wanting({ ownership }))[0]).toEqual({
      name: 'new',
      changes: [],
      problems: [
        'PushSecret shop/new: spec.data[0] names kv-shop secret/db, which PushSecret shop/old writes. Choose another name. Where that was this installation before its state was lost, give --take-over once. (new.yaml:12)',
      ],
      remembers: [],
    });
  });

  it('is kept, and remembered, as long as it is not known whether the other wants it', () => {
    const ownership = knowing(NEW);
    const entry = { kind: 'data', index: 0, conversion: 'None', metadata: {}, written: {}, property: '' } as const;
    const named = pushIntent('new', { data: [{ ...entry, secretKey: 'db', remoteKey: 'secret/DB' }] });
    const unclear = pushInput(named, { ownership, source: { kind: 'failed', problems: [] } });
    expect(outcome(leaving({ ownership, isGone: true }), unclear)[1]).toEqual({
      name: 'old',
      changes: [],
      problems: [],
      remembers: [['db']],
    });
  });

  it('loses the members only that nobody wants', () => {
    const ownership = knowing(OLD, NEW);
    const there = { db: owned(OLD, '{"a":"1","b":"2","c":"3"}') };
    const old = leaving({ ownership, there, pushed: [recordOf('db', { deletes: true, properties: ['a', 'b'] })] });
    const other = wanting({ ownership, there, entries: [wantedEntry('db', '2', { property: 'b' })] });
    expect(outcome(old, other)[1]?.changes).toEqual([['set', 'db', 'a']]);
  });
});

describe('members that are gone already', () => {
  it.each([
    ['an object of others', '{"c":"3"}'],
    ['a text of others', 'a text'],
  ])('cost no version, and take nothing away: %s', (_what, text) => {
    const there = { db: owned(OLD, text) };
    const pushed = [recordOf('db', { deletes: true, properties: ['a'] })];
    expect(outcome(leaving({ there, pushed }))).toEqual([{ name: 'old', changes: [], problems: [], remembers: [] }]);
  });
});

describe('one that is planned again', () => {
  it('is still refused what another writes, too', () => {
    const ownership = knowing(OLD, NEW);
    const [one, other] = [
      pushInput(OLD, { ownership, entries: [wantedEntry('db', '1')] }),
      pushInput(NEW, { ownership, entries: [wantedEntry('db', '2'), wantedEntry('own', '3')] }),
    ];
    const { planAgain } = planPushes({ inputs: [one, other], loops: [], limits: undefined });
    expect(planAgain({ ...other }).changes.map(({ target }) => target)).toEqual([vaultRef('own')]);
  });
});

describe('IfNotExists', () => {
  it('remembers what is its own although no record is left', () => {
    const careful = pushIntent('old', { updatePolicy: 'IfNotExists', deletionPolicy: 'Delete' });
    const found = (text: string) => pushInput(careful, { entries: [wantedEntry('db', text)], there: THERE });
    expect(outcome(found('value'))[0]?.remembers).toEqual([['db']]);
    const foreign = pushInput(careful, { entries: [wantedEntry('db', 'x')], there: { db: owned(NEW, 'value') } });
    expect(outcome({ ...foreign, ownership: knowing(NEW) })[0]?.remembers).toEqual([]);
  });
});
