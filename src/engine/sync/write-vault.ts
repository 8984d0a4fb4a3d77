/**
 * One change to one vault object: one attempt. Where its answer was lost, what is there now is read and compared, never
 * sent again. A name that is blocked by what was deleted is recovered first, and only where its tags say that it is ours.
 */
import { say } from '../../core/model/message.ts';
import { refText } from '../../core/model/object-ref.ts';
import type { PushIntent } from '../../core/model/push-intent.ts';
import type { VaultChange, VaultPatch, VaultSet } from '../../core/model/push-plan.ts';
import type { FetchedObject } from '../../core/model/vault.ts';
import { vaultRefText } from '../../core/model/vault-object.ts';
import { belongingOf, pusherOf } from '../../core/plan/push/owner.ts';
import type { PushOwnership } from '../../core/plan/push/push-input.ts';
import { asPortError, PortError } from '../../ports/errors.ts';
import type { Provider, ProviderWriter } from '../../ports/provider.ts';

export interface VaultWriting {
  readonly intent: PushIntent;
  readonly provider: Provider;
  readonly ownership: PushOwnership;
  /** Is it there as this change wants it, by a new look? Gives its version. */
  readonly confirm: (change: VaultChange) => Promise<{ readonly version?: string } | undefined>;
}

/** Key Vault REST: the inner code of a 409. */
const DELETED = 'ObjectIsDeletedButRecoverable';

/** Gives the version that is current then. Throws only PortError. */
export async function writeVault(change: VaultChange, writing: VaultWriting): Promise<{ readonly version?: string }> {
  const { writer } = writing.provider;
  if (writer === undefined) throw readOnly(writing.provider);
  try {
    return await writeOnce(change, writer, writing);
  } catch (error) {
    const failure = asPortError(error);
    if (!failure.uncertain) throw failure;
    const there = await writing.confirm(change);
    if (there === undefined) throw failure;
    return there;
  }
}

async function writeOnce(change: VaultChange, writer: ProviderWriter, writing: VaultWriting) {
  const { type, name } = change.target;
  switch (change.action) {
    case 'set':
      return versionOf(await setObject(change, writer, writing));
    case 'patch':
      return versionOf(await patchObject(change, writer));
    case 'remove':
      await writer.delete({ type, name });
      return {};
  }
}

function versionOf({ version }: FetchedObject): { readonly version?: string } {
  return version === undefined ? {} : { version };
}

async function setObject(change: VaultSet, writer: ProviderWriter, writing: VaultWriting): Promise<FetchedObject> {
  const { target, content, properties, precondition } = change;
  if (precondition === 'deleted') return await recoverAndSet(change, writer, writing);
  try {
    return await writer.put(target.name, content, properties);
  } catch (error) {
    if (!(error instanceof PortError) || error.code !== DELETED || precondition !== 'absent') throw error;
    return await recoverAndSet(change, writer, writing);
  }
}

async function recoverAndSet(change: VaultSet, writer: ProviderWriter, writing: VaultWriting): Promise<FetchedObject> {
  const { target, content, properties } = change;
  const named = { type: target.type, name: target.name };
  const deleted = await writer.deleted(named);
  const belonging =
    deleted === undefined ? 'ours' : belongingOf(deleted.tags, pusherOf(writing.intent), writing.ownership);
  if (belonging === 'foreign' || belonging === 'another') throw foreignDeleted(change);
  if (deleted !== undefined) await writer.recover(named);
  try {
    return await writer.put(target.name, content, properties);
  } catch (error) {
    const failure = asPortError(error);
    if (deleted === undefined) throw failure;
    throw new PortError({
      kind: failure.kind,
      code: 'RecoveredOnly',
      uncertain: failure.uncertain,
      what: say`${vaultRefText(target)} was recovered, and then ${failure.what}: its old value is current now`,
      fix: say`${failure.fix} Then run again, or delete it once more.`,
    });
  }
}

function foreignDeleted({ target }: VaultSet): PortError {
  return new PortError({
    kind: 'Conflict',
    code: 'DeletedForeign',
    what: `${vaultRefText(target)} is deleted, blocks the name, and does not belong to this PushSecret`,
    fix: 'It stays deleted. Choose another name, or have it recovered or purged by whom it belongs to.',
  });
}

/** Key Vault REST: what a PATCH leaves out stays, so that some things can only be cleared by a new version. */
async function patchObject(change: VaultPatch, writer: ProviderWriter): Promise<FetchedObject> {
  const { target, precondition, properties, content } = change;
  const { type, name } = target;
  const answer = await writer.patch({ type, name, version: precondition.version }, properties);
  if (content === undefined || isCleared(change, answer)) return answer;
  return await writer.put(name, content, properties);
}

function isCleared({ properties }: VaultPatch, answer: FetchedObject): boolean {
  const { tags, contentType, expires } = properties;
  const stale = [...answer.tags.keys()].some((name) => !Object.hasOwn(tags, name));
  const isTyped = contentType === undefined || (answer.contentType ?? '') === contentType;
  const isTimed = expires === undefined || (answer.attributes.expires ?? null) === expires;
  return !stale && isTyped && isTimed;
}

function readOnly({ description }: Provider): PortError {
  return new PortError({
    kind: 'Invalid',
    code: 'ReadOnly',
    what: `${description} is opened for reading only`,
    fix: 'Push to a store of Azure Key Vault, into a cluster and not into a folder.',
  });
}

/** For the log: `kv-shop secret/db: set (password), PushSecret shop/db`. */
export function changeLine(change: VaultChange): string {
  const { action, target, keys, metadata, owner } = change;
  const names = [...keys.added, ...keys.updated, ...keys.removed, ...metadata];
  const told = names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''})`;
  return `${vaultRefText(target)}: ${action}${told}, ${refText(owner)}`;
}

/** A deleted object came back, and the new value did not follow. */
export function isRecoveredOnly({ code }: PortError): boolean {
  return code === 'RecoveredOnly';
}
