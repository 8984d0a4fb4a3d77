/**
 * What a PushSecret wants written into one store, out of one Secret.
 *
 * ESO 2.9, 6.5: `dataTo` first, then `data`; a key that `data` names is taken out of `dataTo`, but stays in bundles, and
 * an entry of `data` for the whole Secret takes all bundles out. No two may lead to one place. Where the operator gives
 * up the whole store, here the entries that are wrong are told and the others go on.
 */
import { groupBy } from '../model/group-by.ts';
import type { StoreRef } from '../model/intent.ts';
import { say, setting } from '../model/message.ts';
import { nearest } from '../model/nearest.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import {
  pushEntryPath,
  type PushDataEntry,
  type PushDataToEntry,
  type PushFault,
  type PushIntent,
  type PushMetadata,
} from '../model/push-intent.ts';
import { SecretValue } from '../model/secret-value.ts';
import type { TemplateEnvironment } from '../template/runtime.ts';
import { collisionFault, expandDataTo, type DataToDraft } from './data-to.ts';
import { wholeSecretJson } from './json-object.ts';
import { reverseNames } from './reverse-unicode.ts';
import { isDataToFor } from './store-refs.ts';

type Data = ReadonlyMap<string, SecretValue>;

/** One value for one place. */
export interface PushItem {
  /** The entry that asks for it. */
  readonly field: FieldPath;
  /** ESO 2.9: `remoteKey` or `remoteKey/property`, the name of the entry in the status. */
  readonly reference: string;
  readonly remoteKey: string;
  readonly property: string;
  /** '' = the whole Secret, or a bundle. */
  readonly secretKey: string;
  /** Of a bundle the names of its keys. */
  readonly bundle?: readonly string[];
  readonly metadata: PushMetadata | PushFault;
  /** What the status remembers of it. */
  readonly written: Readonly<Record<string, unknown>>;
  /** A key's value, or the JSON of the whole Secret or bundle. */
  readonly value: SecretValue | PushFault;
  /** Of a whole Secret or bundle its keys by their converted names; absent for one key, and where that went wrong. */
  readonly data?: Data;
}

