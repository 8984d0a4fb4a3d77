/**
 * One PushSecret → what is to be written. Pure.
 *
 * Desired state over all selected Secrets first, then deletions, and those only where everything else went well. One bad
 * entry or store does not stop the others.
 */
import { say, type Message } from '../../model/message.ts';
import { groupBy } from '../../model/group-by.ts';
import type { SyncedPushSecrets } from '../../model/condition.ts';
import type { Problem } from '../../model/problem.ts';
import type { PushIntent } from '../../model/push-intent.ts';
import type { PushedEntry, PushPlan, VaultRemove } from '../../model/push-plan.ts';
import { fieldText } from '../../model/origin.ts';
import { vaultRefKey, type VaultRef } from '../../model/vault-object.ts';
import type { LooseProblem } from '../../transform/fetched.ts';
import { planObject } from './plan-object.ts';
import { failedPush, nothingPushed, pushProblem } from './push-item.ts';
import type { PushInput, RecordedTarget, WantedEntry } from './push-input.ts';
import { planRemoval } from './removals.ts';
import { settled } from './settle.ts';
import { isRefused, wantedObjects, type WantedOrRefused } from './wanted-objects.ts';

export function planPush(input: PushInput, contested: ReadonlyMap<string, Problem> = new Map()): PushPlan {
  const { intent, source } = input;
  switch (source.kind) {
    case 'not-due':
    case 'other-class':
      return nothingPushed(intent, source.kind, source.reason);
    case 'failed':
      return failedPush(intent, source.problems);
    case 'gone':
      return planGone(input, source.held);
    case 'ending':
      return planEnding(input);
    case 'found':
      return planFound(input, source, contested);
  }
}

/** ESO 2.9: the named Secret is a 404. Without the policy, or with nothing to delete, that is a failure. */
function planGone(input: PushInput, held: Message | undefined): PushPlan {
  const { intent, recorded, state } = input;
  const deletes = intent.deletionPolicy === 'Delete' && recorded.length > 0;
  if (!deletes || held !== undefined) return failedPush(intent, [noSource(intent, deletes ? held : undefined)]);
  const draft = withRemovals(emptyDraft(input), recorded, 'its source Secret is gone', input);
  return settled({ ...draft, isSourceGone: true }, state);
}

/** ESO 2.9: what fails is tried again, and holds the PushSecret until then. */
function planEnding(input: PushInput): PushPlan {
  const draft = withRemovals(emptyDraft(input), input.recorded, 'no longer in the manifests', input);
  return settled({ ...draft, isEnding: true }, input.state);
}

function noSource(intent: PushIntent, held: Message | undefined): Problem {
  const name = intent.source.kind === 'secret' ? ` ${intent.source.name}` : '';
  const left = held === undefined ? '' : say` What was pushed from it is left alone: ${held}.`;
  return pushProblem(intent, {
    code: 'push-no-source',
    path: ['spec', 'selector', 'secret', 'name'],
    what: `names Secret${name}, which does not exist: could not get source secret`,
    fix: say`Create it, or correct the name.${left}`,
  });
}

/** What is known so far; `settled` makes the plan of it. */
export type PushDraft = Omit<PushPlan, 'verdict' | 'reason' | 'result'>;

function emptyDraft({ intent, stores }: PushInput): PushDraft {
  return { intent, stores, entries: [], changes: [], kept: [], remembered: {}, problems: [] };
}

type Found = Extract<PushInput['source'], { kind: 'found' }>;

function planFound(input: PushInput, source: Found, contested: ReadonlyMap<string, Problem>): PushPlan {
  const { intent, state } = input;
  const faults = source.faults.map((fault) => pushProblem(intent, fault));
  const objects = wantedObjects(source.entries);
  let draft: PushDraft = { ...emptyDraft(input), problems: faults };
  for (const object of objects) draft = withObject(draft, object, input, contested);
  const wanted = new Set(objects.map(({ target }) => vaultRefKey(target)));
  const unwanted = input.recorded.filter(({ target }) => !wanted.has(vaultRefKey(target)));
  const isSound = draft.problems.every(({ severity }) => severity !== 'error');
  return settled(
    isSound ? withRemovals(draft, unwanted, reasonOf(intent), input) : keeping(draft, unwanted, input),
    state,
  );
}

function reasonOf({ source }: PushIntent): VaultRemove['reason'] {
  return source.kind === 'labels' ? 'its source Secret is no longer selected' : 'no longer in the manifests';
}

