/** *semver.Version and semver.Version, as values of templates with the methods of Masterminds/semver. */
import { GoInt, GoList, GoObject, int, goError } from '../../values.ts';
import type { GoField, GoMethod, GoString, GoValue, MethodTable } from '../../values.ts';
import { checkMetadata, checkPrerelease, compareVersions, printVersion, type Version } from './version.ts';

/** A version; the functions give a pointer, methods that make another version give a struct. */
export class GoVersion extends GoObject {
  readonly version: Version;
  readonly kind: 'struct' | 'ptr';

  constructor(version: Version, kind: 'struct' | 'ptr') {
    super();
    this.version = version;
    this.kind = kind;
  }

  get type(): string {
    return this.kind === 'ptr' ? '*semver.Version' : 'semver.Version';
  }

  /** A struct has not the methods that Go declares for the pointer. */
  get methods(): MethodTable {
    return this.kind === 'ptr' ? POINTER_METHODS : STRUCT_METHODS;
  }

  fields(): readonly GoField[] {
    const { major, minor, patch, prerelease, metadata, original } = this.version;
    return [
      { name: 'major', value: uint64(major) },
      { name: 'minor', value: uint64(minor) },
      { name: 'patch', value: uint64(patch) },
      { name: 'pre', value: prerelease },
      { name: 'metadata', value: metadata },
      { name: 'original', value: original },
    ];
  }
}

function uint64(value: bigint): GoInt {
  return new GoInt('uint64', BigInt.asUintN(64, value));
}

const method = (signature: string, call: (version: Version, args: readonly GoValue[]) => GoValue): GoMethod => ({
  signature,
  call: (receiver, args) => call(asVersion(receiver), args),
});

function asVersion(value: GoValue | undefined): Version {
  if (value instanceof GoVersion) return value.version;
  throw goError`runtime error: invalid memory address or nil pointer dereference`;
}

const text = (read: (version: Version) => GoString): GoMethod => method('func() string', read);

const number = (read: (version: Version) => bigint): GoMethod =>
  method('func() uint64', (version) => uint64(read(version)));

/** Another version, written as this one was: with a `v` or without. */
const changed = (change: (version: Version) => Partial<Version>): GoMethod =>
  method('func() semver.Version', (version) => another(version, { prerelease: '', metadata: '', ...change(version) }));

function another(version: Version, change: Partial<Version>): GoVersion {
  const next = { ...version, ...change };
  const prefix = version.original.startsWith('v') ? 'v' : '';
  return new GoVersion({ ...next, original: prefix + printVersion(next) }, 'struct');
}

const bytes = (print: (version: Version) => GoString): GoMethod =>
  method('func() ([]uint8, error)', (version) => {
    const items = Array.from(print(version), (byte) => new GoInt('uint8', BigInt(byte.charCodeAt(0))));
    return new GoList('uint8', items);
  });

const comparing = (holds: (order: number) => boolean): GoMethod =>
  method('func(*semver.Version) bool', (version, [other]) => holds(compareVersions(version, asVersion(other))));

const STRUCT_METHODS: MethodTable = new Map<string, GoMethod>([
  ['IncMajor', changed(({ major }) => ({ major: major + 1n, minor: 0n, patch: 0n }))],
  ['IncMinor', changed(({ minor }) => ({ minor: minor + 1n, patch: 0n }))],
  ['IncPatch', changed(({ patch, prerelease }) => ({ patch: prerelease === '' ? patch + 1n : patch }))],
  ['Major', number(({ major }) => major)],
  ['MarshalJSON', bytes((version) => `"${printVersion(version)}"`)],
  ['MarshalText', bytes(printVersion)],
  ['Metadata', text(({ metadata }) => metadata)],
  ['Minor', number(({ minor }) => minor)],
  ['Patch', number(({ patch }) => patch)],
  ['Prerelease', text(({ prerelease }) => prerelease)],
  [
    'SetMetadata',
    method('func(string) (semver.Version, error)', (version, [given]) => {
      const metadata = typeof given === 'string' ? given : '';
      checkMetadata(metadata);
      return another(version, { metadata });
    }),
  ],
  [
    'SetPrerelease',
    method('func(string) (semver.Version, error)', (version, [given]) => {
      const prerelease = typeof given === 'string' ? given : '';
      checkPrerelease(prerelease);
      return another(version, { prerelease });
    }),
  ],
  ['String', text(printVersion)],
]);

const POINTER_METHODS: MethodTable = new Map<string, GoMethod>([
  ...STRUCT_METHODS,
  [
    'Compare',
    method('func(*semver.Version) int', (version, [other]) => int(compareVersions(version, asVersion(other)))),
  ],
  ['Equal', comparing((order) => order === 0)],
  ['GreaterThan', comparing((order) => order > 0)],
  ['GreaterThanEqual', comparing((order) => order >= 0)],
  ['LessThan', comparing((order) => order < 0)],
  ['LessThanEqual', comparing((order) => order <= 0)],
  ['Original', text(({ original }) => original)],
]);
