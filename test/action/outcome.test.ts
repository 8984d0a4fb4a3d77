import { describe, expect, it } from '@jest/globals';
import { win32 } from 'node:path';
import { fileInRepository } from '../../src/action/annotations.ts';
import { outcomeOfInstallation } from '../../src/action/outcome.ts';
import type { PassReport } from '../../src/core/model/pass-report.ts';
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
