import { describe, expect, it } from '@jest/globals';
import { createHash, X509Certificate } from 'node:crypto';
import { messageText } from '../../../src/core/model/message.ts';
import { SecretValue } from '../../../src/core/model/secret-value.ts';
import {
  certificateContent,
  type CertificateContent,
  type CertificateSource,
} from '../../../src/core/push/certificate-content.ts';
import { readPkcs12 } from '../../../src/core/template/functions/pki/pkcs12-read.ts';
import { readPem, readPkcs12 as readImport } from '../../servers/vault-import.ts';
import { fixture, fixtureAsBase64 } from '../template/functions/fixtures.ts';
import { FakeRandom } from '../../fakes/fake-random.ts';
import { recordedValue, recordedVault } from './recorded.ts';

const NOW = Date.UTC(2026, 10, 30);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const archive = (name: string): Uint8Array => new Uint8Array(Buffer.from(fixtureAsBase64(name), 'base64'));

interface Options {
  readonly contentType?: string;
  readonly password?: string;
  readonly now?: number;
}

function result(source: CertificateSource, { contentType, password, now = NOW }: Options = {}) {
  const random = new FakeRandom();
  return certificateContent(source, {
    ...(contentType === undefined ? {} : { contentType }),
    ...(password === undefined ? {} : { password: SecretValue.ofText(password) }),
    environment: { nowNanoseconds: () => BigInt(now) * 1_000_000n, randomBytes: (count) => random.bytes(count) },
  });
}

function content(source: CertificateSource, options?: Options): CertificateContent {
  const made = result(source, options);
  if ('code' in made) throw new Error(messageText(made.what));
  return made;
}

/** What is wrong, without a word on what to do. */
function fault(source: CertificateSource, options?: Options): string {
  const made = result(source, options);
  return 'code' in made ? `${made.code}: ${messageText(made.what)}` : 'none';
}

function valueOf({ content: { value } }: CertificateContent): Uint8Array {
  return value.reveal();
}

/** Common names in the order of the imported chain. */
function namesIn(made: CertificateContent): readonly (string | undefined)[] {
  const certificates =
    made.content.format === 'pem'
      ? (Buffer.from(valueOf(made))
          .toString()
          .match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])
      : readPkcs12(valueOf(made), '', () => undefined).certificates.map(({ raw }) => raw);
  return certificates.map((one) => /CN=(.*)/u.exec(new X509Certificate(one).subject)?.[1]);
}

function tls(crt: string, key: string, ca?: string): CertificateSource {
  const texts = { 'tls.crt': crt, 'tls.key': key, ...(ca === undefined ? {} : { 'ca.crt': ca }) };
  return new Map(Object.entries(texts).map(([name, text]) => [name, SecretValue.ofText(text)]));
}

const [LEAF, INTERMEDIATE, ROOT, KEY] = ['leaf.crt', 'int.crt', 'root.crt', 'leaf.key'].map(fixture) as [
  string,
  string,
  string,
  string,
];
const CHAIN = ['a.example.com', 'Example Intermediate', 'Example Root'];
const PEM = { contentType: 'application/x-pem-file' };

