/**
 * Expected against observed, by the rules under which the cases were recorded.
 *
 * | part | rule |
 * |---|---|
 * | rejected | the same objects; for another reason it may be |
 * | secrets, children | exactly, and nothing else exists |
 * | objects | exactly those that are named |
 * | conditions | type, status, reason; the message where the condition is True, else any text |
 * | syncedResourceVersion | the hash exactly; the number is the object's generation here |
 * | other status | exactly; stores only where the case observes or names them; finalizers may be missing |
 * | events | the same set of object, type and reason; a Warning may be missing once its object is ready |
 * | requests | never more than recorded; each write is one that was recorded; order does not matter |
 * | vault | exactly the objects that changed, without our owner's tag, and without times, ids and policies that are not named |
 */
import { GENERATED_ANNOTATION } from '../../src/core/model/names.ts';
import { isFields, sameFields } from '../fakes/kubernetes-object.ts';
import { without } from '../servers/json.ts';
import type { CaseCluster } from './case-cluster.ts';
import type { Expectation, ExpectedEvent, Fields } from './load-case.ts';
import type { Observation } from './observe.ts';
import type { Transient } from './transient.ts';

export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

export interface SyncComparison {
  readonly expected: Expectation;
  readonly observed: Observation;
  /** The sync before this one in the same case. */
  readonly before: { readonly expected: Expectation; readonly observed: Observation } | undefined;
  readonly transient: Transient;
  /** The case observes stores. */
  readonly stores: boolean;
  readonly home: CaseCluster['home'];
}

export function compareSync(given: SyncComparison): readonly Difference[] {
  const comparison = given.home === 'files' ? asFiles(given) : given;
  return [
    ...rejectedDifferences(comparison),
    ...secretDifferences(comparison),
    ...objectDifferences(comparison),
    ...childDifferences(comparison),
    ...statusDifferences(comparison),
    ...eventDifferences(comparison),
    ...requestDifferences(comparison),
    ...vaultDifferences(comparison),
  ];
}

/**
 * Without custom resources nobody tells of stores or in Events, and cluster-wide manifests have neither status nor
 * children that could be looked at; what their children pushed is in the record of each.
 */
function asFiles(comparison: SyncComparison): SyncComparison {
  const { expected, observed } = comparison;
  const ofPushes = (status: Named): Named =>
    Object.fromEntries(
      Object.entries(status)
        .filter(([name]) => name.startsWith('PushSecret '))
        .map(([name, one]) => [name, one === null ? null : without(one, 'deleting')]),
    );
  return {
    ...comparison,
    stores: false,
    expected: { ...expected, status: ofPushes(expected.status), children: {}, events: [] },
    observed: { ...observed, status: ofPushes(observed.status) as Observation['status'], children: {}, events: [] },
  };
}

