/** Private keys out of PEM blocks, as Secrets have them: PKCS#8, PKCS#1 and SEC 1, of the kinds that Key Vault imports. */
import { createPrivateKey } from 'node:crypto';
import type { PemBlock } from '../template/functions/pki/pem.ts';
import type { PrivateKey } from '../template/functions/pki/private-key.ts';
import { valueFault, type ValueFault } from './value-fault.ts';

/** Of each block type the form of its content. */
const FORMS: ReadonlyMap<string, 'pkcs8' | 'pkcs1' | 'sec1'> = new Map([
  ['PRIVATE KEY', 'pkcs8'],
  ['RSA PRIVATE KEY', 'pkcs1'],
  ['EC PRIVATE KEY', 'sec1'],
]);

const DECRYPT =
  'Store it without a password (openssl pkcs8 -topk8 -nocrypt -in key.pem); the Secret and the vault protect it.';

/** OpenSSL's names of curves, and those of Key Vault. */
export const CURVES: ReadonlyMap<string, string> = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
  ['secp256k1', 'P-256K'],
]);

const RSA_SIZES: readonly number[] = [2048, 3072, 4096];
const SUPPORTED = 'Key Vault takes RSA of 2048, 3072 or 4096 bits, and EC on P-256, P-384, P-521 or P-256K.';

export function isPrivateKeyBlock({ type }: PemBlock): boolean {
  return FORMS.has(type) || type.endsWith('PRIVATE KEY');
}

/** The key of a block, or why Key Vault would not take it. */
export function readKeyBlock(block: PemBlock): PrivateKey | ValueFault {
  const isEncrypted = block.type === 'ENCRYPTED PRIVATE KEY' || /ENCRYPTED/u.test(block.headers.get('Proc-Type') ?? '');
  if (isEncrypted) return valueFault('key-encrypted', 'holds a private key that is encrypted', DECRYPT);
  const form = FORMS.get(block.type);
  if (form === undefined) return unknownType(block.type);
  try {
    const key = createPrivateKey({ key: Buffer.from(block.bytes), format: 'der', type: form });
    return privateKeyFault(key) ?? key;
  } catch {
    const what = `holds a PEM block "${block.type}" whose content is no private key of that form`;
    return valueFault(
      'key-unreadable',
      what,
      'Store the key again; openssl pkey -check -in key.pem says what is wrong.',
    );
  }
}

/** ESO 2.9: `key type … is not supported`. What it is not goes no further than the known words of PEM. */
export function unknownType(type: string): ValueFault {
  const shown = /^[A-Z0-9 ]{1,40}$/u.test(type) ? `a PEM block "${type}"` : 'a PEM block of an unknown type';
  const fix = 'Store the private key alone, as PEM: PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY.';
  return valueFault('key-type-unsupported', `begins with ${shown}, which is no private key that can be read`, fix);
}

/** Why Key Vault would not take a key. */
export function privateKeyFault(key: PrivateKey): ValueFault | undefined {
  const kind = kindOf(key);
  return kind === undefined
    ? undefined
    : valueFault('key-kind-unsupported', `holds ${kind}, which Key Vault refuses`, SUPPORTED);
}

/** What it is, where Key Vault does not take it. */
function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: PrivateKey): string | undefined {
  if (asymmetricKeyType === 'rsa') {
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return RSA_SIZES.includes(bits) ? undefined : `an RSA key of ${bits} bits`;
  }
  if (asymmetricKeyType !== 'ec') return `a key of the kind ${asymmetricKeyType ?? 'unknown'}`;
  const curve = asymmetricKeyDetails?.namedCurve;
  if (curve === undefined) return 'an EC key with parameters of its own instead of a named curve';
  return CURVES.has(curve) ? undefined : `an EC key on the curve ${curve}`;
}
