/** Values out of randomness: what a stable generator gives when nothing was drawn before, and what a Fake holds. */
import type { FakeSpec, StableSpec } from '../model/generator.ts';
import { SecretValue } from '../model/secret-value.ts';
import { drawPassword } from './password.ts';
import type { RandomBytes } from './random-number.ts';
import { keyRequestOf, toSshKeyPair } from './ssh-key.ts';

/** The port of that name, as far as generators use it. */
export interface Randomness {
  readonly bytes: RandomBytes;
  /** PKCS#8 DER. */
  readonly privateKey: (request: ReturnType<typeof keyRequestOf>) => Uint8Array;
}

/** New values by the generator's own keys; those of a Fake are always the same. */
export function drawValues(spec: StableSpec | FakeSpec, random: Randomness): ReadonlyMap<string, SecretValue> {
  return new Map(textsOf(spec, random).map(([key, text]) => [key, SecretValue.ofText(text)]));
}

function textsOf(spec: StableSpec | FakeSpec, random: Randomness): readonly (readonly [string, string])[] {
  switch (spec.kind) {
    case 'Password':
      return spec.secretKeys.map((key) => [key, drawPassword(spec, (count) => random.bytes(count))]);
    case 'UUID':
      return [['uuid', toUuid(random.bytes(16))]];
    case 'SSHKey': {
      const pkcs8 = random.privateKey(keyRequestOf(spec));
      return Object.entries(toSshKeyPair(pkcs8, spec.comment, (count) => random.bytes(count)));
    }
    case 'Fake':
      return Object.entries(spec.data);
    default:
      return spec satisfies never;
  }
}

/** RFC 9562: version 4 and its variant stand in fixed bits. */
function toUuid(bytes: Uint8Array): string {
  const fixed = Buffer.from(bytes);
  fixed[6] = ((fixed[6] ?? 0) & 0x0f) | 0x40;
  fixed[8] = ((fixed[8] ?? 0) & 0x3f) | 0x80;
  return fixed.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}
