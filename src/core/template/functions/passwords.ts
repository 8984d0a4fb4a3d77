/** Functions for passwords and encryption. sprig, with ESO's third argument of htpasswd. */
import { say, shown } from '../message.ts';
import { createCipheriv, createDecipheriv, hash } from 'node:crypto';
import { declare, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { fromBytes, toBytes, type GoString, goError } from '../values.ts';
import { bcrypt, SALT_LENGTH } from './crypto/bcrypt.ts';
import { derivePassword } from './crypto/derive-password.ts';
import { decodeBase64 } from './text/base64.ts';
import { sliceBytes } from './text/bytes.ts';
import { faultText, recovering } from './failing.ts';

/** What slow functions count for: some six bcrypt and five derivePassword end a render. */
const BCRYPT = 10_000_000;
const SCRYPT = 12_000_000;

export const passwordFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'bcrypt',
    signature: 'func(string) string',
    source: 'sprig',
    volatile: true,
    summary: 'The bcrypt hash of a password; for more than 72 bytes the text of the error.',
    example: { template: '{{ bcrypt "s3cret" }}', matches: /^\$2a\$10\$[./A-Za-z0-9]{53}$/ },
    call: (runtime, password) => hashPassword(runtime, password),
  }),
  declare({
    name: 'htpasswd',
    signature: 'func(string, string, sprig.HashAlgorithm) string',
    source: 'sprig',
    volatile: true,
    summary: 'A line of an htpasswd file: user, password, algorithm ("sha", else bcrypt), which must be a literal.',
    example: { template: '{{ htpasswd "me" "s3cret" "sha" }}', prints: 'me:{SHA}/vNB+F2HQ559kaLUZbmHHvZrXpg=' },
    call: (runtime, user, password, algorithm) => {
      if (user.includes(':')) return faultText(runtime, say`invalid username: ${user}`);
      if (algorithm !== 'sha') return `${user}:${hashPassword(runtime, password)}`;
      return `${user}:{SHA}${hash('sha1', toBytes(password), 'base64')}`;
    },
  }),
  declare({
    name: 'derivePassword',
    signature: 'func(uint32, string, string, string, string) string',
    source: 'sprig',
    summary: 'A password of the Master Password algorithm: counter, type, master password, user, site.',
    example: { template: '{{ derivePassword 1 "long" "password" "user" "example.com" }}', prints: 'ZedaFaxcZaso9*' },
    call: (runtime, counter, type, password, user, site) => {
      runtime.spend(SCRYPT);
      const derived = derivePassword({ counter, type, password, user, site });
      return derived ?? faultText(runtime, say`cannot find password template ${type}`);
    },
  }),
  declare({
    name: 'encryptAES',
    signature: 'func(string, string) (string, error)',
    source: 'sprig',
    volatile: true,
    summary: 'A text encrypted with AES-256-CBC, in base64: password, text. The password is the key, cut to 32 bytes.',
    example: { template: '{{ encryptAES "key" "plain" | decryptAES "key" }}', prints: 'plain' },
    call: (runtime, password, text) => encryptAes(runtime, password, text),
  }),
  declare({
    name: 'decryptAES',
    signature: 'func(string, string) (string, error)',
    source: 'sprig',
    summary: 'The text that encryptAES encrypted: password, base64.',
    example: {
      template: '{{ "30tEfhuJSVRhpG97XCuWgz2okj7L8vQ1s6V9zVUPeDQ=" | decryptAES "secretkey" }}',
      prints: 'plaintext',
    },
    call: (_runtime, password, text) => decryptAes(password, text),
  }),
];

function hashPassword(runtime: TemplateRuntime, password: GoString): GoString {
  runtime.spend(BCRYPT);
  return recovering(
    () => bcrypt(toBytes(password), runtime.randomBytes(SALT_LENGTH)),
    (what) => faultText(runtime, say`failed to encrypt string with bcrypt: ${what}`),
  );
}

const BLOCK_LENGTH = 16;

function encryptAes({ randomBytes }: TemplateRuntime, password: GoString, text: GoString): GoString {
  if (text === '') return '';
  const iv = randomBytes(BLOCK_LENGTH);
  const cipher = createCipheriv('aes-256-cbc', aesKey(password), iv);
  return Buffer.concat([iv, cipher.update(toBytes(text)), cipher.final()]).toString('base64');
}

/** sprig checks neither length nor padding; what it does with wrong ones is Go's panic. */
function decryptAes(password: GoString, text: GoString): GoString {
  if (text === '') return '';
  const { text: sealed, errorAt } = decodeBase64(text);
  if (errorAt !== undefined) throw goError`illegal base64 data at input byte ${shown(errorAt)}`;
  if (sealed.length < BLOCK_LENGTH) throw goError`runtime error: slice bounds out of range [:${shown(BLOCK_LENGTH)}]`;
  if (sealed.length === BLOCK_LENGTH) throw goError`runtime error: index out of range [-1]`;
  if (sealed.length % BLOCK_LENGTH !== 0) throw goError`crypto/cipher: input not full blocks`;
  const iv = toBytes(sealed.slice(0, BLOCK_LENGTH));
  const decipher = createDecipheriv('aes-256-cbc', aesKey(password), iv).setAutoPadding(false);
  const plain = fromBytes(Buffer.concat([decipher.update(toBytes(sealed.slice(BLOCK_LENGTH))), decipher.final()]));
  return sliceBytes(plain, undefined, BigInt(plain.length - plain.charCodeAt(plain.length - 1)));
}

/** Cut, or filled with zeros. */
function aesKey(password: GoString): Uint8Array {
  const key = new Uint8Array(32);
  key.set(toBytes(password).subarray(0, 32));
  return key;
}
