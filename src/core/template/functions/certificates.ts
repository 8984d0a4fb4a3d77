/** Functions that make keys and certificates. sprig. */
import { shown, say } from '../message.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import { printPlain } from '../fmt/print-value.ts';
import { allowingNil, type KeyPairRequest, type TemplateRuntime } from '../runtime.ts';
import {
  GoObject,
  listOf,
  NO_METHODS,
  type GoField,
  type GoList,
  type GoString,
  type GoValue,
  goError,
} from '../values.ts';
import { parseCertificate } from './pki/certificate.ts';
import { createCertificate, type Issuer } from './pki/create-certificate.ts';
import { EXAMPLE_ARCHIVE } from './pki/example-certificates.ts';
import { parseIp } from './pki/ip-address.ts';
import { decodePem, encodePem } from './pki/pem.ts';
import { encodeKeyPem, parseKeyPem, signingKeyOf, type SigningKey } from './pki/signing-key.ts';
import { decodeBase64 } from './text/base64.ts';
import { faultText, prefixing } from './failing.ts';

/** sprig.certificate: both as PEM. */
class GoCertificate extends GoObject {
  readonly type = 'sprig.certificate';
  readonly kind = 'struct';
  readonly methods = NO_METHODS;
  readonly certificate: GoString;
  readonly key: GoString;

  constructor(certificate: GoString, key: GoString) {
    super();
    this.certificate = certificate;
    this.key = key;
  }

  fields(): readonly GoField[] {
    return [
      { name: 'Cert', value: this.certificate },
      { name: 'Key', value: this.key },
    ];
  }
}

/** What a key pair counts for: the slowest, of which one takes more than half of a render, and all others. */
const COSTS = { rsa2048: 6_000_000, slowest: 36_000_000, curve: 100_000 } as const;

function newKey(runtime: TemplateRuntime, request: KeyPairRequest): SigningKey {
  runtime.spend(costOf(request));
  return signingKeyOf(runtime.generatePrivateKey(request));
}

function costOf(request: KeyPairRequest): number {
  if (!('bits' in request)) return COSTS.curve;
  return request.type === 'rsa' && request.bits <= 2048 ? COSTS.rsa2048 : COSTS.slowest;
}

const KEY_REQUESTS: Readonly<Record<GoString, KeyPairRequest>> = {
  '': { type: 'rsa', bits: 4096 },
  rsa: { type: 'rsa', bits: 4096 },
  dsa: { type: 'dsa', bits: 2048, divisorBits: 256 },
  ecdsa: { type: 'ec', curve: 'P-256' },
  ed25519: { type: 'ed25519' },
};

interface CertificateWish {
  readonly commonName: GoString;
  readonly ips: GoList;
  readonly names: GoList;
  readonly days: bigint;
  readonly isAuthority?: boolean;
  /** Left out when the certificate signs itself. */
  readonly issuer?: Issuer;
}

/** sprig: what a certificate is for is checked after its key was made or read. */
function issue(
  runtime: TemplateRuntime,
  key: SigningKey,
  { commonName, ips, names, days, isAuthority = false, issuer }: CertificateWish,
): GoCertificate {
  const ipAddresses = ips.items.map((value) => readIp(runtime, value));
  const dnsNames = names.items.map((value) => readDnsName(runtime, value));
  const now = runtime.nowNanoseconds();
  const request = {
    commonName,
    ipAddresses,
    dnsNames,
    isAuthority,
    notBefore: now,
    notAfter: now + BigInt.asIntN(64, days * DAY_NANOSECONDS),
    serialNumber: runtime.randomBytes(16),
    key,
  };
  const certificate = prefixing(say`error creating certificate: `, () => createCertificate(request, issuer));
  return new GoCertificate(encodePem('CERTIFICATE', certificate), encodeKeyPem(key));
}

const DAY_NANOSECONDS = 86_400_000_000_000n;

function readIp(runtime: TemplateRuntime, value: GoValue): Uint8Array {
  if (typeof value !== 'string')
    throw goError`error parsing ip: ${printPlain(value, allowingNil(runtime))} is not a string`;
  const address = parseIp(value);
  if (address === undefined) throw goError`error parsing ip: ${value}`;
  return address;
}

function readDnsName(runtime: TemplateRuntime, value: GoValue): GoString {
  if (typeof value === 'string') return value;
  throw goError`error processing alternate dns name: ${printPlain(value, allowingNil(runtime))} is not a string`;
}

function readKey(pem: GoString): SigningKey {
  return prefixing(say`parsing private key: `, () => parseKeyPem(pem));
}

/** The evaluator has checked the type of the argument. */
function readIssuer(value: GoObject): Issuer {
  const { certificate, key } = value instanceof GoCertificate ? value : new GoCertificate('', '');
  return {
    certificate: readCertificate(certificate),
    key: prefixing(say`error parsing private key: `, () => parseKeyPem(key)),
  };
}

function readCertificate(pem: GoString): Issuer['certificate'] {
  const { block } = decodePem(pem);
  if (block === undefined) throw goError`unable to decode certificate`;
  return prefixing(say`error parsing certificate: decodedCert.Bytes: `, () => parseCertificate(block.bytes));
}

/** An authority has no names but its own. */
const NONE = listOf([]);

const RSA_2048: KeyPairRequest = { type: 'rsa', bits: 2048 };

