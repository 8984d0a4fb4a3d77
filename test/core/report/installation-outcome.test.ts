/** What deploying and looking come to, for whoever shows it. */
import { describe, expect, it } from '@jest/globals';
import type { PassReport } from '../../../src/core/model/pass-report.ts';
import { deploymentOutcome, type DeploymentReport } from '../../../src/core/report/deployment.ts';
import { statusOutcome, type StatusReport } from '../../../src/core/report/status.ts';

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

describe('the outcome of deploy', () => {
  it('has the numbers of the pass that was waited for, and when the next is due', () => {
    expect(deploymentOutcome(DEPLOYED).outputs).toEqual({
      changed: true,
      created: 2,
      updated: 1,
      deleted: 0,
      unchanged: 7,
      failed: 2,
      pushed: 0,
      'push-removed': 0,
      'push-failed': 0,
      'next-due': '2026-01-01T01:00:00Z',
    });
  });

  it('has the numbers of what was pushed, and the next due time of a PushSecret', () => {
    const counts = { ...COUNTS, create: 0, update: 0, pushed: 3, pushRemoved: 1, pushFailed: 2 };
    const push = { object: 'PushSecret shop/a', from: 'Secret shop/a', targets: ['kv secret/a'], verdict: 'change' };
    const pass = { ...PASS, counts, pushes: [{ ...push, nextDue: '2026-01-01T00:30:00Z' }] };
    const outcome = deploymentOutcome({ ...DEPLOYED, pass });
    expect(outcome.outputs).toEqual({
      changed: true,
      created: 0,
      updated: 0,
      deleted: 0,
      unchanged: 7,
      failed: 2,
      pushed: 3,
      'push-removed': 1,
      'push-failed': 2,
      'next-due': '2026-01-01T00:30:00Z',
    });
    expect(outcome.looked).toContain('PushSecret shop/a');
  });

  it('says that nothing changed where neither an object nor a Secret did', () => {
    const pass = { ...PASS, counts: { ...COUNTS, create: 0, update: 0 } };
    expect(deploymentOutcome({ ...DEPLOYED, pass }).outputs['changed']).toBe(false);
  });

  it('tells the problems of the pass at their lines of the manifests', () => {
    expect(deploymentOutcome(DEPLOYED).problems).toEqual(PASS.problems);
  });

  it('has no numbers where no pass came to its end', () => {
    const { pass, ...without } = DEPLOYED;
    expect(pass).toBe(PASS);
    expect(deploymentOutcome(without).outputs).toEqual({ changed: false, 'next-due': undefined });
  });
});

describe('the outcome of status', () => {
  it('tells nothing as changed, for the last pass is over', () => {
    expect(statusOutcome(STATUS).outputs).not.toHaveProperty('changed');
  });

  it('fails with the Secret that is missing, where no problem says why', () => {
    expect(statusOutcome(STATUS).failure).toBe(
      'ExternalSecret shop/a: Secret shop/a is missing. Run the command status with refresh, which makes a pass now.',
    );
    const rows = STATUS.rows.map((row) => ({ ...row, keys: ['token'] }));
    expect(statusOutcome({ ...STATUS, rows })).not.toHaveProperty('failure');
  });
});

describe('the outcome of uninstall', () => {
  it('counts the Secrets that went', () => {
    const objects = ['CronJob shop/k', 'Secret shop/a', 'Secret shop/b'].map(
      (object) => ({ object, outcome: 'deleted' }) as const,
    );
    const { pass, ...report } = { ...DEPLOYED, command: 'uninstall' as const, objects };
    expect(pass).toBe(PASS);
    expect(deploymentOutcome(report).outputs).toMatchObject({ changed: true, deleted: 2 });
  });
});
