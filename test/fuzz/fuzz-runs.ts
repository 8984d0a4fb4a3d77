/**
 * How much is tried: the same few thousand in every run; with FUZZ_RUNS so many others. FUZZ_SEED takes up a run that
 * failed, whose seed fast-check prints.
 */
const { FUZZ_RUNS, FUZZ_SEED } = process.env;
const FEW = 2_000;
const SEED_OF_FEW = 20_261_124;

/** `share` of all runs: less than 1 for what takes long. */
export function runs(share: number): { readonly numRuns: number; readonly seed?: number } {
  const numRuns = Math.max(1, Math.ceil(Number(FUZZ_RUNS ?? FEW) * share));
  const seed = FUZZ_SEED ?? (FUZZ_RUNS === undefined ? SEED_OF_FEW : undefined);
  return seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) };
}

/** CPU of this process so far, which others on the machine do not lengthen. */
export function busyMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
