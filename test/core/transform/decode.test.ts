/** Cases es-042 to es-044 and es-c04 to es-c09, measured with the real operator. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { decode } from '../../../src/core/transform/decode.ts';
import { keysWithNullBytes } from '../../../src/core/transform/null-bytes.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('decode', () => {
  it.each([
    ['Base64', 'dGVzdA==', '74657374'],
    ['Base64', 'dGVz\ndA==', '74657374'],
    ['Base64', 'dGVzdB==', '74657374'],
    ['Base64', 'dGVzdA=\n=\r\n', '74657374'],
    ['Base64', 'aGVsbG8g\r\nd29ybGQ=\r\n', '68656c6c6f20776f726c64'],
    ['Base64', '//79AAE=', 'fffefd0001'],
    ['Base64', '', ''],
    ['Base64', '\n', ''],
    ['Base64URL', '8J-YgA==', 'f09f9880'],
    ['Auto', 'test', 'b5eb2d'],
    ['Auto', 'a-_b', '6befdb'],
    ['Auto', 'happy/street', '85aa69cbfb2dade7ad'],
    ['Auto', 'happy street', Buffer.from('happy street').toString('hex')],
    ['Auto', 'dGVzdA', Buffer.from('dGVzdA').toString('hex')],
    ['Auto', '', ''],
    ['None', 'dGVzdA==', Buffer.from('dGVzdA==').toString('hex')],
  ] as const)('%s of %j gives %s', (strategy, text, hex) => {
    const result = decode(bytes(text), strategy);
    expect(result.kind === 'decoded' && Buffer.from(result.bytes).toString('hex')).toBe(hex);
  });

  it.each([
    ['Base64', 'dGVzdA', 'its padding is missing or wrong'],
    ['Base64', 'dGVzdA=', 'its padding is missing or wrong'],
    ['Base64', 'dGVzdA==dGVz', 'its padding is missing or wrong'],
    ['Base64', '====', 'its padding is missing or wrong'],
    ['Base64', ' dGVzdA==', 'character 1 does not belong to it'],
    ['Base64', 'dGVz\tdA==', 'character 5 does not belong to it'],
    ['Base64', '8J-YgA==', 'character 3 does not belong to it'],
    ['Base64URL', '8J+YgA==', 'character 3 does not belong to it'],
    ['Base64URL', '8J-YgA', 'its padding is missing or wrong'],
    ['Base64', 'é===', 'character 1 does not belong to it'],
  ] as const)('%s refuses %j: %s', (strategy, text, reason) => {
    expect(decode(bytes(text), strategy)).toEqual({ kind: 'refused', reason });
  });

  it('gives back what was encoded, in both alphabets and by Auto', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (original) => {
        const standard = Buffer.from(original).toString('base64');
        const url = standard.replaceAll('+', '-').replaceAll('/', '_');
        for (const [text, strategy] of [
          [standard, 'Base64'],
          [url, 'Base64URL'],
          [standard, 'Auto'],
          [url, 'Auto'],
        ] as const) {
          // prettier-ignore
          expect(decode(bytes(text), strategy)).toEqual({ kind: 'decoded', bytes: original });
        }
      }),
    );
  });
});

describe('keysWithNullBytes', () => {
  const values = new Map([
    ['b', SecretValue.of(new Uint8Array([0, 1]))],
    ['a', SecretValue.of(new Uint8Array([1, 0]))],
    ['c', SecretValue.ofText('test')],
    ['d', SecretValue.of(new Uint8Array())],
  ]);

  it('names them in byte order when the policy is Fail', () => {
    expect(keysWithNullBytes(values, 'Fail')).toEqual(['a', 'b']);
    expect(keysWithNullBytes(values, 'Ignore')).toEqual([]);
  });
});
