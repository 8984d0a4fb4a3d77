import { describe, expect, it } from '@jest/globals';
import { systemRandom } from '../../../src/adapters/node/random.ts';
import { drawValues } from '../../../src/core/generate/draw.ts';
import { drawPassword } from '../../../src/core/generate/password.ts';
import { DEFAULT_SYMBOLS, passwordFault } from '../../../src/core/model/password-form.ts';
import { drawBelow } from '../../../src/core/generate/random-number.ts';
import { toSshKeyPair } from '../../../src/core/generate/ssh-key.ts';
import { keysOfGenerator, type PasswordSpec, type StableSpec } from '../../../src/core/model/generator.ts';
import { FakeRandom } from '../../fakes/fake-random.ts';

const PASSWORD: PasswordSpec = {
  kind: 'Password',
  length: 24,
  digits: 6,
  symbols: 6,
  symbolCharacters: DEFAULT_SYMBOLS,
  noUpper: false,
  allowRepeat: false,
  secretKeys: ['password'],
  encoding: 'raw',
  prefix: '',
  suffix: '',
};

const randomBytes = (count: number): Uint8Array => systemRandom.bytes(count);

function textsOf(spec: StableSpec): Readonly<Record<string, string>> {
  const values = drawValues(spec, systemRandom);
  return Object.fromEntries([...values].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()]));
}

function password(given: Partial<PasswordSpec>): string {
  return drawPassword({ ...PASSWORD, ...given }, randomBytes);
}

function countsOf(text: string): Readonly<Record<'letters' | 'digits' | 'symbols', number>> {
  const digits = text.replace(/[^0-9]/gu, '').length;
  const letters = text.replace(/[^A-Za-z]/gu, '').length;
  return { letters, digits, symbols: text.length - digits - letters };
}

function sortOf(character: string): 'digit' | 'letter' | 'symbol' {
  if (/[0-9]/u.test(character)) return 'digit';
  return /[A-Za-z]/u.test(character) ? 'letter' : 'symbol';
}

describe('a drawn password', () => {
  it('has exactly as many letters, digits and symbols as are asked for, and none of them twice', () => {
    for (let round = 0; round < 200; round += 1) {
      const text = password({});
      expect(countsOf(text)).toEqual({ letters: 12, digits: 6, symbols: 6 });
      expect(new Set(text).size).toBe(24);
    }
  });

  it('has its characters at random places', () => {
    const sorts = new Set(Array.from({ length: 300 }, () => sortOf(password({})[0] ?? '')));
    expect([...sorts].sort()).toEqual(['digit', 'letter', 'symbol']);
  });

  it('leaves capitals away with noUpper, and uses only the symbols that are given', () => {
    const text = password({ noUpper: true, symbolCharacters: '-_', symbols: 2, digits: 2, length: 10 });
    expect(text).toMatch(/^[a-z0-9_-]{10}$/u);
    expect(countsOf(text)).toEqual({ letters: 6, digits: 2, symbols: 2 });
  });

  it('may repeat characters where that is allowed', () => {
    const text = password({ length: 60, digits: 20, symbols: 20, symbolCharacters: 'x!', allowRepeat: true });
    expect(text).toHaveLength(60);
    expect(text.replace(/[^0-9]/gu, '')).toHaveLength(20);
  });

  it.each([
    ['raw', /^[a-z]{5}$/u],
    ['hex', /^[0-9a-f]{10}$/u],
    ['base64', /^[A-Za-z0-9+/]{7}=$/u],
    ['base64url', /^[A-Za-z0-9_-]{7}=$/u],
    ['base32', /^[A-Z2-7]{8}$/u],
  ] as const)('is encoded as %s', (encoding, form) => {
    expect(password({ encoding, length: 5, digits: 0, symbols: 0, noUpper: true })).toMatch(form);
  });

  it('pads base32 as RFC 4648 does', () => {
    expect(password({ encoding: 'base32', length: 2, digits: 2, symbols: 0 })).toMatch(/^[A-Z2-7]{4}={4}$/u);
  });

  it('stands between prefix and suffix, which are not encoded', () => {
    const text = password({ prefix: 'app_', suffix: '!', encoding: 'hex', length: 4, digits: 4, symbols: 0 });
    expect(text).toMatch(/^app_(?:3[0-9]){4}!$/u);
  });
});

