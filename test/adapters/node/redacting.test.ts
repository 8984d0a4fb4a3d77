import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RedactingMasker } from '../../../src/adapters/node/redacting.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';

describe('RedactingMasker', () => {
  const masking = (...values: readonly string[]): RedactingMasker => {
    const masker = new RedactingMasker();
    for (const value of values) masker.mask(SecretValue.ofText(value));
    return masker;
  };
  const value = 'p"ss wörd/+&\\';

  it.each([
    ['as it is', value],
    ['in base64', Buffer.from(value).toString('base64')],
    ['in base64 without padding', Buffer.from(value).toString('base64').replace(/=+$/u, '')],
    ['in base64url', Buffer.from(value).toString('base64url')],
    ['in a URL', encodeURIComponent(value)],
    ['in a form', new URLSearchParams({ x: value }).toString().slice(2)],
    ['in JSON', JSON.stringify(value).slice(1, -1)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['in hexadecimal', Buffer.from(value).toString('hex')],
  ])('takes out a value %s', (_title, text) => {
    expect(masking(value).redact(`before ${text} after`)).toBe('before [redacted] after');
  });

  it('takes out any text as a form writes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 4 }), (text) => {
        fc.pre(Buffer.byteLength(text) >= 4);
        const form = new URLSearchParams([['', text]]).toString().slice(1);
        expect(masking(text).redact(`<${form}>`)).toBe('<[redacted]>');
      }),
    );
  });

  it('takes out every line of four characters and more', () => {
    const masker = masking('-----BEGIN-----\r\nMIIBVgIB\nabc\n');
    expect(masker.redact('line MIIBVgIB, line abc')).toBe('line [redacted], line abc');
  });

  it('leaves alone what is shorter than four bytes', () => {
    expect(masking('abc', '1', '').redact('abc 1')).toBe('abc 1');
  });

  it('leaves a part of JSON that is a name of the manifests, and takes the others out', () => {
    const masker = new RedactingMasker();
    masker.spare(new Set(['shop', 'orders']));
    masker.mask(SecretValue.ofText('{"user":"shop","password":"shop-1234"}'));
    const text = 'ExternalSecret shop/orders: shop-1234';
    expect(masker.redact(text)).toBe('ExternalSecret shop/orders: [redacted]');
  });

  it('takes out a whole value that is a name of the manifests', () => {
    const masker = new RedactingMasker();
    masker.spare(new Set(['orders']));
    masker.mask(SecretValue.ofText('orders'));
    expect(masker.redact('orders')).toBe('[redacted]');
  });

  it('takes out the longest of several values that begin alike', () => {
    expect(masking('pass', 'password', 'passwords').redact('passwords password pass')).toBe(
      '[redacted] [redacted] [redacted]',
    );
  });

  it('leaves no rest of values that overlap or touch', () => {
    expect(masking('abcdef', 'defghijk').redact('<abcdefghijk>')).toBe('<[redacted]>');
    expect(masking('aaaa', 'bbbb').redact('<aaaabbbb>')).toBe('<[redacted]>');
  });

  it('takes out bytes that are no text in their encodings', () => {
    const masker = new RedactingMasker();
    masker.mask(SecretValue.of(Uint8Array.of(0xff, 0xfe, 0x00, 0x01)));
    expect(masker.redact('//4AAQ== fffe0001')).toBe('[redacted] [redacted]');
  });

  it('does not take the signs for unreadable bytes for a value', () => {
    const masker = new RedactingMasker();
    masker.mask(SecretValue.of(new Uint8Array(8).fill(0xff)));
    const unreadable = '\uFFFD'.repeat(8);
    expect(masker.redact(`a body of ${unreadable}`)).toBe(`a body of ${unreadable}`);
  });

  it('has nothing to say about opaque values', () => {
    const masker = new RedactingMasker();
    masker.mask(SecretValue.fingerprint(() => true));
    expect(masker.redact('text')).toBe('text');
  });

  it('finds one among thousands of values in a long text', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => `value-${String(index * 7919).padStart(8, '0')}-secret`);
    const masker = masking(...values);
    const text = `nothing to see here, value-x only; ${values[4321] ?? ''}\n`.repeat(2_000);
    const redacted = masker.redact(text);
    expect(redacted).toBe('nothing to see here, value-x only; [redacted]\n'.repeat(2_000));
  });
});

describe('numbers and parts of JSON', () => {
  const masked = (value: string, text: string): string => {
    const masker = new RedactingMasker();
    masker.mask(SecretValue.ofText(value));
    return masker.redact(text);
  };

  it.each([
    ['918273645', "can't use 918273645 to iterate"],
    ['918273645', 'pin:%!s(float64=9.18273645e+08)'],
    ['918273645', 'at 918273645.000000'],
    ['9.18273645e8', 'is 918273645'],
    ['{"pin":918273645}', 'pin:9.18273645e+08'],
    ['{"a":[{"pin":918273645}]}', 'is 918273645'],
    ['{"user":{"password":"hunter22"}}', 'got hunter22'],
  ])('%s is taken out of %j', (value, text) => {
    expect(masked(value, text)).toContain('[redacted]');
    expect(masked(value, text)).not.toMatch(/hunter22|9\.?1827/u);
  });

  it.each([
    ['123', 'line 123 of 1.23e+02'],
    ['{"a":true,"b":"ok","c":12}', 'true, ok, 12'],
  ])('of %s nothing is long enough to be searched for', (value, text) => {
    expect(masked(value, text)).toBe(text);
  });

  it.each([
    ['+12345678', '12345678'],
    ['12.500', '12.5'],
    ['.12345', '0.12345'],
    ['1.500e+10', '15000000000'],
    ['1.500e10', '15000000000'],
    ['15000000000', '1.5e+10'],
    ['15000000000', '1.5E+10'],
    ['15000000', '1.5e+07'],
    ['1234', '1234.000000'],
    ['1.234', '1.234000'],
    ['1000e21', '999999999999999983222784'],
  ])('%s is taken out as %s', (value, text) => {
    expect(masked(value, `is ${text}, `)).toBe('is [redacted], ');
  });

  it.each([
    ['0x1000', '4096'],
    ['1e999', 'Infinity'],
    ['123\nlonger line', '123.000000'],
    ['0.000', 'x0'],
  ])('%j, which is no number, too large or too short, hides no %s', (value, text) => {
    expect(masked(value, text)).toBe(text);
  });
});

describe('the forms of a text', () => {
  const masked = (value: string, text: string): string => {
    const masker = new RedactingMasker();
    masker.mask(SecretValue.ofText(value));
    return masker.redact(text);
  };

  it.each([
    ['the base64 of a value below four bytes', 'abc', 'YWJj'],
    ['the base64 of a line below four bytes', 'abc\nlonger line', 'YWJj'],
  ])('are not %s', (_what, value, text) => {
    expect(masked(value, text)).toBe(text);
  });

  it.each([
    ['it without the blanks around', '\n first\nsecond \n', 'first\nsecond'],
    ['a line without the blanks around', 'first\n  second  \nthird', 'second'],
    ['base64 without both signs at its end', '>>>>', 'Pj4+Pg'],
  ])('are %s', (_what, value, text) => {
    expect(masked(value, text)).toBe('[redacted]');
  });
});
