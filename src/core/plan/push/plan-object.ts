/** What is done to one vault object: nothing, new properties, a new version; or why nothing may be done. */
import type { PushedObject } from '../../model/condition.ts';
import { say, setting, type Message } from '../../model/message.ts';
import type { KeyDiff } from '../../model/plan.ts';
import { NO_KEYS } from '../../model/plan.ts';
import type { PushFault, PushIntent } from '../../model/push-intent.ts';
import type { VaultPatch, VaultSet } from '../../model/push-plan.ts';
import type { FetchedObject } from '../../model/vault.ts';
import { SecretValue } from '../../model/secret-value.ts';
import { vaultRefKey, vaultRefText, type VaultContent } from '../../model/vault-object.ts';
import { setMembers } from '../../push/json-object.ts';
import { decodeUtf8 } from '../../transform/utf8.ts';
import { BASE64_TAG, LONGEST_VALUE_BYTES } from '../../push/secret-text.ts';
import { MOST_TAGS, movement, propertiesFor, staleMembers, textOf, valueDifference } from './compare-object.ts';
import { belongingOf, type Belonging, ownerText, ownTags, pusherOf } from './owner.ts';
import type { PushInput } from './push-input.ts';
import type { WantedObject } from './wanted-objects.ts';

/** `told`: what is to be known although it goes on. */
export type ObjectOutcome =
  | { readonly kind: 'unchanged'; readonly pushed: PushedObject }
  | { readonly kind: 'change'; readonly change: VaultSet | VaultPatch; readonly told: readonly PushFault[] }
  /** IfNotExists: something of that name is there. `pushed`: its tags say that it is ours. */
  | { readonly kind: 'exists'; readonly pushed?: PushedObject }
  | { readonly kind: 'refused'; readonly fault: PushFault };

export type PlanObjectInput = Pick<PushInput, 'intent' | 'ownership' | 'nowMs' | 'deleted' | 'released'>;

/** On `live`, which was read; `undefined` = it is surely absent. */
export function planObject(
  wanted: WantedObject,
  live: FetchedObject | undefined,
  record: PushedObject | undefined,
  input: PlanObjectInput,
): ObjectOutcome {
  const { intent } = input;
  if (live !== undefined && intent.updatePolicy === 'IfNotExists') {
    const isOurs = belongingHere(wanted, live, input) === 'ours';
    return { kind: 'exists', ...(isOurs ? { pushed: pushedOf(wanted, live.version, record, input) } : {}) };
  }
  return live === undefined ? planAbsent(wanted, record, input) : planFound(wanted, live, record, input);
}

function refused(wanted: WantedObject, finding: { code: string; what: string; fix: Message }): ObjectOutcome {
  return { kind: 'refused', fault: { path: wanted.entries[0].field, ...finding } };
}

function planAbsent(wanted: WantedObject, record: PushedObject | undefined, input: PlanObjectInput): ObjectOutcome {
  const { intent, ownership } = input;
  const deleted = input.deleted.get(vaultRefKey(wanted.target));
  if (deleted !== undefined && !mayTake(belongingOf(deleted.tags, pusherOf(intent), ownership))) {
    return refused(wanted, {
      code: 'push-deleted-foreign',
      what: `names ${vaultRefText(wanted.target)}, which is deleted, blocks the name, and does not belong to this PushSecret`,
      fix: 'It stays deleted. Choose another name, or have it recovered or purged by whom it belongs to.',
    });
  }
  const content = contentOf(wanted, undefined, []);
  if ('fault' in content) return { kind: 'refused', fault: content.fault };
  const { properties } = propertiesOf(wanted, undefined, undefined, input);
  if (properties === undefined) return tooManyTags(wanted);
  const change: VaultSet = {
    ...headOf(wanted, intent),
    action: 'set',
    keys: { ...NO_KEYS, added: keysOf(wanted) },
    metadata: [],
    precondition: deleted === undefined ? 'absent' : 'deleted',
    content: content.content,
    properties,
    pushed: pushedOf(wanted, undefined, record, input),
  };
  return { kind: 'change', change, told: deleted === undefined ? [] : [recovered(wanted)] };
}

