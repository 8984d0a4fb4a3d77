/** A client certificate as Entra is to see it. Throws plain errors that say what is wrong and quote nothing. */
import { createPrivateKey, X509Certificate } from 'node:crypto';

/** The certificate and key that count, checked: of several blocks the last, as in External Secrets Operator. */
export function lastCertificate(pem: string): string {
  const blocks = pem.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g) ?? [];
  const certificate = blocks.findLast((block) => block.startsWith('-----BEGIN CERTIFICATE-----'));
  const key = blocks.findLast((block) => /^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(block));
  if (certificate === undefined) throw new Error('there is no CERTIFICATE block in it (PEM is expected)');
  if (key === undefined) throw new Error('there is no PRIVATE KEY block in it');
  if (!parses(() => new X509Certificate(certificate))) throw new Error('its certificate cannot be parsed');
  const type = keyType(key);
  if (type !== 'rsa')
    throw new Error(type === undefined ? 'its private key cannot be parsed' : 'its private key is not RSA');
  return `${certificate}\n${key}\n`;
}

function keyType(pem: string): string | undefined {
  try {
    return createPrivateKey(pem).asymmetricKeyType;
  } catch {
    return undefined;
  }
}

function parses(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
