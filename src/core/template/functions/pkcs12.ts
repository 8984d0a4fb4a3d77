/** Functions for PKCS#12 archives, reading and writing. ESO. */
import { say, shown } from '../message.ts';
import { declare, type FunctionExample, type TemplateFunction } from '../function-table.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { toBytes, type GoString, goError } from '../values.ts';
import { parseCertificate, type Certificate } from './pki/certificate.ts';
import { keyFirst, orderChain } from './pki/chain.ts';
import { EXAMPLE_ARCHIVE, EXAMPLE_LEAF } from './pki/example-certificates.ts';
import { decodePem, encodePem, type PemBlock } from './pki/pem.ts';
import { readPkcs12, type Archive } from './pki/pkcs12-read.ts';
import { writeKeyStore, writeTrustStore } from './pki/pkcs12-write.ts';
import { parsePrivateKey, toPkcs8 } from './pki/private-key.ts';
import { textOf } from './text/runes.ts';
import { prefixing, recovering } from './failing.ts';

const withArchive = (template: string, prints: string): FunctionExample => ({
  template,
  data: { archive: EXAMPLE_ARCHIVE },
  prints,
});
const CERT_AND_KEY = '{{ $cert := .archive | b64dec | pkcs12cert }}{{ $key := .archive | b64dec | pkcs12key }}';

const reading: readonly TemplateFunction[] = [
  declare({
    name: 'pkcs12key',
    signature: 'func(string) (string, error)',
    source: 'ESO',
    summary: 'The private key of an archive without password, as PEM.',
    example: withArchive('{{ .archive | b64dec | pkcs12key | trunc 27 }}', '-----BEGIN PRIVATE KEY-----'),
    call: (runtime, archive) => keyOf(runtime, { password: '', archive }),
  }),
  declare({
    name: 'pkcs12keyPass',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    summary: 'The private key of an archive, as PEM: password, archive.',
    example: withArchive('{{ .archive | b64dec | pkcs12keyPass "" | trunc 27 }}', '-----BEGIN PRIVATE KEY-----'),
    call: (runtime, password, archive) => keyOf(runtime, { password, archive }),
  }),
  declare({
    name: 'pkcs12cert',
    signature: 'func(string) (string, error)',
    source: 'ESO',
    summary: 'The certificates of an archive without password, as PEM from the leaf to the root.',
    example: withArchive('{{ .archive | b64dec | pkcs12cert | certSANs | first }}', 'a.example.com'),
    call: (runtime, archive) => certificatesOf(runtime, { password: '', archive }),
  }),
  declare({
    name: 'pkcs12certPass',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    summary: 'The certificates of an archive, as PEM from the leaf to the root: password, archive.',
    example: withArchive('{{ .archive | b64dec | pkcs12certPass "" | certSANs | first }}', 'a.example.com'),
    call: (runtime, password, archive) => certificatesOf(runtime, { password, archive }),
  }),
];

interface Opening {
  readonly password: GoString;
  readonly archive: GoString;
}

function keyOf(runtime: TemplateRuntime, opening: Opening): GoString {
  return encodePem('PRIVATE KEY', toPkcs8(open(runtime, opening, 'pkcs12').key));
}

/**
 * ESO 2.9: certificates that are not one chain stay in the order of the archive. For a Secret the one of the key comes
 * first, whatever the order.
 */
function certificatesOf(runtime: TemplateRuntime, opening: Opening): GoString {
  const { certificates, key } = open(runtime, opening, 'pkcs12 certificate');
  const ordered = inOrder(certificates);
  return (runtime.isStrict ? keyFirst(ordered, certificates, key) : ordered)
    .map(({ raw }) => encodePem('CERTIFICATE', raw))
    .join('');
}

function inOrder(certificates: readonly Certificate[]): readonly Certificate[] {
  return recovering(
    () => orderChain(certificates),
    () => certificates,
  );
}

function open({ spend }: TemplateRuntime, { password, archive }: Opening, what: string): Archive {
  return prefixing(say`unable to decode ${shown(what)} with password: `, () =>
    readPkcs12(toBytes(archive), textOf(password), spend),
  );
}