function withObject(
  draft: PushDraft,
  object: WantedOrRefused,
  input: PushInput,
  contested: ReadonlyMap<string, Problem>,
): PushDraft {
  const { intent, state } = input;
  const key = vaultRefKey(object.target);
  const record = state?.pushed?.find((one) => vaultRefKey(one) === key);
  const failed = (problem: Problem): PushDraft => ({
    ...draft,
    entries: [...draft.entries, ...object.entries.map((entry) => entryOf(entry, problem))],
    problems: [...draft.problems, problem],
    kept: [...draft.kept, ...(record === undefined ? [] : [record])],
  });
  const found = input.observed.get(key);
  const exists = found?.kind === 'found' && intent.updatePolicy === 'IfNotExists' && !lacksKey(object);
  if (!exists && isRefused(object)) return failed(pushProblem(intent, object.fault));
  const contest = contested.get(key);
  if (contest !== undefined) return failed(contest);
  if (found?.kind === 'failed') return failed(readProblem(intent, object.target, object.entries[0], found.problem));
  const entries = [...draft.entries, ...object.entries.map((entry) => entryOf(entry))];
  const live = found?.kind === 'found' ? found.object : undefined;
  if (isRefused(object)) return { ...draft, entries };
  const outcome = planObject(object, live, record, input);
  switch (outcome.kind) {
    case 'exists':
      return {
        ...draft,
        entries,
        kept: [...draft.kept, ...[record ?? outcome.pushed].filter((one) => one !== undefined)],
      };
    case 'unchanged':
      return { ...draft, entries, kept: [...draft.kept, outcome.pushed] };
    case 'refused':
      return failed(pushProblem(intent, outcome.fault));
    case 'change':
      return {
        ...draft,
        entries,
        changes: [...draft.changes, outcome.change],
        problems: [...draft.problems, ...outcome.told.map((fault) => pushProblem(intent, fault, 'warning'))],
      };
  }
}

/** ESO 2.9: the one fault that counts under IfNotExists, too. */
function lacksKey(object: WantedOrRefused): boolean {
  return isRefused(object) && object.fault.code === 'push-key-absent';
}

function entryOf({ store, reference, written, field, target }: WantedEntry, problem?: Problem): PushedEntry {
  return { store, reference, written, field, target, ...(problem === undefined ? {} : { problem }) };
}

/** What a vault refused, told on the entry that asked for it. */
export function readProblem(
  intent: PushIntent,
  _target: VaultRef,
  { field }: Pick<WantedEntry, 'field'>,
  problem: LooseProblem,
): Problem {
  const path = [...field, 'match', 'remoteRef', 'remoteKey'];
  const origin = intent.locate(path);
  return { ...problem, at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
}

function withRemovals(
  draft: PushDraft,
  recorded: readonly RecordedTarget[],
  reason: VaultRemove['reason'],
  input: PushInput,
): PushDraft {
  const { intent } = input;
  if (intent.deletionPolicy === 'None') return draft;
  let next = draft;
  for (const one of recorded) {
    const outcome = planRemoval(one, reason, input);
    switch (outcome.kind) {
      case 'remove':
        next = { ...next, changes: [...next.changes, outcome.change] };
        break;
      case 'forget':
        break;
      case 'keep': {
        const told =
          outcome.fault !== undefined
            ? [pushProblem(intent, outcome.fault, outcome.isError === true ? 'error' : 'warning')]
            : outcome.problem === undefined
              ? []
              : [{ ...outcome.problem, at: intent.ref, field: 'spec.deletionPolicy' }];
        next = keeping({ ...next, problems: [...next.problems, ...told] }, [one], input);
      }
    }
  }
  return next;
}

/** Nothing is deleted now; what is remembered of it stays. */
export function keeping(draft: PushDraft, recorded: readonly RecordedTarget[], { state }: PushInput): PushDraft {
  const keys = new Set(recorded.map(({ target }) => vaultRefKey(target)));
  const records = (state?.pushed ?? []).filter((one) => keys.has(vaultRefKey(one)));
  const byStore = groupBy(recorded, ({ store }) => store);
  const remembered: Record<string, SyncedPushSecrets[string]> = { ...draft.remembered };
  for (const [store, ones] of byStore) {
    const known = state?.syncedPushSecrets?.[store] ?? {};
    const references = new Set(ones.flatMap((one) => one.references));
    const entries = Object.entries(known).filter(([reference]) => references.has(reference));
    remembered[store] = { ...remembered[store], ...Object.fromEntries(entries) };
  }
  return { ...draft, kept: [...draft.kept, ...records], remembered };
}
