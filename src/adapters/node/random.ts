/** The system's randomness. */
import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { PrivateKeyRequest, Random } from '../../ports/random.ts';

export const systemRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
  privateKey: (request) => new Uint8Array(generate(request).export({ type: 'pkcs8', format: 'der' })),
};

function generate(request: PrivateKeyRequest): KeyObject {
  switch (request.type) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: request.bits }).privateKey;
    case 'dsa':
      return generateKeyPairSync('dsa', { modulusLength: request.bits, divisorLength: request.divisorBits }).privateKey;
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: request.curve }).privateKey;
    case 'ed25519':
      return generateKeyPairSync('ed25519').privateKey;
    default:
      return request satisfies never;
  }
}
