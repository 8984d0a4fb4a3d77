/**
 * Kubernetes' quantities (apimachinery, `resource.Quantity`): a number with a binary suffix (`Mi`), a decimal one (`m`,
 * `k`, `M`) or an exponent (`e3`). Case counts: `Mi` is mebi, `M` mega, `m` a thousandth.
 */
const FORM = /^(?<sign>[+-]?)(?<number>\d+(?:\.\d*)?|\.\d+)(?<suffix>[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,3})?$/u;

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

export const MEBIBYTE = 2 ** 20;

/** Bytes, or cores; `undefined` where Kubernetes would not read it. */
export function readQuantity(text: string): number | undefined {
  const { sign, number, suffix = '' } = FORM.exec(text)?.groups ?? {};
  if (number === undefined) return undefined;
  const scale = suffix === '' ? 1 : (SUFFIXES[suffix] ?? 10 ** Number(suffix.slice(1)));
  const value = Number(number) * scale;
  return sign === '-' ? -value : value;
}

/** In the unit that people give memory in. */
export function mebibytesText(mebibytes: number): string {
  return `${mebibytes}Mi`;
}
