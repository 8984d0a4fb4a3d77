import { describe, expect, it } from '@jest/globals';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import { secretText } from '../../../src/core/push/secret-text.ts';

function written(bytes: Uint8Array, binary: 'refused' | 'base64' = 'refused'): unknown {
  const result = secretText(SecretValue.of(bytes), { binary });
  if ('code' in result) return `${result.code}: ${result.what}`;
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
