/** What is left out, in each form of a report. */
import { describe, expect, it } from '@jest/globals';
import type { LeftOut } from '../../../src/core/model/left-out.ts';
import type { ObjectReport, Report } from '../../../src/core/model/report.ts';
import { reportAsJson } from '../../../src/core/report/as-json.ts';
import { reportAsMarkdown } from '../../../src/core/report/as-markdown.ts';
import { reportAsText } from '../../../src/core/report/as-text.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';

function report(leftOut: readonly LeftOut[] | undefined): Report {
  const object: ObjectReport = {
    ref: { kind: 'ExternalSecret', namespace: 'shop', name: 'db' },
    target: { kind: 'Secret', namespace: 'shop', name: 'db' },
    verdict: 'unchanged',
    changes: [],
    problems: [],
    ...(leftOut === undefined ? {} : { leftOut }),
  };
  const none = { create: 0, update: 0, delete: 0, unchanged: 1, notDue: 0, skipped: 0, blocked: 0, failed: 0 };
  return {
    command: 'plan',
    level: 'full',
    cluster: '',
    objects: [object],
    prunes: [],
    pushes: [],
    problems: [],
    counts: { ...none, errors: 0, warnings: 0, manifestErrors: 0 },
    fingerprint: 'full-0c0u0d-00000000',
    foreign: 0,
    leftBehind: 0,
    reads: { objects: 1, lists: 1 },
    durationMs: 1,
  };
}

const many = (count: number): readonly LeftOut[] =>
  Array.from({ length: count }, (_, index) => ({
    field: 'spec.dataFrom[0].find',
    name: `old-${index}`,
    why: 'expired',
  }));

const LINE =
  'ExternalSecret shop/db: spec.dataFrom[0].find leaves out old-0 (expired), old-1 (expired), old-2 (expired), old-3 (expired), old-4 (expired) and 195 more';

describe('what is left out', () => {
  it('is one line for people, however much it is', () => {
    expect(reportAsText(report(many(200)), PLAIN).split('\n')).toContain(LINE);
    expect(reportAsMarkdown(report(many(200)))).toContain(`- ${LINE.replace('[0]', '\\[0\\]')}\n`);
  });

  it('is in JSON with its number, one hundred at most', () => {
    const { objects } = JSON.parse(reportAsJson(report(many(200)))) as {
      objects: readonly { leftOut: unknown[]; leftOutCount: number }[];
    };
    expect(objects[0]?.leftOut).toHaveLength(100);
    expect(objects[0]?.leftOut[0]).toEqual({ field: 'spec.dataFrom[0].find', name: 'old-0', why: 'expired' });
    expect(objects[0]?.leftOutCount).toBe(200);
  });

  it('is not spoken of where nothing is', () => {
    expect(reportAsText(report(undefined), PLAIN)).not.toContain('leaves out');
    expect(reportAsJson(report(undefined))).not.toContain('leftOut');
  });
});
