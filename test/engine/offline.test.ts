/** Manifests against manifests: what a reviewer of a pull request is told without any login. */
import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../src/core/model/message.ts';
import { planOffline, type OfflineSettings } from '../../src/commands/plan-offline.ts';
import { parseDocuments } from '../../src/core/api/documents.ts';
import { problemText } from '../../src/core/model/problem.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { COMMENT_ROOM } from '../../src/core/report/markdown.ts';
import { offlineAsJson, offlineAsMarkdown, offlineAsText, type OfflineReport } from '../../src/core/report/offline.ts';
import { FakeClock, type KubernetesObject } from '../fakes/index.ts';
import { externalSecret, STORE, yaml } from './shop.ts';

const SETTINGS: OfflineSettings = { only: [], controllerClass: 'keyferry', prune: false };

const source = (file: string, text: string) => ({ load: async () => parseDocuments(file, text) });

function compare(
  base: readonly KubernetesObject[] | string,
  head: readonly KubernetesObject[] | string,
  settings: Partial<OfflineSettings> = {},
): Promise<OfflineReport> {
  const text = (side: readonly KubernetesObject[] | string) => (typeof side === 'string' ? side : yaml(...side));
  const clock = new FakeClock('2026-01-01T00:00:00Z');
  const sides = { base: source('base.yaml', text(base)), head: source('deploy.yaml', text(head)) };
  return planOffline({ ...sides, clock }, { ...SETTINGS, ...settings });
}

const db = externalSecret('db');
const renamedKey = externalSecret('db', { data: [{ secretKey: 'password', remoteRef: { key: 'db-2' } }] });

describe('a plan of manifests', () => {
  it('says what is new, changed and gone, which fields, which Secrets, and which names are new to the vault', async () => {
    const report = await compare(
      [STORE, db, externalSecret('old'), externalSecret('moved')],
      [STORE, renamedKey, externalSecret('new'), externalSecret('moved', {}, { name: 'elsewhere' })],
    );
    expect(offlineAsText(report, PLAIN))
      .toBe(`Plan (offline) for 5 objects   fingerprint ${report.fingerprint.slice(0, 23)}

    ACTION   OBJECT                     FIELDS
  ~ changed  ExternalSecret shop/db     ~spec.data[0].remoteRef.key
  ~ changed  ExternalSecret shop/moved  +spec.target.name
  + added    ExternalSecret shop/new
  - removed  ExternalSecret shop/old

Secrets:
    ACTION  SECRET          WHY                                                            FROM
  ~ rename  shop/elsewhere  was Secret shop/moved                                          moved
  + create  shop/new                                                                       new
  = leave   shop/old        its ExternalSecret is gone; --prune would delete what it made  old

Asked of vaults and not before:
    ACTION  NAME  WHERE             FROM
  + read    db-2  in vault kv-shop  shop/db
  + read    new   in vault kv-shop  shop/new

1 added, 2 changed, 1 removed, 1 unchanged.
`);
    expect(report.fingerprint).toMatch(/^offline-1c2u1d-[0-9a-f]{56}$/u);
  });

  it('finds nothing where only order, comments and quotes differ', async () => {
    const head = yaml(db, STORE).replace('kind: ExternalSecret', 'kind: "ExternalSecret" # the same');
    const report = await compare([STORE, db], head);
    expect([report.changes, report.targets, report.asks, report.unchanged]).toEqual([[], [], [], 2]);
  });

  it('says what goes where pruning is asked for, of Secrets that were made as a whole only', async () => {
    const merged = externalSecret('merged', {}, { creationPolicy: 'Merge' });
    const report = await compare([STORE, db, merged], [STORE], { prune: true });
    expect(report.targets.map(({ action, target }) => [action, target.name])).toEqual([
      ['delete', 'db'],
      ['leave', 'merged'],
    ]);
  });

  it('takes an ExternalSecret with a mistake for one that is there, and shows the mistake with its line', async () => {
    const broken = externalSecret('db', {}, { creationPolicy: 'Owned' });
    const report = await compare([STORE, db], [STORE, broken], { prune: true });
    expect(report.targets).toEqual([]);
    expect(report.changes.map(({ action, fields }) => [action, fields.map(({ field }) => field)])).toEqual([
      ['changed', ['spec.target.creationPolicy']],
    ]);
    expect(report.problems.map(problemText)).toEqual([
      expect.stringMatching(/^ExternalSecret shop\/db: spec\.target\.creationPolicy .* \(deploy\.yaml:\d+\)$/u),
    ]);
  });

  it('warns of what it cannot read of the base, which is not the mistake of the change', async () => {
    const base = `${yaml(STORE)}---\nkind: ExternalSecret\napiVersion: external-secrets.io/v1\nmetadata: [\n`;
    const report = await compare(base, [STORE, db]);
    expect(report.problems.map(({ severity, code, what }) => [severity, code, messageText(what).slice(0, 12)])).toEqual(
      [['warning', 'unreadable-document', 'of the base,']],
    );
  });

  it('says of a field of the base that it is one of the base', async () => {
    const base = source('base.yaml', yaml(STORE, externalSecret('${NAME}')));
    const head = source('deploy.yaml', yaml(STORE, db));
    const report = await planOffline({ base, head, clock: new FakeClock('2026-01-01T00:00:00Z') }, SETTINGS);
    expect(report.problems.map(problemText)[0]).toMatch(
      /^ExternalSecret shop\/\$\{NAME\}: metadata\.name of the base holds the placeholder \$\{NAME\}, which has no value\. /u,
    );
  });

  it('shows no problem that the base had and the change does not touch as a new one of the base', async () => {
    const broken = externalSecret('db', {}, { creationPolicy: 'Owned' });
    const report = await compare([STORE, broken], [STORE, db]);
    expect(report.problems).toEqual([]);
    expect(report.targets.map(({ action }) => action)).toEqual(['create']);
  });

  it('looks at the ExternalSecrets that are asked for only, and at stores', async () => {
    const report = await compare([STORE, db], [STORE, renamedKey, externalSecret('new')], { only: ['shop/new'] });
    expect(report.changes.map(({ ref }) => ref.name)).toEqual(['new']);
    expect(report.asks.map(({ name }) => name)).toEqual(['new']);
  });

  it('has another fingerprint for another content of the same field', async () => {
    const other = externalSecret('db', { data: [{ secretKey: 'password', remoteRef: { key: 'db-3' } }] });
    const [first, second, again] = await Promise.all([
      compare([STORE, db], [STORE, renamedKey]),
      compare([STORE, db], [STORE, other]),
      compare([STORE, db], [STORE, renamedKey]),
    ]);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(again.fingerprint).toBe(first.fingerprint);
  });

  it('shows a name of a store that is not among the manifests in place of its vault', async () => {
    const report = await compare([], [db]);
    expect(report.asks).toEqual([{ place: 'SecretStore shop/kv', name: 'db', owner: expect.anything() }]);
    expect(report.problems.map(({ severity, code }) => [severity, code])).toEqual([['error', 'store-absent']]);
  });

  it('says what finds ask for, and what of certificates, keys and versions', async () => {
    const remoteRefs = [{ key: 'cert/web' }, { key: 'secret/a', version: 'f'.repeat(32) }];
    const data = remoteRefs.map((remoteRef, place) => ({ secretKey: `k${place}`, remoteRef }));
    const dataFrom = [{ find: { name: { regexp: '^db' }, tags: { team: 'shop' } } }];
    const report = await compare([STORE], [STORE, externalSecret('all', { data, dataFrom })]);
    expect(report.asks.map(({ name }) => name)).toEqual([
      `a in version ${'f'.repeat(32)}`,
      'cert/web',
      'secrets whose names match "^db", tagged team=shop',
    ]);
  });
});

