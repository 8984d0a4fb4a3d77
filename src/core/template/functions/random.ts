/** Functions with random results. sprig; randomness comes from the environment of the render. */
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { type GoString, goError } from '../values.ts';
import { codesOf, fromCodes } from './text/runes.ts';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ASCII = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 0x20 + index));

/** What one random number counts for. */
const DRAWING = 500n;

function randomText(
  name: string,
  alphabet: string,
  { summary, matches }: { summary: string; matches: RegExp },
): TemplateFunction {
  return declare({
    name,
    signature: 'func(int) string',
    source: 'sprig',
    volatile: true,
    summary,
    example: { template: `{{ ${name} 8 }}`, matches },
    call: (runtime, count) => drawText(runtime, alphabet, count),
  });
}

const texts: readonly TemplateFunction[] = [
  randomText('randAlphaNum', LETTERS + DIGITS, {
    summary: 'n random letters and digits.',
    matches: /^[A-Za-z0-9]{8}$/,
  }),
  randomText('randAlpha', LETTERS, { summary: 'n random letters.', matches: /^[A-Za-z]{8}$/ }),
  randomText('randNumeric', DIGITS, { summary: 'n random digits.', matches: /^[0-9]{8}$/ }),
  randomText('randAscii', ASCII, { summary: 'n random printable characters.', matches: /^[ -~]{8}$/ }),
  declare({
    name: 'shuffle',
    signature: 'func(string) string',
    source: 'sprig',
    volatile: true,
    summary: 'The characters of a text in random order.',
    example: { template: '{{ shuffle "abc" }}', matches: /^[abc]{3}$/ },
    call: (runtime, text) => shuffle(runtime, text),
  }),
  declare({
    name: 'uuidv4',
    signature: 'func() string',
    source: 'sprig',
    volatile: true,
    summary: 'A random UUID.',
    example: {
      template: '{{ uuidv4 }}',
      matches: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    },
    call: ({ randomBytes }) => toUuid(randomBytes(16)),
  }),
];

/** goutils: a negative count is an error there, which sprig drops. */
function drawText(runtime: TemplateRuntime, alphabet: string, count: bigint): GoString {
  runtime.spend(count * DRAWING);
  const length = count < 0n ? 0 : Number(count);
  return Array.from({ length }, () => alphabet[drawBelow(runtime, alphabet.length)] ?? '').join('');
}

function shuffle(runtime: TemplateRuntime, text: GoString): GoString {
  if (text === '') return '';
  runtime.spend(BigInt(text.length) * DRAWING);
  const codes = [...codesOf(text)];
  for (let index = codes.length - 1; index > 0; index--) {
    const other = drawBelow(runtime, index + 1);
    const code = codes[index] ?? 0;
    codes[index] = codes[other] ?? 0;
    codes[other] = code;
  }
  return fromCodes(codes);
}

/** RFC 4122: the version and the variant stand in fixed bits. */
function toUuid(bytes: Uint8Array): GoString {
  const hex = Buffer.from(bytes).toString('hex');
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const fixed = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant.toString(16)}${hex.slice(18)}`;
  return fixed.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const numbers: readonly TemplateFunction[] = [
  declare({
    name: 'randInt',
    signature: 'func(int, int) int',
    source: 'sprig',
    volatile: true,
    summary: 'A random integer from the first number on, below the second.',
    example: { template: '{{ randInt 10 20 }}', matches: /^1[0-9]$/ },
    call: (runtime, least, end) => {
      const count = BigInt.asIntN(64, end - least);
      if (count <= 0n) throw goError`invalid argument to Intn`;
      return least + drawBigBelow(runtime, count);
    },
  }),
  declare({
    name: 'randBytes',
    signature: 'func(int) (string, error)',
    source: 'sprig',
    volatile: true,
    summary: 'n random bytes in base64.',
    example: { template: '{{ randBytes 16 | b64dec | len }}', prints: '16' },
    call: (runtime, count) => {
      if (count < 0n) throw goError`runtime error: makeslice: len out of range`;
      runtime.spend(count);
      return Buffer.from(runtime.randomBytes(Number(count))).toString('base64');
    },
  }),
];

function drawBelow(runtime: TemplateRuntime, count: number): number {
  return Number(drawBigBelow(runtime, BigInt(count)));
}

/** Every number below the bound is equally likely: what is drawn beyond it is thrown away. */
function drawBigBelow({ randomBytes }: TemplateRuntime, count: bigint): bigint {
  const bits = (count - 1n).toString(2).length;
  for (;;) {
    const bytes = randomBytes(Math.ceil(bits / 8));
    const drawn = BigInt.asUintN(bits, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
    if (drawn < count) return drawn;
  }
}

export const randomFunctions: readonly TemplateFunction[] = [...texts, ...numbers];
