/** Every report with a hostile text in every field that it has, in each of its forms. */
import { describe, expect, it } from '@jest/globals';
import { everyText } from '../../src/core/model/shown.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import type { Report } from '../../src/core/model/report.ts';
import { PLAIN, type Look } from '../../src/core/report/text-table.ts';
import type { DeploymentReport } from '../../src/core/report/deployment.ts';
import { deploymentAsJson, deploymentAsMarkdown, deploymentAsText } from '../../src/core/report/deployment.ts';
import { formsOf, type Forms } from '../../src/core/report/forms.ts';
import { offlineAsJson, offlineAsMarkdown, offlineAsText, type OfflineReport } from '../../src/core/report/offline.ts';
import { renderOutcome } from '../../src/core/report/render.ts';
import { runOutcome } from '../../src/core/report/run.ts';
import { statusAsJson, statusAsMarkdown, statusAsText, type StatusReport } from '../../src/core/report/status.ts';
import { validationOutcome, type Validation } from '../../src/core/report/validation.ts';
import { passReport } from '../../src/core/deploy/pass-report-config.ts';
import { paintFor } from '../../src/cli/terminal.ts';
import { expectTame, expectTameColours, expectTameMarkdown, HOSTILE, HOSTILE_LINE } from './names.ts';

const ref = { kind: 'ExternalSecret', namespace: 'n', name: 'x' };
const secret = { kind: 'Secret', namespace: 'n', name: 'x' };

const object = { kind: 'vault-object', vaultUrl: 'u', vault: 'v', type: 'secret', name: 'o' } as const;

const problem = (severity: 'error' | 'warning', line: number): Problem => ({
  severity,
  code: 'c',
  at: ref,
  field: 'f',
  origin: { file: 'm.yaml', line },
  what: 'w "q"',
  hasSubject: true,
  fix: 'x',
  quoted: ['q'],
});
const BARE: Problem = { severity: 'error', code: 'c', what: 'w', fix: 'x' };
const PROBLEMS = [problem('error', 1), problem('error', 2), problem('warning', 3), BARE];

const REPORT: Report = {
  command: 'sync',
  level: 'full',
  cluster: 'c',
  objects: (['change', 'failed', 'unknown'] as const).map((verdict) => ({
    ref,
    origin: { file: 'm.yaml', line: 1 },
    target: secret,
    verdict,
    reason: 'r',
    changes: [
      {
        action: 'update',
        target: secret,
        keys: { added: ['a'], updated: ['u'], removed: ['r'] },
        metadata: ['m'],
        state: 'done',
      },
      { action: 'update', target: secret, keys: NO_KEYS(), metadata: ['m'], state: 'failed' },
    ],
    problems: PROBLEMS,
    sources: [{ store: 's', vault: 'v' }],
  })),
  prunes: [{ action: 'delete', target: secret, keys: NO_KEYS(), metadata: [], reason: 'r', state: 'done' }],
  pushes: (['change', 'failed', 'unknown'] as const).map((verdict) => ({
    ref: { kind: 'PushSecret', namespace: 'n', name: 'x' },
    origin: { file: 'm.yaml', line: 1 },
    targets: [object],
    from: 'Secret n/x',
    verdict,
    reason: 'r',
    changes: [
      {
        action: 'set',
        target: object,
        keys: { added: ['a'], updated: ['u'], removed: ['r'] },
        metadata: ['m'],
        version: 'v',
        state: 'done',
      },
      { action: 'remove', target: object, keys: NO_KEYS(), metadata: [], version: 'v', reason: 'r', state: 'failed' },
    ],
    problems: PROBLEMS,
  })),
  installation: {
    installation: 'i',
    digest: 'd',
    objects: [{ object: 'o', action: 'change', fields: ['f'] }],
  },
  problems: PROBLEMS,
  stopped: problem('error', 4),
  counts: {
    create: 0,
    update: 1,
    delete: 1,
    unchanged: 0,
    notDue: 0,
    skipped: 0,
    blocked: 0,
    failed: 1,
    errors: 1,
    warnings: 1,
    manifestErrors: 0,
  },
  fingerprint: 'full-0c1u1d-00',
  foreign: 1,
  leftBehind: 1,
  reads: { objects: 1, lists: 0, requests: 1 },
  durationMs: 1,
};

function NO_KEYS() {
  return { added: [], updated: [], removed: [] };
}

