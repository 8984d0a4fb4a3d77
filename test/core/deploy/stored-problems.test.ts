/** Messages in the report that a pass leaves: whoever reads it says them in words of its own. */
import { describe, expect, it } from '@jest/globals';
import { passReportConfig, readPassReport } from '../../../src/core/deploy/pass-report-config.ts';
import { command, inWordsOf, partsOf, say, setting } from '../../../src/core/model/message.ts';
import type { PassProblem, PassReport } from '../../../src/core/model/pass-report.ts';
import type { Problem } from '../../../src/core/model/problem.ts';
import { told } from '../../../src/core/report/problems.ts';

const INSTALLATION = { name: 'keyferry', namespace: 'shop' };
const PROBLEM: Problem = {
  severity: 'error',
  code: 'too-many-deletions',
  what: say`the plan of ${'--force'} deletes 3`,
  fix: say`Run again with ${setting('force')}, or look with ${command('status', { setting: 'refresh' })}.`,
};

function pass(...problems: readonly PassProblem[]): PassReport {
  const times = { startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:00:01Z' };
  return { version: '1', intentsDigest: '', ...times, exitCode: 1, holder: 'p', problems, left: 0, objects: [] };
}

function configOf(...problems: readonly PassProblem[]) {
  return passReportConfig(pass(...problems), INSTALLATION);
}

function textIn(config: ReturnType<typeof configOf>): string {
  return (config['data'] as Readonly<Record<string, string>>)['report.json'] ?? '';
}

describe('a stored problem', () => {
  it('is read as it was told, with its settings and commands', () => {
    const [read] = readPassReport(configOf(told(PROBLEM)))?.problems ?? [];
    const inCapitals = inWordsOf(({ setting: name }) => name.toUpperCase());
    expect(read?.fix && inCapitals(read.fix)).toBe('Run again with FORCE, or look with keyferry status --refresh.');
    expect(read?.text && inCapitals(read.text)).toBe(
      'the plan of --force deletes 3. Run again with FORCE, or look with keyferry status --refresh.',
    );
    expect(read).toEqual(told(PROBLEM));
  });

  it('has texts in words of the command line, for whoever reads no parts', () => {
    const { problems } = JSON.parse(textIn(configOf(told(PROBLEM)))) as { problems: readonly PassProblem[] };
    expect(problems[0]).toMatchObject({
      text: 'the plan of --force deletes 3. Run again with --force, or look with keyferry status --refresh.',
      what: 'the plan of --force deletes 3',
      fix: 'Run again with --force, or look with keyferry status --refresh.',
    });
  });

  it('is stored as before where it names no setting', () => {
    const plain = told({ ...PROBLEM, fix: 'Mend it.' });
    expect(JSON.parse(textIn(configOf(plain)))).toMatchObject({ problems: [plain] });
    expect(textIn(configOf(plain))).not.toContain('parts');
  });

  it.each([
    [[{ setting: 'not-yet-known' }]],
    [[{ command: 'not-yet-known', options: [] }]],
    [[{ command: 'status', options: [{ setting: 'refresh', value: 3 }] }]],
    [[7]],
    ['text'],
    [null],
  ])('keeps its text where its parts are not known here: %j', (fix) => {
    const config = configOf({ ...told(PROBLEM), ...{ parts: { fix } } });
    const stored = JSON.parse(textIn(config)) as { problems: readonly object[] };
    const changed = { ...stored, problems: [{ ...stored.problems[0], parts: { fix, code: ['x'] } }] };
    const read = readPassReport({ ...config, data: { 'report.json': JSON.stringify(changed) } })?.problems[0];
    expect([read?.code, partsOf(read?.fix ?? '')]).toEqual([
      'too-many-deletions',
      ['Run again with --force, or look with keyferry status --refresh.'],
    ]);
  });
});
