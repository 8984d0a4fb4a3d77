/** Numbers and booleans where Go wants a text: sigs.k8s.io/yaml, by which ESO 2.9 reads what has no schema. */

/** `5`, `1.5`, `true`; `undefined` for what is no scalar. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  const isWhole = Number.isInteger(value) && Math.abs(value) < 2 ** 64;
  return isWhole ? BigInt(value).toString() : float32Text(value);
}

/** `strconv.FormatFloat(value, 'g', -1, 32)`: the digits that a float32 needs. */
function float32Text(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return infinityText(single);
  const lengths = Array.from({ length: 9 }, (_, index) => index);
  const texts = lengths.map((length) => single.toExponential(length));
  const shortest = texts.find((text) => Math.fround(Number(text)) === single) ?? '';
  const exponent = Number(shortest.slice(shortest.indexOf('e') + 1));
  if (exponent >= -4 && exponent < 6) return String(Number(shortest));
  const digits = shortest.slice(0, shortest.indexOf('e'));
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function infinityText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
