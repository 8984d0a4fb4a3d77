/** One value by one verb: lists, maps, structs, methods, and the notes of Go for what does not fit. Source: Go fmt. */
import { GoComplex, GoFloat, GoInt, GoList, GoMap, GoObject, methodsOf, typeOf } from '../values.ts';
import type { GoField, GoString, GoValue } from '../values.ts';
import { VALUE, type Printing } from '../runtime.ts';
import { NO_FLAGS, pad } from './flags.ts';
import type { Flags } from './flags.ts';
import { formatAddress, formatComplex, formatFloating, formatInteger } from './number.ts';
import { formatText } from './text.ts';

/** Where lists and maps pretend to be: `%p` must not differ from run to run. */
const SOME_ADDRESS = 0xc000012000n;

interface Style {
  readonly printing: Printing;
  /** One character, as bytes. */
  readonly verb: GoString;
  readonly flags: Flags;
  /** Inside a note on a wrong verb, where Go does not call methods. */
  readonly isNote: boolean;
}

/** Prints a value as Printf does with this verb; `null` is Go's nil. */
export function printValue(
  value: GoValue,
  { verb, flags }: { readonly verb: GoString; readonly flags: Flags },
  printing: Printing,
): GoString {
  return print(value, { verb, flags, isNote: false, printing }, 0);
}

/** Prints a value as Print does. */
export function printPlain(value: GoValue, printing: Printing): GoString {
  return typeof value === 'string' ? value : printValue(value, { verb: 'v', flags: NO_FLAGS }, printing);
}

function print(value: GoValue, style: Style, depth: number): GoString {
  style.printing.spend(VALUE);
  if (value === null) return printNil(style, depth);
  if (depth === 0 && style.verb === 'T') return formatText(typeOf(value), 's', style.flags) ?? '';
  if (depth === 0 && style.verb === 'p') return printPointer(value, style);
  return byMethod(value, style) ?? byKind(value, style, depth) ?? wrongVerb(value, style);
}

function printNil(style: Style, depth: number): GoString {
  if (style.verb !== 'T') style.printing.printsNil();
  if (depth > 0) return style.flags.sharpV ? 'interface {}(nil)' : '<nil>';
  return style.verb === 'T' || style.verb === 'v' ? pad('<nil>', style.flags) : wrongVerb(null, style);
}

/** `%!d(string=hi)`. */
function wrongVerb(value: GoValue, style: Style): GoString {
  const note = value === null ? '<nil>' : `${typeOf(value)}=${print(value, { ...style, verb: 'v', isNote: true }, 0)}`;
  return `%!${style.verb}(${note})`;
}

/** What the value says of itself, by `Error`, `String` or `GoString`. */
function byMethod(value: GoValue, style: Style): GoString | undefined {
  if (style.isNote) return undefined;
  const isComposite = value instanceof GoList || value instanceof GoMap || value instanceof GoObject;
  if (style.verb === 'w' && (isComposite || methodsOf(value).size > 0)) return wrongVerb(value, style);
  if (style.flags.sharpV) return callText(value, 'GoString');
  if (!'vsxXq'.includes(style.verb)) return undefined;
  const text = callText(value, 'Error') ?? callText(value, 'String');
  return text === undefined ? undefined : formatText(text, style.verb, style.flags);
}

function callText(value: GoValue, name: string): GoString | undefined {
  const method = methodsOf(value).get(name);
  if (method?.signature !== 'func() string') return undefined;
  const text = method.call(value, []);
  return typeof text === 'string' ? text : undefined;
}

const PLAIN_VERBS: ReadonlySet<string> = new Set(['v', 's']);
const ESCAPED_BYTE = 16;

function byKind(value: GoValue, style: Style, depth: number): GoString | undefined {
  const { verb, flags } = style;
  if (typeof value === 'string') {
    // All but the plain verbs look at every byte.
    style.printing.spend(value.length * (PLAIN_VERBS.has(verb) && !flags.sharpV ? 1 : ESCAPED_BYTE));
    return formatText(value, verb, flags);
  }
  if (typeof value === 'boolean') return verb === 't' || verb === 'v' ? pad(String(value), flags) : undefined;
  if (value instanceof GoInt) return formatInteger(value.value, !value.kind.startsWith('u'), verb, flags);
  if (value instanceof GoFloat) return formatFloating(value.value, verb, flags);
  if (value instanceof GoComplex) return formatComplex(value, verb, flags);
  if (value instanceof GoMap) return printMap(value, style, depth);
  if (value instanceof GoList) return printList(value, style, depth);
  return value === null ? undefined : printObject(value, style, depth);
}

function printMap(map: GoMap, style: Style, depth: number): GoString {
  const { sharpV } = style.flags;
  if (sharpV && map.isNil) return `${map.type}(nil)`;
  const entries = map.sortedKeys().map((key) => {
    const value = map.entries.get(key) ?? null;
    return `${print(key, style, depth + 1)}:${print(value, style, depth + 1)}`;
  });
  const text = joined(entries, style);
  return sharpV ? `${map.type}{${text}}` : `map[${text}]`;
}

function printList(list: GoList, style: Style, depth: number): GoString | undefined {
  const { sharpV } = style.flags;
  if (list.elementType === 'uint8' && 'sqxX'.includes(style.verb)) {
    return formatText(bytesOf(list), style.verb, style.flags);
  }
  if (sharpV && list.isNil) return `${list.type}(nil)`;
  const items = list.items.map((item) => print(item, style, depth + 1));
  const text = joined(items, style);
  return sharpV ? `${list.type}{${text}}` : `[${text}]`;
}

/** Every level of a value is put together anew, which counts each time. */
function joined(parts: readonly GoString[], { flags, printing }: Style): GoString {
  const text = parts.join(flags.sharpV ? ', ' : ' ');
  printing.spend(text.length);
  return text;
}

function bytesOf(list: GoList): GoString {
  return String.fromCharCode(...list.items.map((item) => (item instanceof GoInt ? Number(item.value) : 0)));
}

/** A pointer shows what it points to only at the top: Go keeps out of loops that way. */
function printObject(object: GoObject, style: Style, depth: number): GoString {
  if (object.kind === 'struct') return printStruct(object, style, depth);
  return depth === 0 ? `&${printStruct(object, style, depth)}` : printPointer(object, style);
}

function printStruct(object: GoObject, style: Style, depth: number): GoString {
  const { sharpV, plusV } = style.flags;
  const fields = object.fields().map(({ name, value }: GoField) => {
    return (sharpV || plusV ? `${name}:` : '') + print(value, style, depth + 1);
  });
  return `${sharpV ? object.type.replace(/^\*/, '') : ''}{${fields.join(sharpV ? ', ' : ' ')}}`;
}

const ADDRESS_VERBS = 'bodxX';

function printPointer(value: GoValue, style: Style): GoString {
  const address = addressOf(value);
  if (address === undefined) return wrongVerb(value, style);
  const { verb, flags } = style;
  if (verb === 'v' && flags.sharpV) return `(${typeOf(value)})(${formatAddress(address, true, flags)})`;
  if (verb === 'v' || verb === 'p') return formatAddress(address, !flags.sharp, flags);
  const shown = ADDRESS_VERBS.includes(verb) ? formatInteger(address, false, verb, flags) : undefined;
  return shown ?? wrongVerb(value, style);
}

function addressOf(value: GoValue): bigint | undefined {
  if (value instanceof GoObject) return value.kind === 'ptr' ? value.address : undefined;
  if (value instanceof GoList || value instanceof GoMap) return value.isNil ? 0n : SOME_ADDRESS;
  return undefined;
}
