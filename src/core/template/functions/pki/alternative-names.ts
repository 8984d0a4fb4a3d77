/** The subject alternative names of a certificate (RFC 5280 4.2.1.6), as texts. */
import { say, shown } from '../../message.ts';
import { fromBytes, type GoString, goError } from '../../values.ts';
import { parseUrl, printUrl } from '../urls/url.ts';
import { childrenOf, CONTEXT, readDer, type DerNode } from './der.ts';
import { printIp } from './ip-address.ts';
import { prefixing } from '../failing.ts';

const EMAIL = 1;
const DNS = 2;
const URI = 6;
const IP = 7;

/** ESO 2.9 `certSANs`: DNS names, then IP addresses, e-mail addresses and URIs; other kinds are passed over. */
export function readAlternativeNames(value: Uint8Array): readonly GoString[] {
  const names = childrenOf(readDer(value)).filter((node) => node.tagClass === CONTEXT);
  const ofKind = (tag: number): readonly DerNode[] => names.filter((node) => node.tag === tag);
  return [
    ...ofKind(DNS).map((node) => asciiOf(node, 'dNSName')),
    ...ofKind(IP).map((node) => printAddress(node.body)),
    ...ofKind(EMAIL).map((node) => asciiOf(node, 'rfc822Name')),
    ...ofKind(URI).map((node) => printUri(asciiOf(node, 'uniformResourceIdentifier'))),
  ];
}

function asciiOf(node: DerNode, kind: string): GoString {
  const text = fromBytes(node.body);
  if (/[\x80-\xff]/.test(text)) throw goError`x509: SAN ${shown(kind)} is malformed`;
  return text;
}

function printAddress(bytes: Uint8Array): GoString {
  if (bytes.length !== 4 && bytes.length !== 16) {
    throw goError`x509: cannot parse IP address of length ${shown(bytes.length)}`;
  }
  return printIp(bytes);
}

function printUri(text: GoString): GoString {
  return prefixing(say`x509: cannot parse URI "${text}": `, () => printUrl(parseUrl(text)));
}
