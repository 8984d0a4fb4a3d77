/** What a change of PushSecrets means for vault objects, as far as manifests alone tell. Names, never values. */
import { canonicalText } from '../model/canonical-text.ts';
import { groupBy } from '../model/group-by.ts';
import { compareRefs, compareText, refText, type ObjectRef } from '../model/object-ref.ts';
import { fieldText } from '../model/origin.ts';
import { pushEntryPath, type PushDataEntry, type PushDataToEntry, type PushIntent } from '../model/push-intent.ts';
import { normalVaultUrl, vaultRefKey, vaultRefText, type VaultRef } from '../model/vault-object.ts';
import type { WantedEntry } from '../plan/push/push-input.ts';
import { isDataToFor } from '../push/store-refs.ts';
import { pushStores, type PushStore } from '../resolve/push-stores.ts';
import type { StoreWorld } from '../resolve/stores.ts';
import { untoldEntries, type PlacedPushStore } from './untold-pushes.ts';

/**
 * | action | what a sync would do |
 * | --- | --- |
 * | `set` | write it: no manifest named it, or its value is taken from elsewhere |
 * | `patch` | write what stands beside its value |
 * | `remove` | delete it, where this PushSecret wrote it |
 * | `leave` | leave it where it is: nothing names it any more |
 * | `unknown` | only the source Secret, or the cluster, tells which objects |
 */
export interface VaultObjectChange {
  readonly action: 'set' | 'patch' | 'remove' | 'leave' | 'unknown';
  /** `kv-shop secret/db`; `objects of kv-shop` where their names are not known. */
  readonly object: string;
  readonly why?: 'where there is none' | 'named after the keys of its source' | 'its store is not in these manifests';
  /** It goes with its PushSecret, not with an entry of it. */
  readonly isOwnerGone: boolean;
  /** The PushSecret. */
  readonly owner: ObjectRef;
}

export interface PushSide {
  readonly pushes: readonly PushIntent[];
  readonly stores: StoreWorld;
}

export interface PushSides {
  readonly base: PushSide;
  readonly head: PushSide;
  /** Manifests of the newer side, also those with errors: they are not gone. */
  readonly written: ReadonlySet<string>;
  readonly prune: boolean;
}

export function vaultObjectChanges({ base, head, written, prune }: PushSides): readonly VaultObjectChange[] {
  const before = new Map(base.pushes.map((push) => [refText(push.ref), wantedBy(push, base.stores)]));
  const after = head.pushes.map((push) => wantedBy(push, head.stores));
  const kept = new Set(after.flatMap(({ objects }) => [...objects.keys()]));
  const gone = base.pushes.filter(({ ref }) => !written.has(refText(ref)));
  const changes = [
    ...after.flatMap((wanted) => changesOf(wanted, before.get(refText(wanted.intent.ref)) ?? NOTHING, kept)),
    ...gone.flatMap((push) => changesOfGone(push, before.get(refText(push.ref)) ?? NOTHING, { kept, prune })),
  ];
  return changes.toSorted((a, b) => compareText(a.object, b.object) || compareRefs(a.owner, b.owner));
}

/** One object that a PushSecret names, as texts that are equal where a sync would write the same. */
interface WantedHere {
  readonly target: VaultRef;
  readonly value: string;
  readonly beside: string;
}

interface Wanted {
  readonly intent: PushIntent;
  readonly objects: ReadonlyMap<string, WantedHere>;
  /** Objects whose names are not known, by what is shown of them: what they are made from. */
  readonly unnamed: ReadonlyMap<string, Unnamed>;
}

interface Unnamed {
  readonly made: string;
  readonly why: NonNullable<VaultObjectChange['why']>;
}

const NOTHING: Pick<Wanted, 'objects' | 'unnamed'> = { objects: new Map(), unnamed: new Map() };

function wantedBy(intent: PushIntent, world: StoreWorld): Wanted {
  const { usable, faults } = pushStores(intent, world);
  const placed = usable.flatMap(placedStore);
  const { entries } = untoldEntries(intent, placed);
  const named = [...groupBy(entries, ({ target }) => vaultRefKey(target))].flatMap(([key, [first, ...others]]) =>
    first === undefined ? [] : [[key, wantedObject(intent, [first, ...others])] as const],
  );
  const absent = faults.map(({ store }): [string, Unnamed] => [
    `objects of ${store}`,
    { made: canonicalText([sourceOf(intent), intent.data, intent.dataTo]), why: 'its store is not in these manifests' },
  ]);
  return { intent, objects: new Map(named), unnamed: new Map([...absent, ...placed.flatMap(unnamedIn(intent))]) };
}

