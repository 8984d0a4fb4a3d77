/**
 * Whose a vault object is, by its tags.
 *
 * | managed-by | keyferry-owner | it is |
 * | --- | --- | --- |
 * | external-secrets | this PushSecret of this installation | ours |
 * | external-secrets | a PushSecret of this installation that is gone, or does not want it any more | handed over |
 * | external-secrets | absent | the operator's, or older: taken over with the next write |
 * | external-secrets | anybody else | another's |
 * | anything else, or absent | | foreign |
 */
import { hashText } from '../../go/go-hash.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { PushIntent } from '../../model/push-intent.ts';
import type { RemoteTags } from '../../model/vault.ts';
import type { PushOwnership } from './push-input.ts';

/** ESO 2.9. */
export const MANAGED_BY_TAG = 'managed-by';
export const MANAGED_BY = 'external-secrets';
export const OWNER_TAG = 'keyferry-owner';

export type Belonging = 'ours' | 'handed-over' | 'operators' | 'another' | 'foreign';

const HASH_LENGTH = 10;

/** Names a PushSecret in a tag, without telling namespace or name to everybody who may list the vault. */
export function pushHash({ namespace = '', name }: ObjectRef): string {
  return hashText(`${namespace}/${name}`).slice(0, HASH_LENGTH);
}

/** Whose objects it writes: its own, or those of what it was made from. */
export function pusherOf({ ref, parent }: Pick<PushIntent, 'ref' | 'parent'>): ObjectRef {
  return parent ?? ref;
}

export function ownerTag(ref: ObjectRef, { installation }: Pick<PushOwnership, 'installation'>): string {
  return `${installation}/${pushHash(ref)}`;
}

/** The tags that say so; no owner where no installation has a name yet. */
export function ownTags(ref: ObjectRef, ownership: PushOwnership): Readonly<Record<string, string>> {
  return { [MANAGED_BY_TAG]: MANAGED_BY, [OWNER_TAG]: ownerTag(ref, ownership) };
}

export function belongingOf(tags: RemoteTags, ref: ObjectRef, ownership: PushOwnership): Belonging {
  if (tags.get(MANAGED_BY_TAG) !== MANAGED_BY) return 'foreign';
  const owner = tags.get(OWNER_TAG) ?? '';
  if (owner === '') return 'operators';
  if (ownership.installation !== '' && owner === ownerTag(ref, ownership)) return 'ours';
  if (ownership.takeOver) return 'handed-over';
  const { installation, hash } = ownerIn(tags);
  const isOwn = ownership.installation !== '' && installation === ownership.installation;
  return isOwn && !ownership.known.has(hash) ? 'handed-over' : 'another';
}

/** '' = it names none. */
export function ownerIn(tags: RemoteTags): { readonly installation: string; readonly hash: string } {
  const [installation = '', hash = ''] = (tags.get(OWNER_TAG) ?? '').split('/');
  return { installation, hash };
}

/** `PushSecret shop/db`, `another PushSecret of this installation`, `installation 3f2a`: as far as it is known. */
export function ownerText(tags: RemoteTags, ownership: PushOwnership): string {
  const { installation, hash } = ownerIn(tags);
  if (installation !== ownership.installation) return `installation ${installation}`;
  return ownership.known.get(hash) ?? 'another PushSecret of this installation';
}
