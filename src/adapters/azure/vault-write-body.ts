/** What is sent to Key Vault with a write: bodies of its REST API. */
import { isRecord } from '../../core/model/fields.ts';
import { SecretValue } from '../../core/model/secret-value.ts';
import type { VaultContent, VaultProperties } from '../../core/model/vault-object.ts';
import type { Masker } from '../../ports/masker.ts';
import { PortError } from '../../ports/errors.ts';
import { jsonObject } from './vault-answer.ts';

type Json = Readonly<Record<string, unknown>>;

/** RFC 7518: the private members of RSA, EC and symmetric keys. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

const PEM = 'application/x-pem-file';

export interface NewVersion {
  readonly name: string;
  readonly content: VaultContent;
  readonly properties: VaultProperties;
}

/** Everything is written; what is not there is not in the new version. */
export function newVersionBody({ name, content, properties }: NewVersion): string {
  const attributes = { enabled: true, ...times(properties) };
  return JSON.stringify({ ...contentBody(name, content, properties), attributes, tags: properties.tags });
}

/**
 * Of a change of properties: what is absent stays. Key Vault may keep what `null` and `''` are to clear; what it made of
 * it stands in its answer.
 */
export function patchBody({ type }: { readonly type: VaultContent['type'] }, properties: VaultProperties): string {
  const { contentType, expires, tags } = properties;
  const attributes = { ...(expires === null ? { exp: null } : {}), ...times(properties) };
  return JSON.stringify({
    ...(type === 'secret' && contentType !== undefined ? { contentType } : {}),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    tags,
  });
}

/** Tells the masker of everything secret in it, before any of it is sent. */
export function maskContent(masker: Masker, content: VaultContent): void {
  switch (content.type) {
    case 'secret':
      masker.mask(content.value);
      return;
    case 'cert':
      masker.mask(content.value);
      if (content.password !== undefined) masker.mask(content.password);
      return;
    case 'key': {
      masker.mask(content.jwk);
      const jwk = jwkOf(content.jwk);
      for (const member of PRIVATE_MEMBERS.map((name) => jwk[name])) {
        if (typeof member === 'string') masker.mask(SecretValue.ofText(member));
      }
      return;
    }
    default:
      return content satisfies never;
  }
}

function contentBody(name: string, content: VaultContent, { contentType = '' }: VaultProperties): Json {
  switch (content.type) {
    case 'secret':
      return { value: secretText(name, content.value), ...(contentType === '' ? {} : { contentType }) };
    case 'key':
      return { key: jwkOf(content.jwk) };
    case 'cert':
      return certificateBody(content);
    default:
      return content satisfies never;
  }
}

/** Without a policy the one that is there stays; Key Vault takes PEM only where the policy says so. */
function certificateBody({ format, value, password }: VaultContent & { readonly type: 'cert' }): Json {
  if (format === 'pem') return { value: textOf(value), policy: { secret_props: { contentType: PEM } } };
  const pwd = password === undefined ? {} : { pwd: textOf(password) };
  return { value: Buffer.from(value.reveal()).toString('base64'), ...pwd };
}

function times({ expires, notBefore }: VaultProperties): Json {
  return {
    ...(typeof expires === 'number' ? { exp: expires } : {}),
    ...(notBefore === undefined ? {} : { nbf: notBefore }),
  };
}

function jwkOf(jwk: SecretValue): Json {
  const key = jsonObject(textOf(jwk));
  if (!isRecord(key)) throw new Error('Bug: a key is written as a JSON Web Key');
  return key;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Key Vault holds text; bytes that are none would come back as others. */
function secretText(name: string, value: SecretValue): string {
  const bytes = value.reveal();
  try {
    return UTF8.decode(bytes);
  } catch {
    const what = `the value for secret "${name}" is not UTF-8, and a vault holds text`;
    throw new PortError({ kind: 'Invalid', what, fix: 'Encode it, as with keyferry.dev/binary: base64.' });
  }
}

function textOf(value: SecretValue): string {
  return UTF8.decode(value.reveal());
}
