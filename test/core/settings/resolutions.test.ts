import { describe, expect, it } from '@jest/globals';
import { problemText } from '../../../src/core/model/problem.ts';
import { parseSettings } from '../../../src/core/settings/parse.ts';

const parsed = (command: 'plan' | 'sync' | 'deploy' | 'status' | 'job', given: object) =>
  parseSettings(command, { ...(command === 'status' ? {} : { filename: ['a.yaml'] }), ...given }, {});

describe('--resolve', () => {
  it('is read for every command that makes a pass', () => {
    const resolve = ['shop/orders=source@4c9d', 'shop/pay=vault@77aa'];
    for (const command of ['plan', 'sync', 'deploy', 'job'] as const) {
      expect(parsed(command, { resolve }).settings?.resolve).toEqual([
        { push: 'shop/orders', side: 'source', version: '4c9d' },
        { push: 'shop/pay', side: 'vault', version: '77aa' },
      ]);
    }
  });

  it.each(['shop/orders', 'orders=source@1', 'shop/orders=both@1', 'shop/orders=source', 'shop/orders=source@a b'])(
    'is refused where it is not an answer to one conflict: %s',
    (text) => {
      expect(parsed('sync', { resolve: [text] }).problems.map(problemText)).toEqual([
        `--resolve "${text}" is not NAMESPACE/NAME=SIDE@VERSION. Write it as shop/orders=source@VERSION or shop/orders=vault@VERSION, with the version that the conflict named.`,
      ]);
    },
  );

  it('needs a pass: status makes none without --refresh', () => {
    const resolve = ['shop/orders=source@1'];
    expect(parsed('status', { resolve, 'take-over': true }).problems.map(problemText)).toEqual([
      '--take-over is for the pass that --refresh starts. Give --refresh too.',
      '--resolve is for the pass that --refresh starts. Give --refresh too.',
    ]);
    expect(parsed('status', { resolve, 'take-over': true, refresh: true }).problems).toEqual([]);
  });
});
