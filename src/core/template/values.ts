/**
 * The values that a template computes with, as Go has them.
 *
 * A Go string is a sequence of bytes. Here it is a JavaScript string whose every UTF-16 code unit is one byte, 0 to 255:
 * length, index, cut, order and hash are then Go's.
 *
 * A bool is a boolean, and a nil interface is `null`. All else is one of the classes below, which know their Go type:
 * `1` and `1.0` do not compare, and `map[string]string` is not accepted where `map[string]interface {}` is asked for.
 */

import { say, type Message, type Part } from './message.ts';

/** Bytes as a JavaScript string of code units 0 to 255. */
export type GoString = string;

/** The name of a Go type as reflect prints it: `int`, `[]interface {}`, `map[string]string`, `*semver.Version`. */
export type GoType = string;

export type GoValue = null | boolean | GoString | GoInt | GoFloat | GoComplex | GoList | GoMap | GoObject;

export type IntKind = 'int' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

/** A defined type with methods over an integer, such as time.Month. */
export interface NamedType {
  readonly name: GoType;
  readonly methods: MethodTable;
}

/** A signed or unsigned integer; `value` is always within its kind. */
export class GoInt {
  readonly kind: IntKind;
  readonly value: bigint;
  readonly named: NamedType | undefined;

  constructor(kind: IntKind, value: bigint, named?: NamedType) {
    this.kind = kind;
    this.value = value;
    this.named = named;
  }

  get type(): GoType {
    return this.named?.name ?? this.kind;
  }
}

export class GoFloat {
  readonly kind: 'float32' | 'float64';
  readonly value: number;

  constructor(value: number, kind: 'float32' | 'float64' = 'float64') {
    this.kind = kind;
    this.value = value;
  }

  get type(): GoType {
    return this.kind;
  }
}

/** complex128: only literals such as `1i` make one, and they can only be printed and compared. */
export class GoComplex {
  readonly kind = 'complex128';
  readonly type: GoType = 'complex128';
  readonly real: number;
  readonly imaginary: number;

  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

/** A slice. `isNil` tells `[]T(nil)` from `[]T{}`: JSON shows the difference. */
export class GoList {
  readonly kind = 'slice';
  readonly elementType: GoType;
  readonly items: GoValue[];
  readonly isNil: boolean;

  constructor(elementType: GoType, items: GoValue[], isNil = false) {
    this.elementType = elementType;
    this.items = items;
    this.isNil = isNil;
  }

  get type(): GoType {
    return `[]${this.elementType}`;
  }
}

/** A map from strings, shared by reference as in Go. Its own order is never seen: iterate over `sortedKeys`. */
export class GoMap {
  readonly kind = 'map';
  readonly elementType: GoType;
  readonly entries: Map<GoString, GoValue>;
  readonly isNil: boolean;

  constructor(elementType: GoType, entries: Map<GoString, GoValue>, isNil = false) {
    this.elementType = elementType;
    this.entries = entries;
    this.isNil = isNil;
  }

  get type(): GoType {
    return `map[string]${this.elementType}`;
  }

  /** Keys in the order of their bytes, as Go's templates and fmt walk a map. */
  sortedKeys(): GoString[] {
    return [...this.entries.keys()].sort(compareBytes);
  }
}

export interface GoField {
  readonly name: string;
  readonly value: GoValue;
}

/** A struct or a pointer to one: time.Time, *semver.Version, sprig.certificate, *time.Location. */
export abstract class GoObject {
  /** As reflect prints it, with the star of a pointer. */
  abstract readonly type: GoType;
  /** What this type can be asked; Go gives a pointer also the methods of its struct. */
  abstract readonly methods: MethodTable;
  abstract readonly kind: 'struct' | 'ptr';

  /** All fields in Go's order, unexported ones too: `printf "%d"` prints them. */
  abstract fields(): readonly GoField[];

  /** What a pointer prints inside other values; a constant, so that results never vary. */
  get address(): bigint {
    return 0xc000012000n;
  }
}

export interface GoMethod {
  /** As reflect prints it without the receiver: `func(string) string`. */
  readonly signature: string;
  /**
   * Takes arguments of the declared types, and gives the first result. A method that Go's templates refuse for its
   * results (`func() (int, time.Month, int)`) is never called.
   */
  readonly call: (receiver: GoValue, args: readonly GoValue[]) => GoValue;
}

export type MethodTable = ReadonlyMap<string, GoMethod>;

export const NO_METHODS: MethodTable = new Map();

export const int = (value: bigint | number): GoInt => new GoInt('int', BigInt(value));

export const int64 = (value: bigint | number): GoInt => new GoInt('int64', BigInt(value));

export const float64 = (value: number): GoFloat => new GoFloat(value);

/** `[]interface {}`, what `list` gives. */
export const listOf = (items: GoValue[]): GoList => new GoList('interface {}', items);

/** `[]string`. */
export const stringsOf = (items: GoString[]): GoList => new GoList('string', items);

/** `map[string]interface {}`, what `dict` gives. */
export const dictOf = (entries: Iterable<readonly [GoString, GoValue]>): GoMap =>
  new GoMap('interface {}', new Map(entries));

/** `map[string]string`, what a template is given as its data. */
export const stringMapOf = (entries: Iterable<readonly [GoString, GoString]>): GoMap =>
  new GoMap('string', new Map(entries));

/** The type of what an interface holds; `<nil>` for nothing, as `%T` prints it. */
export function typeOf(value: GoValue): GoType {
  if (value === null) return '<nil>';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return value.type;
}

/** reflect.Kind's name; `invalid` for nil. */
export function kindOf(value: GoValue): string {
  if (value === null) return 'invalid';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return value.kind;
}

/** The methods of a value's type, by name. */
export function methodsOf(value: GoValue): MethodTable {
  if (value instanceof GoObject) return value.methods;
  return value instanceof GoInt && value.named !== undefined ? value.named.methods : NO_METHODS;
}

/** Go's order of strings; JavaScript's is the same while every code unit is a byte. */
export function compareBytes(a: GoString, b: GoString): number {
  return a < b ? -1 : Number(a > b);
}

const ASCII = /^[\0-\x7f]*$/;

/** The UTF-8 bytes of a text as a Go string. */
export function fromUtf8(text: string): GoString {
  return ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text that a Go string's bytes spell; what is no UTF-8 becomes U+FFFD. */
export function toUtf8Text(bytes: GoString): string {
  return ASCII.test(bytes) ? bytes : Buffer.from(bytes, 'latin1').toString('utf8');
}

export function fromBytes(bytes: Uint8Array): GoString {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

export function toBytes(bytes: GoString): Uint8Array {
  return new Uint8Array(Buffer.from(bytes, 'latin1'));
}

/** A function failed, or panicked. The evaluator adds where. Go's text to the byte is `what.revealExact()`. */
export class GoError extends Error {
  override readonly name: string = 'GoError';
  readonly what: Message;

  constructor(what: Message) {
    super(what.toString());
    this.what = what;
  }
}

/** Makes the error of a function: ``throw goError`len of type ${shown(type)}` ``. Other parts are hidden as values. */
export function goError(words: TemplateStringsArray, ...parts: readonly Part[]): GoError {
  return new GoError(say(words, ...parts));
}
