/**
 * What one vault holds: secrets, keys and certificates with their versions, live and soft-deleted.
 *
 * Knows nothing of HTTP or of permissions. It is loaded, edited and compared in the notation of the conformance cases.
 */
import { createHash } from 'node:crypto';

export const COLLECTIONS = ['secrets', 'keys', 'certificates'] as const;
export type Collection = (typeof COLLECTIONS)[number];

/** What content without times is from. */
const DEFAULT_TIME = Date.UTC(2026, 0, 1) / 1000;
const RETENTION_SECONDS = 90 * 86_400;

export interface Attributes {
  readonly enabled?: boolean;
  readonly nbf?: number;
  readonly exp?: number;
  readonly created?: number;
  readonly updated?: number;
}

export type Tags = Readonly<Record<string, string | null>>;
export type Jwk = Readonly<Record<string, unknown>>;

/** One version as a conformance case writes it: `value` for secrets, `jwk` for keys, `cer` (base64 DER) for certificates. */
export interface VersionContent {
  readonly value?: string;
  readonly contentType?: string;
  readonly jwk?: Jwk;
  readonly cer?: string;
  readonly policy?: unknown;
  readonly tags?: Tags;
  readonly attributes?: Attributes;
  readonly managed?: boolean;
  /** 32 hexadecimal digits; made from the name and the number of the version when absent. */
  readonly version?: string;
}

/** Versions, oldest first; `null` removes the object. */
export type CollectionContent = Readonly<Record<string, readonly VersionContent[] | null>>;
export type ObjectsContent = Partial<Readonly<Record<Collection, CollectionContent>>>;

export interface VaultContentEdit extends ObjectsContent {
  readonly deleted?: ObjectsContent;
}

export interface StoredVersion extends VersionContent {
  readonly version: string;
  readonly attributes: Attributes & { readonly enabled: boolean; readonly created: number; readonly updated: number };
}

export interface StoredObject {
  readonly name: string;
  readonly versions: StoredVersion[];
  /** Seconds; set while the object is soft-deleted. */
  deletedDate?: number;
  scheduledPurgeDate?: number;
  /** Seconds; until then the service is still deleting or recovering it. */
  settlesAt?: number;
}

type Objects = Readonly<Record<Collection, Map<string, StoredObject>>>;

/** Snapshots hold everything, so that a comparison can ignore what it likes. */
export type VaultSnapshot = Readonly<Record<Collection, Readonly<Record<string, readonly StoredVersion[]>>>> & {
  readonly deleted: Readonly<Record<Collection, Readonly<Record<string, readonly StoredVersion[]>>>>;
};

export class VaultContent {
  readonly #vault: string;
  readonly #live = emptyObjects();
  readonly #deleted = emptyObjects();
  /** How many versions each name ever had: a version id is never given twice, not even after a purge. */
  readonly #versionCount = new Map<string, number>();

  constructor(vault: string) {
    this.#vault = vault;
  }

  find(collection: Collection, name: string): StoredObject | undefined {
    return this.#live[collection].get(name.toLowerCase());
  }

  findDeleted(collection: Collection, name: string): StoredObject | undefined {
    return this.#deleted[collection].get(name.toLowerCase());
  }