describe('a password that cannot be made', () => {
  const less = 'number of digits and symbols must be less than total length';
  const scarce = (name: string) => `number of ${name} exceeds available ${name} and repeats are not allowed`;
  it.each([
    ['the defaults', {}, undefined],
    ['43 characters with the defaults of ESO', { length: 43, digits: 10, symbols: 10 }, undefined],
    ['44 characters with the defaults of ESO', { length: 44, digits: 11, symbols: 11 }, scarce('digits')],
    ['44 with repeats', { length: 44, digits: 11, symbols: 11, allowRepeat: true }, undefined],
    ['more digits and symbols than characters', { length: 8, digits: 5, symbols: 4 }, less],
    ['too many letters', { length: 60, digits: 0, symbols: 0 }, scarce('letters')],
    ['too many small letters', { length: 30, digits: 0, symbols: 0, noUpper: true }, scarce('letters')],
    ['a symbol that is written twice', { length: 4, digits: 0, symbols: 2, symbolCharacters: '--' }, scarce('symbols')],
    ['a letter for a symbol', { length: 4, digits: 0, symbols: 1, symbolCharacters: 'a' }, scarce('symbols')],
  ] as const)('says why: %s', (_, given, fault) => {
    expect(passwordFault({ ...PASSWORD, ...given })).toBe(fault);
  });
});

describe('drawBelow', () => {
  it.each([1, 2, 3, 10, 256, 257])('gives every number below %i, and no other', (bound) => {
    const drawn = new Set(Array.from({ length: bound * 40 }, () => drawBelow(randomBytes, bound)));
    expect([...drawn].every((number) => number >= 0 && number < bound)).toBe(true);
    expect(drawn.size).toBeGreaterThan(bound * 0.9);
  });
});

describe('drawValues', () => {
  it('gives each of several keys a password of its own', () => {
    const { admin, reader } = textsOf({ ...PASSWORD, secretKeys: ['admin', 'reader'] });
    expect([admin, reader].map((text) => text?.length)).toEqual([24, 24]);
    expect(admin).not.toBe(reader);
  });

  it('gives a UUID of version 4 in small letters', () => {
    expect(textsOf({ kind: 'UUID' })['uuid']).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u,
    );
  });

  it.each([
    ['rsa', 2048, /^ssh-rsa [A-Za-z0-9+/=]{372} deploy@shop\n$/u],
    ['ecdsa', 384, /^ecdsa-sha2-nistp384 [A-Za-z0-9+/=]{184} deploy@shop\n$/u],
    ['ecdsa', 300, /^ecdsa-sha2-nistp256 [A-Za-z0-9+/=]{140} deploy@shop\n$/u],
    ['ed25519', 0, /^ssh-ed25519 [A-Za-z0-9+/=]{68} deploy@shop\n$/u],
  ] as const)('gives an SSH key pair: %s with %i bits', (keyType, keySize, form) => {
    const { privateKey, publicKey } = textsOf({ kind: 'SSHKey', keyType, keySize, comment: 'deploy@shop' });
    expect(publicKey).toMatch(form);
    expect(privateKey).toMatch(
      /^-----BEGIN OPENSSH PRIVATE KEY-----\n(?:[A-Za-z0-9+/=]{1,64}\n)+-----END OPENSSH PRIVATE KEY-----\n$/u,
    );
  });

  it('names the keys that it gives', () => {
    const specs: readonly StableSpec[] = [
      PASSWORD,
      { kind: 'UUID' },
      { kind: 'SSHKey', keyType: 'ed25519', keySize: 0, comment: '' },
    ];
    for (const spec of specs) expect(Object.keys(textsOf(spec))).toEqual(keysOfGenerator(spec));
  });

  it('gives what a Fake holds', () => {
    const values = drawValues({ kind: 'Fake', data: { a: '1' } }, systemRandom);
    expect([...values].map(([key, value]) => [key, Buffer.from(value.reveal()).toString()])).toEqual([['a', '1']]);
  });
});

describe('toSshKeyPair', () => {
  /** RFC 8032, the first test vector; what ssh-keygen reads back out of the result is the same public key. */
  const pkcs8 = Buffer.from(
    '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'hex',
  );

  it('writes a private key as ssh-keygen does', () => {
    const random = new FakeRandom();
    expect(toSshKeyPair(pkcs8, 'deploy@shop', (count) => random.bytes(count))).toEqual({
      privateKey: [
        '-----BEGIN OPENSSH PRIVATE KEY-----',
        'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz',
        'c2gtZWQyNTUxOQAAACDXWpgBgrEKt9VL/tPJZAc6DuFy89qmIyWvAhpo9wdRGgAA',
        'AJABAgMEAQIDBAAAAAtzc2gtZWQyNTUxOQAAACDXWpgBgrEKt9VL/tPJZAc6DuFy',
        '89qmIyWvAhpo9wdRGgAAAECdYbGd7/1aYLqESvSS7CzEREnFaXsyaRlwO6wDHK5/',
        'YNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1EaAAAAC2RlcGxveUBzaG9w',
        'AQI=',
        '-----END OPENSSH PRIVATE KEY-----',
        '',
      ].join('\n'),
      publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea deploy@shop\n',
    });
  });
});
