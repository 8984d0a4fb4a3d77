/** YAML texts in UTF-16, which their byte order mark tells. */
import { say } from '../../message.ts';
import { encodeRune } from '../../utf8.ts';
import type { GoString } from '../../values.ts';
import { yamlProblem } from './problem.ts';

/** The text in UTF-8; as it is when it does not begin with a mark of UTF-16. */
export function decodeUtf16(bytes: GoString): GoString {
  const isLittle = bytes.startsWith('\xff\xfe');
  if (!isLittle && !bytes.startsWith('\xfe\xff')) return bytes;
  const unitAt = (at: number): number => {
    if (at + 1 >= bytes.length) throw yamlProblem(say`incomplete UTF-16 character`);
    const [low, high] = isLittle ? [at, at + 1] : [at + 1, at];
    return bytes.charCodeAt(low) | (bytes.charCodeAt(high) << 8);
  };
  let text = '';
  for (let at = 2; at < bytes.length;) {
    const code = characterAt(unitAt, at, bytes.length);
    text += encodeRune(code);
    at += code > 0xffff ? 4 : 2;
  }
  return text;
}

function characterAt(unitAt: (at: number) => number, at: number, end: number): number {
  const unit = unitAt(at);
  if ((unit & 0xfc00) === 0xdc00) throw yamlProblem(say`unexpected low surrogate area`);
  if ((unit & 0xfc00) !== 0xd800) return unit;
  if (at + 3 >= end) throw yamlProblem(say`incomplete UTF-16 surrogate pair`);
  const second = unitAt(at + 2);
  if ((second & 0xfc00) !== 0xdc00) throw yamlProblem(say`expected low surrogate area`);
  return 0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff);
}
