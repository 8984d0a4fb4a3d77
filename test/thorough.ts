/**
 * What takes minutes where every case is tried: some of the cases with each change, every one each night (THOROUGH=1).
 *
 * Which ones is the same in every run, so that a failure comes again.
 */
const IS_THOROUGH = process.env['THOROUGH'] === '1';

/** Of 0 … `count` - 1: every `step`th, counted from `from`, and the last; with THOROUGH all of them. */
export function someOf(count: number, { step, from = 0 }: { readonly step: number; readonly from?: number }): number[] {
  const all = Array.from({ length: count }, (_, index) => index);
  return IS_THOROUGH ? all : all.filter((index) => index % step === from % step || index === count - 1);
}

/** A size: so much with each change, so much each night. */
export function sized(byDay: number, byNight: number): number {
  return IS_THOROUGH ? byNight : byDay;
}