const making: readonly TemplateFunction[] = [
  declare({
    name: 'genPrivateKey',
    signature: 'func(string) string',
    source: 'sprig',
    volatile: true,
    summary: 'A new private key as PEM: rsa (4096 bits), ecdsa (P-256), ed25519, dsa.',
    example: { template: '{{ genPrivateKey "ed25519" | trunc 27 }}', prints: '-----BEGIN PRIVATE KEY-----' },
    call: (runtime, type) => {
      const request = Object.hasOwn(KEY_REQUESTS, type) ? KEY_REQUESTS[type] : undefined;
      if (request === undefined) return faultText(runtime, say`Unknown type ${type}`);
      return encodeKeyPem(newKey(runtime, request));
    },
  }),
  declare({
    name: 'genCA',
    signature: 'func(string, int) (sprig.certificate, error)',
    source: 'sprig',
    volatile: true,
    summary: 'A new certificate authority, with Cert and Key: common name, days.',
    example: { template: '{{ (genCA "my-ca" 365).Cert | trunc 27 }}', prints: '-----BEGIN CERTIFICATE-----' },
    call: (runtime, commonName, days) =>
      issue(runtime, newKey(runtime, RSA_2048), { commonName, days, ips: NONE, names: NONE, isAuthority: true }),
  }),
  declare({
    name: 'genCAWithKey',
    signature: 'func(string, int, string) (sprig.certificate, error)',
    source: 'sprig',
    volatile: true,
    summary: 'As genCA, with a key given as PEM.',
    example: {
      template: '{{ (genCAWithKey "my-ca" 365 (genPrivateKey "ecdsa")).Cert | trunc 27 }}',
      prints: '-----BEGIN CERTIFICATE-----',
    },
    call: (runtime, commonName, days, key) =>
      issue(runtime, readKey(key), { commonName, days, ips: NONE, names: NONE, isAuthority: true }),
  }),
  declare({
    name: 'genSelfSignedCert',
    signature: 'func(string, []interface {}, []interface {}, int) (sprig.certificate, error)',
    source: 'sprig',
    volatile: true,
    summary: 'A certificate that signs itself: common name, IP addresses, DNS names, days.',
    example: {
      template: '{{ (genSelfSignedCert "a.example.com" (list "10.0.0.1") (list "a.example.com") 30).Cert | certSANs }}',
      prints: '[a.example.com 10.0.0.1]',
    },
    call: (runtime, commonName, ips, names, days) =>
      issue(runtime, newKey(runtime, RSA_2048), { commonName, ips, names, days }),
  }),
  declare({
    name: 'genSelfSignedCertWithKey',
    signature: 'func(string, []interface {}, []interface {}, int, string) (sprig.certificate, error)',
    source: 'sprig',
    volatile: true,
    summary: 'As genSelfSignedCert, with a key given as PEM.',
    example: {
      template:
        '{{ (genSelfSignedCertWithKey "a" nil (list "a.example.com") 30 (genPrivateKey "ecdsa")).Cert | certSANs }}',
      prints: '[a.example.com]',
    },
    call: (runtime, commonName, ips, names, days, key) =>
      issue(runtime, readKey(key), { commonName, ips, names, days }),
  }),
  declare({
    name: 'genSignedCert',
    signature: 'func(string, []interface {}, []interface {}, int, sprig.certificate) (sprig.certificate, error)',
    source: 'sprig',
    volatile: true,
    summary: 'A certificate signed by an authority: common name, IP addresses, DNS names, days, authority.',
    example: {
      template:
        '{{ $ca := genCA "my-ca" 365 }}{{ (genSignedCert "a" nil (list "a.example.com") 30 $ca).Cert | certSANs }}',
      prints: '[a.example.com]',
    },
    call: (runtime, commonName, ips, names, days, authority) => {
      const key = newKey(runtime, RSA_2048);
      return issue(runtime, key, { commonName, ips, names, days, issuer: readIssuer(authority) });
    },
  }),
  declare({
    name: 'genSignedCertWithKey',
    signature:
      'func(string, []interface {}, []interface {}, int, sprig.certificate, string) (sprig.certificate, error)',
    source: 'sprig',
    volatile: true,
    summary: 'As genSignedCert, with a key given as PEM.',
    example: {
      template:
        '{{ $ca := genCA "my-ca" 365 }}{{ $key := genPrivateKey "ecdsa" }}' +
        '{{ (genSignedCertWithKey "a" nil (list "a.example.com") 30 $ca $key).Cert | certSANs }}',
      prints: '[a.example.com]',
    },
    call: (runtime, commonName, ips, names, days, authority, pem) => {
      const key = readKey(pem);
      return issue(runtime, key, { commonName, ips, names, days, issuer: readIssuer(authority) });
    },
  }),
  declare({
    name: 'buildCustomCert',
    signature: 'func(string, string) (sprig.certificate, error)',
    source: 'sprig',
    summary: 'A certificate and key of your own, both PEM in base64, for genSignedCert.',
    example: {
      template:
        '{{ $p := .archive | b64dec }}' +
        '{{ (buildCustomCert ($p | pkcs12cert | b64enc) ($p | pkcs12key | b64enc)).Cert | certSANs | first }}',
      data: { archive: EXAMPLE_ARCHIVE },
      prints: 'a.example.com',
    },
    call: (_runtime, certificate, key) => {
      const built = new GoCertificate(decoded(certificate, 'certificate'), decoded(key, 'private key'));
      readIssuer(built);
      return built;
    },
  }),
];

function decoded(base64: GoString, what: string): GoString {
  const { text, errorAt } = decodeBase64(base64);
  if (errorAt !== undefined) throw goError`unable to decode base64 ${shown(what)}`;
  return text;
}

export const certificateFunctions: readonly TemplateFunction[] = making;
