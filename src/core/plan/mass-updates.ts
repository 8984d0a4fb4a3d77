/**
 * A vault that was emptied, exchanged or restored must not rewrite every Secret unasked.
 *
 * Counted by vault are Secrets whose data changes because other versions were read than in their last sync, where nothing
 * else has changed since: not the manifest, not a template source, not the engine.
 *
 * | what changes data as well                               | counts                                           |
 * | ------------------------------------------------------- | ------------------------------------------------ |
 * | first sync, or a record without these marks             | no: nothing to compare with                      |
 * | manifest, template source or engine changed             | no: somebody did that                            |
 * | somebody edited or deleted the Secret in the cluster    | no: the versions in the vault are the same       |
 * | the Secret goes                                         | no: the guard on deletions counts it             |
 * | one object of a vault changes, in however many Secrets  | as one: its rotation must never be stopped       |
 */
import { say, setting } from '../model/message.ts';
import { syncedResourceVersion } from '../go/go-hash.ts';
import type { SourceMarks } from '../model/condition.ts';
import { fieldsOf, isRecord } from '../model/fields.ts';
import { groupBy } from '../model/group-by.ts';
import { compareText, refText } from '../model/object-ref.ts';
import type { IntentPlan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { targetOf } from '../model/target.ts';
import { shortList } from '../model/short-list.ts';
import { isEmpty } from './pull/diff.ts';
import type { PullInput } from './pull/pull-input.ts';
import { vaultDifference } from './vault-mark.ts';

/** A plan over both of them is stopped. */
export interface UpdateLimits {
  /** So many Secrets may be rewritten in one run, of each vault and of all. */
  readonly count: number;
  /** And this share of those that were in step, 0 to 1. */
  readonly share: number;
}

/** One intent, as it was read and as it is planned. */
export interface PlannedPull {
  readonly pull: PullInput;
  readonly item: IntentPlan;
}

/** Stops a plan that rewrites more than the limits allow; `undefined` limits = no such guard. */
export function tooManyUpdates(planned: readonly PlannedPull[], limits: UpdateLimits | undefined): Problem | undefined {
  if (limits === undefined) return undefined;
  const vaults = tallies(planned.flatMap(sightings));
  const over = vaults.filter((vault) => isOver(vault, limits));
  if (over.length > 0) return stop(over, limits);
  const changed = vaults.filter(({ rewritten }) => rewritten > 0);
  return isOver(sum(vaults), limits) ? stop(changed, limits) : undefined;
}

/** A Secret that was in step with a vault. */
interface Sighting {
  readonly vault: string;
  readonly target: string;
  /** Why its data changes; absent where it stays. Equal for Secrets in which the same object changes. */
  readonly cause: string | undefined;
}

/** Of an intent without a remembered sync that can be compared: none. */
function sightings({ pull, item }: PlannedPull): readonly Sighting[] {
  const marks = marksToCompare(pull);
  if (marks === undefined || item.verdict === 'blocked') return [];
  const target = refText(targetOf(pull.intent));
  const isRewritten = item.changes.some(({ action, keys }) => action === 'update' && !isEmpty(keys));
  return Object.entries(marks.now.vaults).map(([vault, mark]) => {
    const cause = isRewritten ? causeOf(marks.before.vaults[vault], mark, target) : undefined;
    return { vault, target, cause };
  });
}

/** Both exist, and only vaults can have changed in between. */
function marksToCompare({
  intent,
  state,
  live,
  source,
}: PullInput): { readonly before: SourceMarks; readonly now: SourceMarks } | undefined {
  if (state === undefined || live === undefined) return undefined;
  const { generation, annotations, labels } = intent;
  // Stryker disable next-line ConditionalExpression: nothing else has marks, only the types do not know that
  const [before, now] = [whole(state.sourceMarks), source.kind === 'data' ? source.sourceMarks : undefined];
  if (before === undefined || now === undefined || before.engine !== now.engine) return undefined;
  const version = syncedResourceVersion(generation, annotations, labels);
  return state.syncedResourceVersion === version ? { before, now } : undefined;
}

/** What stands in the cluster anybody may have damaged: then nothing can be compared. */
function whole(marks: SourceMarks | undefined): SourceMarks | undefined {
  const { vaults } = fieldsOf(marks);
  return isRecord(vaults) && Object.values(vaults).every((mark) => typeof mark === 'string') ? marks : undefined;
}

/** A vault that was not read before is an exchange, whatever it holds. */
function causeOf(before: string | undefined, now: string, target: string): string | undefined {
  if (before === undefined) return target;
  const difference = vaultDifference(before, now);
  if (difference === undefined) return undefined;
  return difference.isOfOneObject ? difference.text : target;
}

interface Tally {
  readonly vault: string;
  readonly inStep: number;
  readonly rewritten: number;
  /** The rewritten ones, those that share the most frequent cause as one. */
  readonly counted: number;
}

function tallies(seen: readonly Sighting[]): readonly Tally[] {
  const byVault = groupBy(seen, ({ vault }) => vault);
  return [...byVault]
    .sort(([a], [b]) => compareText(a, b))
    .map(([vault, here]) => {
      const rewritten = here.filter(({ cause }) => cause !== undefined);
      const byCause = groupBy(rewritten, ({ cause = '' }) => cause);
      const mostFrequent = [...byCause.values()].reduce((most, alike) => Math.max(most, targets(alike)), 0);
      const all = targets(rewritten);
      return { vault, inStep: targets(here), rewritten: all, counted: all - Math.max(0, mostFrequent - 1) };
    });
}

function targets(seen: readonly Sighting[]): number {
  return new Set(seen.map(({ target }) => target)).size;
}

type Counts = Pick<Tally, 'inStep' | 'counted'>;

function sum(vaults: readonly Counts[]): Counts {
  const add = (name: keyof Counts) => vaults.reduce((total, vault) => total + vault[name], 0);
  return { inStep: add('inStep'), counted: add('counted') };
}

function isOver({ inStep, counted }: Counts, limits: UpdateLimits): boolean {
  return counted > limits.count && counted / inStep > limits.share;
}

function stop(vaults: readonly Tally[], { count, share }: UpdateLimits): Problem {
  const numbers = vaults.map(
    ({ vault, inStep, rewritten }) =>
      `${rewritten} of ${inStep} Secrets of ${vault} (${Math.round((rewritten / inStep) * 100)}%)`,
  );
  return {
    severity: 'error',
    code: 'too-many-updates',
    what: `plan rewrites ${shortList(numbers)}, over the limits of ${count} and ${Math.round(share * 100)}%, though nothing but ${vaults.length === 1 ? 'the vault has' : 'the vaults have'} changed since their last sync`,
    fix: say`Nothing was written. See whether the vault was emptied, exchanged or restored; run again with ${setting('force')} if its values are meant.`,
  };
}
