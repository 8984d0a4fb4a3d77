import { describe, expect, it } from '@jest/globals';
import { failureExitCode, jobExitCode } from '../../job/exit-code.ts';
import type { Report, ReportCounts } from '../../src/core/model/report.ts';
import { RunStopped, stoppedProblem } from '../../src/engine/stop.ts';
import { PortError } from '../../src/ports/errors.ts';

const NOT_STOPPED = { exitCode: () => undefined };
const TERMINATED = { exitCode: () => 143 };

function report(counts: Partial<ReportCounts>, problems: Report['problems'] = []): Report {
  const none = { create: 0, update: 0, delete: 0, unchanged: 0, notDue: 0, skipped: 0, blocked: 0, failed: 0 };
  return {
    command: 'sync',
    level: 'full',
    cluster: 'cluster test',
    objects: [],
    prunes: [],
    pushes: [],
    problems,
    counts: { ...none, errors: 0, warnings: 0, manifestErrors: 0, ...counts },
    fingerprint: '',
    foreign: 0,
    leftBehind: 0,
    reads: { objects: 0, lists: 0 },
    durationMs: 0,
  };
}

describe('jobExitCode', () => {
  it.each([
    ['0 where nothing was wrong, whatever changed', report({ create: 3, warnings: 1 }), 0],
    ['3 where all errors are of the manifests', report({ errors: 2, manifestErrors: 2 }), 3],
    ['1 where another attempt may mend one of them', report({ errors: 2, manifestErrors: 1 }), 1],
  ])('is %s', (_what, given, code) => {
    expect(jobExitCode(given, NOT_STOPPED)).toBe(code);
  });

  it('is that of the signal where something was left', () => {
    expect(jobExitCode(report({ errors: 1 }, [stoppedProblem(2)]), TERMINATED)).toBe(143);
  });

  it('is 0 where the signal came and nothing was left', () => {
    expect(jobExitCode(report({ create: 1 }), TERMINATED)).toBe(0);
  });
});

describe('failureExitCode', () => {
  const refused = (kind: PortError['kind']) => new PortError({ kind, what: 'x', fix: 'y' });

  it.each([
    ['3 for what is wrong in the settings', refused('Invalid'), NOT_STOPPED, 3],
    ['1 for what does not answer', refused('Unavailable'), NOT_STOPPED, 1],
    ['1 for a bug', new TypeError('x'), NOT_STOPPED, 1],
    ['that of the signal for a run that was stopped', new RunStopped(), TERMINATED, 143],
  ] as const)('is %s', (_what, error, stop, code) => {
    expect(failureExitCode(error, stop)).toBe(code);
  });
});
