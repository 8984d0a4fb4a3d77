/**
 * A certificate authority for loopback use, made new in each process, and leaf certificates for the real host names.
 *
 * Nothing is written to disk except the authority's public certificate, and that only where a child process
 * needs it in NODE_EXTRA_CA_CERTS. Node has no X.509 writer, so node-forge puts the certificates together.
 */
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import forge from 'node-forge';

const DAY_MS = 86_400_000;

export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A certificate with its private key, both PEM (the key as PKCS#8). */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

interface LeafRequest {
  readonly commonName: string;
  readonly hosts: readonly string[];
  readonly keys: KeyPair;
}

/** RSA, because forge knows no other kind of key. */
export function generateRsaKeyPair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

export class CertificateAuthority {
  /** The authority's own certificate: what clients must trust. */
  readonly pem: string;
  readonly #keys = generateRsaKeyPair();
  readonly #subject = [{ name: 'commonName', value: 'Loopback test authority' }];
  readonly #leafKeys = generateRsaKeyPair();
  readonly #contexts = new Map<string, tls.SecureContext>();
  #file: string | undefined;

  constructor() {
    const certificate = this.#blank(this.#subject, this.#keys);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ]);
    this.pem = this.#signed(certificate);
  }

  /** A certificate with a key of its own: a client certificate, or one to import into a vault. */
  issue(commonName: string, hosts: readonly string[] = [commonName]): IssuedCertificate {
    const keys = generateRsaKeyPair();
    return { certificate: this.#leaf({ commonName, hosts, keys }), privateKey: keys.privateKey };
  }

  /** For an SNICallback. All hosts share one key, because making one takes longer than a test should. */
  secureContext(host: string): tls.SecureContext {
    const known = this.#contexts.get(host);
    if (known !== undefined) return known;
    const cert = this.#leaf({ commonName: host.slice(0, 64), hosts: [host], keys: this.#leafKeys });
    const context = tls.createSecureContext({ key: this.#leafKeys.privateKey, cert: `${cert}${this.pem}` });
    this.#contexts.set(host, context);
    return context;
  }

  /** A file for NODE_EXTRA_CA_CERTS, written at the first call. */
  file(): string {
    if (this.#file === undefined) {
      const folder = mkdtempSync(join(tmpdir(), 'loopback-authority-'));
      process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      this.#file = join(folder, 'ca.pem');
      writeFileSync(this.#file, this.pem);
    }
    return this.#file;
  }

  #leaf(request: LeafRequest): string {
    const certificate = this.#blank([{ name: 'commonName', value: request.commonName }], request.keys);
    certificate.setExtensions([
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: request.hosts.map((value) => subjectAlternativeName(value)) },
    ]);
    return this.#signed(certificate);
  }

  #blank(subject: { name: string; value: string }[], keys: KeyPair): ReturnType<typeof forge.pki.createCertificate> {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
    certificate.serialNumber = `01${randomBytes(8).toString('hex')}`;
    certificate.validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 30 * DAY_MS) };
    certificate.setSubject(subject);
    certificate.setIssuer(this.#subject);
    return certificate;
  }

  #signed(certificate: ReturnType<typeof forge.pki.createCertificate>): string {
    // Forge signs in JavaScript and takes half a second for it, so Node signs what forge has encoded.
    const sign = (): string => {
      const encoded = forge.asn1.toDer(certificate.tbsCertificate).getBytes();
      return createSign('RSA-SHA256').update(encoded, 'latin1').sign(this.#keys.privateKey).toString('latin1');
    };
    certificate.sign({ sign }, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
  }
}

function subjectAlternativeName(host: string): { type: number; value?: string; ip?: string } {
  return /^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host };
}

let shared: CertificateAuthority | undefined;

/** The one authority of this process. */
export function loopbackAuthority(): CertificateAuthority {
  shared ??= new CertificateAuthority();
  return shared;
}

/** A PKCS#12 container as Key Vault's certificate import takes it. */
export function toPkcs12(issued: IssuedCertificate, password = ''): Buffer {
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(issued.privateKey),
    [forge.pki.certificateFromPem(issued.certificate)],
    password,
    { algorithm: 'aes256' },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}
