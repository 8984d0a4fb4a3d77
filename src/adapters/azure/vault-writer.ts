/**
 * Writes to one vault as one identity.
 *
 * Every value is given to the masker before it is sent. A request that makes a new version is sent once, and again only
 * where it was surely not carried out; an answer about another object is none, and leaves the write uncertain.
 */
import { isRecord } from '../../core/model/fields.ts';
import type { FetchedObject, RemoteObject, RemoteType } from '../../core/model/vault.ts';
import type { DeletedVaultObject, VaultProperties } from '../../core/model/vault-object.ts';
import { PortError } from '../../ports/errors.ts';
import type { ProviderWriter, VaultAction } from '../../ports/provider.ts';
import type { AzureContext } from './settings.ts';
import { withUncertain } from './to-port-error.ts';
import { GarbledAnswer } from './vault-answer.ts';
import type { Clients, VaultCall } from './vault-clients.ts';
import { COLLECTIONS, fetched, isAbsence, refuseUnsendable, tagsOf, versionIn } from './vault-object.ts';
import { TYPE_WORDS } from './vault-request.ts';
import { maskContent, newVersionBody, patchBody, type NewVersion } from './vault-write-body.ts';

type Body = Readonly<Record<string, unknown>>;
type Named = Pick<RemoteObject, 'type' | 'name'>;

interface VaultAccess {
  readonly clients: Pick<Clients, 'send'>;
  readonly read: (object: Named) => Promise<FetchedObject | undefined>;
  /** Runs it in the vault's lane and words its errors. */
  readonly guarded: <Result>(act: () => Promise<Result>, action: VaultAction, object: RemoteObject) => Promise<Result>;
}

/** How long an object that was recovered is given between two looks at it. */
const RECOVERY_WAIT_MS = 3_000;

export function createVaultWriter(context: AzureContext, access: VaultAccess): ProviderWriter {
  return {
    put: (name, content, properties) => put(context, access, { name, content, properties }),
    patch: (object, properties) => patch(access, object, properties),
    delete: (object) => remove(access, object),
    deleted: (object) => deleted(access, object),
    recover: (object) => recover(context, access, object),
  };
}

async function put(
  context: AzureContext,
  { clients, guarded }: VaultAccess,
  version: NewVersion,
): Promise<FetchedObject> {
  const { name, content } = version;
  const object = { type: content.type, name };
  maskContent(context.masker, content);
  const call = { ...newVersionCall(object), body: newVersionBody(version) };
  return guarded(
    async () => written(object, await clients.send(object.type, call)),
    object.type === 'secret' ? 'set' : 'import',
    object,
  );
}

function newVersionCall(object: Named): VaultCall {
  const path = pathOf(object);
  return object.type === 'cert' ? { method: 'POST', path: `${path}/import` } : { method: 'PUT', path };
}

async function patch(
  { clients, guarded }: VaultAccess,
  object: Required<RemoteObject>,
  properties: VaultProperties,
): Promise<FetchedObject> {
  const path = `${pathOf(object)}/${encodeURIComponent(object.version)}`;
  const call = { method: 'PATCH', path, body: patchBody(object, properties) } as const;
  return guarded(async () => written(object, await clients.send(object.type, call)), 'update', object);
}

async function remove({ clients, guarded }: VaultAccess, object: Named): Promise<void> {
  const call = { method: 'DELETE', path: pathOf(object) } as const;
  const send = async (): Promise<void> => {
    try {
      const body = await clients.send(object.type, call);
      versionIn(idIn(body, object.type), object);
    } catch (error) {
      if (!isAbsence(error, object.type)) throw error;
    }
  };
  await guarded(send, 'delete', object);
}

async function deleted({ clients, guarded }: VaultAccess, object: Named): Promise<DeletedVaultObject | undefined> {
  const call = { method: 'GET', path: `deleted${pathOf(object)}` } as const;
  const ask = async (): Promise<DeletedVaultObject | undefined> => {
    try {
      const body = await clients.send(object.type, call);
      versionIn(idIn(body, object.type), object);
      return { tags: tagsOf(body['tags']) };
    } catch (error) {
      if (isAbsence(error, object.type)) return undefined;
      throw error;
    }
  };
  return guarded(ask, 'deleted-get', object);
}

async function recover(context: AzureContext, access: VaultAccess, object: Named): Promise<void> {
  const call = { method: 'POST', path: `deleted${pathOf(object)}/recover` } as const;
  const send = async (): Promise<void> => {
    const body = await access.clients.send(object.type, call);
    versionIn(idIn(body, object.type), object);
  };
  await access.guarded(send, 'recover', object);
  try {
    await untilReadable(context, access, object);
  } catch (error) {
    throw error instanceof PortError ? withUncertain(error, true) : error;
  }
}

/** Key Vault answers before it has done it. */
async function untilReadable({ clock, settings }: AzureContext, access: VaultAccess, object: Named): Promise<void> {
  const deadline = clock.now().getTime() + settings.deadlineMs;
  while (!(await isReadable(access, object))) {
    if (clock.now().getTime() + RECOVERY_WAIT_MS >= deadline) throw stillRecovering(object, settings.deadlineMs);
    await clock.sleep(RECOVERY_WAIT_MS);
  }
}

/** A disabled object is there, although its value is not to be had. */
async function isReadable({ read }: VaultAccess, object: Named): Promise<boolean> {
  try {
    return (await read(object)) !== undefined;
  } catch (error) {
    if (error instanceof PortError && error.disabled) return true;
    throw error;
  }
}

function stillRecovering({ type, name }: Named, deadlineMs: number): PortError {
  return new PortError({
    kind: 'Unavailable',
    code: 'ObjectIsBeingRecovered',
    what: `${TYPE_WORDS[type]} "${name}" was recovered and cannot be read yet after ${deadlineMs / 1000} s`,
    fix: 'Run again in a minute.',
  });
}

/** What stands there now, as the answer tells; a write that made no version made nothing that we know of. */
function written(object: RemoteObject, body: Body): FetchedObject {
  const answer = fetched(object, undefined, body, idIn(body, object.type));
  if (answer.version === undefined) throw new GarbledAnswer('no-json');
  return answer;
}

function idIn(body: Body, type: RemoteType): unknown {
  if (type !== 'key') return body['id'];
  return isRecord(body['key']) ? body['key']['kid'] : undefined;
}

function pathOf({ type, name }: Named): string {
  refuseUnsendable(name);
  return `${COLLECTIONS[type]}/${encodeURIComponent(name)}`;
}
