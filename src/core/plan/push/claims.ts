/**
 * What other PushSecrets want is not deleted, whoever wrote it: an entry that moves to another PushSecret, a PushSecret
 * with a new name, or one of several children of a ClusterPushSecret takes nothing away. It is forgotten by the one,
 * and remembered by the other.
 */
import { groupBy } from '../../model/group-by.ts';
import { refText } from '../../model/object-ref.ts';
import type { VaultChange } from '../../model/push-plan.ts';
import { vaultRefKey, type VaultRef } from '../../model/vault-object.ts';
import { parseKey } from '../../transform/parse-key.ts';
import { ownerIn, pusherOf, pushHash } from './owner.ts';
import type { PushInput, RecordedTarget } from './push-input.ts';

/** Members of a JSON object, or all of it. */
type Members = ReadonlySet<string> | 'whole';

interface Claim {
  readonly input: PushInput;
  readonly members: Members;
}

export interface Claims {
  /** By `vaultRefKey`. */
  readonly certain: ReadonlyMap<string, readonly Claim[]>;
  /** By `nameKey`: entries of PushSecrets of which this pass found out too little to say in which vault. */
  readonly possible: ReadonlyMap<string, readonly PushInput[]>;
  /** By `pushHash`. */
  readonly pushers: ReadonlyMap<string, readonly PushInput[]>;
}

export function claimsOf(inputs: readonly PushInput[]): Claims {
  const certain = new Map<string, Claim[]>();
  const possible = new Map<string, PushInput[]>();
  for (const input of inputs) {
    for (const [key, members] of wantedBy(input)) append(certain, key, { input, members });
    for (const key of mayBeWantedBy(input)) append(possible, key, input);
  }
  return { certain, possible, pushers: groupBy(inputs, ({ intent }) => pushHash(pusherOf(intent))) };
}

function append<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** What could not be found out, or is not due, is still wanted as it was written last. */
function wantedBy({ source, state }: PushInput): ReadonlyMap<string, Members> {
  if (source.kind === 'gone' || source.kind === 'ending' || source.kind === 'other-class') return new Map();
  const isCertain = source.kind === 'found' && source.faults.length === 0;
  const remembered = isCertain
    ? []
    : (state?.pushed ?? []).map((one) => [vaultRefKey(one), one.properties ?? 'whole'] as const);
  const wanted =
    source.kind === 'found'
      ? source.entries.map((one) => [vaultRefKey(one.target), one.property === '' ? 'whole' : [one.property]] as const)
      : [];
  const claims = new Map<string, Members>();
  for (const [key, members] of [...remembered, ...wanted]) claims.set(key, joined(claims.get(key), members));
  return claims;
}

function joined(known: Members | undefined, members: readonly string[] | 'whole'): Members {
  return known === 'whole' || members === 'whole' ? 'whole' : new Set([...(known ?? []), ...members]);
}

function mayBeWantedBy({ intent, source }: PushInput): readonly string[] {
  const isUnclear = source.kind === 'failed' || (source.kind === 'found' && source.faults.length > 0);
  if (!isUnclear) return [];
  return intent.data.flatMap(({ remoteKey }) => {
    const key = parseKey(remoteKey);
    return 'type' in key ? [nameKey(key)] : [];
  });
}

function nameKey({ type, name }: Pick<VaultRef, 'type' | 'name'>): string {
  return `${type}/${name.toLowerCase()}`;
}

/** What of its records nobody else wants. */
export function unclaimed(input: PushInput, { certain, possible }: Claims): readonly RecordedTarget[] {
  return input.recorded.flatMap((one) => {
    const others = (certain.get(vaultRefKey(one.target)) ?? []).filter((claim) => !isSame(claim.input, input));
    const isDisputed = possible.get(nameKey(one.target))?.some((other) => !isSame(other, input)) === true;
    if (others.length === 0) return [isDisputed ? { ...one, isDisputed } : one];
    const { properties } = one;
    if (properties === undefined) return [];
    const left = properties.filter((name) => !others.some(({ members }) => members === 'whole' || members.has(name)));
    return left.length === 0 ? [] : [{ ...one, properties: left }];
  });
}

/** Objects that bear the tag of another PushSecret of this installation which surely does not want them any more. */
export function releasedTo(input: PushInput, { certain, pushers }: Claims): ReadonlySet<string> {
  const released = new Set<string>();
  for (const [key, found] of input.observed) {
    if (found.kind !== 'found') continue;
    const { installation, hash } = ownerIn(found.object.tags);
    if (installation === '' || installation !== input.ownership.installation) continue;
    const owners = pushers.get(hash) ?? [];
    const isLetGo = owners.every(
      (owner) => isCertain(owner) && !(certain.get(key) ?? []).some((claim) => isSame(claim.input, owner)),
    );
    if (owners.length > 0 && isLetGo) released.add(key);
  }
  return released;
}

/** By name: one may have been read more than once. */
function isSame(one: PushInput, other: PushInput): boolean {
  return refText(one.intent.ref) === refText(other.intent.ref);
}

function isCertain({ source }: PushInput): boolean {
  return source.kind === 'found' && source.faults.length === 0;
}

/** Whether one of the children does the same already. Written and removed by the first of them that wants it. */
export function isDone({ action, target }: VaultChange, done: ReadonlySet<string>): boolean {
  return done.has(`${action === 'remove' ? 'remove' : 'write'} ${vaultRefKey(target)}`);
}

export function noteDone({ action, target }: VaultChange, done: Set<string>): void {
  done.add(`${action === 'remove' ? 'remove' : 'write'} ${vaultRefKey(target)}`);
}
