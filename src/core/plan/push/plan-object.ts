/** What is done to one vault object: nothing, new properties, a new version; or why nothing may be done. */
import type { PushedObject } from '../../model/condition.ts';
import { say, setting, type Message } from '../../model/message.ts';
import { NO_KEYS } from '../../model/plan.ts';
import type { PushFault, PushIntent } from '../../model/push-intent.ts';
import type { VaultPatch, VaultSet } from '../../model/push-plan.ts';
import type { FetchedObject } from '../../model/vault.ts';
import { vaultRefKey, vaultRefText } from '../../model/vault-object.ts';
import { setMembers } from '../../push/json-object.ts';
import { MOST_TAGS, staleMembers, textOf, valueDifference } from './compare-object.ts';
import {
  asWritten,
  contentOf,
  headOf,
  keyDiff,
  keysOf,
  markOf,
  noObject,
  propertiesOf,
  pushedOf,
  type PlanObjectInput,
} from './object-write.ts';
import { movement } from './movement.ts';
import { belongingOf, type Belonging, ownerText, pusherOf } from './owner.ts';
import type { WantedObject } from './wanted-objects.ts';

/** `told`: what is to be known although it goes on. */
export type ObjectOutcome =
  | { readonly kind: 'unchanged'; readonly pushed: PushedObject }
  | { readonly kind: 'change'; readonly change: VaultSet | VaultPatch; readonly told: readonly PushFault[] }
  /** IfNotExists: something of that name is there. `pushed`: its tags say that it is ours. */
  | { readonly kind: 'exists'; readonly pushed?: PushedObject }
  | { readonly kind: 'refused'; readonly fault: PushFault };

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
    ...markOf(wanted, content.content),
    properties,
    pushed: asWritten(pushedOf(wanted, undefined, record, input), wanted),
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
  const values = differenceOf(wanted, live, record);
  if ('fault' in values) return { kind: 'refused', fault: values.fault };
  const belonging = belongingHere(wanted, live, input);
  const notOurs = refusedFor(belonging, { wanted, live, differing: values.names }, input);
  if (notOurs !== undefined) return notOurs;
  const { names, properties } = propertiesOf(wanted, live, record, input);
  if (properties === undefined) return tooManyTags(wanted);
  const isNewHere = belonging === 'foreign' || belonging === 'handed-over';
  const metadata = isNewHere ? [...names, 'owner'] : names;
  const pushed = pushedOf(wanted, live.version, record, input);
  if (values.names.length === 0 && metadata.length === 0) return { kind: 'unchanged', pushed };
  const made = contentOf(wanted, live, values.stale);
  if ('fault' in made) return { kind: 'refused', fault: made.fault };
  const told = belonging === 'operators' ? [takenOver(wanted)] : [];
  const precondition = { version: live.version ?? '' };
  const written = { content: made.content, ...markOf(wanted, made.content) };
  const change = { ...headOf(wanted, input.intent), metadata, pushed, precondition, properties, ...written };
  if (values.names.length === 0) {
    return { kind: 'change', change: { ...change, action: 'patch', keys: NO_KEYS }, told };
  }
  const moved = movement(record, live, wanted);
  const settled = settledSide(moved, resolutionOf(input.intent, live.version));
  if (settled === 'vault') return { kind: 'unchanged', pushed };
  if (settled === 'neither') return conflict(wanted, live);
  const keys = keyDiff(wanted, values);
  const set: VaultSet = { ...change, action: 'set', keys, pushed: asWritten(pushed, wanted) };
  const isLost = record === undefined && isOwn(belonging, wanted, input);
  const lost = isLost ? [unremembered(wanted, live)] : [];
  return { kind: 'change', change: set, told: [...told, ...lost, ...(moved?.vault === true ? [putBack(wanted)] : [])] };
}

/** Ours by its tag; under `--take-over` that of an installation whose state was lost, too. */
function isOwn(belonging: Belonging, { target }: WantedObject, { ownership, ofFamily }: PlanObjectInput): boolean {
  if (ofFamily?.has(vaultRefKey(target)) === true) return false;
  return belonging === 'ours' || (belonging === 'handed-over' && ownership.takeOver);
}

interface Found {
  readonly wanted: WantedObject;
  readonly live: FetchedObject;
  /** What of its value is another. */
  readonly differing: readonly string[];
}

/** Whoever it belongs to: why it is left alone; `undefined` = it may be written. */
function refusedFor(
  belonging: Belonging,
  { wanted, live, differing }: Found,
  { intent, ownership }: PlanObjectInput,
): ObjectOutcome | undefined {
  const text = vaultRefText(wanted.target);
  if (live.managed === true) {
    const what = `names ${text}, which belongs to a certificate of that name`;
    const fix = 'Push the certificate itself (cert/NAME), or choose another name.';
    return refused(wanted, { code: 'push-managed', what, fix });
  }
  if (belonging === 'another') {
    return refused(wanted, {
      code: 'push-owned-by-another',
      what: `names ${text}, which ${ownerText(live.tags, ownership)} writes`,
      fix: say`Choose another name. Where that was this installation before its state was lost, give ${setting('take-over')} once.`,
    });
  }
  if (belonging !== 'foreign' || isAdopted(intent, differing)) return undefined;
  return refused(wanted, {
    code: 'push-not-ours',
    what: `names ${text}, which is not managed by external-secrets`,
    fix: 'Nothing was written. Choose another name, or say keyferry.dev/adopt: ifEqual or always on the PushSecret.',
  });
}

/** Whose value counts: of what nothing is remembered the source's, and where both moved nobody's until it is said. */
function settledSide(
  moved: ReturnType<typeof movement>,
  answer: 'source' | 'vault' | undefined,
): 'source' | 'vault' | 'neither' {
  if (moved === undefined) return 'source';
  if (answer !== undefined) return answer;
  if (!moved.vault && !moved.source) return 'vault';
  return moved.vault && moved.source ? 'neither' : 'source';
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

function unremembered({ entries: [first], target }: WantedObject, { version }: FetchedObject): PushFault {
  const what = `names ${vaultRefText(target)}, which this PushSecret wrote and of which nothing is remembered: its value is another, and that of the source is written`;
  const before = version === undefined ? 'What was there' : `What was there, version ${version},`;
  const fix = `${before} stays in its history. Take it from there if somebody changed it in the vault.`;
  return { code: 'push-not-remembered', path: first.field, what, fix };
}

function putBack({ entries: [first], target }: WantedObject): PushFault {
  const what = `names ${vaultRefText(target)}, which somebody changed in the vault: the value of the source is put back`;
  const fix = 'Change the source Secret, or take the entry out of the PushSecret.';
  return { code: 'push-put-back', path: first.field, what, fix };
}

function tooManyTags(wanted: WantedObject): ObjectOutcome {
  const what = `names ${vaultRefText(wanted.target)}, which would have more than ${MOST_TAGS} tags`;
  return refused(wanted, {
    code: 'push-tags',
    what,
    fix: 'Take some out: of the manifest, or those that others put on it.',
  });
}
