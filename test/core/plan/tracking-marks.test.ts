import { describe, expect, it } from '@jest/globals';
import { fieldManager } from '../../../src/core/go/go-hash.ts';
import type { PullIntent } from '../../../src/core/model/intent.ts';
import type { LiveSecret } from '../../../src/core/model/secret.ts';
import type { DataSource } from '../../../src/core/plan/pull/pull-input.ts';
import { planPull } from '../../../src/core/plan/pull/pull.ts';
import { intent, liveSecret, values } from '../../builders/index.ts';

/** Labels and annotations of the Secret that is written; `undefined` = nothing is. */
function written(wanted: PullIntent, live?: LiveSecret, more: Partial<DataSource> = {}) {
  const source = { kind: 'data', data: values({ a: '2' }), missing: [], warnings: [], ...more } as const;
  const item = planPull({
    intent: wanted,
    state: undefined,
    live,
    stale: [],
    gone: new Set(),
    known: new Map(),
    source,
  });
  const [change] = item.changes;
  if (change === undefined || change.action === 'delete') return undefined;
  const ours = (texts: ReadonlyMap<string, string>) =>
    Object.fromEntries([...texts].filter(([key]) => !key.startsWith('reconcile.external-secrets.io/')));
  return { labels: ours(change.desired.labels), annotations: ours(change.desired.annotations) };
}

const MARKS = {
  labels: {
    'app.kubernetes.io/managed-by': 'Helm',
    'argocd.argoproj.io/instance': 'shop',
    'applyset.kubernetes.io/part-of': 'applyset-1-v1',
    'cattle.io/creator': 'norman',
    'kapp.k14s.io/app': '1700000000',
    'kustomize.toolkit.fluxcd.io/name': 'shop',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
    'helm.toolkit.fluxcd.io/name': 'shop',
    'objectset.rio.cattle.io/hash': '0a1b',
  },
  annotations: {
    'argocd.argoproj.io/tracking-id': 'shop:external-secrets.io/ExternalSecret:shop/db',
    'argocd.argoproj.io/sync-wave': '2',
    'config.k8s.io/owning-inventory': 'shop-1',
    'field.cattle.io/projectId': 'c-1:p-1',
    'fleet.cattle.io/bundle-id': 'shop',
    'meta.helm.sh/release-name': 'shop',
    'meta.helm.sh/release-namespace': 'shop',
    'objectset.rio.cattle.io/id': 'shop',
  },
};
const OWN = {
  labels: {
    team: 'a',
    'app.kubernetes.io/instance': 'shop',
    'app.kubernetes.io/managed-by': 'somebody',
    'argocd.argoproj.io/secret-type': 'repository',
    'helm.sh/chart': 'shop-1.0.0',
  },
  annotations: {
    note: 'b',
    'field.cattle.io/description': 'the database',
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
  },
};

/** `db` as each of these versions of ourselves, or the operator, has left it: marks included, under its manager. */
function withCopiedMarks(name: string): LiveSecret {
  const [labels, annotations] = [Object.keys(MARKS.labels), Object.keys(MARKS.annotations)];
  return liveSecret(
    name,
    { a: '1' },
    { ...MARKS, ownedFields: [{ manager: fieldManager(name), data: ['a'], labels, annotations }] },
  );
}

describe('marks of deployment tools', () => {
  it('on an ExternalSecret do not travel to its Secret, and everything else does', () => {
    const wanted = intent('db', {
      labels: { ...OWN.labels, ...MARKS.labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { ...OWN.annotations, ...MARKS.annotations },
    });
    const { labels, annotations } = written(wanted) ?? {};
    expect({ ...labels, 'app.kubernetes.io/managed-by': 'somebody' }).toEqual(OWN.labels);
    expect(labels).not.toHaveProperty(['app.kubernetes.io/managed-by']);
    expect(annotations).toEqual(OWN.annotations);
  });

  it('are copied where they are no marks: another managed-by, what configures a tool', () => {
    expect(written(intent('db', OWN))).toEqual(OWN);
  });

  it('stay where a template writes them', () => {
    const template = { mergePolicy: 'Replace', ...MARKS, finalizers: [], data: {}, templateFrom: [] } as const;
    const content = (texts: Readonly<Record<string, string>>) =>
      new Map(Object.entries(texts).map(([key, value]) => [key, { value, isVolatile: false }]));
    const rendered = {
      kind: 'rendered',
      content: { data: new Map(), labels: content(MARKS.labels), annotations: content(MARKS.annotations) },
    } as const;
    expect(written(intent('db', { target: { template } }), withCopiedMarks('db'), { rendered })).toEqual(MARKS);
  });

  it.each(['db', 'a-name-that-is-longer-than-27-characters', `a${'-long-name'.repeat(8)}`])(
    'that an earlier version copied onto the Secret of %s go',
    (name) => {
      expect(written(intent(name), withCopiedMarks(name))).toEqual({ labels: {}, annotations: {} });
    },
  );

  it('that somebody else set on the Secret stay', () => {
    expect(written(intent('db', MARKS), liveSecret('db', { a: '1' }, MARKS))).toEqual(MARKS);
    const merge = intent('db', { ...MARKS, target: { creationPolicy: 'Merge' } });
    expect(written(merge, liveSecret('db', { a: '1' }, MARKS))).toEqual(MARKS);
  });
});
