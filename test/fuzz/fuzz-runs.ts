/** How much is tried: the same few thousand in every run, and FUZZ_RUNS others where that is set. */
const given = process.env['FUZZ_RUNS'];

export const RUNS = Number(given ?? 3_000);

/** `share` of all runs; a seed of its own only where there is time for many. */
export function runs(share: number): { readonly numRuns: number; readonly seed?: number } {
  const numRuns = Math.max(1, Math.ceil(RUNS * share));
  return given === undefined ? { numRuns, seed: 20_261_124 } : { numRuns };
}
