/** Runs every case of a folder: what passed, what failed and why, what waits for which feature. */
import { openInMemory, type OpenCaseCluster } from './case-cluster.ts';
import { differenceText } from './compare.ts';
import { missingFeature } from './feature.ts';
import { NOT_FOR_FILES, openFilesHome } from './files-home.ts';
import type { ConformanceCase, LoadedCase } from './load-case.ts';
import type { ConformanceAzure } from './loopback.ts';
import { runCase } from './run-case.ts';
import { deferred } from '../../src/adapters/transport/deferred.ts';

/** Waits cost nothing here, so a case that takes longer hangs. */
const LONGEST_CASE_MS = 60_000;

export interface Sorted {
  readonly runnable: readonly { readonly file: string; readonly case: ConformanceCase }[];
  readonly malformed: readonly { readonly file: string; readonly malformed: string }[];
  /** Feature → how many cases wait for it. */
  readonly pending: ReadonlyMap<string, number>;
}

export function sortCases(cases: readonly LoadedCase[]): Sorted {
  const wellFormed = cases.filter((loaded) => 'case' in loaded);
  const features = new Map(wellFormed.map((loaded) => [loaded, missingFeature(loaded.case)]));
  const pending = new Map<string, number>();
  for (const feature of features.values()) {
    if (feature !== undefined) pending.set(feature, (pending.get(feature) ?? 0) + 1);
  }
  return {
    runnable: wellFormed.filter((loaded) => features.get(loaded) === undefined),
    malformed: cases.filter((loaded) => 'malformed' in loaded),
    pending,
  };
}

/** Where the intents of a case may be: PushSecrets also in files, which remember in another way. */
export interface Homes {
  readonly customResources: OpenCaseCluster;
  readonly files: OpenCaseCluster;
}

export const IN_MEMORY: Homes = { customResources: openInMemory, files: openFilesHome };

/** Each way in which a case is played, by the name that it is told under. */
export function waysToPlay(
  one: ConformanceCase,
  { customResources, files }: Homes,
): readonly { readonly name: string; readonly open: OpenCaseCluster }[] {
  const first = { name: one.id, open: customResources };
  const isPush = one.manifests.some(({ kind }) => kind.endsWith('PushSecret'));
  return isPush && !(one.id in NOT_FOR_FILES) ? [first, { name: `${one.id} (files)`, open: files }] : [first];
}

/** Never rejects and always ends: whatever goes wrong is a line about this case. */
export async function failuresOf(
  one: ConformanceCase,
  azure: ConformanceAzure,
  openCluster: OpenCaseCluster,
): Promise<readonly string[]> {
  const { promise: late, reject } = deferred<never>();
  const timer = setTimeout(() => reject(new Error(`no end after ${LONGEST_CASE_MS / 1000} s`)), LONGEST_CASE_MS);
  try {
    return (await Promise.race([runCase(one, azure, openCluster), late])).map(differenceText);
  } catch (error) {
    return [`the run broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  } finally {
    clearTimeout(timer);
  }
}

/** One line for each feature that cases wait for. */
export function pendingText(pending: Sorted['pending']): string {
  return [...pending].map(([feature, count]) => `pending: ${feature} (${count})\n`).join('');
}
