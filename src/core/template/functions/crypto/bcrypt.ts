/**
 * bcrypt (Provos and Mazières, 1999), as Go's x/crypto writes it: `$2a$`, at most 72 bytes of password.
 *
 * Takes bytes, which libraries for texts do not: a password may hold any.
 */
import { type GoString, goError } from '../../values.ts';
import { piWords } from './pi.ts';

const COST = 10;
export const SALT_LENGTH = 16;
const MOST_BYTES = 72;
const ROUNDS = 16;
const P_LENGTH = ROUNDS + 2;
const S_LENGTH = 4 * 256;
const MAGIC = Buffer.from('OrpheanBeholderScryDoubt', 'latin1');
const HASH_LENGTH = 23;

/** The hash of a password with a salt of 16 bytes, at cost 10. */
export function bcrypt(password: Uint8Array, salt: Uint8Array): GoString {
  if (password.length > MOST_BYTES) throw goError`bcrypt: password length exceeds 72 bytes`;
  const key = new Cycle(Buffer.concat([password, Uint8Array.of(0)]));
  const state = new Blowfish();
  state.expand(key, new Cycle(salt));
  for (let round = 0; round < 2 ** COST; round++) {
    state.expand(key, NO_SALT);
    state.expand(new Cycle(salt), NO_SALT);
  }
  return `$2a$${COST}$${encode(salt)}${encode(encryptMagic(state).subarray(0, HASH_LENGTH))}`;
}

function encryptMagic(state: Blowfish): Uint8Array {
  const text = Buffer.from(MAGIC);
  for (let at = 0; at < text.length; at += 8) {
    let block: Block = [text.readInt32BE(at), text.readInt32BE(at + 4)];
    for (let round = 0; round < 64; round++) block = state.encrypt(block);
    text.writeInt32BE(block[0], at);
    text.writeInt32BE(block[1], at + 4);
  }
  return text;
}

type Block = readonly [left: number, right: number];

/** Bytes read as words, over and over. */
class Cycle {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  reset(): void {
    this.at = 0;
  }

  nextWord(): number {
    let word = 0;
    for (let count = 0; count < 4; count++) {
      word = (word << 8) | (this.bytes[this.at] ?? 0);
      this.at = (this.at + 1) % this.bytes.length;
    }
    return word;
  }
}

const NO_SALT = new Cycle(Uint8Array.of(0));

let initialWords: Int32Array | undefined;

/** The cipher, as far as bcrypt needs it: its key schedule with a salt, and encryption. */
class Blowfish {
  private readonly p: Int32Array;
  private readonly s: Int32Array;

  constructor() {
    initialWords ??= piWords(P_LENGTH + S_LENGTH);
    this.p = initialWords.slice(0, P_LENGTH);
    this.s = initialWords.slice(P_LENGTH);
  }

  expand(key: Cycle, salt: Cycle): void {
    key.reset();
    salt.reset();
    for (let index = 0; index < P_LENGTH; index++) this.p[index] = (this.p[index] ?? 0) ^ key.nextWord();
    const afterP = this.fill(this.p, [0, 0], salt);
    this.fill(this.s, afterP, salt);
  }

  private fill(table: Int32Array, start: Block, salt: Cycle): Block {
    let block = start;
    for (let index = 0; index < table.length; index += 2) {
      block = this.encrypt([block[0] ^ salt.nextWord(), block[1] ^ salt.nextWord()]);
      table[index] = block[0];
      table[index + 1] = block[1];
    }
    return block;
  }

  encrypt([first, second]: Block): Block {
    const { p, s } = this;
    let left = first;
    let right = second;
    for (let round = 0; round < ROUNDS; round++) {
      left ^= p[round] ?? 0;
      const sum =
        (((s[left >>> 24] ?? 0) + (s[256 + ((left >>> 16) & 0xff)] ?? 0)) ^ (s[512 + ((left >>> 8) & 0xff)] ?? 0)) +
        (s[768 + (left & 0xff)] ?? 0);
      const next = right ^ sum;
      right = left;
      left = next;
    }
    return [right ^ (p[ROUNDS + 1] ?? 0), left ^ (p[ROUNDS] ?? 0)];
  }
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BCRYPT = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Base64 with bcrypt's own alphabet and without padding. */
function encode(bytes: Uint8Array): GoString {
  const base64 = Buffer.from(bytes).toString('base64').replace(/=/g, '');
  return base64.replace(/./g, (letter) => BCRYPT[STANDARD.indexOf(letter)] ?? '');
}
