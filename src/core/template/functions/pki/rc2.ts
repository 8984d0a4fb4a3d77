/**
 * RC2 (RFC 2268), decryption only: old PKCS#12 archives hold certificates under it, and OpenSSL 3 no longer does it.
 *
 * Broken as a cipher and slow; for nothing but reading such archives.
 */

const BLOCK_BYTES = 8;

/** RFC 2268: the permutation of the bytes, from the digits of pi. */
const PI_TABLE = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2179a59f587b34f1361456d8d09817d32' +
    'bd8f40eb86b77b0bf09521225c6b4e8254d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed708e8eade8052eef784aa72ac354d6a2a' +
    '961ad2715a1549744b9fd05e0418a4ecc2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a90d38341bab33ffb0bb480c5fb9b1cd2e' +
    'c5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const ROUNDS_BEFORE_MASH = [5, 6, 5] as const;

/** Decrypts RC2 in CBC mode without taking padding off. The effective key length is that of the key. */
export function decryptRc2Cbc(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const words = expandKey(key);
  const plain = new Uint8Array(data.length);
  let previous = iv;
  for (let at = 0; at < data.length; at += BLOCK_BYTES) {
    const block = data.subarray(at, at + BLOCK_BYTES);
    decryptBlock(words, block).forEach((byte, index) => (plain[at + index] = byte ^ (previous[index] ?? 0)));
    previous = block;
  }
  return plain;
}

function expandKey(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key);
  const pi = (index: number): number => PI_TABLE[index & 0xff] ?? 0;
  for (let at = key.length; at < 128; at++) bytes[at] = pi((bytes[at - 1] ?? 0) + (bytes[at - key.length] ?? 0));
  const first = 128 - key.length;
  bytes[first] = pi(bytes[first] ?? 0);
  for (let at = first - 1; at >= 0; at--) bytes[at] = pi((bytes[at + 1] ?? 0) ^ (bytes[at + key.length] ?? 0));
  return Uint16Array.from({ length: 64 }, (_, index) => (bytes[2 * index] ?? 0) | ((bytes[2 * index + 1] ?? 0) << 8));
}

function decryptBlock(words: Uint16Array, block: Uint8Array): Uint8Array {
  const view = new DataView(block.buffer, block.byteOffset, BLOCK_BYTES);
  const state = Uint16Array.from({ length: 4 }, (_, index) => view.getUint16(2 * index, true));
  let position = 63;
  ROUNDS_BEFORE_MASH.forEach((rounds, stage) => {
    for (let round = 0; round < rounds; round++) position = unmix(state, words, position);
    if (stage < 2) unmash(state, words);
  });
  return Uint8Array.from({ length: BLOCK_BYTES }, (_, index) => (state[index >> 1] ?? 0) >> (8 * (index & 1)));
}

const ROTATIONS = [1, 2, 3, 5] as const;

/** One mixing round backwards; says where in the key the next one begins. */
function unmix(state: Uint16Array, words: Uint16Array, position: number): number {
  for (let index = 3; index >= 0; index--) {
    const [a, b, c] = [state[(index + 3) & 3] ?? 0, state[(index + 2) & 3] ?? 0, state[(index + 1) & 3] ?? 0];
    const turn = ROTATIONS[index] ?? 0;
    const word = state[index] ?? 0;
    const turned = (word >> turn) | (word << (16 - turn));
    state[index] = turned - (words[position - (3 - index)] ?? 0) - (a & b) - (~a & c);
  }
  return position - 4;
}

function unmash(state: Uint16Array, words: Uint16Array): void {
  for (let index = 3; index >= 0; index--) {
    state[index] = (state[index] ?? 0) - (words[(state[(index + 3) & 3] ?? 0) & 63] ?? 0);
  }
}