function recovered(wanted: WantedObject): PushFault {
  return {
    code: 'push-recovers',
    path: wanted.entries[0].field,
    what: `names ${vaultRefText(wanted.target)}, which is deleted: it is recovered first, and its old value is current until the new one is written`,
    fix: 'Both happen in one run.',
  };
}

function belongingHere({ target }: WantedObject, { tags }: FetchedObject, input: PlanObjectInput): Belonging {
  const belonging = belongingOf(tags, pusherOf(input.intent), input.ownership);
  const isReleased = belonging === 'another' && input.released?.has(vaultRefKey(target)) === true;
  return isReleased ? 'handed-over' : belonging;
}

function mayTake(belonging: Belonging): boolean {
  return belonging === 'ours' || belonging === 'handed-over' || belonging === 'operators';
}

function planFound(
  wanted: WantedObject,
  live: FetchedObject,
  record: PushedObject | undefined,
  input: PlanObjectInput,
): ObjectOutcome {
  const { intent, ownership } = input;
  const text = vaultRefText(wanted.target);
  if (live.managed === true) {
    const fix = 'Push the certificate itself (cert/NAME), or choose another name.';
    return refused(wanted, {
      code: 'push-managed',
      what: `names ${text}, which belongs to a certificate of that name`,
      fix: fix,
    });
  }
  const values = differenceOf(wanted, live, record);
  if ('fault' in values) return { kind: 'refused', fault: values.fault };
  const belonging = belongingHere(wanted, live, input);
  if (belonging === 'another') {
    return refused(wanted, {
      code: 'push-owned-by-another',
      what: `names ${text}, which ${ownerText(live.tags, ownership)} writes`,
      fix: say`Choose another name. Where that was this installation before its state was lost, give ${setting('take-over')} once.`,
    });
  }
  if (belonging === 'foreign' && !isAdopted(intent, values.names)) {
    return refused(wanted, {
      code: 'push-not-ours',
      what: `names ${text}, which is not managed by external-secrets`,
      fix: 'Nothing was written. Choose another name, or say keyferry.dev/adopt: ifEqual or always on the PushSecret.',
    });
  }
  const properties = propertiesOf(wanted, live, record, input);
  if (properties.properties === undefined) return tooManyTags(wanted);
  const isNewHere = belonging === 'foreign' || belonging === 'handed-over';
  const metadata = isNewHere ? [...properties.names, 'owner'] : properties.names;
  if (values.names.length === 0 && metadata.length === 0) {
    return { kind: 'unchanged', pushed: pushedOf(wanted, live.version, record, input) };
  }
  const head = { ...headOf(wanted, intent), metadata, pushed: pushedOf(wanted, live.version, record, input) };
  const content = contentOf(wanted, live, values.stale);
  if ('fault' in content) return { kind: 'refused', fault: content.fault };
  const told = belonging === 'operators' ? [takenOver(wanted)] : [];
  const version = live.version ?? '';
  if (values.names.length === 0) {
    const change: VaultPatch = {
      ...head,
      action: 'patch',
      keys: NO_KEYS,
      precondition: { version },
      properties: properties.properties,
      content: content.content,
    };
    return { kind: 'change', change, told };
  }
  const moved = movement(record, live, sourceOf(wanted));
  const side = resolutionOf(intent, live.version);
  if (moved !== undefined && side !== 'source') {
    if (side === 'vault' || (!moved.vault && !moved.source)) {
      return { kind: 'unchanged', pushed: pushedOf(wanted, live.version, record, input) };
    }
    if (moved.vault && moved.source) return conflict(wanted, live);
  }
  const change: VaultSet = {
    ...head,
    action: 'set',
    keys: keyDiff(wanted, values),
    precondition: { version },
    content: content.content,
    properties: properties.properties,
  };
  return { kind: 'change', change, told: [...told, ...(moved?.vault === true ? [putBack(wanted)] : [])] };
}