/** `path: expected …, got …`; values of cases are no secrets. */
export function differenceText({ path, expected, got }: Difference): string {
  return `${path}: expected ${shown(expected)}, got ${shown(got)}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function rejectedDifferences({ expected, observed }: SyncComparison): readonly Difference[] {
  const names = (rejected: Readonly<Record<string, string>> = {}): readonly string[] => Object.keys(rejected).sort();
  const [wanted, got] = [names(expected.rejected), names(observed.rejected)];
  return sameFields(wanted, got) ? [] : [{ path: 'rejected', expected: wanted, got: observed.rejected }];
}

function secretDifferences({ expected, observed, before }: SyncComparison): readonly Difference[] {
  return namedDifferences('secrets', expected.secrets, observed.secrets).flatMap(({ path, expected, got }) =>
    differences(path, expected, withoutOwnMark(got), at(before?.observed, path)),
  );
}

/** From which spec a generated value was drawn: ours alone. */
function withoutOwnMark(secret: unknown): unknown {
  if (!isFields(secret) || !isFields(secret['annotations'])) return secret;
  return { ...secret, annotations: without(secret['annotations'], GENERATED_ANNOTATION) };
}

function objectDifferences({ expected, observed, before }: SyncComparison): readonly Difference[] {
  const wanted = expected.objects ?? {};
  const named = Object.fromEntries(Object.entries(observed.objects).filter(([name]) => name in wanted));
  return namedDifferences('objects', wanted, named).flatMap(({ path, expected, got }) =>
    differences(path, expected, got, at(before?.observed, path)),
  );
}

function childDifferences({ expected, observed }: SyncComparison): readonly Difference[] {
  return namedDifferences('children', expected.children ?? {}, observed.children).flatMap(({ path, expected, got }) =>
    differences(path, withoutFinalizers(expected), withoutFinalizers(got), undefined),
  );
}

/** Of custom resources ours may be others, or none. */
function withoutFinalizers(child: unknown): unknown {
  return isFields(child) ? without(child, 'finalizers') : child;
}

type Named = Readonly<Record<string, Fields | null>>;

/** One pair for each name of either side; `null` and absent mean the same. */
function namedDifferences(part: string, expected: Named, got: Named): readonly Difference[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  return [...names].map((name) => ({
    path: `${part}.${name}`,
    expected: expected[name] ?? undefined,
    got: got[name] ?? undefined,
  }));
}

/** What the sync before had at `secrets.app/db`. */
function at(observed: Observation | undefined, path: string): unknown {
  const [part, name] = splitOnce(path);
  const parts: unknown = observed;
  const named = isFields(parts) ? parts[part] : undefined;
  return isFields(named) ? named[name] : undefined;
}

function splitOnce(path: string): readonly [string, string] {
  const dot = path.indexOf('.');
  return [path.slice(0, dot), path.slice(dot + 1)];
}

/** Leaf by leaf. `{matches, changed}` stands for a random value, in `data` for the decoded one. */
function differences(path: string, expected: unknown, got: unknown, earlier: unknown): readonly Difference[] {
  if (isRandom(expected)) return randomDifference(path, expected, got, earlier);
  if (isFields(expected) && isFields(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...keys].flatMap((key) =>
      differences(`${path}.${key}`, expected[key], got[key], isFields(earlier) ? earlier[key] : undefined),
    );
  }
  return sameFields(expected, got) ? [] : [{ path, expected, got }];
}

interface Random {
  readonly matches: string;
  readonly changed?: boolean;
}

function isRandom(value: unknown): value is Random {
  return isFields(value) && typeof value['matches'] === 'string';
}

function randomDifference(path: string, expected: Random, got: unknown, earlier: unknown): readonly Difference[] {
  const isData = path.includes('.data.');
  const text = typeof got !== 'string' ? undefined : isData ? Buffer.from(got, 'base64').toString() : got;
  const fits = text !== undefined && new RegExp(`^(?:${expected.matches})$`, 'su').test(text);
  const moved = expected.changed === undefined || (got !== earlier) === expected.changed;
  return fits && moved ? [] : [{ path, expected, got: text ?? got }];
}

function statusDifferences(comparison: SyncComparison): readonly Difference[] {
  const { expected, observed, before, stores } = comparison;
  const got = Object.fromEntries(
    Object.entries(observed.status).filter(([name]) => stores || name in expected.status || !isStore(name)),
  );
  return namedDifferences('status', expected.status, got).flatMap((pair) => {
    const name = splitOnce(pair.path)[1];
    if (pair.expected === undefined) return unexpectedStatus(pair, name in expected.status);
    if (pair.got === undefined) return [pair];
    return oneStatus(pair.path, pair.expected as Fields, pair.got as Fields, {
      generation: comparison.home === 'files' ? 'a hash' : (observed.generations[name] ?? 0),
      was: before?.observed.status[name],
      wasExpected: before?.expected.status[name] ?? undefined,
    });
  });
}

function isStore(name: string): boolean {
  return /^(Cluster)?SecretStore /u.test(name);
}

/** An object that the case does not name may exist, but nothing may have been said of it; one that is gone may not. */
function unexpectedStatus(pair: Difference, isGone: boolean): readonly Difference[] {
  if (pair.got === undefined) return [];
  if (isGone) return [{ ...pair, expected: 'to be gone' }];
  return isFields(pair.got) && Object.keys(pair.got).length === 0 ? [] : [pair];
}

interface Versions {
  /** A hash of the spec where there is no custom resource. */
  readonly generation: number | 'a hash';
  readonly was: Fields | undefined;
  readonly wasExpected: Fields | undefined;
}

function oneStatus(path: string, expected: Fields, got: Fields, versions: Versions): readonly Difference[] {
  return [
    ...conditionDifferences(`${path}.conditions`, expected['conditions'], got['conditions']),
    ...versionDifferences(
      `${path}.syncedResourceVersion`,
      expected['syncedResourceVersion'],
      got['syncedResourceVersion'],
      versions,
    ),
    ...differences(path, plainStatus(expected), plainStatus(got), undefined),
  ];
}

/** What is compared as it stands; why a namespace failed may be told in other words. */
function plainStatus(status: Fields): Fields {
  const plain = without(status, 'conditions', 'syncedResourceVersion', 'finalizers');
  const failed: unknown = plain['failedNamespaces'];
  if (!Array.isArray(failed)) return plain;
  return { ...plain, failedNamespaces: failed.map((entry: unknown) => (isFields(entry) ? entry['namespace'] : entry)) };
}

function conditionDifferences(path: string, expected: unknown, got: unknown): readonly Difference[] {
  return sameFields(comparable(expected), comparable(got)) ? [] : [{ path, expected, got }];
}

function comparable(conditions: unknown): unknown {
  if (!Array.isArray(conditions)) return [];
  const listed = conditions.filter(isFields).map(({ type, status, reason = '', message = '' }) => ({
    type,
    status,
    reason,
    ...(status === 'True' ? { message } : {}),
  }));
  return listed.sort((a, b) => (String(a.type) < String(b.type) ? -1 : 1));
}

/** Generations differ from the operator's by what it writes itself; that ours moves when its does is what counts. */
function versionDifferences(
  path: string,
  expected: unknown,
  got: unknown,
  { generation, was, wasExpected }: Versions,
): readonly Difference[] {
  if (typeof expected !== 'string' || typeof got !== 'string') {
    return expected === got ? [] : [{ path, expected, got }];
  }
  const [number, hash] = splitVersion(got);
  const isCurrent = generation === 'a hash' || number === String(generation);
  const hasStayed = expected === wasExpected?.['syncedResourceVersion'] && got === was?.['syncedResourceVersion'];
  const same = hash === splitVersion(expected)[1] && (isCurrent || hasStayed);
  return same ? [] : [{ path, expected: `${expected} (generation is ${generation} here)`, got }];
}

function splitVersion(version: string): readonly [string, string] {
  const dash = version.indexOf('-');
  return [version.slice(0, dash), version.slice(dash + 1)];
}

function eventDifferences({ expected, observed, stores }: SyncComparison): readonly Difference[] {
  const counts = ({ object }: ExpectedEvent): boolean => stores || object in expected.status || !isStore(object);
  const wanted = new Map(expected.events.filter(counts).map((event) => [eventText(event), event]));
  const got = new Map(observed.events.filter(counts).map((event) => [eventText(event), event]));
  const missing = [...wanted].filter(([text, event]) => !got.has(text) && !isForgivable(event, expected));
  const extra = [...got].filter(([text]) => !wanted.has(text));
  return [
    ...missing.map(([text]) => ({ path: 'events', expected: text, got: undefined })),
    ...extra.map(([text, { message }]) => ({
      path: 'events',
      expected: undefined,
      got: `${text}: ${message ?? ''}`,
    })),
  ];
}

function eventText({ object, type, reason }: ExpectedEvent): string {
  return `${object} ${type} ${reason}`;
}

function isForgivable({ object, type }: ExpectedEvent, { status }: Expectation): boolean {
  const conditions = status[object]?.['conditions'];
  if (type !== 'Warning' || !Array.isArray(conditions)) return false;
  return conditions.some((one) => isFields(one) && one['type'] === 'Ready' && one['status'] === 'True');
}

function requestDifferences({ expected, observed, transient }: SyncComparison): readonly Difference[] {
  const { requests } = expected;
  if (isLines(requests)) {
    const got = observed.requests.map(({ line }) => line);
    return linesDifferences('requests', transient.without(requests, undefined), got);
  }
  const vaults = new Set([...Object.keys(requests), ...observed.requests.map(({ vault }) => vault)]);
  return [...vaults].flatMap((vault) => {
    const got = observed.requests.filter((request) => request.vault === vault).map(({ line }) => line);
    return linesDifferences(`requests.${vault}`, transient.without(requests[vault] ?? [], vault), got);
  });
}

function isLines(requests: Expectation['requests']): requests is readonly string[] {
  return Array.isArray(requests);
}

function linesDifferences(path: string, expected: readonly string[], got: readonly string[]): readonly Difference[] {
  if (got.length > expected.length) return [{ path, expected, got }];
  const left = [...expected];
  const surplus = got.filter(isWrite).filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return surplus.length === 0 ? [] : [{ path, expected, got }];
}

function isWrite(line: string): boolean {
  return !line.startsWith('GET ');
}

function vaultDifferences({ expected, observed }: SyncComparison): readonly Difference[] {
  return namedDifferences('vault', expected.vault ?? {}, observed.vault).flatMap(({ path, expected, got }) =>
    vaultPartDifferences(path, expected, got),
  );
}

/** Walks down to the versions of each object: `vault.kv-main.secrets.db[0]`. */
function vaultPartDifferences(path: string, expected: unknown, got: unknown): readonly Difference[] {
  if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    return expected.flatMap((version: unknown, index) =>
      versionContentDifferences(`${path}[${index}]`, version, got[index]),
    );
  }
  if (isFields(expected) && isFields(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...keys].flatMap((key) => vaultPartDifferences(`${path}.${key}`, expected[key], got[key]));
  }
  const isEmpty = (value: unknown): boolean => value === undefined || sameFields(value, {});
  return sameFields(expected, got) || (isEmpty(expected) && isEmpty(got)) ? [] : [{ path, expected, got }];
}

/** Ours alone. */
const OWNER_TAG = 'keyferry-owner';

function versionContentDifferences(path: string, expected: unknown, got: unknown): readonly Difference[] {
  if (!isFields(expected) || !isFields(got)) return sameFields(expected, got) ? [] : [{ path, expected, got }];
  const wanted = withDefaults(expected);
  const { version, policy, ...content } = withDefaults(got);
  const named: Fields = {
    ...content,
    ...('version' in expected ? { version } : {}),
    ...('policy' in expected ? { policy } : {}),
    tags: isFields(content['tags']) ? without(content['tags'], OWNER_TAG) : content['tags'],
  };
  const times = Object.entries(isFields(named['attributes']) ? named['attributes'] : {});
  const kept = times.filter(([name]) => !['created', 'updated'].includes(name) || hasAttribute(expected, name));
  return differences(path, wanted, { ...named, attributes: Object.fromEntries(kept) }, undefined);
}

function withDefaults(version: Fields): Fields {
  const attributes = isFields(version['attributes']) ? version['attributes'] : {};
  return { ...version, tags: version['tags'] ?? {}, attributes: { enabled: true, ...attributes } };
}

function hasAttribute(version: Fields, name: string): boolean {
  return isFields(version['attributes']) && name in version['attributes'];
}
