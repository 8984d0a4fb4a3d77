import { describe, expect, it } from '@jest/globals';
import type { Report } from '../../../src/core/model/report.ts';
import { reportAsJson } from '../../../src/core/report/as-json.ts';
import { reportAsMarkdown } from '../../../src/core/report/as-markdown.ts';
import { reportAsText } from '../../../src/core/report/as-text.ts';
import { keysText } from '../../../src/core/report/names.ts';
import { PLAIN } from '../../../src/core/report/text-table.ts';
import { exitCode } from '../../../src/core/report/build-report.ts';

const counts = {
  create: 0,
  update: 1,
  delete: 0,
  unchanged: 1,
  notDue: 0,
  skipped: 0,
  blocked: 0,
  failed: 1,
  errors: 1,
  warnings: 0,
  manifestErrors: 0,
};

const report: Report = {
  command: 'plan',
  level: 'full',
  cluster: 'cluster test',
  objects: [
    {
      ref: { kind: 'ExternalSecret', namespace: 'shop', name: 'legacy' },
      origin: { file: 'm.yaml', line: 9 },
      target: { kind: 'Secret', namespace: 'shop', name: 'legacy' },
      verdict: 'failed',
      changes: [],
      problems: [
        {
          severity: 'error',
          code: 'remote-object-absent',
          at: { kind: 'ExternalSecret', namespace: 'shop', name: 'legacy' },
          field: 'spec.data[0].remoteRef.key',
          origin: { file: 'm.yaml', line: 12 },
          what: '"a|b" does not exist in vault kv',
          fix: 'Check the name.',
        },
      ],
    },
    {
      ref: { kind: 'ExternalSecret', namespace: 'shop', name: 'orders' },
      target: { kind: 'Secret', namespace: 'shop', name: 'orders-db' },
      verdict: 'change',
      changes: [
        {
          action: 'update',
          target: { kind: 'Secret', namespace: 'shop', name: 'orders-db' },
          keys: { added: ['user'], updated: ['password'], removed: ['old'] },
          metadata: [],
          state: 'planned',
        },
      ],
      problems: [],
    },
  ],
  prunes: [],
  pushes: [],
  problems: [],
  counts,
  fingerprint: 'full-0c1u0d-0123456789abcdef',
  foreign: 2,
  leftBehind: 0,
  reads: { objects: 3, lists: 0, requests: 4 },
  durationMs: 1234,
};

describe('reportAsText', () => {
  it('aligns what people look for and counts the rest', () => {
    expect(reportAsText(report, PLAIN))
      .toBe(`Plan (full) for 2 objects in cluster test   fingerprint full-0c1u0d-01234567

    ACTION  SECRET          KEYS                    FROM
  ! failed  shop/legacy                             legacy
  ~ update  shop/orders-db  +user, ~password, -old  orders

  error    ExternalSecret shop/legacy: spec.data[0].remoteRef.key "a|b" does not exist in vault kv. Check the name. (m.yaml:12)

0 to create, 1 to update, 0 to delete, 1 failed, 1 unchanged.
2 documents of other kinds skipped.
`);
  });

  it('cuts long lists of keys', () => {
    const added = Array.from({ length: 10 }, (_, i) => `k${i}`);
    expect(keysText({ added, updated: [], removed: [] }, true)).toBe('k0, k1, k2, k3, k4, k5, k6, k7 and 2 more');
  });
});

describe('reportAsMarkdown', () => {
  it('is a table whose cells cannot break out of it', () => {
    expect(reportAsMarkdown(report)).toBe(`### Keyferry: plan (full) for 2 objects in cluster test

0 to create, 1 to update, 0 to delete, 1 failed, 1 unchanged. 2 documents of other kinds skipped.

- **error** ExternalSecret shop/legacy: spec.data\\[0\\].remoteRef.key "a|b" does not exist in vault kv. Check the name. (m.yaml:12)

| | Secret | Keys | Because of |
| --- | --- | --- | --- |
| update | Secret shop/orders-db | +user, ~password, -old | ExternalSecret shop/orders |

4 vault requests, 1.2 s. Fingerprint: \`full-0c1u0d-0123456789abcdef\`
`);
  });
});

describe('reportAsJson', () => {
  it('names object, file, line, keys and every problem', () => {
    const json = JSON.parse(reportAsJson(report)) as Record<string, unknown>;
    expect(json['version']).toBe(1);
    expect(json['objects']).toMatchObject([
      {
        object: 'ExternalSecret shop/legacy',
        file: 'm.yaml',
        line: 9,
        verdict: 'failed',
        problems: [{ code: 'remote-object-absent', field: 'spec.data[0].remoteRef.key', line: 12 }],
      },
      { changes: [{ action: 'update', keys: { added: ['user'], updated: ['password'], removed: ['old'] } }] },
    ]);
  });

  it('names every target where there are several, beside the first', () => {
    const secret = (name: string) => ({ kind: 'Secret', namespace: 'shop', name });
    const objects = report.objects.map((object) => ({ ...object, targets: [secret('a'), secret('b')] }));
    const told = (given: Report) => {
      const json = JSON.parse(reportAsJson(given)) as { readonly objects: readonly { readonly targets?: unknown }[] };
      return json.objects.map(({ targets }) => targets);
    };
    expect(told({ ...report, objects })).toEqual([
      ['Secret shop/a', 'Secret shop/b'],
      ['Secret shop/a', 'Secret shop/b'],
    ]);
    expect(told(report)).toEqual([undefined, undefined]);
  });
});

describe('exitCode', () => {
  const clean: Report = { ...report, counts: { ...counts, errors: 0, failed: 0 } };
  const idle: Report = { ...clean, counts: { ...clean.counts, update: 0 } };

  it.each([
    ['problems', report, false, 1],
    ['problems, detailed', report, true, 1],
    ['changes', clean, false, 0],
    ['changes, detailed', clean, true, 2],
    ['nothing to do, detailed', idle, true, 0],
  ] as const)('%s', (_name, given, detailed, code) => {
    expect(exitCode(given, detailed)).toBe(code);
  });
});