function differenceOf(
  wanted: WantedObject,
  live: FetchedObject,
  record: PushedObject | undefined,
): { readonly names: readonly string[]; readonly stale: readonly string[] } | { readonly fault: PushFault } {
  if (wanted.value.type === 'members' && 'fault' in setMembers(textOf(live), new Map(), [])) {
    return { fault: noObject(wanted) };
  }
  const stale = staleMembers(wanted.value, live, record);
  return { names: [...valueDifference(wanted.value, live, record), ...stale], stale };
}

function noObject({ entries: [first], target }: WantedObject): PushFault {
  return {
    code: 'push-no-object',
    path: [...first.field, 'match', 'remoteRef', 'property'],
    what: `is a member of ${vaultRefText(target)}, whose value is no JSON object`,
    fix: 'Nothing was written. Leave property out to replace the whole value, or choose another name.',
  };
}

/** `ifEqual`: what it says is already there. */
function isAdopted({ extras }: PushIntent, differing: readonly string[]): boolean {
  return extras.adopt === 'always' || (extras.adopt === 'ifEqual' && differing.length === 0);
}

function resolutionOf({ extras }: PushIntent, version: string | undefined): 'source' | 'vault' | undefined {
  return extras.resolve.find((one) => one.version.toLowerCase() === version?.toLowerCase())?.side;
}

function conflict(wanted: WantedObject, live: FetchedObject): ObjectOutcome {
  const version = live.version ?? '';
  return refused(wanted, {
    code: 'push-conflict',
    what: `and ${vaultRefText(wanted.target)} both changed since the last pass, to different values`,
    fix: say`Nothing was written. Say which one counts: keyferry.dev/resolve: source@${version} or vault@${version} on the PushSecret, or ${setting('resolve')} for one run.`,
  });
}

function takenOver({ entries: [first], target }: WantedObject): PushFault {
  const what = `names ${vaultRefText(target)}, which the operator or an older version wrote: it is taken over`;
  return { code: 'push-taken-over', path: first.field, what, fix: 'Stop the operator for this PushSecret if it runs.' };
}

function putBack({ entries: [first], target }: WantedObject): PushFault {
  const what = `names ${vaultRefText(target)}, which somebody changed in the vault: the value of the source is put back`;
  const fix = 'Change the source Secret, or take the entry out of the PushSecret.';
  return { code: 'push-put-back', path: first.field, what, fix };
}

function headOf({ target, entries: [first] }: WantedObject, { ref }: PushIntent) {
  return { owner: ref, target, store: first.store, field: first.field };
}

function keysOf({ entries }: WantedObject): readonly string[] {
  return [...new Set(entries.flatMap(({ property, keys }) => (property === '' ? keys : [property])))].sort();
}

function keyDiff(
  wanted: WantedObject,
  { names, stale }: { names: readonly string[]; stale: readonly string[] },
): KeyDiff {
  const updated = wanted.value.type === 'members' ? names.filter((name) => !stale.includes(name)) : keysOf(wanted);
  return { added: [], updated: [...updated].sort(), removed: [...stale].sort() };
}

/** Equal texts, equal sources; the parts of several entries in their order. */
function sourceOf({ entries }: WantedObject): string | undefined {
  const sources = entries.map(({ source }) => source);
  return sources.includes(undefined) ? undefined : sources.join('.');
}

function contentOf(
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

function tooManyTags(wanted: WantedObject): ObjectOutcome {
  const what = `names ${vaultRefText(wanted.target)}, which would have more than ${MOST_TAGS} tags`;
  return refused(wanted, {
    code: 'push-tags',
    what: what,
    fix: 'Take some out: of the manifest, or those that others put on it.',
  });
}

function propertiesOf(
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

function pushedOf(
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

/** What the vault holds of a chain is what was written last. */
function chainOf(value: WantedObject['value'], record: PushedObject | undefined): Pick<PushedObject, 'chain'> {
  const chain = value.type === 'cert' ? (value.chain ?? record?.chain) : undefined;
  return chain === undefined ? {} : { chain };
}
