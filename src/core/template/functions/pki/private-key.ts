/**
 * Private keys in the forms of Go's crypto/x509: PKCS#8, PKCS#1 (`RSA PRIVATE KEY`) and SEC 1 (`EC PRIVATE KEY`).
 *
 * What Go does not know is refused here too, although OpenSSL could read it: other curves, RSA-PSS, Ed448, DSA.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { goError } from '../../values.ts';

export type PrivateKey = KeyObject;

const CURVES: readonly (string | undefined)[] = ['secp224r1', 'prime256v1', 'secp384r1', 'secp521r1'];

/** A key in PKCS#8 that Go can read. */
export function parsePkcs8(bytes: Uint8Array): PrivateKey {
  const key = readPrivateKey(bytes, 'pkcs8');
  if (key === undefined) throw goError`x509: failed to parse private key`;
  return key;
}

/** ESO 2.9: PKCS#1, then PKCS#8, then SEC 1, whatever the type of the PEM block said. */
export function parsePrivateKey(bytes: Uint8Array): PrivateKey {
  const key = readPrivateKey(bytes, 'pkcs1') ?? readPkcs8ForSigning(bytes) ?? readPrivateKey(bytes, 'sec1');
  if (key === undefined) throw goError`unable to parse private key type`;
  return key;
}

/** The PKCS#8 that Go would write: for EC keys with the public key, without anything optional. */
export function toPkcs8(key: PrivateKey): Uint8Array {
  return key.export({ type: 'pkcs8', format: 'der' });
}

function readPkcs8ForSigning(bytes: Uint8Array): PrivateKey | undefined {
  const key = readPrivateKey(bytes, 'pkcs8');
  if (key?.asymmetricKeyType !== 'x25519') return key;
  throw goError`found unknown private key type in PKCS#8 wrapping`;
}

/** A key in exactly this form; `undefined` when it is not, or of a kind that Go does not know. */
export function readPrivateKey(bytes: Uint8Array, type: 'pkcs1' | 'pkcs8' | 'sec1'): PrivateKey | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(bytes), format: 'der', type });
    return isKnown(key) && isOfForm(key, type) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** OpenSSL takes the declared form for a hint only. */
function isOfForm(key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1'): boolean {
  if (type === 'pkcs1') return key.asymmetricKeyType === 'rsa';
  return type === 'pkcs8' || key.asymmetricKeyType === 'ec';
}

function isKnown(key: KeyObject): boolean {
  switch (key.asymmetricKeyType) {
    case 'rsa':
    case 'ed25519':
    case 'x25519':
      return true;
    case 'ec':
      return CURVES.includes(key.asymmetricKeyDetails?.namedCurve);
    default:
      return false;
  }
}