describe('certificateContent of a PKCS#12', () => {
  it.each(['058a-p12-single-legacy', '058b-p12-chain-legacy', '058c-p12-chain-modern', '058c3-p12-rsa', '058p-tags'])(
    'sends it to the byte, as the operator does: %s',
    (name) => {
      const made = content(recordedValue(`certificate/ps-${name}`));
      const vault = recordedVault(`certificate/ps-${name}`);
      expect(made.content).toEqual({ type: 'cert', format: 'pkcs12', value: made.content.value });
      expect(Buffer.from(valueOf(made)).toString('base64')).toBe(vault.secrets?.['web']?.[0]?.value);
      expect(Buffer.from(made.leaf).toString('base64')).toBe(vault.certificates?.['web']?.[0]?.cer);
      expect(made.warnings).toEqual([]);
    },
  );

  it('keeps it where the content type says PEM', () => {
    const bytes = recordedValue('certificate/ps-058p-tags');
    expect(valueOf(content(bytes, PEM))).toEqual(bytes);
  });

  it('finds the leaf by the key, and the order by who issued whom', () => {
    const made = content(archive('chain-unordered.p12'), { password: 'pw' });
    expect(Buffer.from(made.leaf).equals(new X509Certificate(LEAF).raw)).toBe(true);
    expect(made.chainDigest).toBe(content(tls(`${LEAF}${INTERMEDIATE}${ROOT}`, KEY)).chainDigest);
    expect(valueOf(made)).toEqual(archive('chain-unordered.p12'));
    expect(made.content.password?.equals(SecretValue.ofText('pw'))).toBe(true);
  });

  it('tells of a certificate that does not belong to it, and sends it all the same', () => {
    expect(content(archive('disjunct.p12'), { password: 'pw' }).warnings.map(({ what }) => what)).toEqual([
      'holds a certificate that does not belong to the chain, the 2. of 2',
    ]);
  });

  it.each<readonly [string, string, Options, string]>([
    ['without the password', 'chain-modern.p12', {}, 'pfx-password: holds a PKCS#12 that has a password'],
    [
      'with another password',
      'chain-modern.p12',
      { password: 'x' },
      'pfx-password: holds a PKCS#12 that the given password does not open',
    ],
    [
      'with a password that it does not have',
      'nopw-modern.p12',
      { password: 'x' },
      'pfx-password: holds a PKCS#12 that the given password does not open',
    ],
    [
      'without a certificate',
      'key-only.p12',
      { password: 'pw' },
      'pfx-unreadable: holds a PKCS#12 that cannot be read (certificate missing)',
    ],
    [
      'with a key that vaults refuse',
      'ed-modern.p12',
      { password: 'pw' },
      'key-kind-unsupported: holds a key of the kind ed25519, which Key Vault refuses',
    ],
  ])('refuses it %s', (_name, file, options, expected) => {
    expect(fault(archive(file), options)).toBe(expected);
  });

  it('says that a password ends with a line break', () => {
    expect(result(archive('chain-modern.p12'), { password: 'pw\n' })).toMatchObject({
      fix: 'Correct the key that keyferry.dev/pfx-password-key names. It ends with a line break: take that away.',
    });
  });
});

