/**
 * The least that an installation needs in its vaults, by vault, type and direction: a role, or words of an access policy.
 *
 * | what | role | access policy |
 * | --- | --- | --- |
 * | `key: NAME`, `secret/NAME`, `extract` | Key Vault Secrets User | secrets: get |
 * | `find` | Key Vault Secrets User | secrets: get list |
 * | `find` over certificates, keys | … Certificate User, … Crypto User | …: get list |
 * | a push to `NAME`, `secret/NAME` | Key Vault Secrets Officer | secrets: get set |
 * | a push to `cert/NAME`, `key/NAME` | … Certificates Officer, … Crypto Officer | …: get import update |
 * | a push with `deletionPolicy: Delete` | the same | delete and recover beside |
 *
 * No built-in role writes without deleting and purging: docs/permissions.md has one that does.
 */
import { namesStore, type PullIntent, type StoreEntry } from '../model/intent.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText, refText, type ObjectRef } from '../model/object-ref.ts';
import type { PushIntent } from '../model/push-intent.ts';
import { shortList } from '../model/short-list.ts';
import type { Store } from '../model/store.ts';
import type { RemoteType } from '../model/vault.ts';
import { inOneLine } from '../model/shown.ts';
import { parseKey } from '../transform/parse-key.ts';
import { findType } from '../transform/remote-object.ts';
import { uses, type DeployedIntents } from './deployed-intents.ts';

export interface VaultNeed {
  /** `kv-shop`. */
  readonly vault: string;
  readonly role: string;
  /** `secrets: get set`. */
  readonly policy: string;
  /** `ExternalSecret shop/a, ExternalSecret shop/b and 3 more`. */
  readonly for: string;
}

const ROLES: Readonly<Record<RemoteType, { readonly read: string; readonly write: string; readonly plural: string }>> =
  {
    secret: { read: 'Key Vault Secrets User', write: 'Key Vault Secrets Officer', plural: 'secrets' },
    cert: { read: 'Key Vault Certificate User', write: 'Key Vault Certificates Officer', plural: 'certificates' },
    key: { read: 'Key Vault Crypto User', write: 'Key Vault Crypto Officer', plural: 'keys' },
  };

/** As `az keyvault set-policy` takes them. */
const WORDS = ['get', 'list', 'set', 'import', 'update', 'delete', 'recover'];

/** One thing that one intent does in one vault. */
interface Use {
  readonly vault: string;
  readonly direction: 'read' | 'write';
  readonly type: RemoteType;
  readonly words: readonly string[];
  readonly ref: ObjectRef;
}

/** By vault, reading before writing. */
export function vaultNeeds(deployed: DeployedIntents, stores: readonly Store[]): readonly VaultNeed[] {
  const vaults = stores.filter(({ keySyntax }) => keySyntax === 'azurekv');
  const found = vaults.flatMap((store) => [
    ...deployed.intents.flatMap((intent) => readsOf(intent, store)),
    ...deployed.pushes.flatMap((push) => writesOf(push, store, push.ref)),
    ...deployed.clusterPushes.flatMap((one) => writesOf(one.childIn(store.ref.namespace ?? ''), store, one.ref)),
  ]);
  const groups = groupBy(found, ({ vault, direction, type }) => `${vault} ${direction} ${type}`);
  return [...groups]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, all]) => (all[0] === undefined ? [] : [needOf(all[0], all)]));
}

function readsOf({ ref, entries }: PullIntent, store: Store): readonly Use[] {
  const own = entries.filter(namesStore).filter((entry) => uses({ ref, storeRefs: [entry.store] }, store));
  return own.flatMap((entry) => {
    const type = readType(entry);
    const words = entry.kind === 'find' ? ['get', 'list'] : ['get'];
    return type === undefined ? [] : [{ vault: vaultOf(store), direction: 'read', type, words, ref } as const];
  });
}

function readType(entry: StoreEntry): RemoteType | undefined {
  switch (entry.kind) {
    case 'empty':
      return undefined;
    case 'find':
      return findType(entry);
    default:
      return typeOf(entry.remoteRef.key);
  }
}

function writesOf(push: PushIntent, store: Store, ref: ObjectRef): readonly Use[] {
  if (!uses(push, store)) return [];
  const keys = [...push.data, ...push.dataTo].map(({ remoteKey }) => remoteKey);
  return keys.flatMap((key) => {
    const type = typeOf(key);
    if (type === undefined) return [];
    const writes = type === 'secret' ? ['set'] : ['import', 'update'];
    // A name that it deleted once is recovered before it is written again.
    const words = ['get', ...writes, ...(push.deletionPolicy === 'Delete' ? ['delete', 'recover'] : [])];
    return [{ vault: vaultOf(store), direction: 'write', type, words, ref } as const];
  });
}

/** Keys of a `dataTo` without a name become secrets of their own names, unless a rewrite says otherwise. */
function typeOf(key: string): RemoteType | undefined {
  const parsed = parseKey(key);
  return 'unknownType' in parsed ? undefined : parsed.type;
}

function vaultOf({ vault, place }: Store): string {
  return vault ?? place;
}

function needOf({ vault, direction, type }: Use, all: readonly Use[]): VaultNeed {
  const words = WORDS.filter((word) => all.some((use) => use.words.includes(word)));
  return {
    vault,
    role: ROLES[type][direction],
    policy: `${ROLES[type].plural}: ${words.join(' ')}`,
    for: shortList([...new Set(all.map(({ ref }) => refText(ref)))]),
  };
}

/** As comments of YAML, before the objects. */
export function printNeeds(needs: readonly VaultNeed[]): string {
  return needs.map((need) => `# ${inOneLine(needText(need))}\n`).join('');
}

/** What an administrator of the vault has to be told. */
export function needText({ vault, role, policy, for: who }: VaultNeed): string {
  return `Vault ${vault}: the job needs "${role}" there, or an access policy with ${policy}. For ${who}.`;
}
