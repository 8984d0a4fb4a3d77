/** All ExternalSecrets planned without values, and what of that is not certain. Pure, like the plan of a sync. */
import { refText } from '../model/object-ref.ts';
import { UNTOLD_KEY, type Change, type IntentPlan, type KeyDiff, type Plan } from '../model/plan.ts';
import { fingerprintOf } from '../plan/fingerprint.ts';
import { makePlan, type PlanInput } from '../plan/make-plan.ts';
import type { MetadataPull } from './metadata-pull.ts';

export type MetadataPlanInput = Omit<PlanInput, 'pulls'> & { readonly pulls: readonly MetadataPull[] };

/** Its changes carry no values and cannot be carried out. */
export function metadataPlan(input: MetadataPlanInput): Plan {
  const told = new Map(input.pulls.map((one) => [refText(one.pull.intent.ref), one]));
  const plan = makePlan({ ...input, pulls: input.pulls.map(({ pull }) => pull) });
  const items = plan.items.map((item) => withWords(item, told.get(refText(item.intent.ref))));
  return { ...plan, items, fingerprint: fingerprintOf('metadata', items, plan.prunes) };
}

function withWords(item: IntentPlan, words: Omit<MetadataPull, 'pull'> = {}): IntentPlan {
  if (item.verdict === 'unchanged' && words.unknown !== undefined) {
    return { ...item, verdict: 'unknown', reason: words.unknown };
  }
  if (item.verdict !== 'change') return item;
  const isOpen = item.changes.some(({ keys }) => keys.added.includes(UNTOLD_KEY));
  const reasons = [
    ...(item.reason === undefined ? [] : [item.reason]),
    ...(words.reason === undefined || !isUpdated(item) ? [] : [words.reason]),
    ...(isOpen ? ['further keys only values tell'] : []),
  ];
  const changes = item.changes.map(withoutUntold);
  return { ...item, changes, ...(reasons.length === 0 ? {} : { reason: reasons.join('; ') }) };
}

function isUpdated({ changes }: IntentPlan): boolean {
  return changes.some(({ action }) => action === 'update');
}

function withoutUntold<Any extends Change>(change: Any): Any {
  const named = (keys: readonly string[]) => keys.filter((key) => key !== UNTOLD_KEY);
  const { added, updated, removed } = change.keys;
  const keys: KeyDiff = { added: named(added), updated: named(updated), removed: named(removed) };
  return { ...change, keys };
}
