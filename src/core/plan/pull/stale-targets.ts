/** Secrets of an earlier target name: they go once the new one is written. */
import { heldProblem, heldSentence } from '../../model/held.ts';
import type { PullIntent } from '../../model/intent.ts';
import type { IntentPlan } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { LiveSecret } from '../../model/secret.ts';
import { targetOf, targetText } from '../../model/target.ts';
import { deletion } from './changes.ts';
import { withChanges } from './item.ts';
import { isOwn, wasWrittenBy } from './ownership.ts';
import type { PullInput } from './pull-input.ts';
import { targetEvent } from './target-words.ts';
import { systemKind } from './system-secret.ts';

/**
 * Under Owner the Secrets of an earlier target name go. ESO 2.9 trusts the created-by label alone and deletes every
 * Secret that carries it, copies included; here it must also be one that this intent itself wrote.
 */
export function withStale(input: PullInput, item: IntentPlan): IntentPlan {
  const { intent } = input;
  const all = input.stale.filter(
    (secret) =>
      targetText(secret.ref) !== targetText(targetOf(intent)) &&
      isOwn(secret, intent) &&
      wasWrittenBy(secret, intent.ref.name) &&
      systemKind(secret) === undefined,
  );
  const held = all.filter(({ deleting }) => deleting).map((secret) => heldStale(intent, secret));
  return withDeletions(
    input,
    { ...item, problems: [...item.problems, ...held] },
    all.filter(({ deleting }) => !deleting),
  );
}

/** Deleted by an earlier run, and still there. */
function heldStale(intent: PullIntent, { ref, finalizers }: LiveSecret): Problem {
  const what = heldSentence(ref, finalizers);
  return { ...heldProblem(ref, finalizers), severity: 'warning', at: intent.ref, what };
}

function withDeletions({ intent }: PullInput, item: IntentPlan, stale: readonly LiveSecret[]): IntentPlan {
  if (stale.length === 0) return item;
  const changes = stale.map((secret) => deletion(intent.ref, secret, 'target was renamed'));
  const events = stale.map(({ ref }) => targetEvent(ref, 'Deleted', 'secret deleted because it was orphaned'));
  return withChanges({ ...item, result: { ...item.result, events: [...item.result.events, ...events] } }, [
    ...item.changes,
    ...changes,
  ]);
}
