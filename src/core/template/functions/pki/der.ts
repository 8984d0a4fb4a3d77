/**
 * DER (ITU-T X.690), as far as certificates, keys and PKCS#12 need it: a strict reader and a writer.
 *
 * Refuses what Go's encoding/asn1 refuses: indefinite lengths, lengths that are longer than need be, truncated data.
 * Depth costs nothing here, for a node reads its children only when asked.
 */
import { shown, type Message } from '../../message.ts';
import { goError } from '../../values.ts';

/** The classes of a tag, as in its first two bits. */
export const CONTEXT = 2;

export const BOOLEAN = 1;
export const INTEGER = 2;
export const BIT_STRING = 3;
export const OCTET_STRING = 4;
export const OBJECT_IDENTIFIER = 6;
export const UTF8_STRING = 12;
export const SEQUENCE = 16;
export const SET = 17;
export const PRINTABLE_STRING = 19;
export const UTC_TIME = 23;
export const GENERALIZED_TIME = 24;
export const BMP_STRING = 30;

export interface DerNode {
  readonly tagClass: number;
  readonly tag: number;
  readonly isConstructed: boolean;
  /** The content, without tag and length. */
  readonly body: Uint8Array;
  /** Tag, length and content. */
  readonly full: Uint8Array;
}

/** Reads exactly one node; anything behind it is an error. */
export function readDer(bytes: Uint8Array): DerNode {
  const node = readNode(bytes, 0);
  if (node.full.length !== bytes.length) throw goError`asn1: syntax error: trailing data`;
  return node;
}

/** The nodes that stand one after another in these bytes. */
export function readAll(bytes: Uint8Array): readonly DerNode[] {
  const nodes: DerNode[] = [];
  for (let at = 0; at < bytes.length;) {
    const node = readNode(bytes, at);
    nodes.push(node);
    at += node.full.length;
  }
  return nodes;
}

/** The parts of a SEQUENCE or SET. */
export function childrenOf(node: DerNode, tag: number = SEQUENCE): readonly DerNode[] {
  return readAll(expectTag(node, tag).body);
}

/** The node itself when it has this universal tag, or a `tags don't match` error. */
export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  if (node === undefined) throw goError`asn1: syntax error: sequence truncated`;
  if (node.tagClass === 0 && node.tag === tag) return node;
  throw goError`asn1: structure error: tags don't match (${shown(tag)} vs {class:${node.tagClass} tag:${node.tag}})`;
}

/** True for a context-specific tag such as `[0]`. */
export function isContext(node: DerNode | undefined, tag: number): node is DerNode {
  return node?.tagClass === CONTEXT && node.tag === tag;
}

/** Dotted text of an OBJECT IDENTIFIER. */
export function readOid(node: DerNode | undefined): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of expectTag(node, OBJECT_IDENTIFIER).body) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (arcs.length === 0) arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)));
    else arcs.push(arc);
    arc = 0;
  }
  if (arcs.length === 0) throw goError`asn1: syntax error: zero length OBJECT IDENTIFIER`;
  return arcs.join('.');
}

/** A small INTEGER such as a version or a count of iterations. */
export function readInteger(node: DerNode | undefined): number {
  const { body } = expectTag(node, INTEGER);
  if (body.length === 0) throw goError`asn1: structure error: empty integer`;
  if (body.length > 6) throw goError`asn1: structure error: integer too large`;
  const sign = (body[0] ?? 0) & 0x80 ? -(2 ** (8 * body.length)) : 0;
  return body.reduce((sum, byte) => sum * 256 + byte, 0) + sign;
}

export function readOctets(node: DerNode | undefined): Uint8Array {
  return expectTag(node, OCTET_STRING).body;
}

function readNode(bytes: Uint8Array, start: number): DerNode {
  const { number: tag, next } = readTag(bytes, start);
  const { length, bodyStart } = readLength(bytes, next);
  const end = bodyStart + length;
  if (end > bytes.length) throw goError`asn1: syntax error: data truncated`;
  const first = bytes[start] ?? 0;
  return {
    tagClass: first >> 6,
    tag,
    isConstructed: (first & 0x20) !== 0,
    body: bytes.subarray(bodyStart, end),
    full: bytes.subarray(start, end),
  };
}

function readTag(bytes: Uint8Array, start: number): { readonly number: number; readonly next: number } {
  if (start >= bytes.length) throw goError`asn1: syntax error: sequence truncated`;
  const low = (bytes[start] ?? 0) & 0x1f;
  if (low !== 0x1f) return { number: low, next: start + 1 };
  let number = 0;
  for (let at = start + 1; at < Math.min(bytes.length, start + 5); at++) {
    const byte = bytes[at] ?? 0;
    number = number * 128 + (byte & 0x7f);
    if (!(byte & 0x80)) return { number, next: at + 1 };
  }
  throw goError`asn1: syntax error: truncated base 128 integer`;
}

function readLength(bytes: Uint8Array, at: number): { readonly length: number; readonly bodyStart: number } {
  const first = bytes[at];
  if (first === undefined) throw goError`asn1: syntax error: truncated tag or length`;
  if (first < 0x80) return { length: first, bodyStart: at + 1 };
  const count = first & 0x7f;
  if (count === 0) throw goError`asn1: syntax error: indefinite length found (not DER)`;
  if (count > 4) throw goError`asn1: structure error: length too large`;
  const bodyStart = at + 1 + count;
  if (bodyStart > bytes.length) throw goError`asn1: syntax error: truncated tag or length`;
  const length = bytes.subarray(at + 1, bodyStart).reduce((sum, byte) => sum * 256 + byte, 0);
  if (length < 0x80 || bytes[at + 1] === 0) throw goError`asn1: structure error: non-minimal length`;
  return { length, bodyStart };
}

/** One node of a universal tag from the bytes of its content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return encode(tag === SEQUENCE || tag === SET ? 0x20 | tag : tag, content);
}

/** A constructed context-specific node: `[tag] EXPLICIT`, or an implicit SEQUENCE. */
export function derContext(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return encode(0xa0 | tag, content);
}

/** A primitive context-specific node: an implicit string. */
export function derContextPrimitive(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return encode(0x80 | tag, content);
}

function encode(identifier: number, content: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content);
  return Buffer.concat([Uint8Array.of(identifier), encodeLength(body.length), body]);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

/** An OBJECT IDENTIFIER from its dotted text. */
export function derOid(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(OBJECT_IDENTIFIER, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): readonly number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** A non-negative INTEGER. */
export function derInteger(value: number | bigint): Uint8Array {
  const hex = value.toString(16);
  return derUnsigned(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

/** A non-negative INTEGER from its big-endian bytes, which may begin with zeros. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return der(INTEGER, (digits[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array(), digits);
}

/** A BIT STRING of whole bytes. */
export function derBits(bytes: Uint8Array): Uint8Array {
  return der(BIT_STRING, Uint8Array.of(0), bytes);
}

/** NULL. */
export const DER_NULL: Uint8Array = Uint8Array.of(5, 0);

/** Whether an error is about the bytes as DER, and not about what they hold. */
export function isDerFault(what: Message): boolean {
  return what.toString().startsWith('asn1:');
}
