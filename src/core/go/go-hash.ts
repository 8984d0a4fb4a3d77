/**
 * The fingerprints that ESO writes into labels, annotations and status, to the character.
 *
 * ESO 2.9: H(x) = SHA3-224, in hex, of Go's `%+v` rendering of x. Nothing in that rendering is quoted or escaped, so
 * different inputs can look alike; that must stay, for the operator compares with what we write and we with what it wrote.
 */
import { createHash } from 'node:crypto';

const MANAGER_PREFIX = 'externalsecrets.external-secrets.io/';
/** ESO 2.9: a longer field manager name is replaced by one with a hash. */
const MANAGER_LENGTH = 63;

/** H of a Secret's data: `map[key:[1 2 3] other:[]]`. ESO 2.9: annotation `reconcile.external-secrets.io/data-hash`. */
export function hashData(data: ReadonlyMap<string, Uint8Array>): string {
  return hashText(renderMap([...data].map(([key, bytes]) => [key, `[${bytes.join(' ')}]`])));
}

/** Which of the two the data of this kind of target have. */
export function hashOf(kind: string): (data: ReadonlyMap<string, Uint8Array>) => string {
  return kind === 'Secret' ? hashData : hashTexts;
}

/**
 * The same of an object whose data are texts (a ConfigMap): `map[key:text other:]`. ESO 2.9 has texts only; bytes that
 * are none, which it cannot write, are rendered as those of a Secret.
 */
export function hashTexts(data: ReadonlyMap<string, Uint8Array>): string {
  return hashText(renderMap([...data].map(([key, bytes]) => [key, textOf(bytes) ?? `[${bytes.join(' ')}]`])));
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** H of a text as it is. ESO 2.9: label `reconcile.external-secrets.io/created-by` = H(`namespace/name`). */
export function hashText(text: string): string {
  return createHash('sha3-224').update(text, 'utf8').digest('hex');
}

export interface HashedMeta {
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** H of the annotations and labels of an ExternalSecret, all of them. */
export function hashMeta({ annotations, labels }: HashedMeta): string {
  const maps = [annotations, labels].map((map) => renderMap(Object.entries(map)));
  return hashText(`{annotations:${maps[0] ?? ''} labels:${maps[1] ?? ''}}`);
}

/** ESO 2.9: `status.syncedResourceVersion`, which changes with the spec and with every label and annotation. */
export function syncedResourceVersion(
  generation: string,
  annotations: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): string {
  return `${generation}-${hashMeta({ annotations, labels })}`;
}

/** ESO 2.9: the field manager under which an ExternalSecret owns fields of its Secret. */
export function fieldManager(externalSecretName: string): string {
  const name = MANAGER_PREFIX + externalSecretName;
  return name.length > MANAGER_LENGTH ? `${MANAGER_PREFIX}sha3/${hashText(externalSecretName)}` : name;
}

function renderMap(entries: readonly (readonly [string, string])[]): string {
  const sorted = entries.toSorted(([a], [b]) => compareBytes(a, b));
  return `map[${sorted.map(([key, value]) => `${key}:${value}`).join(' ')}]`;
}

/**
 * Order of the UTF-8 bytes of two texts, as Go sorts strings. JavaScript's own order differs from it for characters
 * beyond U+FFFF, which it sorts before U+E000.
 */
export function compareBytes(a: string, b: string): number {
  let index = 0;
  while (index < a.length && index < b.length && a.charCodeAt(index) === b.charCodeAt(index)) index++;
  return byteRank(a.charCodeAt(index)) - byteRank(b.charCodeAt(index));
}

/** Moves surrogates above every other code unit, where the code points that they make up belong. */
function byteRank(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
