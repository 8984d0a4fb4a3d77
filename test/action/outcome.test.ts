import { describe, expect, it } from '@jest/globals';
import { win32 } from 'node:path';
import { annotated, fileInRepository } from '../../src/action/annotations.ts';
import { failureText, outcomeOfInstallation } from '../../src/action/outcome.ts';
import type { PassProblem, PassReport } from '../../src/core/model/pass-report.ts';
import type { DeploymentReport } from '../../src/core/report/deployment.ts';
import type { StatusReport } from '../../src/core/report/status.ts';

const COUNTS = {
  create: 2,
  update: 1,
  delete: 0,
  unchanged: 4,
  notDue: 3,
  skipped: 0,
  blocked: 1,
  failed: 1,
  errors: 1,
  warnings: 0,
  manifestErrors: 0,
};

const PASS: PassReport = {
  version: '1.0.0',
  intentsDigest: 'd',
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:05Z',
  exitCode: 1,
  holder: 'pod-1',
  counts: COUNTS,
  problems: [
    { severity: 'error', code: 'remote-object-absent', text: 'is absent', origin: { file: 'a.yaml', line: 3 } },
  ],
  left: 0,
  objects: [
    { object: 'ExternalSecret shop/b', target: 'Secret shop/b', verdict: 'unchanged', nextDue: '2026-01-01T02:00:00Z' },
    { object: 'ExternalSecret shop/a', target: 'Secret shop/a', verdict: 'change', nextDue: '2026-01-01T01:00:00Z' },
    { object: 'ExternalSecret shop/once', target: 'Secret shop/once', verdict: 'unchanged' },
  ],
};

const DEPLOYED: DeploymentReport = {
  command: 'deploy',
  installation: 'shop/keyferry',
  cluster: 'cluster shop',
  objects: [{ object: 'CronJob shop/keyferry', outcome: 'unchanged' }],
  problems: [],
  pass: PASS,
};

const STATUS: StatusReport = {
  installation: 'shop/keyferry',
  cluster: 'cluster shop',
  version: '1.0.0',
  schedule: '0 * * * *',
  suspended: false,
  rows: [{ object: 'ExternalSecret shop/a', secret: 'Secret shop/a', keys: undefined }],
  problems: [],
  pass: { ...PASS, exitCode: 0, problems: [] },
};

const outcomeOf = (report: DeploymentReport | StatusReport, exitCode: 0 | 1) =>
  outcomeOfInstallation({ report, exitCode, stopped: false, text: () => '', json: () => '', markdown: () => '' });

describe('the outcome of deploy', () => {
  it('has the numbers of the pass that was waited for, and when the next is due', () => {
    expect(outcomeOf(DEPLOYED, 1).outputs).toEqual({
      changed: true,
      created: 2,
      updated: 1,
      deleted: 0,
      unchanged: 7,
      failed: 2,
      'next-due': '2026-01-01T01:00:00Z',
    });
  });

  it('says that nothing changed where neither an object nor a Secret did', () => {
    const pass = { ...PASS, counts: { ...COUNTS, create: 0, update: 0 } };
    expect(outcomeOf({ ...DEPLOYED, pass }, 1).outputs['changed']).toBe(false);
  });

  it('tells the problems of the pass at their lines of the manifests', () => {
    expect(outcomeOf(DEPLOYED, 1).problems).toEqual(PASS.problems);
  });

  it('has no numbers where no pass came to its end', () => {
    const { pass, ...without } = DEPLOYED;
    expect(pass).toBe(PASS);
    expect(outcomeOf(without, 1).outputs).toEqual({ changed: false, 'next-due': undefined });
  });
});

describe('the outcome of status', () => {
  it('tells nothing as changed, for the last pass is over', () => {
    expect(outcomeOf(STATUS, 1).outputs).not.toHaveProperty('changed');
  });

  it('fails with the Secret that is missing, where no problem says why', () => {
    expect(outcomeOf(STATUS, 1).failure).toBe(
      'ExternalSecret shop/a: Secret shop/a is missing. Run the command status with refresh, which makes a pass now.',
    );
    expect(outcomeOf(STATUS, 0)).not.toHaveProperty('failure');
  });
});

describe('the outcome of uninstall', () => {
  it('counts the Secrets that went', () => {
    const objects = ['CronJob shop/k', 'Secret shop/a', 'Secret shop/b'].map(
      (object) => ({ object, outcome: 'deleted' }) as const,
    );
    const { pass, ...report } = { ...DEPLOYED, command: 'uninstall' as const, objects };
    expect(pass).toBe(PASS);
    expect(outcomeOf(report, 0).outputs).toMatchObject({ changed: true, deleted: 2 });
  });
});

