/** What a step says in its own words, and the names that it leaves as they are, whatever they look like. */
import { describe, expect, it } from '@jest/globals';
import { inWordsOfTheAction } from '../../src/action/input-table.ts';
import { command, say, setting } from '../../src/core/model/message.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import { PLAIN } from '../../src/core/report/text-table.ts';
import { validationOutcome } from '../../src/core/report/validation.ts';
import { wordedProblem } from '../../src/core/report/worded.ts';

const WHAT = 'is wanted by a --force of deploy/--prune/x.yaml, as keyferry status says';
const PROBLEM: Problem = {
  severity: 'error',
  code: 'too-many-deletions',
  at: { kind: 'ExternalSecret', namespace: 'shop', name: 'orders' },
  field: 'spec.data[0]',
  origin: { file: 'deploy/--force/orders.yaml', line: 3 },
  what: WHAT,
  fix: say`Run again with ${setting('force')} for ${'--force'}, or look with ${command('status', { setting: 'refresh' })}.`,
  quoted: ['the log said --force'],
};
const OUTCOME = validationOutcome({
  stores: 0,
  externalSecrets: 0,
  pushSecrets: 0,
  refused: 1,
  foreign: 0,
  problems: [PROBLEM],
});
const FIX = 'Run again with the input force for --force, or look with command: status with refresh: true.';
const LINE = `ExternalSecret shop/orders: spec.data[0] ${WHAT}. ${FIX} (deploy/--force/orders.yaml:3)`;

describe('the report of a step', () => {
  it('keeps a folder called --force, and says the setting as an input', () => {
    const { problems } = JSON.parse(OUTCOME.json(inWordsOfTheAction)) as { problems: readonly unknown[] };
    expect(problems).toEqual([
      {
        severity: 'error',
        code: 'too-many-deletions',
        object: 'ExternalSecret shop/orders',
        field: 'spec.data[0]',
        file: 'deploy/--force/orders.yaml',
        line: 3,
        what: WHAT,
        fix: FIX,
        quoted: ['the log said --force'],
        text: `${LINE}\nthe log said --force`,
      },
    ]);
  });

  it('says the same in its log, its summary and its annotations', () => {
    expect(OUTCOME.text({ ...PLAIN, width: 1000 }, inWordsOfTheAction)).toContain(LINE);
    expect(OUTCOME.markdown(undefined, inWordsOfTheAction)).toContain('(deploy/--force/orders.yaml:3)');
    expect(OUTCOME.problems.map((problem) => wordedProblem(problem, inWordsOfTheAction).text)).toEqual([
      `${LINE}\nthe log said --force`,
    ]);
  });
});
