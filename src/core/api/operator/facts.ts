/**
 * What a release of External Secrets Operator does not know, or does otherwise than Keyferry: one row for each, with its
 * source. Up to 2.9.0 from its code and recorded cases, after it from release notes only.
 *
 * Where the very release is not known, a row says the last that surely lacks something and the first that surely has it.
 */
import { isRecord } from '../../model/fields.ts';
import { isClusterWide, type KindRole } from '../../model/kinds.ts';

/** The releases that the rows are of. */
export const KNOWN_RELEASES = { first: '0.17.0', measured: '2.9.0', last: '2.14' } as const;

const PULLS = 'https://github.com/external-secrets/external-secrets/pull';
const RELEASES = 'https://github.com/external-secrets/external-secrets/releases/tag';
const ISSUES = 'https://github.com/external-secrets/external-secrets/issues';

export interface Fact {
  readonly source: string;
}

/** A version of the API that is not served any more. */
export interface VersionFact extends Fact {
  readonly version: string;
  readonly goneIn: string;
}

export const VERSION_FACTS: readonly VersionFact[] = [
  { version: 'v1alpha1', goneIn: '0.16.0', source: `${ISSUES}/4662` },
  { version: 'v1beta1', goneIn: '0.17.0', source: `${RELEASES}/v0.17.0` },
];

/** Roles of kinds; a generator goes by its resource. */
export type FactPlace = Extract<KindRole, 'pull' | 'push' | 'store'> | 'passwords';

/** A field below a spec; `[]` is each entry of a list. */
interface FieldPlace {
  readonly of: FactPlace;
  readonly path: string;
  /** Which values of it are meant; absent = all. */
  readonly holds?: (value: unknown) => boolean;
}

/** A field, or a word in it, that came at some time. */
export interface NewerFact extends Fact, FieldPlace {
  /** A word that older releases refuse, in a field that they have. */
  readonly word?: string;
  readonly lastWithout: string;
  readonly firstWith: string;
}

const NULL_BYTES = { lastWithout: '2.2', firstWith: '2.3.0', source: `${PULLS}/6194` } as const;

export const NEWER_FACTS: readonly NewerFact[] = [
  {
    of: 'pull',
    path: 'dataFrom[].rewrite[].merge',
    lastWithout: '0.18.0',
    firstWith: '0.18.1',
    source: `${PULLS}/4894`,
  },
  {
    of: 'pull',
    path: 'target.template.metadata.finalizers',
    lastWithout: '0.18.0',
    firstWith: '2.9.0',
    source: `${ISSUES}/4933`,
  },
  {
    of: 'pull',
    path: 'target.manifest',
    lastWithout: '0.19',
    firstWith: '2.9.0',
    source: `${PULLS}/5470`,
  },
  { of: 'push', path: 'dataTo', lastWithout: '1.3', firstWith: '2.9.0', source: `${PULLS}/5850` },
  { of: 'pull', path: 'data[].remoteRef.nullBytePolicy', ...NULL_BYTES },
  { of: 'pull', path: 'dataFrom[].extract.nullBytePolicy', ...NULL_BYTES },
  { of: 'pull', path: 'dataFrom[].find.nullBytePolicy', ...NULL_BYTES },
  { of: 'pull', path: 'syncWindows', lastWithout: '2.6', firstWith: '2.9.0', source: `${PULLS}/6452` },
  {
    of: 'pull',
    path: 'target.template.templateFrom[].valuesDecodingStrategy',
    lastWithout: '2.6',
    firstWith: '2.9.0',
    source: `${PULLS}/6482`,
  },
  {
    of: 'pull',
    path: 'target.creationPolicy',
    holds: (value) => value === 'CreateOrMerge',
    word: 'CreateOrMerge',
    lastWithout: '2.7',
    firstWith: '2.9.0',
    source: `${PULLS}/6641`,
  },
  { of: 'passwords', path: 'prefix', lastWithout: '2.11', firstWith: '2.12.0', source: `${PULLS}/7028` },
  { of: 'passwords', path: 'suffix', lastWithout: '2.11', firstWith: '2.12.0', source: `${PULLS}/7028` },
];

/** What is done otherwise than here, as measured in 2.9.0. Of other releases nothing else is known. */
export interface DifferenceFact extends Fact, FieldPlace {
  readonly what: string;
  readonly fix: string;
}

const OFFSET_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d)$|\.\d*[1-9]\d*Z$/u;

function isOddDate(value: unknown): boolean {
  return typeof value === 'string' && OFFSET_DATE.test(value);
}

function isNoSecret(value: unknown): boolean {
  return isRecord(value) && !(value['apiVersion'] === 'v1' && value['kind'] === 'Secret');
}

function hasBothKinds(value: unknown): boolean {
  const refs: readonly unknown[] = Array.isArray(value) ? value : [];
  const clusterWide = refs.filter((ref) => isRecord(ref) && isClusterWide(String(ref['kind']))).length;
  return clusterWide > 0 && clusterWide < refs.length;
}

const ODD_DATE = {
  of: 'push',
  holds: isOddDate,
  what: 'has an offset or a fraction, for which the operator writes a new version at every refresh',
  fix: 'Write it in UTC and whole seconds, as 2030-01-01T00:00:00Z.',
  source: 'measured: cases ps-051c, ps-051d, ps-052',
} as const;

const TAGS = {
  of: 'push',
  what: 'is written by the operator only together with another value, in the place of all other tags',
  fix: 'Set tags by hand there, or change them with the value.',
  source: 'measured: cases ps-047, ps-048',
} as const;

export const DIFFERENCE_FACTS: readonly DifferenceFact[] = [
  {
    of: 'push',
    path: 'data[].match.remoteRef.property',
    what: 'is ignored by the operator, which overwrites the whole object with this entry',
    fix: 'Push one object for each entry there, or the whole Secret.',
    source: `${ISSUES}/4510, measured: cases ps-056f, ps-057a`,
  },
  { ...ODD_DATE, path: 'data[].metadata.spec.expirationDate' },
  { ...ODD_DATE, path: 'dataTo[].metadata.spec.expirationDate' },
  { ...TAGS, path: 'data[].metadata.spec.tags' },
  { ...TAGS, path: 'dataTo[].metadata.spec.tags' },
  {
    of: 'push',
    path: 'secretStoreRefs',
    holds: hasBothKinds,
    what: 'names SecretStores beside ClusterSecretStores, and the operator looks for some of them without a namespace, at random',
    fix: 'Write one PushSecret for each kind of store.',
    source: 'pkg/controllers/pushsecret of 2.9.0',
  },
  {
    of: 'pull',
    path: 'target.manifest',
    holds: isNoSecret,
    what: 'names a kind that the operator writes only where it runs with --unsafe-allow-generic-targets',
    fix: 'Start it with that flag, or write a Secret.',
    source: `${PULLS}/5470`,
  },
  {
    of: 'store',
    path: 'provider.azurekv',
    holds: (value) => isRecord(value) && isRecord(value['customCloudConfig']) && value['useAzureSDK'] !== true,
    what: 'has customCloudConfig without useAzureSDK, which the operator refuses',
    fix: 'Set useAzureSDK to true.',
    source: 'measured: case ad-27',
  },
];

/** A function of templates that came or went. */
export interface FunctionFact extends Fact {
  readonly name: string;
  readonly firstWith?: string;
  readonly goneIn?: string;
}

export const FUNCTION_FACTS: readonly FunctionFact[] = [
  { name: 'hexdec', firstWith: '2.7.0', source: `${PULLS}/6422` },
  { name: 'fail', goneIn: '2.12.0', source: `${PULLS}/7019` },
];
