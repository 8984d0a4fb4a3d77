/** Signing and checking of RS256 tokens, for every server here that issues or accepts one. */
import { constants, createHash, createPublicKey, createSign, createVerify, type JsonWebKey } from 'node:crypto';
import { generateRsaKeyPair } from './certificates.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface PublicJwk extends JsonWebKey {
  readonly kid?: string;
}

export interface Jwks {
  readonly keys: readonly PublicJwk[];
}

export interface DecodedToken {
  readonly header: Claims;
  readonly claims: Claims;
}

/** A key that signs tokens and publishes its public half. */
export class SigningKey {
  readonly kid: string;
  readonly jwk: PublicJwk;
  readonly #privateKey: string;

  constructor() {
    const keys = generateRsaKeyPair();
    this.#privateKey = keys.privateKey;
    this.kid = createHash('sha256').update(keys.publicKey).digest('hex').slice(0, 16);
    const { kty, n, e } = createPublicKey(keys.publicKey).export({ format: 'jwk' });
    this.jwk = { kty: kty!, n: n!, e: e!, kid: this.kid, use: 'sig', alg: 'RS256' };
  }

  sign(claims: Claims, header: Claims = {}): string {
    return signToken(this.#privateKey, claims, { kid: this.kid, ...header });
  }
}

/** A token signed with a PEM key: what a client with its own certificate sends. */
export function signToken(privateKey: string, claims: Claims, header: Claims = {}): string {
  const signed = `${encode({ typ: 'JWT', alg: 'RS256', ...header })}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

/** Reads a token without checking it; `undefined` when it is none. */
export function decodeToken(token: string): DecodedToken | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const header = decodePart(parts[0]!);
  const claims = decodePart(parts[1]!);
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

/** `key` is a JWK or a certificate or public key in PEM. Throws when the key itself makes no sense. */
export function hasValidSignature(
  token: string,
  key: JsonWebKey | string,
  algorithm: 'RS256' | 'PS256' = 'RS256',
): boolean {
  const at = token.lastIndexOf('.');
  const publicKey = typeof key === 'string' ? createPublicKey(key) : createPublicKey({ key, format: 'jwk' });
  const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = constants;
  const padding = algorithm === 'PS256' ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  return createVerify('RSA-SHA256')
    .update(token.slice(0, at))
    .verify({ key: publicKey, padding }, token.slice(at + 1), 'base64url');
}

/** A claim or header as text; '' when it is absent or no text. */
export function text(claims: Claims, name: string): string {
  const value = claims[name];
  return typeof value === 'string' ? value : '';
}

/** A claim as a number; NaN when it is absent or no number. */
export function seconds(claims: Claims, name: string): number {
  const value = claims[name];
  return typeof value === 'number' ? value : Number.NaN;
}

/** `aud` may be one text or several. */
export function audiences(claims: Claims): readonly string[] {
  const value: unknown = claims['aud'];
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
  return typeof value === 'string' ? [value] : [];
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decodePart(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}
