/**
 * SSH key pairs in the forms of OpenSSH: `openssh-key-v1` for the private key, a line of authorized_keys for the public.
 * PROTOCOL.key of OpenSSH; RFC 4253 for numbers, RFC 5656 for curves.
 */
import { createPrivateKey, type JsonWebKey } from 'node:crypto';
import type { SshKeySpec } from '../model/generator.ts';
import type { RandomBytes } from './random-number.ts';

/** Curves by their bits. */
const CURVES = { 256: 'P-256', 384: 'P-384', 521: 'P-521' } as const;

export interface SshKeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

type KeyRequest =
  | { readonly type: 'rsa'; readonly bits: number }
  | { readonly type: 'ec'; readonly curve: (typeof CURVES)[keyof typeof CURVES] }
  | { readonly type: 'ed25519' };

/** Which key to make. ESO 2.9: an ECDSA size that is no curve's counts as 256. */
export function keyRequestOf({ keyType, keySize }: SshKeySpec): KeyRequest {
  switch (keyType) {
    case 'rsa':
      return { type: 'rsa', bits: keySize };
    case 'ecdsa':
      return { type: 'ec', curve: keySize === 384 || keySize === 521 ? CURVES[keySize] : 'P-256' };
    case 'ed25519':
      return { type: 'ed25519' };
    default:
      return keyType satisfies never;
  }
}

/** The same key in both forms; `pkcs8` is DER. */
export function toSshKeyPair(pkcs8: Uint8Array, comment: string, bytes: RandomBytes): SshKeyPair {
  const jwk = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  const { name, publicParts, privateParts } = partsOf(jwk);
  const publicBlob = Buffer.concat([text(name), ...publicParts]);
  const line = [name, publicBlob.toString('base64'), ...(comment === '' ? [] : [comment])].join(' ');
  const body = Buffer.concat([text(name), ...privateParts, text(comment)]);
  return { privateKey: pem(container(publicBlob, body, bytes)), publicKey: `${line}\n` };
}

interface Parts {
  readonly name: string;
  readonly publicParts: readonly Buffer[];
  readonly privateParts: readonly Buffer[];
}

function partsOf(jwk: JsonWebKey): Parts {
  switch (jwk.kty) {
    case 'RSA':
      return rsaParts(jwk);
    case 'EC':
      return ecdsaParts(jwk);
    default:
      return ed25519Parts(jwk);
  }
}

function rsaParts(jwk: JsonWebKey): Parts {
  const [n, e, d, p, q, qi] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q, jwk.qi].map(number);
  const known = (parts: readonly (Buffer | undefined)[]) => parts.flatMap((part) => part ?? []);
  return { name: 'ssh-rsa', publicParts: known([e, n]), privateParts: known([n, e, d, qi, p, q]) };
}

function ecdsaParts(jwk: JsonWebKey): Parts {
  const curve = `nist${(jwk.crv ?? '').toLowerCase().replace('-', '')}`;
  const point = string(Buffer.concat([Buffer.of(4), decoded(jwk.x), decoded(jwk.y)]));
  const publicParts = [text(curve), point];
  return { name: `ecdsa-sha2-${curve}`, publicParts, privateParts: [...publicParts, number(jwk.d)] };
}

function ed25519Parts(jwk: JsonWebKey): Parts {
  const point = decoded(jwk.x);
  const both = string(Buffer.concat([decoded(jwk.d), point]));
  return { name: 'ssh-ed25519', publicParts: [string(point)], privateParts: [string(point), both] };
}

/** Without a passphrase: blocks are of eight bytes, filled up with 1, 2, 3 … */
function container(publicBlob: Buffer, body: Buffer, bytes: RandomBytes): Buffer {
  const check = Buffer.from(bytes(4));
  const open = Buffer.concat([check, check, body]);
  const padding = Buffer.from(Array.from({ length: (8 - (open.length % 8)) % 8 }, (_, index) => index + 1));
  return Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    text('none'),
    text('none'),
    text(''),
    uint32(1),
    string(publicBlob),
    string(Buffer.concat([open, padding])),
  ]);
}

/** Lines of 64 characters, as Go's encoding/pem writes them. */
function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/gu) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function string(bytes: Buffer): Buffer {
  return Buffer.concat([uint32(bytes.length), bytes]);
}

function text(value: string): Buffer {
  return string(Buffer.from(value, 'utf8'));
}

/** An mpint: without leading zeros, and one zero before a first bit that is set. */
function number(base64url: string | undefined): Buffer {
  const bytes = decoded(base64url);
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first === -1 ? Buffer.alloc(0) : bytes.subarray(first);
  return string((short[0] ?? 0) < 0x80 ? short : Buffer.concat([Buffer.of(0), short]));
}

function decoded(base64url: string | undefined): Buffer {
  return Buffer.from(base64url ?? '', 'base64url');
}