describe('fileInRepository', () => {
  it('takes paths of Windows as GitHub knows them', () => {
    expect(fileInRepository('deploy\\secrets\\a.yaml', 'D:\\a\\shop', win32)).toBe('deploy/secrets/a.yaml');
    expect(fileInRepository('D:\\a\\shop\\deploy\\a.yaml', 'D:\\a\\shop', win32)).toBe('deploy/a.yaml');
  });

  it('leaves other paths as they are', () => {
    expect(fileInRepository('deploy/a.yaml', '/home/runner/shop')).toBe('deploy/a.yaml');
    expect(fileInRepository('/home/runner/shop/deploy/a.yaml', '/home/runner/shop')).toBe('deploy/a.yaml');
    expect(fileInRepository('deploy/a.yaml', '')).toBe('deploy/a.yaml');
    expect(fileInRepository('../shop/a.yaml', '/home/runner/shop')).toBe('a.yaml');
  });

  it.each([
    ['../a.yaml', '/home/runner/shop'],
    ['/home/runner/a.yaml', '/home/runner/shop'],
    ['/home/runner/a.yaml', ''],
  ])('is none for a file outside of it: %s', (file, workspace) => {
    expect(fileInRepository(file, workspace)).toBeUndefined();
  });

  it('is none on another drive', () => {
    expect(fileInRepository('C:\\temp\\a.yaml', 'D:\\a\\shop', win32)).toBeUndefined();
  });
});

describe('the failure of a step', () => {
  const of = (name: string): PassProblem => ({
    severity: 'error',
    code: 'c',
    text: `ExternalSecret shop/${name}: is wrong. Mend it.`,
    at: { kind: 'ExternalSecret', namespace: 'shop', name },
    what: 'is wrong',
    fix: 'Mend it.',
    origin: { file: 'a.yaml', line: 1 },
  });
  const outcome = {
    text: '',
    markdown: '',
    json: '',
    outputs: {},
    looked: ['ExternalSecret shop/a', 'ExternalSecret shop/b'],
  };
  const document: PassProblem = { severity: 'error', code: 'd', text: 'x', origin: { file: 'a.yaml', line: 9 } };
  const stopped: PassProblem = { severity: 'error', code: 's', text: 'the plan deletes too much. Look at it.' };

  it.each([
    ['what failed', [of('b')], '1 of 2 ExternalSecrets failed; see the annotations and the summary.'],
    [
      'also what was never looked at',
      [of('c'), of('c')],
      '1 of 3 ExternalSecrets failed; see the annotations and the summary.',
    ],
    ['documents', [document], '1 error; see the annotations and the summary.'],
    [
      'both',
      [of('a'), document, document],
      '1 of 2 ExternalSecrets failed, 2 other errors; see the annotations and the summary.',
    ],
  ])('counts %s', (_what, problems, text) => {
    expect(failureText({ ...outcome, problems })).toBe(text);
  });

  it('is in its own words what concerns the whole run', () => {
    expect(failureText({ ...outcome, problems: [stopped] })).toBe(stopped.text);
    expect(failureText({ ...outcome, problems: [of('a'), stopped] })).toBe(
      `${stopped.text} 1 of 2 ExternalSecrets failed; see the annotations and the summary.`,
    );
  });

  it('is none where there are warnings only', () => {
    expect(failureText({ ...outcome, problems: [{ ...of('a'), severity: 'warning' }] })).toBeUndefined();
  });
});

describe('annotations', () => {
  const problem = (cause: string, name: string, field: string): PassProblem => ({
    severity: 'error',
    code: 'c',
    text: `${cause} ${name} ${field}`,
    at: { kind: 'ExternalSecret', namespace: 'shop', name },
    what: cause,
    hasSubject: true,
    field,
    fix: 'Mend it.',
  });

  it('are one for each object, the first of each cause before the others, nine at most', () => {
    const many = Array.from({ length: 33 }, (_, index) => problem('no token', `es-${index}`, 'f'));
    const problems = [...many, problem('no token', 'es-0', 'g'), problem('denied', 'x', 'f')];
    expect(annotated(problems, 'error').map(({ text }) => text)).toEqual([
      'no token es-0 f',
      'denied x f',
      ...Array.from({ length: 7 }, (_, index) => `no token es-${index + 1} f`),
    ]);
  });
});
