/**
 * Constraints on versions as Masterminds/semver 3.4 reads them. npm's package of that name decides otherwise in many
 * cases: a comma means and, `1.2` means `~1.2`, `!=1.0` excludes all of 1.0.
 */
import { type GoString, goError } from '../../values.ts';
import { comparePrereleases, compareVersions, parseVersion, type Version } from './version.ts';
import { recovering } from '../failing.ts';

interface Constraint {
  readonly version: Version;
  readonly operator: Operator;
  /** How much of the version was left open, with `x` or by not writing it. */
  readonly open: 'nothing' | 'patch' | 'minor' | 'all';
}

type Operator = keyof typeof CHECKS;

const VERSION =
  /v?([\dxX*|]+)(\.[\dxX*|]+)?(\.[\dxX*|]+)?(-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?/;
const OPERATOR = /=||!=|>|<|>=|=>|<=|=<|~|~>|\^/;
const ONE = `(?:${OPERATOR.source}) ?(?:${VERSION.source})`;
const VALID = new RegExp(`^ ?${ONE} ?(?:(?: |, ?)${ONE} ?)*$`);
const EACH = new RegExp(`(?:${OPERATOR.source}) ?(?:${VERSION.source})`, 'g');
const PARTS = new RegExp(`^ ?(${OPERATOR.source}) ?(?:${VERSION.source}) ?$`);
const RANGE = new RegExp(` ?(${VERSION.source}) - (${VERSION.source}) ?`, 'g');

/** Says whether a version keeps a constraint; throws for a text that is none. */
export function satisfies(constraint: GoString, version: GoString): boolean {
  const alternatives = readConstraints(constraint);
  const checked = parseVersion(version);
  return alternatives.some((all) => isKept(all, checked));
}

/** A prerelease keeps only those alternatives in which a prerelease is named. */
function isKept(all: readonly Constraint[], version: Version): boolean {
  if (version.prerelease !== '' && !all.some((constraint) => constraint.version.prerelease !== '')) return false;
  return all.every((constraint) => CHECKS[constraint.operator](version, constraint));
}

/** Runs of white space count as one blank, which also keeps the patterns from trying every way to cut them. */
function readConstraints(text: GoString): readonly (readonly Constraint[])[] {
  const single = text.replace(/[\t\n\f\r ]+/g, ' ');
  const rewritten = single.replace(
    RANGE,
    (_, ...groups: (string | undefined)[]) => `>= ${groups[0] ?? ''}, <= ${groups[5] ?? ''} `,
  );
  const written = (rewritten === single ? text : rewritten).split('||');
  return rewritten.split('||').map((alternative, index) => {
    if (!VALID.test(alternative)) throw goError`improper constraint: ${written[index] ?? alternative}`;
    return (alternative.match(EACH) ?? []).map(readConstraint);
  });
}

function readConstraint(text: GoString): Constraint {
  const [, operator = '', major = '', minor, patch, prerelease = ''] = PARTS.exec(text) ?? [];
  const open = isOpen(major) ? 'all' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : 'nothing';
  const numbers = {
    all: '0.0.0',
    minor: `${major}.0.0`,
    patch: `${major}${minor ?? ''}.0`,
    nothing: `${major}${minor ?? ''}${patch ?? ''}`,
  };
  return { version: closedVersion(numbers[open] + prerelease), operator: operator as Operator, open };
}

function isOpen(segment: string | undefined): boolean {
  return segment === undefined || /^\.?[xX*]$/.test(segment);
}

function closedVersion(text: GoString): Version {
  return recovering(
    () => parseVersion(text),
    () => {
      throw goError`constraint parser error`;
    },
  );
}

type Check = (version: Version, constraint: Constraint) => boolean;

const isOlder: Check = (version, { version: bound }) => compareVersions(version, bound) < 0;

const isNewer: Check = (version, { version: bound, open }) => {
  if (open === 'nothing' || open === 'all') return compareVersions(version, bound) > 0;
  if (version.major !== bound.major) return version.major > bound.major;
  return open === 'patch' && version.minor > bound.minor;
};

const isUpTo: Check = (version, { version: bound, open }) => {
  if (open === 'nothing') return compareVersions(version, bound) <= 0;
  if (version.major > bound.major) return false;
  return version.major !== bound.major || version.minor <= bound.minor || open === 'minor';
};

/** `~1.2.3`: patches only; `~1`: everything of 1; `~0.0.0` and `*`: everything. */
const isClose: Check = (version, constraint) => {
  const { version: bound, open } = constraint;
  if (isOlder(version, constraint)) return false;
  if (isZero(bound) && open !== 'minor' && open !== 'patch') return true;
  return version.major === bound.major && (version.minor === bound.minor || open === 'minor');
};

function isZero({ major, minor, patch }: Version): boolean {
  return major === 0n && minor === 0n && patch === 0n;
}

/** `^1.2.3`: nothing changes before and including the first number that is not 0. */
const isCompatible: Check = (version, constraint) => {
  const { version: bound, open } = constraint;
  if (isOlder(version, constraint)) return false;
  if (version.major !== bound.major) return false;
  if (bound.major > 0n || open === 'minor') return true;
  if (version.minor !== bound.minor) return false;
  return bound.minor > 0n || open === 'patch' || version.patch === bound.patch;
};

const isEqual: Check = (version, constraint) =>
  constraint.open === 'nothing' ? compareVersions(version, constraint.version) === 0 : isClose(version, constraint);

const isOther: Check = (version, { version: bound, open }) => {
  if (open === 'nothing') return compareVersions(version, bound) !== 0;
  if (version.major !== bound.major) return true;
  if (open === 'minor') return false;
  if (version.minor !== bound.minor) return true;
  if (open === 'patch') return comparePrereleases(version.prerelease, bound.prerelease) !== 0;
  return compareVersions(version, bound) !== 0;
};

const CHECKS = {
  '': isEqual,
  '=': isEqual,
  '!=': isOther,
  '>': isNewer,
  '<': isOlder,
  '>=': ((version, constraint) => !isOlder(version, constraint)) satisfies Check,
  '=>': ((version, constraint) => !isOlder(version, constraint)) satisfies Check,
  '<=': isUpTo,
  '=<': isUpTo,
  '~': isClose,
  '~>': isClose,
  '^': isCompatible,
} as const satisfies Readonly<Record<string, Check>>;