  /** By name, so that pages are the same in every run. */
  list(collection: Collection): readonly StoredObject[] {
    return sortedByName(this.#live[collection]);
  }

  listDeleted(collection: Collection): readonly StoredObject[] {
    return sortedByName(this.#deleted[collection]);
  }

  /** Appends a version; the first version of a name decides how the name is written. */
  append(collection: Collection, name: string, content: VersionContent): StoredObject {
    return this.#append(this.#live, collection, { name, content });
  }

  /** Replaces the attributes, tags or content type of one version in place. */
  replace(object: StoredObject, version: StoredVersion, changes: VersionContent): StoredVersion {
    const updated = { ...version, ...changes, attributes: { ...version.attributes, ...changes.attributes } };
    object.versions.splice(object.versions.indexOf(version), 1, updated);
    return updated;
  }

  /** A certificate takes the secret and the key that it owns with it. */
  softDelete(
    collection: Collection,
    object: StoredObject,
    now: { readonly at: number; readonly settlesAt: number },
  ): void {
    for (const [owned, entry] of this.#withOwned(this.#live, collection, object)) {
      this.#live[owned].delete(entry.name.toLowerCase());
      this.#deleted[owned].set(entry.name.toLowerCase(), entry);
      entry.deletedDate = now.at;
      entry.scheduledPurgeDate = now.at + RETENTION_SECONDS;
      entry.settlesAt = now.settlesAt;
    }
  }

  recover(collection: Collection, object: StoredObject, settlesAt: number): void {
    for (const [owned, entry] of this.#withOwned(this.#deleted, collection, object)) {
      this.#deleted[owned].delete(entry.name.toLowerCase());
      this.#live[owned].set(entry.name.toLowerCase(), entry);
      delete entry.deletedDate;
      delete entry.scheduledPurgeDate;
      entry.settlesAt = settlesAt;
    }
  }

  purge(collection: Collection, object: StoredObject): void {
    for (const [owned, entry] of this.#withOwned(this.#deleted, collection, object)) {
      this.#deleted[owned].delete(entry.name.toLowerCase());
    }
  }

  /** Appends versions and removes what is `null`, in the notation of the conformance cases. */
  edit(change: VaultContentEdit): void {
    this.#editObjects(this.#live, change);
    this.#editObjects(this.#deleted, change.deleted ?? {});
    for (const collection of COLLECTIONS) {
      for (const object of this.#deleted[collection].values()) {
        object.deletedDate ??= DEFAULT_TIME;
        object.scheduledPurgeDate ??= DEFAULT_TIME + RETENTION_SECONDS;
      }
    }
  }

  /**
   * Everything the vault holds, as plain values. Keys that a certificate owns are left out: they are a shadow of
   * the certificate that no client can write, and the conformance cases do not name them.
   */
  snapshot(): VaultSnapshot {
    return { ...snapshotOf(this.#live), deleted: snapshotOf(this.#deleted) };
  }

  #editObjects(objects: Objects, change: ObjectsContent): void {
    for (const collection of COLLECTIONS) {
      for (const [name, versions] of Object.entries(change[collection] ?? {})) {
        if (versions === null) objects[collection].delete(name.toLowerCase());
        for (const content of versions ?? []) this.#append(objects, collection, { name, content });
      }
    }
  }

  #append(objects: Objects, collection: Collection, entry: { name: string; content: VersionContent }): StoredObject {
    const key = entry.name.toLowerCase();
    const object = objects[collection].get(key) ?? { name: entry.name, versions: [] };
    objects[collection].set(key, object);
    object.versions.push(this.#stored(collection, key, entry.content));
    return object;
  }

  #stored(collection: Collection, key: string, content: VersionContent): StoredVersion {
    const path = `${this.#vault}/${collection}/${key}`;
    const count = (this.#versionCount.get(path) ?? 0) + 1;
    this.#versionCount.set(path, count);
    const version = content.version ?? createHash('sha256').update(`${path}/${count}`).digest('hex').slice(0, 32);
    const times = { created: DEFAULT_TIME, updated: content.attributes?.created ?? DEFAULT_TIME };
    return { ...content, version, attributes: { enabled: true, ...times, ...content.attributes } };
  }

  #withOwned(objects: Objects, collection: Collection, object: StoredObject): [Collection, StoredObject][] {
    const own: [Collection, StoredObject] = [collection, object];
    if (collection !== 'certificates') return [own];
    const owned = (['secrets', 'keys'] as const).flatMap((other): [Collection, StoredObject][] => {
      const entry = objects[other].get(object.name.toLowerCase());
      return entry !== undefined && isManaged(entry) ? [[other, entry]] : [];
    });
    return [own, ...owned];
  }
}

export function latestOf(object: StoredObject): StoredVersion {
  return object.versions.at(-1)!;
}

/** True for the secret and the key that belong to a certificate. */
export function isManaged(object: StoredObject): boolean {
  return latestOf(object).managed === true;
}

function emptyObjects(): Objects {
  return { secrets: new Map(), keys: new Map(), certificates: new Map() };
}

function sortedByName(objects: ReadonlyMap<string, StoredObject>): readonly StoredObject[] {
  return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

function snapshotOf(objects: Objects): Record<Collection, Record<string, readonly StoredVersion[]>> {
  const entries = (collection: Collection): [string, readonly StoredVersion[]][] =>
    sortedByName(objects[collection])
      .filter((object) => collection !== 'keys' || !isManaged(object))
      .map((object) => [object.name, structuredClone(object.versions)]);
  return {
    secrets: Object.fromEntries(entries('secrets')),
    keys: Object.fromEntries(entries('keys')),
    certificates: Object.fromEntries(entries('certificates')),
  };
}
