/** Releases of External Secrets Operator, as people name them: `2.9`, `2.9.0`, `v2.9.0`. */

export interface OperatorRelease {
  /** As it is told, without the v. */
  readonly text: string;
  readonly numbers: readonly [major: number, minor: number, patch: number];
}

const FORM = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/u;

/** Without a patch it is the last one of its minor release. `undefined` for what names no release. */
export function operatorRelease(given: string): OperatorRelease | undefined {
  const [, major, minor, patch = 'Infinity'] = FORM.exec(given) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  return { text: given.replace(/^v/u, ''), numbers: [Number(major), Number(minor), Number(patch)] };
}

/** Below 0: the first is older. */
export function compareReleases(a: OperatorRelease, b: OperatorRelease): number {
  const index = a.numbers.findIndex((number, place) => number !== b.numbers[place]);
  return index === -1 ? 0 : (a.numbers[index] ?? 0) - (b.numbers[index] ?? 0) || 0;
}
