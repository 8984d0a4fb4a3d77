/**
 * What is wrong with parts of a PushSecret, and known without any cluster or vault. ESO 2.9 finds it once the part's turn
 * has come, so that a pass tells it there and goes on with the others; `validate` and `deploy` tell it beforehand.
 */
import { selectorFaults } from '../api/label-selector.ts';
import { REGEXP_FAULTS } from '../api/check.ts';
import { hasPlaceholder } from '../api/placeholders.ts';
import { regexpFault } from '../go/regexp.ts';
import type { FieldPath } from '../model/origin.ts';
import { fieldText } from '../model/origin.ts';
import {
  isFault,
  pushEntryPath,
  type PushDataEntry,
  type PushDataToEntry,
  type PushFault,
  type PushIntent,
  type PushStoreRef,
} from '../model/push-intent.ts';
import type { LabelSelector } from '../model/store.ts';
import { parseKey } from './parse-key.ts';
import { remoteKeyFault } from './remote-names.ts';

type Entry = PushDataEntry | PushDataToEntry;

/** Of everything, in the order of the fields. */
export function pushFaults(intent: PushIntent): readonly PushFault[] {
  const entries = [...intent.data, ...intent.dataTo];
  return [
    ...storeFaults(intent.stores),
    ...sourceFaults(intent),
    ...entries.flatMap(pushEntryFaults),
    ...intent.dataTo.flatMap((entry) => foreignStore(entry, intent.stores)),
    ...clashes(entries),
  ];
}

/** Of one entry by itself. The first is what it is refused for. */
export function pushEntryFaults(entry: Entry): readonly PushFault[] {
  return [
    ...(entry.kind === 'data' ? targetFaults(entry) : dataToFaults(entry)),
    ...(isFault(entry.metadata) ? [entry.metadata] : []),
  ];
}

function targetFaults(entry: PushDataEntry): readonly PushFault[] {
  const path: FieldPath = [...pushEntryPath(entry), 'match', 'remoteRef'];
  return [...keyFaults(entry.remoteKey, [...path, 'remoteKey']), ...propertyFaults(entry, [...path, 'property'])];
}

function keyFaults(remoteKey: string, path: FieldPath): readonly PushFault[] {
  const finding = remoteKeyFault(remoteKey);
  return finding === undefined ? [] : [{ ...finding, path }];
}

function propertyFaults({ remoteKey, property }: PushDataEntry, path: FieldPath): readonly PushFault[] {
  const parsed = parseKey(remoteKey);
  if (property === '' || 'unknownType' in parsed || parsed.type === 'secret') return [];
  const what = `is given for a ${parsed.type === 'key' ? 'key' : 'certificate'}, which has no members`;
  return [{ code: 'push-property', path, what, fix: 'Remove it: only secrets that hold a JSON object have members.' }];
}

function dataToFaults(entry: PushDataToEntry): readonly PushFault[] {
  const path = pushEntryPath(entry);
  return [
    ...(entry.remoteKey === '' ? [] : keyFaults(entry.remoteKey, [...path, 'remoteKey'])),
    ...patternFaults(entry.match, [...path, 'match', 'regexp']),
    ...entry.rewrite.flatMap((operation, step) =>
      operation.kind === 'regexp'
        ? patternFaults(operation.source, [...path, 'rewrite', step, 'regexp', 'source'])
        : [],
    ),
  ];
}

function patternFaults(pattern: string, path: FieldPath): readonly PushFault[] {
  const fault = regexpFault(pattern);
  return fault === undefined ? [] : [{ code: 'regexp', path, ...REGEXP_FAULTS[fault] }];
}

function storeFaults(stores: readonly PushStoreRef[]): readonly PushFault[] {
  if (stores.length === 0) {
    const fix = 'Name at least one.';
    return [
      { code: 'no-store', path: ['spec', 'secretStoreRefs'], what: 'names no store, so that nothing is pushed', fix },
    ];
  }
  return stores.flatMap(({ name, labelSelector }, index): readonly PushFault[] => {
    const path: FieldPath = ['spec', 'secretStoreRefs', index];
    if (labelSelector !== undefined) return labelFaults(labelSelector, [...path, 'labelSelector']);
    if (name !== '') return [];
    return [{ code: 'no-store', path, what: 'has neither a name nor a labelSelector', fix: 'Give it one of them.' }];
  });
}

function labelFaults(selector: LabelSelector, at: FieldPath): readonly PushFault[] {
  return selectorFaults(selector).map(({ path, ...finding }) => ({ ...finding, path: [...at, ...path] }));
}

