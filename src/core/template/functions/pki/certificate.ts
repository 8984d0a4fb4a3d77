/**
 * X.509 certificates as Go's crypto/x509 reads them: whole structure checked, key identifiers, names, alternative names.
 *
 * Node reads certificates too, but shows neither key identifiers nor alternative names in a form that can be trusted
 * (CVE-2021-44532 was about its texts).
 */
import { say, shown } from '../../message.ts';
import { GoError, type GoString, goError } from '../../values.ts';
import {
  BIT_STRING,
  BOOLEAN,
  isDerFault,
  childrenOf,
  expectTag,
  GENERALIZED_TIME,
  INTEGER,
  isContext,
  OCTET_STRING,
  readAll,
  readDer,
  readOid,
  SEQUENCE,
  UTC_TIME,
  type DerNode,
} from './der.ts';
import { readAlternativeNames } from './alternative-names.ts';
import { recovering } from '../failing.ts';

export interface Certificate {
  /** The whole DER. */
  readonly raw: Uint8Array;
  /** The names as they stand in the certificate. */
  readonly issuer: DerNode;
  readonly subject: DerNode;
  readonly publicKey: DerNode;
  readonly isAuthority: boolean;
  /** Empty when the certificate has none. */
  readonly subjectKeyId: Uint8Array;
  readonly authorityKeyId: Uint8Array;
  /** DNS names, IP addresses, e-mail addresses, URIs, in this order. */
  readonly alternativeNames: readonly GoString[];
}

const SUBJECT_KEY_ID = '2.5.29.14';
const ALTERNATIVE_NAMES = '2.5.29.17';
const BASIC_CONSTRAINTS = '2.5.29.19';
const AUTHORITY_KEY_ID = '2.5.29.35';

/** Reads one certificate; fails with the text of crypto/x509. */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const [tbs, algorithm, signature] = as('malformed certificate', () => childrenOf(readDer(bytes)));
  const fields = as('malformed tbs certificate', () => [...childrenOf(expectTag(tbs, SEQUENCE))]);
  readVersion(fields);
  as('malformed serial number', () => checkSerial(fields.shift()));
  const inner = as('malformed signature algorithm identifier', () => expectTag(fields.shift(), SEQUENCE));
  const outer = as('malformed algorithm identifier', () => expectTag(algorithm, SEQUENCE));
  if (Buffer.compare(inner.full, outer.full) !== 0) {
    throw goError`x509: inner and outer signature algorithm identifiers don't match`;
  }
  const issuer = as('malformed issuer', () => expectTag(fields.shift(), SEQUENCE));
  as('malformed validity', () => checkValidity(fields.shift()));
  const subject = as('malformed subject', () => expectTag(fields.shift(), SEQUENCE));
  const publicKey = as('malformed spki', () => checkPublicKey(fields.shift()));
  as('malformed signature', () => expectTag(signature, BIT_STRING));
  return { raw: bytes, issuer, subject, publicKey, ...readExtensions(fields) };
}

/** Gives any fault in the DER below the name that Go gives it. */
function as<T>(fault: string, read: () => T): T {
  return recovering(read, (what) => {
    throw new GoError(isDerFault(what) ? say`x509: ${shown(fault)}` : what);
  });
}

/** `[0] EXPLICIT` before the serial number; left out in certificates of version 1. */
function readVersion(fields: DerNode[]): void {
  if (!isContext(fields[0], 0)) return;
  const version = fields.shift();
  const value = as('malformed version', () => expectTag(version && readDer(version.body), INTEGER).body);
  if (value.length !== 1 || (value[0] ?? 3) > 2) throw goError`x509: invalid version`;
}

function checkSerial(node: DerNode | undefined): void {
  const serial = expectTag(node, INTEGER).body;
  if ((serial[0] ?? 0) & 0x80) throw goError`x509: negative serial number`;
}

function checkValidity(node: DerNode | undefined): void {
  const [from, to] = childrenOf(expectTag(node, SEQUENCE));
  for (const time of [from, to]) {
    if (time?.tag !== UTC_TIME && time?.tag !== GENERALIZED_TIME) throw goError`asn1: no time`;
  }
}

function checkPublicKey(node: DerNode | undefined): DerNode {
  const key = expectTag(node, SEQUENCE);
  const [algorithm, bits] = childrenOf(key);
  readOid(childrenOf(expectTag(algorithm, SEQUENCE))[0]);
  expectTag(bits, BIT_STRING);
  return key;
}

type FromExtensions = Pick<Certificate, 'isAuthority' | 'subjectKeyId' | 'authorityKeyId' | 'alternativeNames'>;

function readExtensions(fields: readonly DerNode[]): FromExtensions {
  const wrapper = fields.find((field) => isContext(field, 3));
  const nodes = wrapper === undefined ? [] : as('malformed extensions', () => childrenOf(readDer(wrapper.body)));
  const values = new Map<string, Uint8Array>();
  for (const node of nodes) {
    const { oid, value } = as('malformed extension', () => readExtension(node));
    if (values.has(oid)) throw goError`x509: certificate contains duplicate extension with OID "${oid}"`;
    values.set(oid, value);
  }
  const read = <T>(oid: string, fault: string, parse: (value: Uint8Array) => T): T | undefined => {
    const value = values.get(oid);
    return value === undefined ? undefined : as(fault, () => parse(value));
  };
  return {
    isAuthority: read(BASIC_CONSTRAINTS, 'invalid basic constraints', isAuthority) ?? false,
    subjectKeyId: read(SUBJECT_KEY_ID, 'invalid subject key identifier', readKeyId) ?? new Uint8Array(),
    authorityKeyId: read(AUTHORITY_KEY_ID, 'invalid authority key identifier', readAuthorityKeyId) ?? new Uint8Array(),
    alternativeNames: read(ALTERNATIVE_NAMES, 'invalid subject alternative names', readAlternativeNames) ?? [],
  };
}

function readExtension(node: DerNode): { readonly oid: string; readonly value: Uint8Array } {
  const [id, ...rest] = childrenOf(node);
  const value = rest.find((part) => part.tag === OCTET_STRING);
  return { oid: readOid(id), value: expectTag(value, OCTET_STRING).body };
}

function isAuthority(value: Uint8Array): boolean {
  const [flag] = childrenOf(readDer(value));
  return flag?.tag === BOOLEAN && flag.body[0] === 0xff;
}

function readKeyId(value: Uint8Array): Uint8Array {
  return expectTag(readDer(value), OCTET_STRING).body;
}

/** `[0]` of the sequence; a certificate that names its issuer otherwise has none. */
function readAuthorityKeyId(value: Uint8Array): Uint8Array {
  const [keyId] = readAll(expectTag(readDer(value), SEQUENCE).body);
  return isContext(keyId, 0) ? keyId.body : new Uint8Array();
}
