import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { render, type Given } from './render.ts';

const countingFrom = (start: number): Given => {
  let next = start;
  return { environment: { randomBytes: (count) => Uint8Array.from({ length: count }, () => next++ % 256) } };
};

describe('functions for passwords', () => {
  it('hashes with bcrypt as other programs check it', () => {
    // `htpasswd -bnBC 10 "" password` with the salt 01 02 … 10.
    expect(render('{{ bcrypt "password" }}', countingFrom(1))).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
    expect(render('{{ bcrypt "password" }}', countingFrom(1))).toBe(render('{{ bcrypt "password" }}', countingFrom(1)));
    expect(render('{{ bcrypt "password" }}', countingFrom(1))).not.toBe(
      render('{{ bcrypt "Password" }}', countingFrom(1)),
    );
  });

  it('refuses what bcrypt would cut off', () => {
    expect(render('{{ bcrypt (repeat 73 "a") }}')).toBe(
      'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes',
    );
  });

  it('writes lines for htpasswd', () => {
    const sha = createHash('sha1').update('secret').digest('base64');
    expect(render('{{ htpasswd "u" "secret" "sha" }}')).toBe(`u:{SHA}${sha}`);
    expect(render('{{ htpasswd "u" "secret" "bcrypt" }}')).toMatch(/^u:\$2a\$10\$/);
    expect(render('{{ htpasswd "a:b" "secret" "sha" }}')).toBe('invalid username: a:b');
  });

  it('derives the passwords of the Master Password app', () => {
    expect(render('{{ derivePassword 1 "long" "password" "user" "example.com" }}')).toBe('ZedaFaxcZaso9*');
  });

  it('decrypts what it encrypted', () => {
    expect(render('{{ encryptAES "key" "text" | decryptAES "key" }}')).toBe('text');
  });

  it('counts slow hashes against what a render may use', () => {
    expect(render('{{ range until 1000 }}{{ bcrypt "a" }}{{ end }}', { limits: { maxWork: 4_000_000 } })).toContain(
      'more than 4000000 bytes',
    );
  });
});

describe('functions for randomness', () => {
  it.each([
    ['randAlphaNum', /^[A-Za-z0-9]{64}$/],
    ['randAlpha', /^[A-Za-z]{64}$/],
    ['randNumeric', /^[0-9]{64}$/],
    ['randAscii', /^[ -~]{64}$/],
  ])('%s draws from its characters only', (name, shape) => {
    expect(render(`{{ ${name} 64 }}`)).toMatch(shape);
  });

  it('draws every character equally often, whatever the bytes are', () => {
    // 256 is no multiple of 10: the last six bytes must not count.
    const drawn = render('{{ randNumeric 250 }}', countingFrom(0));
    const counts = Array.from({ length: 10 }, (_, digit) => drawn.split(String(digit)).length - 1);
    expect(counts).toEqual(Array.from({ length: 10 }, () => 25));
  });

  it('makes UUIDs of version 4, and numbers within their bounds', () => {
    expect(render('{{ uuidv4 }}', countingFrom(0))).toBe('00010203-0405-4607-8809-0a0b0c0d0e0f');
    expect(render('{{ range until 50 }}{{ randInt 5 7 }}{{ end }}')).toMatch(/^[56]{50}$/);
    expect(render('{{ randBytes 3 }}', countingFrom(1))).toBe('AQID');
  });

  it('keeps all characters when it shuffles', () => {
    expect(render('{{ shuffle "hello" | splitList "" | sortAlpha | join "" }}')).toBe('ehllo');
  });

  it('stops before it draws more than a render may use', () => {
    expect(render('{{ randAlphaNum 2000000000 }}')).toContain('more than 67108864 bytes');
  });
});
