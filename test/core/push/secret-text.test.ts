import { describe, expect, it } from '@jest/globals';
import { messageText } from '../../../src/core/model/message.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { binaryKeyFault, secretText } from '../../../src/core/push/secret-text.ts';

function written(bytes: Uint8Array, binary: 'refused' | 'base64' = 'refused'): unknown {
  const result = secretText(SecretValue.of(bytes), { binary });
  if ('code' in result) return `${result.code}: ${messageText(result.what)}`;
  return { text: Buffer.from(result.value.reveal()).toString(), tags: result.tags };
}

const BINARY = Uint8Array.of(0x78, 0xff, 0);

describe('secretText', () => {
  it.each([
    ['text', Buffer.from('é😀\n'), { text: 'é😀\n', tags: {} }],
    ['nothing', Uint8Array.of(), { text: '', tags: {} }],
    ['a byte order mark', Buffer.from('\ufeffa'), { text: '\ufeffa', tags: {} }],
    ['a replacement character that is text', Buffer.from('\ufffd'), { text: '\ufffd', tags: {} }],
    ['bytes that are no text', BINARY, 'push-binary: holds bytes that are no text (UTF-8), which a vault cannot hold'],
    [
      'half a character',
      Uint8Array.of(0xc3),
      'push-binary: holds bytes that are no text (UTF-8), which a vault cannot hold',
    ],
  ])('of %s', (_name, bytes, expected) => {
    expect(written(bytes)).toEqual(expected);
  });

  it('is Base64 with a tag where that is asked for, and only of what is no text', () => {
    expect(written(BINARY, 'base64')).toEqual({ text: 'eP8A', tags: { encoding: 'base64' } });
    expect(written(Buffer.from('a'), 'base64')).toEqual({ text: 'a', tags: {} });
  });

  it('is at most 25,600 bytes long, counted as they are written', () => {
    expect(written(Buffer.from('é'.repeat(12_800)))).toMatchObject({ tags: {} });
    expect(written(Buffer.from(`${'é'.repeat(12_800)}a`))).toBe(
      'push-too-long: has 25601 bytes, and a secret of Key Vault at most 25600',
    );
    expect(written(new Uint8Array(19_200).fill(0xff), 'base64')).toMatchObject({ tags: { encoding: 'base64' } });
    expect(written(new Uint8Array(19_201).fill(0xff), 'base64')).toBe(
      'push-too-long: has 25604 bytes as Base64, and a secret of Key Vault at most 25600',
    );
  });
});

describe('binaryKeyFault', () => {
  const data = (b: Uint8Array): ReadonlyMap<string, SecretValue> =>
    new Map([
      ['a', SecretValue.ofText('é')],
      ['b', SecretValue.of(b)],
    ]);

  it('names the key of a Secret that cannot go into a JSON object', () => {
    expect(binaryKeyFault(data(BINARY))).toEqual({
      code: 'push-binary',
      what: 'takes the key "b" into a JSON object, which cannot hold bytes that are no text (UTF-8)',
      fix: 'Encode it in spec.template with b64enc, or push it by an entry of its own.',
    });
  });

  it('finds nothing where all are text', () => {
    expect(binaryKeyFault(data(Buffer.from('\ufffd')))).toBeUndefined();
  });
});
