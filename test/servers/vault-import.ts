/** What Key Vault's certificate import accepts: a PKCS#12 in base64, or PEM when the policy says so. */
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import forge from 'node-forge';
import type { Jwk } from './vault-content.ts';

export interface ImportedCertificate {
  /** Base64 DER of the certificate that belongs to the private key. */
  readonly cer: string;
  /** The public key, as the managed key shows it. */
  readonly jwk: Jwk;
}

/** The leaf of a PKCS#12; `undefined` when it cannot be read, has no private key or needs another password. */
export function readPkcs12(base64: string, password: string): ImportedCertificate | undefined {
  try {
    const asn1 = forge.asn1.fromDer(Buffer.from(base64, 'base64').toString('binary'));
    const container = forge.pkcs12.pkcs12FromAsn1(asn1, false, password);
    return matching(privateKeyOf(container), certificatesOf(container));
  } catch {
    return undefined;
  }
}

/** The leaf of a PEM text that also holds its private key as PKCS#8. */
export function readPem(pem: string): ImportedCertificate | undefined {
  try {
    const blocks = pem.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
    const key = blocks.find((block) => block.startsWith('-----BEGIN PRIVATE KEY'));
    const certificates = blocks.filter((block) => block.startsWith('-----BEGIN CERTIFICATE'));
    if (key === undefined) return undefined;
    return matching(
      publicJwk(createPrivateKey(key).export({ type: 'pkcs8', format: 'der' })),
      certificates.map((block) => new X509Certificate(block).raw),
    );
  } catch {
    return undefined;
  }
}

/** `x5t` of a certificate: SHA-1 of its DER, base64url. */
export function thumbprint(cer: string): string {
  return createHash('sha1').update(Buffer.from(cer, 'base64')).digest('base64url');
}

type Container = ReturnType<typeof forge.pkcs12.pkcs12FromAsn1>;
type Bag = NonNullable<ReturnType<Container['getBags']>[string]>[number];

function bags(container: Container, bagType: string): readonly Buffer[] {
  return (container.getBags({ bagType })[bagType] ?? []).map((bag) => derOf(bag));
}

/** Forge keeps the bytes only of what it cannot read itself, so the rest has to be written out again. */
function derOf(bag: Bag): Buffer {
  return Buffer.from(forge.asn1.toDer(bag.asn1 ?? writtenOut(bag)).getBytes(), 'binary');
}

function writtenOut(bag: Bag): NonNullable<Bag['asn1']> {
  if (bag.cert !== undefined && bag.cert !== null) return forge.pki.certificateToAsn1(bag.cert);
  return forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key!));
}

function privateKeyOf(container: Container): Jwk {
  const { pkcs8ShroudedKeyBag, keyBag } = forge.pki.oids;
  const [first] = [...bags(container, pkcs8ShroudedKeyBag), ...bags(container, keyBag)];
  if (first === undefined) throw new Error('no private key');
  return publicJwk(first);
}

function certificatesOf(container: Container): readonly Buffer[] {
  return bags(container, forge.pki.oids.certBag);
}

function publicJwk(pkcs8: Buffer): Jwk {
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return createPublicKey(privateKey.export({ type: 'pkcs8', format: 'pem' })).export({ format: 'jwk' });
}

function matching(jwk: Jwk, certificates: readonly Buffer[]): ImportedCertificate | undefined {
  const leaf = certificates.find((der) => {
    const own = new X509Certificate(der).publicKey.export({ format: 'jwk' });
    return own.n === jwk['n'] && own.x === jwk['x'] && own.y === jwk['y'];
  });
  return leaf === undefined ? undefined : { cer: leaf.toString('base64'), jwk };
}