const writing: readonly TemplateFunction[] = [
  declare({
    name: 'pemToPkcs12',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    volatile: true,
    summary: 'An archive of one certificate and its key, without password, as base64.',
    example: withArchive(
      `${CERT_AND_KEY}{{ pemToPkcs12 $cert $key | b64dec | pkcs12cert | certSANs | first }}`,
      'a.example.com',
    ),
    call: (runtime, certificate, key) => keyStore(runtime, { certificates: firstOf(certificate), key, password: '' }),
  }),
  declare({
    name: 'pemToPkcs12Pass',
    signature: 'func(string, string, string) (string, error)',
    source: 'ESO',
    volatile: true,
    summary: 'An archive of one certificate and its key, as base64: certificate, key, password.',
    example: withArchive(
      `${CERT_AND_KEY}{{ pemToPkcs12Pass $cert $key "pw" | b64dec | pkcs12certPass "pw" | certSANs | first }}`,
      'a.example.com',
    ),
    call: (runtime, certificate, key, password) =>
      keyStore(runtime, { certificates: firstOf(certificate), key, password }),
  }),
  declare({
    name: 'fullPemToPkcs12',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    volatile: true,
    summary: 'An archive of a certificate with its chain and its key, without password, as base64.',
    example: withArchive(
      `${CERT_AND_KEY}{{ fullPemToPkcs12 $cert $key | b64dec | pkcs12cert | certSANs | first }}`,
      'a.example.com',
    ),
    call: (runtime, chain, key) => keyStore(runtime, { certificates: allOf(chain), key, password: '' }),
  }),
  declare({
    name: 'fullPemToPkcs12Pass',
    signature: 'func(string, string, string) (string, error)',
    source: 'ESO',
    volatile: true,
    summary: 'An archive of a certificate with its chain and its key, as base64: chain, key, password.',
    example: withArchive(
      `${CERT_AND_KEY}{{ fullPemToPkcs12Pass $cert $key "pw" | b64dec | pkcs12certPass "pw" | certSANs | first }}`,
      'a.example.com',
    ),
    call: (runtime, chain, key, password) => keyStore(runtime, { certificates: allOf(chain), key, password }),
  }),
  declare({
    name: 'pemTruststoreToPKCS12',
    signature: 'func(string) (string, error)',
    source: 'ESO',
    volatile: true,
    summary: 'A Java trust store of these certificates, without password, as base64.',
    example: {
      template: '{{ pemTruststoreToPKCS12 .cert | hasPrefix "MII" }}',
      data: { cert: EXAMPLE_LEAF },
      prints: 'true',
    },
    call: (runtime, certificates) => trustStore(runtime, certificates, ''),
  }),
  declare({
    name: 'pemTruststoreToPKCS12Pass',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    volatile: true,
    summary: 'A Java trust store of these certificates, as base64: certificates, password.',
    example: {
      template: '{{ pemTruststoreToPKCS12Pass .cert "pw" | hasPrefix "MII" }}',
      data: { cert: EXAMPLE_LEAF },
      prints: 'true',
    },
    call: (runtime, certificates, password) => trustStore(runtime, certificates, password),
  }),
];

interface KeyStoreRequest {
  readonly certificates: readonly [Certificate, ...Certificate[]];
  readonly key: GoString;
  readonly password: GoString;
}

function keyStore(runtime: TemplateRuntime, { certificates, key, password }: KeyStoreRequest): GoString {
  const [leaf, ...chain] = certificates;
  const privateKey = parsePrivateKey(needed(decodePem(key).block).bytes);
  return toBase64(writeKeyStore({ key: privateKey, leaf, chain }, sealing(runtime, password)));
}

function trustStore(runtime: TemplateRuntime, certificates: GoString, password: GoString): GoString {
  const all = certificates === '' ? [] : allOf(certificates);
  return toBase64(writeTrustStore(all, sealing(runtime, password)));
}

function sealing({ randomBytes, spend }: TemplateRuntime, password: GoString): Parameters<typeof writeTrustStore>[1] {
  return { password: textOf(password), randomBytes, spend };
}

function toBase64(bytes: Uint8Array): GoString {
  return Buffer.from(bytes).toString('base64');
}

function firstOf(text: GoString): readonly [Certificate] {
  return [parseCertificate(needed(decodePem(text).block).bytes)];
}

/** ESO 2.9: anything left behind the last block, an empty line too, is taken for a block that is missing. */
function allOf(text: GoString): readonly [Certificate, ...Certificate[]] {
  const first = decodePem(text);
  const certificates: [Certificate, ...Certificate[]] = [parseCertificate(needed(first.block).bytes)];
  for (let { rest } = first; rest !== '';) {
    const next = decodePem(rest);
    certificates.push(parseCertificate(needed(next.block).bytes));
    rest = next.rest;
  }
  return certificates;
}

/** ESO 2.9 does not check whether there is a block: Go's panic reaches the user. */
function needed(block: PemBlock | undefined): PemBlock {
  if (block === undefined) throw goError`runtime error: invalid memory address or nil pointer dereference`;
  return block;
}

export const pkcs12Functions: readonly TemplateFunction[] = [...reading, ...writing];
