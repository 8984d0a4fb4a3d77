import { describe, expect, it } from '@jest/globals';
import type { ObjectReport, Report } from '../../../src/core/model/report.ts';
import type { Problem } from '../../../src/core/model/problem.ts';
import { reportAsMarkdown } from '../../../src/core/report/as-markdown.ts';
import { COMMENT_ROOM, SUMMARY_ROOM } from '../../../src/core/report/markdown.ts';

function object(name: string, problems: readonly Problem[] = []): ObjectReport {
  const target = { kind: 'Secret', namespace: 'shop', name };
  const keys = { added: ['password'], updated: [], removed: [] };
  return {
    ref: { kind: 'ExternalSecret', namespace: 'shop', name },
    target,
    verdict: 'change',
    changes: [{ action: 'create', target, keys, metadata: [], state: 'planned' }],
    problems,
    sources: [{ store: 'SecretStore shop/kv', vault: 'kv-shop' }],
  };
}

function report(objects: readonly ObjectReport[], problems: readonly Problem[] = []): Report {
  const none = { update: 0, delete: 0, unchanged: 0, notDue: 0, skipped: 0, blocked: 0, failed: 0, unknown: 0 };
  return {
    command: 'plan',
    level: 'full',
    cluster: 'cluster test',
    objects,
    prunes: [],
    pushes: [],
    problems,
    counts: { ...none, create: objects.length, errors: 0, warnings: 0, manifestErrors: 0 },
    fingerprint: 'full-1c0u0d-00',
    foreign: 0,
    leftBehind: 0,
    reads: { objects: 0, lists: 0 },
    durationMs: 0,
  };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => object(`secret-${index}`));
const problem = (severity: Problem['severity'], what: string): Problem => ({ severity, code: 'x', what, fix: 'Fix.' });

describe('a report that is larger than its place', () => {
  it('is cut between rows, with the number of those that are left out', () => {
    const text = reportAsMarkdown(report(many(5_000)), COMMENT_ROOM);
    const rows = text.match(/^\| create \|/gmu)?.length ?? 0;
    expect(text).toContain(
      `\n\nAnd ${5_000 - rows} rows more, for which there is no room here; the report as JSON has them all.\n`,
    );
    expect(rows).toBeGreaterThan(300);
    expect(text.length).toBeLessThan(65_536);
  });

  it('still ends with its fingerprint', () => {
    const text = reportAsMarkdown(report(many(20_000)), SUMMARY_ROOM);
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/Fingerprint: `full-1c0u0d-00`\n$/u);
  });

  it('has room for the errors first, before the table, and for some of the warnings after it', () => {
    const warnings = Array.from({ length: 2_000 }, (_, index) => problem('warning', `w${index} ${'x'.repeat(80)}`));
    const text = reportAsMarkdown(report(many(2_000), [...warnings, problem('error', 'broken')]), COMMENT_ROOM);
    expect(text).toContain('.\n\n- **error** broken. Fix.\n\n| | Secret |');
    expect(text).toMatch(/ rows more,.*\n\n- \*\*warning\*\* w0/u);
    expect(text).toMatch(/And \d+ warnings more,/u);
    expect(text.match(/^\| create \|/gmu)?.length).toBeGreaterThan(100);
    expect(text.length).toBeLessThan(65_536);
  });

  it('is whole where it fits', () => {
    const text = reportAsMarkdown(report(many(20)), COMMENT_ROOM);
    expect(text.match(/^\| create \|/gmu)).toHaveLength(20);
    expect(text).not.toContain(' more, for which');
    expect(text).toContain('```mermaid');
  });
});

describe('names of manifests in Markdown', () => {
  it('call nobody and link to no issue', () => {
    const text = reportAsMarkdown(report([object('db', [problem('error', 'asks for @org/team and #12')])]));
    expect(text).toContain('asks for @<!-- -->org/team and #<!-- -->12');
  });
});
