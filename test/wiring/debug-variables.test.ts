import { describe, expect, it } from '@jest/globals';
import { debugVariableProblems } from '../../src/wiring/debug-variables.ts';

describe('debugVariableProblems', () => {
  it.each([
    ['NODE_DEBUG', 'http', 'the variable NODE_DEBUG is set'],
    ['NODE_DEBUG_NATIVE', 'http2session', 'the variable NODE_DEBUG_NATIVE is set'],
    ['NODE_OPTIONS', '--use-openssl-ca --tls-keylog=/tmp/k', 'the variable NODE_OPTIONS holds --tls-keylog'],
    ['NODE_OPTIONS', '--trace-tls', 'the variable NODE_OPTIONS holds --trace-tls'],
  ])('finds %s=%s', (name, value, what) => {
    expect(debugVariableProblems({ [name]: value })).toEqual([
      {
        severity: 'error',
        code: 'debug-variable',
        what: `${what}, with which Node may print tokens into this log, or what decrypts them`,
        fix: 'Nothing was asked. Take it away; --log-level debug tells what a run does.',
      },
    ]);
  });

  it('finds nothing where nothing is printed', () => {
    const environment = { NODE_DEBUG: '', NODE_OPTIONS: '--max-old-space-size=256', RUNNER_DEBUG: '1', DEBUG: '*' };
    expect(debugVariableProblems(environment)).toEqual([]);
  });
});
