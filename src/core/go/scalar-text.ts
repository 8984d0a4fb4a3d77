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
  if (!Number.isFinite(single)) return Number.isNaN(single) ? 'NaN' : single > 0 ? '+Inf' : '-Inf';
  const shortest = Array.from({ length: 9 }, (_, index) => single.toExponential(index)).find(
    (text) => Math.fround(Number(text)) === single,
  );
  const [digits = '', exponent = 0] = (shortest ?? single.toExponential(8))
    .split('e')
    .map((part, at) => (at === 0 ? part : Number(part))) as [string, number];
  if (exponent >= -4 && exponent < 6) return String(Number(`${digits}e${exponent}`));
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
