/**
 * What Key Vault says of one object, in our words.
 *
 * An answer counts only for the object that was asked for: its id names type, name and version, and a 404 its type.
 * Anything else is no answer, so that a read that went wrong looks neither like a value nor like an absent object.
 *
 * | answer                                              | read of one object | list    |
 * | --------------------------------------------------- | ------------------ | ------- |
 * | 200, the object that was asked for                  | present            | -       |
 * | 200, a page of the list                             | unknown            | present |
 * | 404 with the code of the object's type              | absent             | unknown |
 * | everything else: other status, code, object or form | unknown            | unknown |
 */
import { isRecord } from '../../core/model/fields.ts';
import type { SecretValue } from '../../core/model/secret-value.ts';
import type { FetchedObject, RemoteAttributes, RemoteObject, RemoteTags, RemoteType } from '../../core/model/vault.ts';
import { PortError } from '../../ports/errors.ts';
import { GarbledAnswer, VaultRefusal } from './vault-answer.ts';

type Body = Readonly<Record<string, unknown>>;

const ABSENT_CODES: Readonly<Record<RemoteType, string>> = {
  secret: 'SecretNotFound',
  cert: 'CertificateNotFound',
  key: 'KeyNotFound',
};

/** As paths call them. */
export const COLLECTIONS: Readonly<Record<RemoteType, string>> = {
  secret: 'secrets',
  cert: 'certificates',
  key: 'keys',
};

/** The rules of URLs take dots for steps up: the request would ask for something else. */
export function refuseUnsendable(name: string): void {
  if (name !== '.' && name !== '..') return;
  throw new PortError({
    kind: 'Invalid',
    what: `"${name}" cannot be the name of a vault object`,
    fix: 'Write a name in remoteRef.key, as db-password or cert/web.',
  });
}

/** Did Key Vault itself say that there is no such object? */
export function isAbsence(error: unknown, type: RemoteType): boolean {
  return error instanceof VaultRefusal && error.answer.status === 404 && error.answer.code === ABSENT_CODES[type];
}

/** `id` is that of the answer. Without one it is no object: an empty name may be taken for the list. */
export function fetched(asked: RemoteObject, value: SecretValue | undefined, body: Body, id: unknown): FetchedObject {
  const version = versionIn(id, asked);
  const contentType = body['contentType'];
  const hasContentType = asked.type === 'secret' && typeof contentType === 'string' && contentType !== '';
  return {
    value,
    ...(version === undefined ? {} : { version }),
    tags: tagsOf(body['tags']),
    attributes: attributesOf(body['attributes']),
    ...(hasContentType ? { contentType } : {}),
    ...(body['managed'] === true ? { managed: true } : {}),
    ...(isDisabled(body['attributes']) ? { enabled: false } : {}),
  };
}

/**
 * The version in `https://VAULT/secrets/NAME/VERSION`. The host is not compared: a vault that is reached by another name
 * says its own. Names and versions are the same in upper and lower case.
 */
export function versionIn(id: unknown, asked: RemoteObject): string | undefined {
  const { name, version } = partsOf(id, asked.type);
  const isAsked = isSame(name, encodeURIComponent(asked.name));
  const isPinned = asked.version !== undefined && asked.version !== '';
  if (!isAsked || (isPinned && !isSame(version ?? '', asked.version))) throw new GarbledAnswer('other-object');
  return version === '' ? undefined : version;
}

/** Throws for the id of another type: a list of keys is no list of secrets. */
export function partsOf(id: unknown, type: RemoteType): { readonly name: string; readonly version?: string } {
  if (typeof id !== 'string' || !URL.canParse(id)) throw new GarbledAnswer('no-json');
  const [, collection, name = '', version] = new URL(id).pathname.split('/');
  if (collection !== COLLECTIONS[type]) throw new GarbledAnswer('other-object');
  return version === undefined ? { name } : { name, version };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export interface Times {
  readonly createdOn?: Date | undefined;
  readonly updatedOn?: Date | undefined;
  readonly expiresOn?: Date | undefined;
  readonly notBefore?: Date | undefined;
}

/** Of one line of a list. */
export function timesOf({ createdOn, updatedOn, expiresOn, notBefore }: Times): RemoteAttributes {
  return definedTimes({
    created: seconds(createdOn),
    updated: seconds(updatedOn),
    expires: seconds(expiresOn),
    notBefore: seconds(notBefore),
  });
}

export function tagsOf(tags: unknown): RemoteTags {
  if (!isRecord(tags)) return new Map();
  return new Map(Object.entries(tags).map(([name, value]) => [name, typeof value === 'string' ? value : null]));
}

function isDisabled(attributes: unknown): boolean {
  return isRecord(attributes) && attributes['enabled'] === false;
}

function attributesOf(attributes: unknown): RemoteAttributes {
  if (!isRecord(attributes)) return {};
  return definedTimes({
    created: wholeNumber(attributes['created']),
    updated: wholeNumber(attributes['updated']),
    expires: wholeNumber(attributes['exp']),
    notBefore: wholeNumber(attributes['nbf']),
  });
}

function definedTimes(times: { readonly [Name in keyof RemoteAttributes]-?: number | undefined }): RemoteAttributes {
  return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined));
}

function wholeNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.floor(value) : undefined;
}

function seconds(date: Date | undefined): number | undefined {
  return date instanceof Date ? Math.floor(date.getTime() / 1000) : undefined;
}