function sourceFaults({ source }: PushIntent): readonly PushFault[] {
  const path: FieldPath = ['spec', 'selector', 'secret'];
  switch (source.kind) {
    case 'secret':
      return [];
    case 'labels':
      return labelFaults(source.selector, [...path, 'selector']);
    case 'none':
      return [
        { code: 'push-source', path, what: 'names no Secret', fix: 'Write its name, or a selector with its labels.' },
      ];
    default:
      return source satisfies never;
  }
}

/** ESO 2.9: fails the whole PushSecret. Which stores labels select is known in a pass only. */
function foreignStore(entry: PushDataToEntry, stores: readonly PushStoreRef[]): readonly PushFault[] {
  const path: FieldPath = [...pushEntryPath(entry), 'storeRef'];
  const { store } = entry;
  if (store === undefined) return [];
  if (store.labelSelector !== undefined) return labelFaults(store.labelSelector, [...path, 'labelSelector']);
  const sameKind = stores.filter(({ kind }) => kind === store.kind);
  const mayBe = sameKind.some(({ name, labelSelector }) => labelSelector !== undefined || name === store.name);
  if (mayBe) return [];
  const what = `names ${store.kind} ${store.name}, which is not among spec.secretStoreRefs`;
  return [
    { code: 'push-store-not-listed', path, what, fix: 'Add it there, or correct the reference (the kind matters).' },
  ];
}

/** One object of whichever vault, and the entry that names it. */
interface Claim {
  readonly entry: Entry;
  readonly type: 'secret' | 'key' | 'cert';
  /** Key Vault: without case. */
  readonly name: string;
  readonly property: string;
}

/**
 * Entries that would write one object, each over the other. ESO 2.9 compares texts, so that it takes `db` and `secret/db`
 * for two. Told once for each entry, at the later one.
 */
function clashes(entries: readonly Entry[]): readonly PushFault[] {
  const claims = claimsOf(entries);
  return claims.flatMap((claim, index) => {
    const earlier = claims.slice(0, index).filter((one) => one.name === claim.name && mayShareStore(one, claim));
    const found = earlier.flatMap((one) => clashOf(one, claim) ?? []);
    return found.slice(0, 1);
  });
}

function claimsOf(entries: readonly Entry[]): readonly Claim[] {
  // ESO 2.9: an entry for the whole Secret drops every bundle.
  const dropsBundles = entries.some((entry) => entry.kind === 'data' && entry.secretKey === '');
  return entries.flatMap((entry): readonly Claim[] => {
    const isNone = entry.kind === 'data-to' && (entry.remoteKey === '' || dropsBundles);
    const parsed = parseKey(entry.remoteKey);
    if (isNone || hasPlaceholder(entry.remoteKey) || 'unknownType' in parsed) return [];
    const property = entry.kind === 'data' ? entry.property : '';
    return [{ entry, type: parsed.type, name: parsed.name.toLowerCase(), property }];
  });
}

/** Entries of `data` go into every store. */
function mayShareStore({ entry: a }: Claim, { entry: b }: Claim): boolean {
  if (a.kind === 'data' || b.kind === 'data') return true;
  const isNamed = a.store?.labelSelector === undefined && b.store?.labelSelector === undefined;
  return isNamed && a.store?.name === b.store?.name && a.store?.kind === b.store?.kind;
}

function clashOf(first: Claim, second: Claim): PushFault | undefined {
  const at = pushEntryPath(second.entry);
  const path: FieldPath =
    second.entry.kind === 'data' ? [...at, 'match', 'remoteRef', 'remoteKey'] : [...at, 'remoteKey'];
  const other = fieldText(pushEntryPath(first.entry));
  if (first.type !== second.type) {
    if (first.type !== 'cert' && second.type !== 'cert') return undefined;
    const what = `has the name of ${other}, and a certificate is a secret and a key of its name, too`;
    return { code: 'push-clash', path, what, fix: 'Give one of them another name.' };
  }
  if (first.property !== '' && second.property !== '' && first.property !== second.property) return undefined;
  const isMixed = (first.property === '') !== (second.property === '');
  const what = isMixed
    ? `names the object of ${other}, one of them with a property and one without`
    : `names the ${first.property === '' ? 'object' : 'member'} of ${other} again`;
  return { code: 'push-clash', path, what, fix: 'Give each a name of its own, or each a property of its own.' };
}
