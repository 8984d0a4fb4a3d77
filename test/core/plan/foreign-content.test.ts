import { describe, expect, it } from '@jest/globals';
import { fieldManager } from '../../../src/core/go/go-hash.ts';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import type { IntentPlan } from '../../../src/core/model/plan.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import { planPull } from '../../../src/core/plan/pull/pull.ts';
import { intent, liveSecret, values } from '../../builders/index.ts';

function planned(
  wanted: PullIntent,
  live: LiveSecret,
  data: Readonly<Record<string, string>> = { a: '1' },
): IntentPlan {
  const source = { kind: 'data', data: values(data), missing: [], warnings: [] } as const;
  return planPull({ intent: wanted, state: undefined, live, stale: [], gone: new Set(), known: new Map(), source });
}

const problems = (item: IntentPlan) => item.problems.map(({ severity, code, field }) => [severity, code, field]);
const labelsOf = ({ changes: [change] }: IntentPlan) =>
  change?.action === 'update' ? Object.fromEntries(change.desired.labels) : undefined;

const TEAM = { team: 'ours', 'app.kubernetes.io/instance': 'ours' };
const merge = intent('db', { target: { creationPolicy: 'Merge' }, labels: TEAM, annotations: { note: 'ours' } });
const foreign = { labels: { team: 'theirs' }, annotations: { note: 'theirs' } };

describe('labels and annotations of others', () => {
  it('stay as they are under Merge, whoever set them, and that is told', () => {
    const item = planned(merge, liveSecret('db', {}, foreign));
    expect(labelsOf(item)).toMatchObject({ team: 'theirs', 'app.kubernetes.io/instance': 'ours' });
    expect(item.problems).toEqual([
      {
        severity: 'warning',
        code: 'foreign-metadata-kept',
        at: merge.ref,
        field: 'spec.target.name',
        origin: { file: 'db.yaml', line: 16 },
        what: 'is Secret shop/db, where others gave another value to label team, annotation note',
        fix: 'It was left as it is. Name what this Secret is to get in target.template.metadata; without it, it gets those of the ExternalSecret.',
      },
    ]);
  });

  it('stay under CreateOrMerge too', () => {
    const wanted = intent('db', { target: { creationPolicy: 'CreateOrMerge' }, labels: TEAM });
    expect(labelsOf(planned(wanted, liveSecret('db', {}, foreign)))).toMatchObject({ team: 'theirs' });
  });

  it('are told for as long as they differ, also where nothing is to be written', () => {
    const first = planned(merge, liveSecret('db', {}, foreign));
    const [change] = first.changes;
    if (change?.action !== 'update') throw new Error('an update was expected');
    const again = planned(merge, { ...change.live, ...change.desired });
    expect(again.verdict).toBe('unchanged');
    expect(problems(again)).toEqual([['warning', 'foreign-metadata-kept', 'spec.target.name']]);
  });

  it('are ours to change where we set them', () => {
    const ownedFields = [{ manager: fieldManager('db'), data: [], labels: ['team'], annotations: ['note'] }];
    const item = planned(merge, liveSecret('db', {}, { ...foreign, ownedFields }));
    expect(labelsOf(item)).toMatchObject({ team: 'ours' });
    expect(item.problems).toEqual([]);
  });

  it('are no others where they hold the same', () => {
    expect(planned(merge, liveSecret('db', {}, { labels: { team: 'ours' } })).problems).toEqual([]);
  });

  it('are replaced under Owner, which the plan shows, and told where we did not make the Secret', () => {
    const owner = intent('db', { labels: TEAM });
    const item = planned(owner, liveSecret('db', { a: '1' }, foreign));
    expect(labelsOf(item)).toMatchObject({ team: 'ours' });
    expect(item.changes[0]).toMatchObject({ metadata: expect.arrayContaining(['label team']) });
    expect(item.problems.map(({ what }) => what)).toEqual([
      'Owner takes over Secret shop/db, which this ExternalSecret did not make, and replaces its label team',
    ]);
  });
});

describe('keys of others', () => {
  const hand = liveSecret('db', { a: '1', jwt: 'x', license: 'y', b: '1', c: '1', d: '1', e: '1' });

  it.each(['Owner', 'Orphan'] as const)('that %s removes are named', (creationPolicy) => {
    const item = planned(intent('db', { target: { creationPolicy } }), hand);
    expect(item.problems.map(({ severity, code, what }) => [severity, code, what])).toEqual([
      [
        'warning',
        'foreign-content-lost',
        `${creationPolicy} takes over Secret shop/db, which this ExternalSecret did not make, and removes its keys b, c, d, e, jwt and 1 more`,
      ],
    ]);
  });

  it('that nobody removes are not', () => {
    expect(planned(intent('db'), liveSecret('db', { a: 'old' })).problems).toEqual([]);
    expect(planned(merge, hand).problems).toEqual([]);
  });

  it('are none where the ExternalSecret itself wrote them', () => {
    const ownedFields = [{ manager: fieldManager('db'), data: ['gone'], labels: [], annotations: [] }];
    const live = liveSecret('db', { a: '1', gone: 'x' }, { ownedFields });
    expect(planned(intent('db', { target: { creationPolicy: 'Orphan' } }), live).problems).toEqual([]);
  });
});
