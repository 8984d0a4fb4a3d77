/** Which vault objects manifests ask for, by the place that holds them. Names only. */
import { namesStore, type FindSpec, type PullIntent, type StoreEntry } from '../model/intent.ts';
import { compareText, refText, type ObjectRef } from '../model/object-ref.ts';
import type { Store } from '../model/store.ts';
import { vaultOf } from '../resolve/sources.ts';
import { storeObjectRef } from '../resolve/stores.ts';

/** Somebody asks a place for something. */
export interface Ask {
  /** `vault kv-shop`; the store, where its vault is not known. */
  readonly place: string;
  /** `db-password`, `cert/web`, `secrets whose names match "^db"`. */
  readonly name: string;
  readonly owner: ObjectRef;
}

export interface Asking {
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
}

/** What the newer manifests ask for and the older did not, whoever asks. */
export function newAsks(base: Asking, head: Asking): readonly Ask[] {
  const before = new Set(asksOf(base).map(askText));
  const fresh = asksOf(head).filter((ask) => !before.has(askText(ask)));
  const distinct = new Map(fresh.map((ask) => [`${askText(ask)} ${refText(ask.owner)}`, ask]));
  return [...distinct].toSorted(([a], [b]) => compareText(a, b)).map(([, ask]) => ask);
}

function askText({ place, name }: Ask): string {
  return `${place} ${name}`;
}

function asksOf({ intents, stores }: Asking): readonly Ask[] {
  const known = new Map(stores.map((store) => [refText(store.ref), store]));
  return intents.flatMap((intent) =>
    intent.entries.filter(namesStore).flatMap((entry) => {
      const name = nameOf(entry);
      const store = storeObjectRef(entry.store, intent.ref.namespace);
      const vault = vaultOf(known.get(refText(store)));
      const place = vault === undefined ? refText(store) : `vault ${vault}`;
      return name === undefined ? [] : [{ place, name, owner: intent.ref }];
    }),
  );
}

function nameOf(entry: StoreEntry): string | undefined {
  switch (entry.kind) {
    case 'empty':
      return undefined;
    case 'find':
      return findText(entry.find);
    case 'data':
    case 'extract': {
      const { key, version } = entry.remoteRef;
      const name = key.replace(/^secret\//u, '');
      return version === '' ? name : `${name} in version ${version}`;
    }
    default:
      return entry satisfies never;
  }
}

const PLURALS = { secret: 'secrets', cert: 'certificates', key: 'keys' } as const;

function findText({ nameRegexp, tags, type = 'secret' }: FindSpec): string {
  const plural = PLURALS[type];
  const names = nameRegexp === '' ? `all ${plural}` : `${plural} whose names match "${nameRegexp}"`;
  const tagged = Object.entries(tags).map(([tag, value]) => `${tag}=${value}`);
  return tagged.length === 0 ? names : `${names}, tagged ${tagged.join(', ')}`;
}
