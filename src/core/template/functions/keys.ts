/** Functions for keys: JSON Web Keys as PEM, RSA decryption. ESO. */
import { say, shown, type Message } from '../message.ts';
import { constants, privateDecrypt } from 'node:crypto';
import { declare, type TemplateFunction } from '../function-table.ts';
import { fromBytes, GoError, toBytes, type GoString, goError } from '../values.ts';
import { jwkToPkcs8, jwkToSpki } from './pki/jwk.ts';
import { decodePem, encodePem } from './pki/pem.ts';
import { parsePrivateKey, type PrivateKey } from './pki/private-key.ts';
import { prefixing } from './failing.ts';

/** RFC 8037 appendix A. */
const EXAMPLE_JWK = '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"';
const EXAMPLE_SECRET = ',"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"';

export const keyFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'jwkPublicKeyPem',
    signature: 'func(string) (string, error)',
    source: 'ESO',
    summary: 'A public JSON Web Key (RSA, EC, Ed25519) as PEM.',
    example: {
      template: '{{ jwkPublicKeyPem .jwk }}',
      data: { jwk: `${EXAMPLE_JWK}}` },
      prints:
        '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n',
    },
    call: ({ spend }, jwk) => encodePem('PUBLIC KEY', jwkToSpki(jwk, spend)),
  }),
  declare({
    name: 'jwkPrivateKeyPem',
    signature: 'func(string) (string, error)',
    source: 'ESO',
    summary: 'A private JSON Web Key (RSA, EC, Ed25519) as PEM in PKCS#8.',
    example: {
      template: '{{ jwkPrivateKeyPem .jwk | trunc 27 }}',
      data: { jwk: `${EXAMPLE_JWK}${EXAMPLE_SECRET}}` },
      prints: '-----BEGIN PRIVATE KEY-----',
    },
    call: ({ spend }, jwk) => encodePem('PRIVATE KEY', jwkToPkcs8(jwk, spend)),
  }),
  declare({
    name: 'rsaDecrypt',
    signature: 'func(string, string, string, string) (string, error)',
    source: 'ESO',
    summary:
      'Decrypts with RSA: scheme (RSA-OAEP, or None to do nothing), hash (SHA1, SHA256, SHA512), text, key as PEM.',
    example: { template: '{{ rsaDecrypt "None" "SHA256" "as it is" "" }}', prints: 'as it is' },
    call: (_runtime, scheme, hash, text, key) => {
      if (scheme === 'None') return text;
      if (scheme !== 'RSA-OAEP') throw goError`decryption scheme ${scheme} is not supported`;
      return decryptOaep(readRsaKey(key), HASHES[hash] ?? 'sha256', text);
    },
  }),
];

/** ESO 2.9: every other word means SHA-256. */
const HASHES: Readonly<Record<string, string>> = { SHA1: 'sha1', SHA512: 'sha512' };
/** Go 1.24: crypto/rsa refuses smaller keys. */
const LEAST_BITS = 1024;

function readRsaKey(pem: GoString): PrivateKey {
  const { block } = decodePem(pem);
  if (block === undefined) throw goError`failed to decode PEM block`;
  const key = prefixing(say`could not parse private key: `, () => parsePrivateKey(block.bytes));
  if (key.asymmetricKeyType !== 'rsa') throw goError`could not parse RSA private key`;
  return key;
}

function decryptOaep(key: PrivateKey, oaepHash: string, text: GoString): GoString {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < LEAST_BITS) throw failed(say`crypto/rsa: ${shown(bits)}-bit keys are insecure`);
  try {
    return fromBytes(privateDecrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, toBytes(text)));
  } catch {
    throw failed(say`crypto/rsa: decryption error`);
  }
}

function failed(why: Message): GoError {
  return goError`error decrypting data with RSA: ${why}`;
}
