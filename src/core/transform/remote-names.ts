/**
 * What certainly names nothing in a Key Vault: told before the vault is asked. Rules of Key Vault: a name has letters,
 * digits and hyphens, 127 at most; a version 32 hexadecimal digits.
 *
 * | key | is told as |
 * | --- | --- |
 * | `db_password`, `b c`, 128 letters | a name that no vault can hold |
 * | `certs/db`, `Secret/db` | an unknown type, with the nearest one |
 * | `db/`, `db `, `` | what there is too much or too little of |
 * | `<path:kv#db>`, `ref+azurekeyvault://…`, `{{ … }}` | a placeholder of another tool |
 * | `${ENV}-db` | nothing: it is not filled yet |
 */
import type { Message } from '../model/message.ts';
import { foreignPlaceholder } from '../api/foreign-placeholders.ts';
import { nearest } from '../model/nearest.ts';
import { hasPlaceholder } from '../api/placeholders.ts';
import { namesStore, type PullIntent, type RemoteRef, type SourceEntry, type StoreRef } from '../model/intent.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { parseKey } from './parse-key.ts';

const NAME = /^[0-9A-Za-z-]{1,127}$/u;
const VERSION = /^[0-9a-f]{32}$/iu;
const TYPES = ['secret', 'cert', 'key'];
/** What people call the types: as Key Vault's addresses do. */
const OTHER_TYPES: Readonly<Record<string, string>> = { certificate: 'cert', certificates: 'cert' };

interface NameFinding {
  readonly code: string;
  readonly what: Message;
  readonly fix: Message;
}

/** `isVault` says whether a store is an azurekv of these manifests; others have names of their own. */
export function remoteNameProblems(intent: PullIntent, isVault: (store: StoreRef) => boolean): readonly Problem[] {
  return intent.entries.flatMap((entry) => {
    const place = placeOf(entry);
    if (place === undefined || !namesStore(entry) || !isVault(entry.store)) return [];
    const { path, remoteRef } = place;
    return [
      ...told(intent, [...path, 'key'], remoteKeyFault(remoteRef.key)),
      ...told(intent, [...path, 'version'], versionFinding(remoteRef.version)),
    ];
  });
}

/** An entry that reads without any store: nothing could ever be read for it. */
export function unnamedStoreProblems(intent: PullIntent): readonly Problem[] {
  const entry = intent.entries.filter(namesStore).find(({ store }) => store.name === '');
  if (entry === undefined) return [];
  const fix =
    'Set spec.secretStoreRef.name, or sourceRef.storeRef of each entry; an overlay of kustomize is given as kustomize build prints it.';
  return told(intent, ['spec', 'secretStoreRef'], { code: 'no-store', what: 'names no store', fix });
}

function told(intent: PullIntent, path: FieldPath, finding: NameFinding | undefined): readonly Problem[] {
  if (finding === undefined) return [];
  const origin = intent.locate(path);
  const field = fieldText(path);
  return [{ severity: 'error', at: intent.ref, field, ...(origin === undefined ? {} : { origin }), ...finding }];
}

function placeOf(entry: SourceEntry): { readonly path: FieldPath; readonly remoteRef: RemoteRef } | undefined {
  switch (entry.kind) {
    case 'data':
      return { path: ['spec', 'data', entry.index, 'remoteRef'], remoteRef: entry.remoteRef };
    case 'extract':
      return { path: ['spec', 'dataFrom', entry.index, 'extract'], remoteRef: entry.remoteRef };
    default:
      return undefined;
  }
}

function versionFinding(version: string): NameFinding | undefined {
  if (version === '' || hasPlaceholder(version) || VERSION.test(version)) return undefined;
  const isLatest = /^(?:latest|current|newest)$/iu.test(version);
  return {
    code: 'remote-version',
    what: 'is no version of Key Vault, which has 32 hexadecimal digits',
    fix: isLatest
      ? 'Leave it out: the newest version is read.'
      : 'Correct it, or leave it out to read the newest version.',
  };
}

/** Why a key names nothing that a Key Vault can have; the same for reading and for writing. */
export function remoteKeyFault(key: string): NameFinding | undefined {
  if (hasPlaceholder(key)) return undefined;
  const left = foreignPlaceholder(key);
  if (left !== undefined) return { code: 'placeholder', what: 'still holds a placeholder', fix: left };
  const odd = oddEnds(key);
  if (odd !== undefined) return { code: 'remote-key-invalid', ...odd };
  const parsed = parseKey(key);
  if ('unknownType' in parsed) return { code: 'remote-key-invalid', ...typeFinding(key, parsed.unknownType) };
  if (NAME.test(parsed.name)) return undefined;
  return {
    code: 'remote-key-invalid',
    what: `is no name that Key Vault can have${parsed.name.length > 127 ? `: it has ${parsed.name.length} characters` : ''}`,
    fix: 'Names there have letters, digits and hyphens, 127 at most.',
  };
}

function oddEnds(key: string): Pick<NameFinding, 'what' | 'fix'> | undefined {
  if (key === '') return { what: 'is empty', fix: 'Name a secret of the vault.' };
  if (key !== key.trim()) return { what: 'begins or ends with a space', fix: 'Take the space away.' };
  if (key.endsWith('/')) return { what: 'ends with a slash', fix: 'Take the slash away, or write the name behind it.' };
  return undefined;
}

function typeFinding(key: string, type: string): Pick<NameFinding, 'what' | 'fix'> {
  if (/^https?:\/\//iu.test(key)) {
    return { what: 'is an address', fix: 'Write the name alone, or cert/NAME or key/NAME; the store has the vault.' };
  }
  const meant = OTHER_TYPES[type.toLowerCase()] ?? nearest(type, TYPES);
  if (type === '') return { what: 'begins with a slash', fix: 'Take the slash away.' };
  return {
    what: `has the type ${/^[\w-]{1,40}$/u.test(type) ? type : 'before its first slash'}, which Key Vault does not have`,
    fix: meant === undefined ? 'Write NAME, secret/NAME, cert/NAME or key/NAME.' : `Did you mean ${meant}/?`,
  };
}
