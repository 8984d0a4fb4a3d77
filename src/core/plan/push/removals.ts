/**
 * What goes: objects that this PushSecret wrote and that nothing of it names any more.
 *
 * Deleting needs `deletionPolicy: Delete`, our tags, and that everything else of the pass went well. Where one of these
 * is missing, the record stays, so that a later pass can do it; under `None` it is forgotten.
 */
import type { FieldPath } from '../../model/origin.ts';
import { NO_KEYS } from '../../model/plan.ts';
import type { PushFault, PushIntent } from '../../model/push-intent.ts';
import type { VaultRemove, VaultSet } from '../../model/push-plan.ts';
import type { PushedObject } from '../../model/condition.ts';
import type { FetchedObject } from '../../model/vault.ts';
import { SecretValue } from '../../model/secret-value.ts';
import { vaultRefKey, vaultRefText } from '../../model/vault-object.ts';
import { memberNames, setMembers } from '../../push/json-object.ts';
import type { LooseProblem } from '../../transform/fetched.ts';
import { textOf } from './compare-object.ts';
import { belongingOf, pusherOf } from './owner.ts';
import type { PushInput, RecordedTarget } from './push-input.ts';

export interface Removal {
  readonly recorded: RecordedTarget;
  readonly outcome:
    | { readonly kind: 'remove'; readonly change: VaultRemove | VaultSet }
    /** It is gone, or not ours any more: nothing is remembered of it. */
    | { readonly kind: 'forget' }
    /** A later pass looks again. */
    | { readonly kind: 'keep'; readonly fault?: PushFault; readonly isError?: true; readonly problem?: LooseProblem };
}

const WHOLE: FieldPath = ['spec', 'deletionPolicy'];

export function planRemoval(
  recorded: RecordedTarget,
  reason: VaultRemove['reason'],
  { intent, observed, ownership }: Pick<PushInput, 'intent' | 'observed' | 'ownership'>,
): Removal['outcome'] {
  const { target, unreachable } = recorded;
  if (recorded.isDisputed === true) return { kind: 'keep' };
  if (unreachable !== undefined) return { kind: 'keep', fault: stranded(recorded, unreachable) };
  const found = observed.get(vaultRefKey(target));
  if (found === undefined) return { kind: 'keep' };
  if (found.kind === 'failed') return { kind: 'keep', problem: found.problem };
  if (found.kind === 'absent') return { kind: 'forget' };
  const { object } = found;
  const belonging = belongingOf(object.tags, pusherOf(intent), ownership);
  const isOurs = belonging === 'ours' || belonging === 'operators' || belonging === 'handed-over';
  if (!isOurs && recorded.isUnsure === true) return { kind: 'forget' };
  if (!isOurs || object.managed === true) return { kind: 'keep', fault: notDeleted(recorded), isError: true };
  return isEmptied(recorded, object)
    ? { kind: 'forget' }
    : { kind: 'remove', change: removalOf(recorded, object, reason, intent) };
}

function stranded({ target, store }: RecordedTarget, why: string): PushFault {
  return {
    code: 'push-stranded',
    path: WHOLE,
    hasSubject: true,
    what: `${vaultRefText(target)} is to be deleted, and ${store}, by which it was written, ${why}`,
    fix: 'It is remembered until the store is back, or delete it by hand.',
  };
}

function notDeleted({ target }: RecordedTarget): PushFault {
  return {
    code: 'push-not-deleted',
    path: WHOLE,
    hasSubject: true,
    what: `${vaultRefText(target)} is not deleted: its tags do not say that it belongs to this PushSecret`,
    fix: 'It was left as it is. Say deletionPolicy: None to leave it there for good.',
  };
}

/** Of an object of which we wrote members nothing is left that is ours: another value, or only members of others. */
function isEmptied({ properties }: RecordedTarget, live: FetchedObject): boolean {
  if (properties === undefined) return false;
  const members = memberNames(textOf(live));
  return members === undefined || (members.length > 0 && !members.some((name) => properties.includes(name)));
}

/** Members of ours leave an object that has others; else the object goes. */
function removalOf(
  recorded: RecordedTarget,
  live: FetchedObject,
  reason: VaultRemove['reason'],
  { ref }: PushIntent,
): VaultRemove | VaultSet {
  const { target, store, properties } = recorded;
  const version = live.version ?? '';
  const head = { owner: ref, target, store, field: WHOLE, metadata: [], precondition: { version } } as const;
  const members = properties === undefined ? [] : (memberNames(textOf(live)) ?? []);
  const removed = members.filter((name) => properties?.includes(name) === true);
  if (properties === undefined || members.length === removed.length) {
    return { ...head, action: 'remove', keys: { ...NO_KEYS, removed: properties ?? [] }, reason };
  }
  const left = setMembers(textOf(live), new Map(), removed);
  const text = 'fault' in left ? textOf(live) : left.text;
  const tags = Object.fromEntries([...live.tags].map(([name, value]) => [name, value ?? '']));
  return {
    ...head,
    action: 'set',
    keys: { ...NO_KEYS, removed },
    content: { type: 'secret', value: SecretValue.ofText(text) },
    properties: {
      tags,
      ...(live.contentType === undefined ? {} : { contentType: live.contentType }),
      ...(live.attributes.expires === undefined ? {} : { expires: live.attributes.expires }),
    },
    pushed: emptied(recorded),
  };
}

function emptied({ target, store, wroteTags }: RecordedTarget): PushedObject {
  const { vaultUrl, type, name } = target;
  return { vaultUrl, type, name, store, properties: [], tags: wroteTags };
}
