/** Randomness: the only source of bytes and keys that nobody can foresee. */

/** Which private key is wanted. */
export type PrivateKeyRequest =
  | { readonly type: 'rsa'; readonly bits: number }
  | { readonly type: 'dsa'; readonly bits: number; readonly divisorBits: number }
  | { readonly type: 'ec'; readonly curve: 'P-224' | 'P-256' | 'P-384' | 'P-521' }
  | { readonly type: 'ed25519' };

export interface Random {
  bytes(count: number): Uint8Array;
  /** PKCS#8 DER. Synchronous: seconds for a large RSA key. */
  privateKey(request: PrivateKeyRequest): Uint8Array;
}