describe('its other forms', () => {
  it('is three tables in Markdown, and a picture of what is new', async () => {
    const report = await compare([STORE, db], [STORE, renamedKey, externalSecret('new')]);
    const text = offlineAsMarkdown(report);
    expect(text).toContain('### Keyferry: plan (offline) for 3 objects\n\n1 added, 1 changed, 0 removed, 1 unchanged.');
    expect(text).toContain('| changed | ExternalSecret shop/db | ~spec.data\\[0\\].remoteRef.key |');
    expect(text).toContain('| create | Secret shop/new | | ExternalSecret shop/new |');
    expect(text).toContain('| db-2 | in vault kv-shop | ExternalSecret shop/db |');
    expect(text).toContain('["Secret shop/new"]:::create');
    expect(text).toContain(`Fingerprint: \`${report.fingerprint}\``);
  });

  it('is cut between rows where it is too long for a comment', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => externalSecret(`secret-${index}`));
    const text = offlineAsMarkdown(await compare([STORE], [STORE, ...many]), COMMENT_ROOM);
    expect(text.length).toBeLessThan(65_536);
    expect(text.match(/And \d+ rows more, for which there is no room here/gu)?.length).toBeGreaterThan(0);
  });

  it('is JSON with every field', async () => {
    const report = await compare([STORE, db], [STORE, renamedKey]);
    expect(JSON.parse(offlineAsJson(report))).toEqual({
      version: 1,
      command: 'plan',
      level: 'offline',
      fingerprint: report.fingerprint,
      counts: {
        added: 0,
        changed: 1,
        removed: 0,
        unchanged: 1,
        create: 0,
        rename: 0,
        delete: 0,
        pushed: 0,
        pushRemoved: 0,
        errors: 0,
        warnings: 0,
      },
      changes: [
        {
          action: 'changed',
          object: 'ExternalSecret shop/db',
          file: 'deploy.yaml',
          line: 12,
          fields: [{ field: 'spec.data[0].remoteRef.key', change: 'changed' }],
        },
      ],
      targets: [],
      vaultObjects: [],
      asks: [{ place: 'vault kv-shop', name: 'db-2', object: 'ExternalSecret shop/db' }],
      problems: [],
      durationMs: 0,
    });
  });

  it('never shows what stands in a field', async () => {
    const withText = (text: string) => externalSecret('db', {}, { template: { data: { url: text } } });
    const fake = (value: string) => ({ ...STORE, spec: { provider: { fake: { data: [{ key: 'a', value }] } } } });
    const report = await compare([fake('canary-1'), withText('canary-2')], [fake('canary-3'), withText('canary-4')]);
    const texts = [offlineAsText(report, PLAIN), offlineAsMarkdown(report), offlineAsJson(report)];
    expect(texts.join('\n')).toContain('spec.target.template.data.url');
    expect(texts.join('\n')).not.toContain('canary');
  });
});
