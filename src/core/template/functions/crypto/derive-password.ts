/**
 * The Master Password algorithm (masterpassword.app, version 3): a site's password out of a master password.
 *
 * The templates say which kind of character stands where; each is drawn by one byte of the seed.
 */
import { createHmac, scryptSync } from 'node:crypto';
import { toBytes, type GoString } from '../../values.ts';

const SEED = Buffer.from('com.lyndir.masterpassword', 'latin1');

const TEMPLATES: Readonly<Record<GoString, readonly string[]>> = {
  maximum: ['anoxxxxxxxxxxxxxxxxx', 'axxxxxxxxxxxxxxxxxno'],
  long: [
    'CvcvnoCvcvCvcv',
    'CvcvCvcvnoCvcv',
    'CvcvCvcvCvcvno',
    'CvccnoCvcvCvcv',
    'CvccCvcvnoCvcv',
    'CvccCvcvCvcvno',
    'CvcvnoCvccCvcv',
    'CvcvCvccnoCvcv',
    'CvcvCvccCvcvno',
    'CvcvnoCvcvCvcc',
    'CvcvCvcvnoCvcc',
    'CvcvCvcvCvccno',
    'CvccnoCvccCvcv',
    'CvccCvccnoCvcv',
    'CvccCvccCvcvno',
    'CvcvnoCvccCvcc',
    'CvcvCvccnoCvcc',
    'CvcvCvccCvccno',
    'CvccnoCvcvCvcc',
    'CvccCvcvnoCvcc',
    'CvccCvcvCvccno',
  ],
  medium: ['CvcnoCvc', 'CvcCvcno'],
  short: ['Cvcn'],
  basic: ['aaanaaan', 'aannaaan', 'aaannaaa'],
  pin: ['nnnn'],
};

const CHARACTERS: Readonly<Record<string, string>> = {
  V: 'AEIOU',
  C: 'BCDFGHJKLMNPQRSTVWXYZ',
  v: 'aeiou',
  c: 'bcdfghjklmnpqrstvwxyz',
  A: 'AEIOUBCDFGHJKLMNPQRSTVWXYZ',
  a: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz',
  n: '0123456789',
  o: "@&%?,=[]_:-+*$#!'^~;()/.",
  x: 'AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()',
};

export interface SiteRequest {
  readonly counter: bigint;
  readonly type: GoString;
  readonly password: GoString;
  readonly user: GoString;
  readonly site: GoString;
}

/** Nothing for a type that does not exist. */
export function derivePassword({ counter, type, password, user, site }: SiteRequest): GoString | undefined {
  const templates = Object.hasOwn(TEMPLATES, type) ? TEMPLATES[type] : undefined;
  if (templates === undefined) return undefined;
  const salt = Buffer.concat([SEED, counted(user)]);
  const key = scryptSync(toBytes(password), salt, 64, { N: 32_768, r: 8, p: 2, maxmem: 128 * 1024 * 1024 });
  const message = Buffer.concat([SEED, counted(site), uint32(Number(counter))]);
  const seed = createHmac('sha256', key).update(message).digest();
  const template = templates[(seed[0] ?? 0) % templates.length] ?? '';
  return Array.from(template, (kind, index) => draw(kind, seed[index + 1] ?? 0)).join('');
}

function draw(kind: string, byte: number): string {
  const characters = CHARACTERS[kind] ?? '';
  return characters[byte % characters.length] ?? '';
}

function counted(text: GoString): Uint8Array {
  return Buffer.concat([uint32(text.length), toBytes(text)]);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