const PASS = {
  ...passReport(
    { version: '1', intentsDigest: 'd', startedAt: 't', finishedAt: 't', exitCode: 1, holder: 'h' },
    REPORT,
  ),
  left: 3,
};

const DEPLOYMENT: DeploymentReport = {
  command: 'deploy',
  installation: 'i',
  cluster: 'c',
  objects: [{ object: 'o', outcome: 'created' }],
  problems: PROBLEMS,
  pass: PASS,
};

const STATUS: StatusReport = {
  installation: 'i',
  cluster: 'c',
  version: 'v',
  schedule: 's',
  suspended: true,
  lastScheduled: 't',
  pass: PASS,
  rows: [
    { object: 'o', detail: 'd' },
    { object: 'o', secret: 's', keys: ['k'], verdict: 'v', nextDue: 't' },
    { object: 'o', from: 's', targets: ['x', 'y'], verdict: 'v', nextDue: 't' },
  ],
  problems: PROBLEMS,
};

const VALIDATION: Validation = {
  stores: 0,
  externalSecrets: 0,
  pushSecrets: 0,
  refused: 1,
  foreign: 1,
  problems: PROBLEMS,
};

const OFFLINE: OfflineReport = {
  changes: [
    {
      action: 'changed',
      ref,
      origin: { file: 'm.yaml', line: 1 },
      fields: [{ field: 'f', change: 'added' }],
      content: 'c',
    },
  ],
  unchanged: 0,
  targets: [{ action: 'rename', target: secret, before: secret, owner: ref }],
  vaultObjects: [{ action: 'set', object: 'o', isOwnerGone: false, owner: ref }],
  asks: [{ place: 'p', name: 'n', owner: ref }],
  problems: PROBLEMS,
  fingerprint: 'offline-0c0u0d-00',
  intents: [],
  stores: [],
  pushes: [],
  durationMs: 1,
};

/** Words that decide how something is shown stay; everything that can be a name becomes the hostile text. */
const DECIDING = new Set(
  'error warning sync plan deploy full change failed unknown update delete set remove done created changed added rename'.split(
    ' ',
  ),
);
const withHostile = <Told>(told: Told, hostile: string): Told =>
  everyText(told, (text) => (DECIDING.has(text) ? text : hostile));

const REPORTS: Readonly<Record<string, (hostile: string) => Forms>> = {
  'a plan or sync': (hostile) => runOutcome(withHostile(REPORT, hostile)),
  'a deployment': (hostile) =>
    formsOf(withHostile(DEPLOYMENT, hostile), {
      text: deploymentAsText,
      markdown: deploymentAsMarkdown,
      json: deploymentAsJson,
    }),
  'a status': (hostile) =>
    formsOf(withHostile(STATUS, hostile), { text: statusAsText, markdown: statusAsMarkdown, json: statusAsJson }),
  'a validation': (hostile) => validationOutcome(withHostile(VALIDATION, hostile)),
  'a plan of manifests': (hostile) =>
    formsOf(withHostile(OFFLINE, hostile), {
      text: offlineAsText,
      markdown: offlineAsMarkdown,
      json: offlineAsJson,
    }),
};

const COLOURED: Look = {
  paint: paintFor('always', { isTTY: true, write: () => undefined }, {}),
  width: 80,
};

describe.each(Object.entries(REPORTS))('hostile names in %s', (_name, formsWith) => {
  it.each([HOSTILE, HOSTILE_LINE])('are text, in every form', (hostile) => {
    const forms = formsWith(hostile);
    expectTame(forms.text(PLAIN), 'text');
    expectTameColours(forms.text(COLOURED), 'text on a terminal');
    expectTameMarkdown(forms.markdown(), 'Markdown');
    expectTame(forms.json(), 'JSON');
  });

  it('come back when the JSON is parsed', () => {
    const texts = new Set<string>();
    everyText(JSON.parse(formsWith(HOSTILE).json()), (text) => {
      texts.add(text);
      return text;
    });
    expect([...texts].some((text) => text.includes(HOSTILE))).toBe(true);
  });
});

describe('hostile names of objects that are rendered', () => {
  it('are text in the log, the summary and the report of the step', () => {
    const object = { apiVersion: 'v1', kind: HOSTILE, metadata: { name: HOSTILE, namespace: HOSTILE } };
    const outcome = renderOutcome({ objects: [object], problems: withHostile(PROBLEMS, HOSTILE_LINE) }, '');
    expectTame(outcome.text(PLAIN));
    expectTameMarkdown(outcome.markdown());
    expectTame(outcome.json());
  });
});
