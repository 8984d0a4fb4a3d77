/**
 * Says which vault object a `remoteRef.key` names.
 *
 * ESO 2.9: the key is split at slashes, without trimming or case folding.
 *
 * | key | type | name |
 * |---|---|---|
 * | `a` | secret | `a` |
 * | `secret/a`, `secret/a/b`, `secret/a/<version>` | secret | `a`; further parts are dropped |
 * | `cert/a`, `key/a` | cert, key | `a` |
 * | `/a`, `a/`, `Secret/a`, `secrets/a`, `https://v/secrets/a` | unknown | |
 */
import type { ParsedKey } from '../model/intent.ts';
import type { RemoteType } from '../model/vault.ts';

const TYPES: Readonly<Record<RemoteType, true>> = { secret: true, cert: true, key: true };

/** The object that a key names, or the type that it gives and that does not exist. */
export function parseKey(key: string): ParsedKey | { readonly unknownType: string } {
  const [first = '', name] = key.split('/');
  if (name === undefined) return { type: 'secret', name: first };
  return isRemoteType(first) ? { type: first, name } : { unknownType: first };
}

function isRemoteType(text: string): text is RemoteType {
  return Object.hasOwn(TYPES, text);
}
