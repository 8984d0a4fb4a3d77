import { describe, expect, it } from '@jest/globals';
import { jsonLogger } from '../../../src/adapters/node/json-logger.ts';
import { textLogger } from '../../../src/adapters/node/text-logger.ts';
import type { LogLevel } from '../../../src/adapters/node/log-lines.ts';
import { RedactingMasker } from '../../../src/adapters/node/redacting.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

function recording(level: LogLevel = 'info') {
  const lines: string[] = [];
  const masker = new RedactingMasker();
  masker.mask(SecretValue.ofText('hunter2"x'));
  masker.mask(SecretValue.ofText('123456'));
  const options = {
    sink: { write: (text: string) => lines.push(text) },
    level,
    redact: (text: string) => masker.redact(text),
  };
  return { lines, options, clock: new FakeClock('2026-01-02T03:04:05.678Z') };
}

describe('jsonLogger', () => {
  it('writes one JSON object per record', () => {
    const { lines, options, clock } = recording();
    jsonLogger({ ...options, clock }).warn('vault kv-shop throttled', {
      attempt: 2,
      keys: ['a', 'b'],
      whole: true,
      level: 'x',
    });
    expect(lines).toEqual([
      '{"time":"2026-01-02T03:04:05.678Z","level":"warn","message":"vault kv-shop throttled","attempt":2,"keys":["a","b"],"whole":true}\n',
    ]);
  });

  it('redacts messages, field names, texts, lists and numbers, and the line stays JSON', () => {
    const { lines, options, clock } = recording();
    jsonLogger({ ...options, clock }).error('got hunter2"x', {
      'hunter2"x': 'hunter2"x',
      list: ['hunter2"x'],
      pin: 123456,
    });
    expect(JSON.parse(lines.join(''))).toMatchObject({
      message: 'got [redacted]',
      '[redacted]': '[redacted]',
      list: ['[redacted]'],
      pin: '[redacted]',
    });
  });
});

describe('textLogger', () => {
  it('writes level and message, and fields only at level debug', () => {
    const info = recording();
    textLogger(info.options).info('Secret shop/db: create', { keys: ['a', 'b'] });
    expect(info.lines).toEqual(['info   Secret shop/db: create\n']);
    const debug = recording('debug');
    textLogger(debug.options).info('Secret shop/db: create', { keys: ['a', 'b'], ms: 12 });
    expect(debug.lines).toEqual(['info   Secret shop/db: create  {keys=a,b ms=12}\n']);
  });

  it.each([
    ['debug', 4],
    ['info', 3],
    ['warn', 2],
    ['error', 1],
  ] as const)('writes at level %s %i of the four levels', (level, count) => {
    const { lines, options } = recording(level);
    const logger = textLogger(options);
    for (const each of ['debug', 'info', 'warn', 'error'] as const) logger[each]('message');
    expect(lines).toHaveLength(count);
  });

  it('redacts, and keeps a record on one line', () => {
    const { lines, options } = recording();
    textLogger(options).error('hunter2"x\n::set-env name=x::y\u2028\u001b[2J\u007f');
    expect(lines).toEqual(['error  [redacted]\\n::set-env name=x::y\\u2028\\u001b[2J\\u007f\n']);
  });
});
