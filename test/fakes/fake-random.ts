/** Randomness that is the same in every test run: bytes count upwards from a start. */
import { systemRandom } from '../../src/adapters/node/random.ts';
import type { PrivateKeyRequest, Random } from '../../src/ports/random.ts';

export class FakeRandom implements Random {
  #next: number;

  constructor(start = 1) {
    this.#next = start;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.#next++ % 256);
  }

  /** A real key: a made-up one could not be used. */
  privateKey(request: PrivateKeyRequest): Uint8Array {
    return systemRandom.privateKey(request);
  }
}