function placedStore(store: PushStore): readonly PlacedPushStore[] {
  const { vault, provider } = store.store;
  return vault === undefined || provider.type !== 'azurekv'
    ? []
    : [{ ...store, vault, vaultUrl: normalVaultUrl(provider.vaultUrl) }];
}

function wantedObject(intent: PushIntent, entries: readonly [WantedEntry, ...WantedEntry[]]): WantedHere {
  const { expiresInMs, noContentType, binary, pfxPasswordKey } = intent.extras;
  const texts = [...intent.dataTo, ...intent.data]
    .filter((one) => entries.some(({ field }) => fieldText(field) === fieldText(pushEntryPath(one))))
    .map(textsOf);
  return {
    target: entries[0].target,
    value: canonicalText([texts.map(({ value }) => value).sort(), sourceOf(intent), binary, pfxPasswordKey]),
    beside: canonicalText([texts.map(({ beside }) => beside).sort(), expiresInMs, noContentType]),
  };
}

/** What is written, without the name that it gets and without how the manifest puts it. */
function textsOf(entry: PushDataEntry | PushDataToEntry): { readonly value: string; readonly beside: string } {
  const { kind, conversion, metadata } = entry;
  const value = kind === 'data' ? [entry.secretKey, entry.property] : [entry.match, entry.rewrite];
  return { value: canonicalText([kind, conversion, value]), beside: canonicalText(metadata) };
}

function sourceOf({ source, template }: PushIntent): unknown {
  return [source, template];
}

/** ESO 2.9: without `remoteKey` each key of the Secret makes an object of its own. */
function unnamedIn(intent: PushIntent) {
  return (store: PlacedPushStore): readonly (readonly [string, Unnamed])[] => {
    const { labels } = store.store;
    const entries = intent.dataTo.filter((one) => one.remoteKey === '' && isDataToFor(one, { ...store, labels }));
    const made = canonicalText([entries.map(textsOf), sourceOf(intent)]);
    const why = 'named after the keys of its source';
    return entries.length === 0 ? [] : [[`objects of ${store.vault}`, { made, why }]];
  };
}

function changesOf(
  { intent, objects, unnamed }: Wanted,
  before: Pick<Wanted, 'objects' | 'unnamed'>,
  kept: ReadonlySet<string>,
): readonly VaultObjectChange[] {
  const { ref: owner, deletionPolicy, updatePolicy } = intent;
  const written = [...objects].flatMap(([key, wanted]): readonly VaultObjectChange[] => {
    const action = actionOf(wanted, before.objects.get(key));
    if (action === undefined) return [];
    const why = action === 'set' && updatePolicy === 'IfNotExists' ? { why: 'where there is none' as const } : {};
    return [{ action, object: vaultRefText(wanted.target), ...why, isOwnerGone: false, owner }];
  });
  const names = new Set([...unnamed.keys(), ...before.unnamed.keys()]);
  const open = [...names].flatMap((object): readonly VaultObjectChange[] => {
    const [now, was] = [unnamed.get(object), before.unnamed.get(object)];
    if (now?.made === was?.made) return [];
    const { why } = now ?? was ?? {};
    return [{ action: 'unknown', object, ...(why === undefined ? {} : { why }), isOwnerGone: false, owner }];
  });
  const isDeleted = deletionPolicy === 'Delete';
  const left = [...before.objects].filter(([key]) => !kept.has(key) && !objects.has(key));
  return [...written, ...open, ...left.map(([, wanted]) => endOf(wanted, { owner, isDeleted, isOwnerGone: false }))];
}

function actionOf(wanted: WantedHere, before: WantedHere | undefined): 'set' | 'patch' | undefined {
  if (before === undefined || before.value !== wanted.value) return 'set';
  return before.beside === wanted.beside ? undefined : 'patch';
}

function changesOfGone(
  { ref: owner, deletionPolicy }: PushIntent,
  { objects, unnamed }: Pick<Wanted, 'objects' | 'unnamed'>,
  { kept, prune }: { readonly kept: ReadonlySet<string>; readonly prune: boolean },
): readonly VaultObjectChange[] {
  const isDeleted = prune && deletionPolicy === 'Delete';
  const left = [...objects].filter(([key]) => !kept.has(key));
  return [
    ...left.map(([, wanted]) => endOf(wanted, { owner, isDeleted, isOwnerGone: true })),
    ...[...unnamed].map(([object, { why }]): VaultObjectChange => ({
      action: 'unknown',
      object,
      why,
      isOwnerGone: true,
      owner,
    })),
  ];
}

function endOf(
  { target }: WantedHere,
  { isDeleted, ...rest }: Pick<VaultObjectChange, 'owner' | 'isOwnerGone'> & { readonly isDeleted: boolean },
): VaultObjectChange {
  return { action: isDeleted ? 'remove' : 'leave', object: vaultRefText(target), ...rest };
}
