/**
 * Children of one ClusterPushSecret write the same objects. What one of them does not want any more stays as long as
 * another still wants it: it is forgotten by the one, and remembered by the other.
 */
import { refText } from '../../model/object-ref.ts';
import type { VaultChange } from '../../model/push-plan.ts';
import { vaultRefKey } from '../../model/vault-object.ts';
import type { PushInput, RecordedTarget } from './push-input.ts';

/** Members of a JSON object, or all of it. */
type Claimed = ReadonlySet<string> | 'whole';

/** In their order; those without a parent as they are. */
export function withoutSiblings(inputs: readonly PushInput[]): readonly PushInput[] {
  const claims = new Map(inputs.map((input) => [input, claimsOf(input)]));
  return inputs.map((input) => {
    const siblings = inputs.filter((other) => other !== input && isSibling(other, input));
    if (input.recorded.length === 0 || siblings.length === 0) return input;
    const claimed = siblings.flatMap((one) => [...(claims.get(one) ?? [])]);
    return { ...input, recorded: input.recorded.flatMap((one) => unclaimed(one, claimed)) };
  });
}

function isSibling({ intent: { parent: a } }: PushInput, { intent: { parent: b } }: PushInput): boolean {
  return a !== undefined && b !== undefined && refText(a) === refText(b);
}

/** By `vaultRefKey`. What could not be found out, or is not due, is still wanted as it was written last. */
function claimsOf({ intent, source, state }: PushInput): ReadonlyMap<string, Claimed> {
  if (intent.parent === undefined || source.kind === 'gone') return new Map();
  const isCertain = source.kind === 'found' && source.faults.length === 0;
  const remembered = isCertain
    ? []
    : (state?.pushed ?? []).map((one) => [vaultRefKey(one), one.properties ?? 'whole'] as const);
  const wanted =
    source.kind === 'found'
      ? source.entries.map((one) => [vaultRefKey(one.target), one.property === '' ? 'whole' : [one.property]] as const)
      : [];
  const claims = new Map<string, Claimed>();
  for (const [key, members] of [...remembered, ...wanted]) claims.set(key, joined(claims.get(key), members));
  return claims;
}

function joined(known: Claimed | undefined, members: readonly string[] | 'whole'): Claimed {
  return known === 'whole' || members === 'whole' ? 'whole' : new Set([...(known ?? []), ...members]);
}

function unclaimed(
  recorded: RecordedTarget,
  claims: readonly (readonly [string, Claimed])[],
): readonly RecordedTarget[] {
  const own = claims.filter(([key]) => key === vaultRefKey(recorded.target)).map(([, claimed]) => claimed);
  if (own.length === 0) return [recorded];
  const { properties } = recorded;
  if (properties === undefined) return [];
  const left = properties.filter((name) => !own.some((one) => one === 'whole' || one.has(name)));
  return left.length === 0 ? [] : [{ ...recorded, properties: left }];
}

/** Whether one of the children does the same already. Written and removed by the first of them that wants it. */
export function isDone({ action, target }: VaultChange, done: ReadonlySet<string>): boolean {
  return done.has(`${action === 'remove' ? 'remove' : 'write'} ${vaultRefKey(target)}`);
}

export function noteDone({ action, target }: VaultChange, done: Set<string>): void {
  done.add(`${action === 'remove' ? 'remove' : 'write'} ${vaultRefKey(target)}`);
}
