/**
 * One object, one pusher: two PushSecrets at one name would undo each other's work for ever, so neither writes it.
 *
 * Objects are the same by vault, type and name, never by how they are referred to. Key Vault REST: a certificate has a
 * secret and a key of its name, so it claims those, too.
 */
import { refText } from '../../model/object-ref.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { vaultRefKey, vaultRefText, type VaultRef } from '../../model/vault-object.ts';
import type { RemoteType } from '../../model/vault.ts';
import { pushProblem } from './push-item.ts';
import type { PushInput, WantedEntry } from './push-input.ts';
import { vaultOf } from './recorded.ts';

interface Claim {
  readonly input: PushInput;
  readonly value?: WantedEntry['value'];
  readonly target: VaultRef;
  readonly field: FieldPath;
}

export type ContestedPushes = ReadonlyMap<PushInput, ReadonlyMap<string, Problem>>;

export function contestedPushes(inputs: readonly PushInput[]): ContestedPushes {
  const byName = new Map<string, Claim[]>();
  for (const claim of inputs.flatMap(claimsOf)) {
    for (const key of claimedKeys(claim.target)) {
      const group = byName.get(key);
      if (group === undefined) byName.set(key, [claim]);
      else group.push(claim);
    }
  }
  const contested = new Map<PushInput, Map<string, Problem>>();
  for (const group of byName.values()) {
    for (const claim of group) {
      const other = group.find((one) => isRival(one, claim));
      if (other === undefined) continue;
      const own = contested.get(claim.input) ?? new Map<string, Problem>();
      own.set(vaultRefKey(claim.target), rivalProblem(claim, other));
      contested.set(claim.input, own);
    }
  }
  return contested;
}

/** What is due says it itself; of what is not, the records of the last push do. */
function claimsOf(input: PushInput): readonly Claim[] {
  const { source, state } = input;
  if (source.kind === 'found')
    return source.entries.map(({ target, field, value }) => ({ input, target, field, value }));
  if (source.kind !== 'not-due') return [];
  return (state?.pushed ?? []).map(({ vaultUrl, type, name }) => ({
    input,
    target: { kind: 'vault-object', vaultUrl, vault: vaultOf(vaultUrl), type, name },
    field: ['spec', 'data'],
  }));
}

function claimedKeys(target: VaultRef): readonly string[] {
  const types: readonly RemoteType[] = target.type === 'cert' ? ['cert', 'secret', 'key'] : [target.type];
  return types.map((type) => vaultRefKey({ ...target, type }));
}

/** Children of one ClusterPushSecret are one pusher as long as they say the same. */
function isRival(one: Claim, claim: Claim): boolean {
  const [a, b] = [one.input.intent.parent, claim.input.intent.parent];
  const isFamily = a !== undefined && b !== undefined && refText(a) === refText(b);
  if (isFamily && one.input !== claim.input && isSameValue(one.value, claim.value)) return false;
  return one.input !== claim.input || (one.target.type === 'cert') !== (claim.target.type === 'cert');
}

function rivalProblem(claim: Claim, other: Claim): Problem {
  const { intent } = claim.input;
  const text = vaultRefText(claim.target);
  const rival = refText(other.input.intent.ref);
  const isSameName = vaultRefKey(claim.target) === vaultRefKey(other.target);
  const what = isSameName
    ? `names ${text}, which ${rival} writes, too`
    : `names ${text}, and ${rival} ${vaultRefText(other.target)}: a certificate has a secret and a key of its name`;
  return pushProblem(intent, {
    code: 'push-contested',
    path: claim.field,
    what,
    fix: 'Neither was written. Take it out of one of them, or choose another name.',
  });
}

/** What is not due said so before. */
function isSameValue(a: WantedEntry['value'] | undefined, b: WantedEntry['value'] | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  if (!('type' in a) || !('type' in b)) return true;
  if (a.type === 'secret' && b.type === 'secret') return a.value.equals(b.value);
  if (a.type === 'key' && b.type === 'key') return a.jwk.equals(b.jwk);
  if (a.type === 'cert' && b.type === 'cert') return a.leaf.equals(b.leaf) && a.chain === b.chain;
  if (a.type === 'members' && b.type === 'members') {
    return [...a.members].every(([name, value]) => b.members.get(name)?.equals(value) !== false);
  }
  return a.type === b.type;
}
