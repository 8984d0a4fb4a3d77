/** Names in certificates, as Go prints them (crypto/x509/pkix Name.String). */
import { fromBytes, fromUtf8, type GoString } from '../../values.ts';
import { BMP_STRING, childrenOf, readOid, SET, type DerNode } from './der.ts';

interface Attribute {
  readonly type: string;
  readonly value: DerNode;
}

/** Attributes with short names, in the order in which Go writes them into a name. */
const SHORT_NAMES: readonly (readonly [type: string, name: string])[] = [
  ['2.5.4.6', 'C'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.17', 'POSTALCODE'],
  ['2.5.4.3', 'CN'],
  ['2.5.4.5', 'SERIALNUMBER'],
];
const SHORT_NAME = new Map(SHORT_NAMES);
/** Go keeps one of these, the last; of the others all. */
const SINGLE = ['CN', 'SERIALNUMBER'];

/** RFC 2253, in Go's order: well-known attributes last to first, then all others. */
export function printName(name: DerNode): GoString {
  const attributes = childrenOf(name).flatMap((set) => childrenOf(set, SET).map(readAttribute));
  const others = attributes.filter(({ type }) => !SHORT_NAME.has(type)).map((attribute) => [attribute]);
  const known = SHORT_NAMES.map(([type, short]) => {
    const found = attributes.filter((attribute) => attribute.type === type);
    return SINGLE.includes(short) ? found.slice(-1) : found;
  });
  return [...others, ...known]
    .filter((set) => set.length > 0)
    .reverse()
    .map((set) => set.map(printAttribute).join('+'))
    .join(',');
}

function readAttribute(node: DerNode): Attribute {
  const [type, value] = childrenOf(node);
  return { type: readOid(type), value: value ?? node };
}

function printAttribute({ type, value }: Attribute): GoString {
  const short = SHORT_NAME.get(type);
  return short === undefined
    ? `${type}=#${Buffer.from(value.full).toString('hex')}`
    : `${short}=${escape(textOf(value))}`;
}

function textOf({ tag, body }: DerNode): GoString {
  return tag === BMP_STRING ? fromUtf8(Buffer.from(body).swap16().toString('utf16le')) : fromBytes(body);
}

/** RFC 2253 2.4. */
function escape(text: GoString): GoString {
  return text.replace(/[,+"\\<>;]|^[ #]| $/g, '\\$&');
}
