/** Versions as Masterminds/semver 3.4 reads and compares them: `v1.2` is one, and so is `01.2.3`. */
import { compareBytes, type GoString, goError } from '../../values.ts';

export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Without the hyphen; empty for a release. */
  readonly prerelease: GoString;
  /** Without the plus sign. */
  readonly metadata: GoString;
  /** As it was written. */
  readonly original: GoString;
}

const VERSION =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/;
const GREATEST = 2n ** 64n - 1n;

export function parseVersion(text: GoString): Version {
  const [, major, minor = '0', patch = '0', prerelease = '', metadata = ''] = VERSION.exec(text) ?? [];
  if (major === undefined) throw goError`invalid semantic version`;
  const version = { major: segment(major), minor: segment(minor), patch: segment(patch), prerelease, metadata };
  checkPrerelease(prerelease);
  return { ...version, original: text };
}

function segment(digits: string): bigint {
  const value = BigInt(digits);
  if (value <= GREATEST) return value;
  throw goError`error parsing version segment: strconv.ParseUint: parsing "${digits}": value out of range`;
}

/** Numbers in it have no leading zeros. An empty text is no prerelease at all. */
export function checkPrerelease(text: GoString): void {
  if (text === '') return;
  for (const part of text.split('.')) {
    if (!/^[\dA-Za-z-]+$/.test(part)) throw goError`invalid prerelease string`;
    if (/^0\d+$/.test(part)) throw goError`version segment starts with 0`;
  }
}

export function checkMetadata(text: GoString): void {
  if (text === '' || text.split('.').every((part) => /^[\dA-Za-z-]+$/.test(part))) return;
  throw goError`invalid metadata string`;
}

export function printVersion({ major, minor, patch, prerelease, metadata }: Version): GoString {
  const suffix = (prerelease === '' ? '' : `-${prerelease}`) + (metadata === '' ? '' : `+${metadata}`);
  return [major, minor, patch].join('.') + suffix;
}

/** -1, 0 or 1. Metadata do not count; a prerelease comes before its release. */
export function compareVersions(a: Version, b: Version): number {
  const order = compare(a.major, b.major) || compare(a.minor, b.minor) || compare(a.patch, b.patch);
  if (order !== 0 || a.prerelease === b.prerelease) return order;
  if (a.prerelease === '') return 1;
  return b.prerelease === '' ? -1 : comparePrereleases(a.prerelease, b.prerelease);
}

/** Part by part: numbers by size and before texts; the shorter first. */
export function comparePrereleases(a: GoString, b: GoString): number {
  const [partsA, partsB] = [a.split('.'), b.split('.')];
  const pairs = Array.from({ length: Math.max(partsA.length, partsB.length) }, (_, index) =>
    comparePart(partsA[index] ?? '', partsB[index] ?? ''),
  );
  return pairs.find((order) => order !== 0) ?? 0;
}

function comparePart(a: GoString, b: GoString): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? -1 : 1;
  const [numberA, numberB] = [numberOf(a), numberOf(b)];
  if (numberA === undefined && numberB === undefined) return compareBytes(a, b);
  if (numberA === undefined || numberB === undefined) return numberB === undefined ? -1 : 1;
  // Not both can be equal here, unless one is written with zeros in front.
  return numberA > numberB ? 1 : -1;
}

function numberOf(part: GoString): bigint | undefined {
  if (!/^\d+$/.test(part)) return undefined;
  const value = BigInt(part);
  return value <= GREATEST ? value : undefined;
}

function compare(a: bigint, b: bigint): number {
  return Number(a > b) - Number(a < b);
}
