/** What is written to one vault object, beside whether it is: value, properties, and what is remembered of it. */
import type { PushedObject } from '../../model/condition.ts';
import type { KeyDiff } from '../../model/plan.ts';
import type { PushFault, PushIntent } from '../../model/push-intent.ts';
import type { FetchedObject } from '../../model/vault.ts';
import { SecretValue } from '../../model/secret-value.ts';
import { vaultRefText, type VaultContent } from '../../model/vault-object.ts';
import { setMembers } from '../../push/json-object.ts';
import { decodeUtf8 } from '../../transform/utf8.ts';
import { BASE64_TAG, LONGEST_VALUE_BYTES } from '../../push/secret-text.ts';
import { propertiesFor, textOf } from './compare-object.ts';
import { ownTags, pusherOf } from './owner.ts';
import type { PushInput } from './push-input.ts';
import { contentMark } from './source-hash.ts';
import type { WantedObject } from './wanted-objects.ts';

export type PlanObjectInput = Pick<PushInput, 'intent' | 'ownership' | 'nowMs' | 'deleted' | 'released' | 'ofFamily'>;

export function noObject({ entries: [first], target }: WantedObject): PushFault {
  return {
    code: 'push-no-object',
    path: [...first.field, 'match', 'remoteRef', 'property'],
    what: `is a member of ${vaultRefText(target)}, whose value is no JSON object`,
    fix: 'Nothing was written. Leave property out to replace the whole value, or choose another name.',
  };
}

export function headOf({ target, entries: [first] }: WantedObject, { ref }: PushIntent) {
  return { owner: ref, target, store: first.store, field: first.field };
}

export function keysOf({ entries }: WantedObject): readonly string[] {
  return [...new Set(entries.flatMap(({ property, keys }) => (property === '' ? keys : [property])))].sort();
}

export function keyDiff(
  wanted: WantedObject,
  { names, stale }: { names: readonly string[]; stale: readonly string[] },
): KeyDiff {
  const updated = wanted.value.type === 'members' ? names.filter((name) => !stale.includes(name)) : keysOf(wanted);
  return { added: [], updated: [...updated].sort(), removed: [...stale].sort() };
}

/** Equal texts, equal sources; the parts of several entries in their order. */
export function sourceOf({ entries }: WantedObject): string | undefined {
  const sources = entries.map(({ source }) => source);
  return sources.includes(undefined) ? undefined : sources.join('.');
}

export function contentOf(
  wanted: WantedObject,
  live: FetchedObject | undefined,
  stale: readonly string[],
): { readonly content: VaultContent } | { readonly fault: PushFault } {
  const { value } = wanted;
  switch (value.type) {
    case 'untold':
      return { content: { type: 'secret', value: SecretValue.fingerprint(() => false) } };
    case 'key':
      return { content: { type: 'key', jwk: value.jwk } };
    case 'cert':
      return { content: value.content };
    case 'secret':
      return fitting(wanted, value.value);
    case 'members': {
      const made = setMembers(textOf(live) === '' ? undefined : textOf(live), texts(value.members), stale);
      return 'fault' in made ? { fault: noObject(wanted) } : fitting(wanted, SecretValue.ofText(made.text));
    }
  }
}

/** Of what a read will give back once that is written. */
export function markOf(
  { value, target, entries: [{ uid }] }: WantedObject,
  content: VaultContent,
): { readonly mark?: string } {
  const read = value.type === 'cert' ? value.leaf : content.type === 'key' ? content.jwk : content.value;
  const mark = value.type === 'untold' ? undefined : contentMark(target.type, read, uid);
  return mark === undefined ? {} : { mark };
}

function texts(members: ReadonlyMap<string, SecretValue>): ReadonlyMap<string, string> {
  return new Map([...members].map(([name, value]) => [name, decodeUtf8(value.reveal())]));
}

/** Key Vault: 25 kB. A JSON object may outgrow it although each member fits. */
function fitting(wanted: WantedObject, value: SecretValue) {
  if (value.size <= LONGEST_VALUE_BYTES) return { content: { type: 'secret', value } as const };
  const what = `would make ${vaultRefText(wanted.target)} ${value.size} bytes long, and Key Vault takes ${LONGEST_VALUE_BYTES}`;
  const fault: PushFault = { code: 'push-too-long', path: wanted.entries[0].field, what, fix: 'Split the value.' };
  return { fault };
}

export function propertiesOf(
  wanted: WantedObject,
  live: FetchedObject | undefined,
  record: PushedObject | undefined,
  { intent, ownership, nowMs }: PlanObjectInput,
) {
  return propertiesFor(
    {
      metadata: forType(wanted),
      own: ownTags(pusherOf(intent), ownership),
      extras: intent.extras,
      expires: expiresOf(wanted, record, intent, nowMs),
      isBase64: wanted.value.type === 'secret' && wanted.value.isBase64,
    },
    live,
    record,
  );
}

/** ESO 2.9: content type and expiry are those of secrets; keys and certificates have their own. */
function forType({ metadata, value }: WantedObject): WantedObject['metadata'] {
  if (value.type === 'secret' || value.type === 'members') return metadata;
  return metadata.tags === undefined ? {} : { tags: metadata.tags };
}

/** `expires-in` is counted once, when a value is written, and never moved by a pass. */
function expiresOf(
  { metadata, value, entries }: WantedObject,
  record: PushedObject | undefined,
  { extras }: PushIntent,
  nowMs: number,
): number | undefined {
  if (value.type === 'key' || value.type === 'cert') return undefined;
  if (metadata.expires !== undefined || extras.expiresInMs === undefined) return metadata.expires;
  const isNew = record?.expires === undefined || record.source !== sourceOf({ entries } as WantedObject);
  return isNew ? Math.floor((nowMs + extras.expiresInMs) / 1000) : record.expires;
}

export function pushedOf(
  wanted: WantedObject,
  version: string | undefined,
  record: PushedObject | undefined,
  { intent, nowMs }: PlanObjectInput,
): PushedObject {
  const { target, value, entries } = wanted;
  const source = sourceOf(wanted);
  const expires = intent.extras.expiresInMs === undefined ? undefined : expiresOf(wanted, record, intent, nowMs);
  const tags = [
    ...Object.keys(wanted.metadata.tags ?? {}),
    ...(value.type === 'secret' && value.isBase64 ? Object.keys(BASE64_TAG) : []),
  ];
  return {
    vaultUrl: target.vaultUrl,
    type: target.type,
    name: target.name,
    store: entries[0].store,
    ...(version === undefined ? {} : { version }),
    ...(value.type === 'members' ? { properties: [...value.members.keys()].sort() } : {}),
    tags: tags.sort(),
    ...(expires === undefined ? {} : { expires }),
    ...chainOf(value, record),
    ...(source === undefined ? {} : { source }),
    ...(intent.parent === undefined ? {} : { parent: `${intent.parent.kind}/${intent.parent.name}` }),
    ...(intent.deletionPolicy === 'Delete' ? { deletes: true as const } : {}),
  };
}

/** A new version has the chain that was sent, be it the leaf alone: one that the source gets later is missing there. */
export function asWritten(pushed: PushedObject, { value }: WantedObject): PushedObject {
  return value.type === 'cert' ? { ...pushed, chain: value.sent } : pushed;
}

/** What the vault holds of a chain is what was written last. */
function chainOf(value: WantedObject['value'], record: PushedObject | undefined): Pick<PushedObject, 'chain'> {
  const chain = value.type === 'cert' ? (value.chain ?? record?.chain) : undefined;
  return chain === undefined ? {} : { chain };
}