describe('certificateContent of PEM', () => {
  it.each([
    ['PKCS#8', KEY],
    ['PKCS#1', fixture('leaf.pkcs1.key')],
  ])('makes a PKCS#12 of a tls Secret whose key is %s', (_name, key) => {
    const made = content(tls(`${LEAF}${INTERMEDIATE}`, key, ROOT));
    expect(made.content).toMatchObject({ type: 'cert', format: 'pkcs12' });
    expect(made.content.password).toBeUndefined();
    expect(namesIn(made)).toEqual(CHAIN);
    expect(readImport(Buffer.from(valueOf(made)).toString('base64'), '')).toBeDefined();
    expect(made.warnings).toEqual([]);
  });

  it('makes a PKCS#12 of an EC key as SEC1', () => {
    const made = content(tls(fixture('ecleaf.crt'), fixture('ecleaf.sec1.key')));
    expect(namesIn(made)).toEqual(['ec.example.com']);
  });

  it('gives the digests of leaf, chain and public key', () => {
    const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest('hex');
    const [leaf, intermediate] = [LEAF, INTERMEDIATE].map((pem) => new X509Certificate(pem)) as [
      X509Certificate,
      X509Certificate,
    ];
    expect(content(tls(`${LEAF}${INTERMEDIATE}`, KEY))).toMatchObject({
      thumbprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
      chainDigest: sha256(leaf.raw, intermediate.raw),
      publicKeyDigest: sha256(leaf.publicKey.export({ type: 'spki', format: 'der' })),
    });
  });

  it.each([
    ['root first', `${ROOT}${INTERMEDIATE}${LEAF}`],
    ['in any order', `${INTERMEDIATE}${LEAF}${ROOT}`],
    ['twice', `${LEAF}${LEAF}${INTERMEDIATE}${ROOT}${INTERMEDIATE}`],
  ])('puts a chain in order that comes %s', (_name, chain) => {
    expect(namesIn(content(bytesOf(`${chain}${KEY}`)))).toEqual(CHAIN);
  });

  it('is PEM where the content type asks for it: chain in order, key as PKCS#8', () => {
    const made = content(bytesOf(`${fixture('leaf.pkcs1.key')}${ROOT}${INTERMEDIATE}${LEAF}`), PEM);
    const text = Buffer.from(valueOf(made)).toString();
    expect(made.content.format).toBe('pem');
    expect(namesIn(made)).toEqual(CHAIN);
    expect(text.endsWith(KEY)).toBe(true);
    expect(readPem(text)).toBeDefined();
  });

  it('passes over authorities of ca.crt that issued nothing here', () => {
    expect(namesIn(content(tls(LEAF, KEY, `${fixture('other.crt')}garbage`)))).toEqual(['a.example.com']);
  });

  it('reads text around blocks, CRLF, and the key in tls.crt too', () => {
    const text = `Bag Attributes\n${LEAF}${KEY}`.replaceAll('\n', '\r\n');
    expect(namesIn(content(tls(text, KEY)))).toEqual(['a.example.com']);
  });

  it('tells of a certificate that is not valid yet', () => {
    const { warnings } = content(tls(LEAF, KEY), { now: Date.UTC(2026, 0, 1) });
    expect(warnings.map(({ what }) => what)).toEqual(['holds a certificate that is not valid before 2026-11-22']);
  });

  it.each<readonly [string, CertificateSource, Options, string]>([
    [
      'expired',
      tls(LEAF, KEY),
      { now: Date.UTC(2126, 11, 1) },
      'certificate-expired: holds a certificate that expired on 2126-10-29',
    ],
    [
      'that has another key',
      tls(LEAF, fixture('other.key')),
      {},
      'certificate-key-mismatch: holds a private key that is not that of the certificate',
    ],
    [
      'with one that does not belong to it',
      tls(`${LEAF}${fixture('other.crt')}`, KEY),
      {},
      'certificate-chain: holds a certificate that does not belong to the chain, the 2. of 2',
    ],
    [
      'with an encrypted key',
      tls(LEAF, fixture('leaf.enc.key')),
      {},
      'key-encrypted: holds a private key that is encrypted',
    ],
    [
      'with two keys',
      bytesOf(`${LEAF}${KEY}${fixture('other.key')}`),
      {},
      'certificate-many-keys: holds 2 private keys, and a certificate has one',
    ],
    [
      'out of a Secret without key',
      new Map([['tls.crt', SecretValue.ofText(LEAF)]]),
      {},
      'certificate-keys-absent: takes the whole Secret, which has no key tls.key',
    ],
    [
      'out of a Secret with other keys',
      new Map([['a', SecretValue.ofText('b')]]),
      {},
      'certificate-keys-absent: takes the whole Secret, which has no key tls.crt',
    ],
    [
      'whose tls.key is empty',
      tls(LEAF, ''),
      {},
      'certificate-key-absent: holds a certificate without its private key',
    ],
    ['whose tls.crt is empty', tls('', KEY), {}, 'certificate-absent: holds a private key and no certificate'],
    [
      'with a broken block',
      bytesOf(`-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${LEAF}${KEY}`),
      {},
      'certificate-unreadable: holds a PEM block "CERTIFICATE" that is none, the 1. of them',
    ],
  ])('refuses one %s', (_name, source, options, expected) => {
    expect(fault(source, options)).toBe(expected);
  });

  it.each([
    ['058d-der', 'certificate-key-absent: holds a certificate without its private key'],
    ['058e-pem-leaf', 'certificate-key-absent: holds a certificate without its private key'],
    ['058g-garbage', 'certificate-unreadable: holds no certificate in PKCS#12 or PEM'],
    ['058h-p12-with-password', 'pfx-password: holds a PKCS#12 that has a password'],
    ['058j-p12-as-base64-text', 'certificate-unreadable: holds Base64 text where a certificate is needed'],
    ['058k-key-only', 'certificate-absent: holds a private key and no certificate'],
    ['058l-empty', 'certificate-unreadable: is empty'],
    ['058n-pem-bad-then-good', 'certificate-unreadable: holds a PEM block "CERTIFICATE" that is none, the 1. of them'],
    ['058o-trailing-garbage', 'certificate-unreadable: holds no certificate in PKCS#12 or PEM'],
    ['059e-pem-chain-ca-first', 'certificate-key-absent: holds a certificate without its private key'],
  ])('refuses what the vault refuses from the operator: %s', (name, expected) => {
    expect(fault(recordedValue(`certificate/ps-${name}`))).toBe(expected);
  });

  it('imports the PEM with its key that the operator cannot', () => {
    expect(content(recordedValue('certificate/ps-058f2-pem-certificate-first')).content.format).toBe('pkcs12');
  });
});