export interface PushStore {
  /** `SecretStore/kv`. */
  readonly key: string;
  readonly ref: StoreRef;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Expanded {
  /** In the order in which ESO 2.9 pushes them. */
  readonly items: readonly PushItem[];
  /** Of entries that make no items. */
  readonly faults: readonly PushFault[];
}

export function expandEntries(
  intent: PushIntent,
  store: PushStore,
  data: Data,
  environment: TemplateEnvironment,
): Expanded {
  const results = intent.dataTo
    .filter((entry) => isDataToFor(entry, store))
    .map((entry) => expandDataTo(entry, [...data.keys()], environment));
  const own = withoutConflicts(results.flatMap((result) => ('code' in result ? [] : result)).map(draftPlace));
  const named = new Set(intent.data.map(({ secretKey }) => secretKey));
  const left = own.places.filter(({ secretKey }) => !named.has(secretKey));
  const all = withoutConflicts([...left, ...intent.data.map(dataPlace)]);
  const faults = results.flatMap((result) => ('code' in result ? [result] : []));
  return {
    items: all.places.map((place) => place.item(data)),
    faults: [...faults, ...own.faults, ...all.faults],
  };
}

/** Where something is written, from where, and what it is once it is looked at. */
interface Place {
  readonly entry: PushDataEntry | PushDataToEntry;
  readonly remoteKey: string;
  readonly property: string;
  readonly secretKey: string;
  readonly item: (data: Data) => PushItem;
}

function draftPlace(draft: DataToDraft): Place {
  const { entry, remoteKey, secretKey } = draft;
  return { entry, remoteKey, property: '', secretKey, item: (data) => draftItem(draft, data) };
}

function dataPlace(entry: PushDataEntry): Place {
  const { remoteKey, property, secretKey } = entry;
  return { entry, remoteKey, property, secretKey, item: (data) => dataItem(entry, data) };
}

/**
 * Of two places that are one, neither is written, nor anything else of their entries.
 *
 * Equal by what is written here only; whether `a` and `secret/a` are one object is asked when objects are known.
 */
function withoutConflicts(places: readonly Place[]): {
  readonly places: readonly Place[];
  readonly faults: readonly PushFault[];
} {
  const faults = new Map<Place['entry'], PushFault>();
  for (const members of groupBy(places, ({ remoteKey, property }) => JSON.stringify([remoteKey, property])).values()) {
    for (const member of members) {
      const other = members.find((one) => one !== member);
      if (other !== undefined && !faults.has(member.entry)) faults.set(member.entry, conflictFault(member, other));
    }
  }
  return { places: places.filter(({ entry }) => !faults.has(entry)), faults: [...faults.values()] };
}

/** ESO 2.9: `duplicate remote key …: source keys … and … both map to the same destination`. */
function conflictFault(place: Place, other: Place): PushFault {
  const { entry, remoteKey, property } = place;
  const where = property === '' ? `"${remoteKey}"` : `property "${property}" of "${remoteKey}"`;
  const by = other.entry === entry ? '' : ` as ${fieldText(pushEntryPath(other.entry))} does`;
  const what = `writes ${sourceText(place)} to ${where},${by === '' ? ' and' : `${by} with`} ${sourceText(other)}`;
  const fix =
    entry.kind === 'data'
      ? 'Give each a remoteKey, or a property, of its own.'
      : 'Change match or rewrite so that every key has a name of its own.';
  return { code: 'push-same-place', path: pushEntryPath(entry), what, fix };
}

function sourceText({ secretKey }: Place): string {
  return secretKey === '' ? 'several keys at once' : `the key "${secretKey}"`;
}

function draftItem({ entry, remoteKey, secretKey, bundle }: DataToDraft, data: Data): PushItem {
  const base = { field: pushEntryPath(entry), reference: remoteKey, remoteKey, property: '', metadata: entry.metadata };
  const { metadata } = entry.written;
  const match = { remoteRef: { remoteKey }, ...(secretKey === '' ? {} : { secretKey }) };
  // ESO 2.9: what the entry says of conversion is done by now.
  const written = { conversionStrategy: 'None', match, ...(metadata === undefined ? {} : { metadata }) };
  if (bundle === undefined) return { ...base, secretKey, written, value: known(entry, valueOf(data, secretKey)) };
  const keys = new Map([...bundle].map(([name, key]) => [name, valueOf(data, key)]));
  return { ...base, secretKey, written, bundle: [...keys.keys()], ...objectOf(entry, keys) };
}

function objectOf(entry: Place['entry'], data: Data): Pick<PushItem, 'value' | 'data'> {
  const hidden = [...data.values()].find(({ isOpaque }) => isOpaque);
  return { value: hidden === undefined ? wholeSecretJson(data) : known(entry, hidden), data };
}

/** In a folder values can be shown as fingerprints only, which nothing can be made of. */
function known(entry: Place['entry'], value: SecretValue): SecretValue | PushFault {
  if (!value.isOpaque) return value;
  const what = 'takes a value of a Secret that was redacted in this folder';
  return {
    code: 'push-value-redacted',
    path: pushEntryPath(entry),
    what,
    fix: say`Run with ${setting('show-values')}.`,
  };
}

/** Of a key that was found among them. */
function valueOf(data: Data, key: string): SecretValue {
  return data.get(key) ?? SecretValue.ofText('');
}

function dataItem(entry: PushDataEntry, data: Data): PushItem {
  const { remoteKey, property, secretKey, metadata, written } = entry;
  const reference = property === '' ? remoteKey : `${remoteKey}/${property}`;
  const base = { field: pushEntryPath(entry), reference, remoteKey, property, secretKey, metadata, written };
  const converted = convertedData(entry, data);
  if ('code' in converted) return { ...base, value: converted };
  if (secretKey === '') return { ...base, ...objectOf(entry, converted) };
  const value = converted.get(secretKey);
  return { ...base, value: value === undefined ? absentKey(entry, [...converted.keys()]) : known(entry, value) };
}

function convertedData(entry: PushDataEntry, data: Data): Data | PushFault {
  const reversed = reverseNames([...data.keys()], entry.conversion);
  if (reversed.kind === 'collision') return collisionFault([...pushEntryPath(entry), 'conversionStrategy'], reversed);
  return new Map([...reversed.names].map(([key, name]) => [name, valueOf(data, key)]));
}

function absentKey(entry: PushDataEntry, keys: readonly string[]): PushFault {
  const near = nearest(entry.secretKey, keys);
  return {
    code: 'push-key-absent',
    path: [...pushEntryPath(entry), 'match', 'secretKey'],
    what: `secret key ${entry.secretKey} does not exist`,
    fix: near === undefined ? 'Add it to the Secret, or correct the entry.' : `Did you mean ${near}?`,
    hasSubject: true,
  };
}
