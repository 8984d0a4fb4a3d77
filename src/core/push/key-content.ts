/**
 * A private key of a Secret as the JWK that Key Vault imports, and its public half for comparing with what is there.
 *
 * ESO 2.9: the first PEM block counts, and what is no PEM is a symmetric key. Key Vault takes no symmetric key, so that is
 * refused here, as is every other key that it does not take.
 */
import { SecretValue } from '../model/secret-value.ts';
import { toNumber } from '../template/functions/pki/modular.ts';
import { decodeAllPem, type PemBlock } from '../template/functions/pki/pem.ts';
import type { PrivateKey } from '../template/functions/pki/private-key.ts';
import { fromBytes } from '../template/values.ts';
import { CURVES, readKeyBlock, unknownType } from './private-key-pem.ts';
import { isValueFault, valueFault, type ValueFault } from './value-fault.ts';

/** A public key; numbers and coordinates in base64url. */
export type PublicJwk =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string };

export interface KeyContent {
  /** The private JWK as JSON. ESO 2.9: RSA has d, dp, dq, e, kty, n, p, q, qi; EC has crv, d, kty, x, y. */
  readonly jwk: SecretValue;
  readonly publicKey: PublicJwk;
}

export function keyContent(bytes: Uint8Array): KeyContent | ValueFault {
  const block = keyBlock(pemBlocks(bytes));
  if (block === undefined) return noPem(bytes);
  const key = readKeyBlock(block);
  return isValueFault(key) ? key : contentOf(key);
}

/** Blocks of a text; a byte order mark would hide the first. */
export function pemBlocks(bytes: Uint8Array): readonly PemBlock[] {
  return decodeAllPem(fromBytes(bytes).replace(/^\xef\xbb\xbf/u, ''));
}

/** OpenSSL writes the parameters of a curve before its key. ESO 2.9 refuses that: `key type EC PARAMETERS is not supported`. */
function keyBlock([first, second]: readonly PemBlock[]): PemBlock | undefined {
  return first?.type === 'EC PARAMETERS' && second?.type === 'EC PRIVATE KEY' ? second : first;
}

function noPem(bytes: Uint8Array): ValueFault {
  const fix = 'Store a private key as PEM: PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY, each line of it.';
  return valueFault('key-not-pem', `${whatItIs(bytes)}, and a key of a vault is made of a private key in PEM`, fix);
}

function whatItIs(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'is empty';
  const text = fromBytes(bytes);
  if (text.includes('-----BEGIN')) return 'holds a PEM that is cut off or damaged';
  if (/^\s*\{/u.test(text)) return 'holds JSON';
  return bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80 ? 'holds DER' : 'holds no PEM';
}

function contentOf(key: PrivateKey): KeyContent | ValueFault {
  const { kty, n, e, d, dp, dq, p, q, qi, x, y } = key.export({ format: 'jwk' });
  if (kty === 'RSA' && n !== undefined && e !== undefined) {
    if (numberOf(p) * numberOf(q) !== numberOf(n)) return unusualPrimes();
    return { jwk: jsonOf({ d, dp, dq, e, kty, n, p, q, qi }), publicKey: { kty, n, e } };
  }
  const crv = CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');
  if (kty !== 'EC' || crv === undefined || x === undefined || y === undefined) return unknownType('PRIVATE KEY');
  return { jwk: jsonOf({ crv, d, kty, x, y }), publicKey: { kty, crv, x, y } };
}

function numberOf(base64: string | undefined): bigint {
  return toNumber(Buffer.from(base64 ?? '', 'base64url'));
}

/** A JWK of Key Vault has two primes. */
function unusualPrimes(): ValueFault {
  const what = 'holds an RSA key that is not the product of its two primes, which Key Vault refuses';
  return valueFault(
    'key-kind-unsupported',
    what,
    'Use an RSA key of two primes, as every program makes them by default.',
  );
}

function jsonOf(jwk: Readonly<Record<string, string | undefined>>): SecretValue {
  return SecretValue.ofText(JSON.stringify(jwk));
}

/**
 * Is the key of the vault, a public JWK as JSON, this one? Keys in hardware call themselves `RSA-HSM` and `EC-HSM`, and
 * older vaults call P-256K by another name.
 */
export function samePublicKey(vault: SecretValue, key: PublicJwk): boolean {
  return publicKeyText(vault) === keyText({ ...key });
}

/** Equal keys, equal texts; `undefined` where it is no key. */
export function publicKeyText(vault: SecretValue): string | undefined {
  const there = readJson(vault);
  return there === undefined ? undefined : keyText(there);
}

function keyText(jwk: Readonly<Record<string, unknown>>): string {
  const kty = String(jwk['kty']).replace(/-HSM$/u, '');
  if (kty === 'RSA') return [kty, numberText(jwk['n']), numberText(jwk['e'])].join(' ');
  const curve = jwk['crv'] === 'SECP256K1' ? 'P-256K' : String(jwk['crv']);
  return [kty, curve, numberText(jwk['x']), numberText(jwk['y'])].join(' ');
}

function readJson(value: SecretValue): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(value.reveal()).toString('utf8'));
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** Zeros in front count for nothing: a coordinate may come padded or not. */
function numberText(base64: unknown): string {
  if (typeof base64 !== 'string') return 'none';
  return Buffer.from(base64, 'base64url')
    .toString('hex')
    .replace(/^(?:00)+/u, '');
}
