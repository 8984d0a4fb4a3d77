/** Passwords: each character at a random place. ESO 2.9 with go-password. */
import type { PasswordEncoding, PasswordSpec } from '../model/generator.ts';
import { sortsOf } from '../model/password-form.ts';
import { drawBelow, type RandomBytes } from './random-number.ts';

/** One password, encoded, with prefix and suffix. Its form must be without fault. */
export function drawPassword(spec: PasswordSpec, bytes: RandomBytes): string {
  const characters: string[] = [];
  for (const { count, from } of sortsOf(spec)) {
    for (let drawn = 0; drawn < count; drawn += 1) {
      const left = spec.allowRepeat ? from : from.filter((one) => !characters.includes(one));
      const character = left[drawBelow(bytes, left.length)] ?? '';
      characters.splice(drawBelow(bytes, characters.length + 1), 0, character);
    }
  }
  return `${spec.prefix}${encode(characters.join(''), spec.encoding)}${spec.suffix}`;
}

function encode(text: string, encoding: PasswordEncoding): string {
  const bytes = Buffer.from(text, 'utf8');
  switch (encoding) {
    case 'raw':
      return text;
    case 'hex':
      return bytes.toString('hex');
    case 'base64':
      return bytes.toString('base64');
    case 'base64url':
      return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
    case 'base32':
      return base32(bytes);
    default:
      return encoding satisfies never;
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648, with padding. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const characters = bits.match(/.{1,5}/gu) ?? [];
  const text = characters.map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}
