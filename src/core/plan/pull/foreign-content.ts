/**
 * What a Secret holds of others: what is kept of it, and what is told where it is not.
 *
 * | creationPolicy       | keys of others | labels and annotations of others, wanted with another value |
 * | -------------------- | -------------- | ----------------------------------------------------------- |
 * | Merge, CreateOrMerge | stay           | stay, and that is told                                      |
 * | Owner, Orphan        | go             | are replaced                                                |
 *
 * Of a Secret that the intent did not make, what goes or is replaced is told. ESO 2.9 replaces labels and annotations
 * under every policy, in silence.
 */
import { fieldManager } from '../../go/go-hash.ts';
import type { PullIntent } from '../../model/intent.ts';
import { compareText, refText } from '../../model/object-ref.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import type { UpdateChange } from '../../model/plan.ts';
import type { Problem } from '../../model/problem.ts';
import type { LiveSecret, OwnedFields } from '../../model/secret.ts';
import { shortList } from '../../model/short-list.ts';
import { isOwn } from './ownership.ts';
import type { TargetContent } from './target-content.ts';

type Part = 'labels' | 'annotations';
type Held = Pick<LiveSecret, 'labels' | 'annotations' | 'ownedFields'>;

export function keepsForeignContent({ target: { creationPolicy } }: PullIntent): boolean {
  return creationPolicy === 'Merge' || creationPolicy === 'CreateOrMerge';
}

/** Keys of labels or annotations that somebody else set to another value than the wanted one. */
export function foreignTexts(intent: PullIntent, wanted: TargetContent, live: Held, part: Part): readonly string[] {
  const own = ownKeys(live.ownedFields, intent, part);
  return [...wanted[part]]
    .filter(([key, value]) => live[part].has(key) && live[part].get(key) !== value && !own.has(key))
    .map(([key]) => key)
    .sort(compareText);
}

/** Kubernetes: whoever sets another value owns the key from then on. Nobody owns what was made by hand in a folder. */
function ownKeys(owned: readonly OwnedFields[], intent: PullIntent, part: 'data' | Part): ReadonlySet<string> {
  const manager = fieldManager(intent.ref.name);
  return new Set(owned.filter((one) => one.manager === manager).flatMap((one) => one[part]));
}

/** What was kept although another value is wanted, or goes although somebody else made it. */
export function foreignWarnings(intent: PullIntent, wanted: TargetContent, change: UpdateChange): readonly Problem[] {
  const texts = [
    ...foreignTexts(intent, wanted, change.live, 'labels').map((key) => `label ${key}`),
    ...foreignTexts(intent, wanted, change.live, 'annotations').map((key) => `annotation ${key}`),
  ];
  if (keepsForeignContent(intent)) return texts.length === 0 ? [] : [keptTexts(intent, change, texts)];
  if (isOwn(change.live, intent)) return [];
  const own = ownKeys(change.live.ownedFields, intent, 'data');
  const keys = change.keys.removed.filter((key) => !own.has(key));
  return keys.length + texts.length === 0 ? [] : [takenOver(intent, change, keys, texts)];
}

function keptTexts(intent: PullIntent, { target }: UpdateChange, texts: readonly string[]): Problem {
  const fix =
    intent.target.template === undefined
      ? 'It was left as it is. Name what this Secret is to get in target.template.metadata; without it, it gets those of the ExternalSecret.'
      : 'It was left as it is. Take them out of target.template.metadata.';
  return warning(intent, ['spec', 'target', 'name'], {
    code: 'foreign-metadata-kept',
    what: `is ${refText(target)}, where others gave another value to ${shortList(texts)}`,
    fix,
  });
}

function takenOver(
  intent: PullIntent,
  { target }: UpdateChange,
  keys: readonly string[],
  texts: readonly string[],
): Problem {
  const lost = [
    ...(keys.length === 0 ? [] : [`removes its ${keys.length === 1 ? 'key' : 'keys'} ${shortList(keys)}`]),
    ...(texts.length === 0 ? [] : [`replaces its ${shortList(texts)}`]),
  ];
  return warning(intent, ['spec', 'target', 'creationPolicy'], {
    code: 'foreign-content-lost',
    what: `${intent.target.creationPolicy} takes over ${refText(target)}, which this ExternalSecret did not make, and ${lost.join(' and ')}`,
    fix: 'Set creationPolicy to Merge to keep what it holds, or choose another target.name.',
  });
}

function warning(intent: PullIntent, path: FieldPath, finding: Pick<Problem, 'code' | 'what' | 'fix'>): Problem {
  const origin = intent.locate(path);
  const at = { at: intent.ref, field: fieldText(path), ...(origin === undefined ? {} : { origin }) };
  return { severity: 'warning', ...at, ...finding };
}
