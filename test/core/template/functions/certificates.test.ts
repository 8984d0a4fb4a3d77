import { describe, expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey, publicEncrypt, X509Certificate, constants } from 'node:crypto';
import { fixture, fixtureAsBase64 } from './fixtures.ts';
import { render } from './render.ts';

const subjectsOf = (pem: string): readonly string[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (block) => new X509Certificate(block).subject.split('\n').at(-1) ?? '',
  );

describe('functions for PEM', () => {
  const chain = fixture('root.crt') + fixture('leaf.crt') + fixture('int.crt');
  const subjects = (names: readonly string[]): readonly string[] =>
    names.map((name) => subjectsOf(fixture(name))[0] ?? '');

  it('puts the certificates of a chain in order, from the leaf to the root', () => {
    expect(subjectsOf(render('{{ filterCertChain "leaf" .chain }}', { data: { chain } }))).toEqual(
      subjects(['leaf.crt']),
    );
    expect(subjectsOf(render('{{ filterCertChain "intermediate" .chain }}', { data: { chain } }))).toEqual(
      subjects(['int.crt']),
    );
    expect(subjectsOf(render('{{ filterCertChain "root" .chain }}', { data: { chain } }))).toEqual(
      subjects(['root.crt']),
    );
  });

  it('keeps blocks of one type', () => {
    const data = { pem: fixture('leaf.key') + fixture('leaf.crt') };
    expect(render('{{ filterPEM "CERTIFICATE" .pem }}', { data })).toBe(fixture('leaf.crt'));
    expect(render('{{ filterPEM "PRIVATE KEY" .pem }}', { data })).toBe(fixture('leaf.key'));
  });

  it('lists the names that a certificate is for', () => {
    expect(render('{{ certSANs .pem | join ", " }}', { data: { pem: fixture('leaf.crt') } })).toBe(
      'a.example.com, *.b.example.com, 10.0.0.1, 2001:db8::1, x@example.com, https://u.example/p',
    );
  });

  it('fails as the operator does for what is no certificate', () => {
    expect(render('{{ certSANs "x" }}')).toBe('error calling certSANs: failed to decode PEM block');
  });
});

describe('functions for PKCS#12', () => {
  it.each(['rsa-modern.p12', 'rsa-legacy.p12', 'rsa-3des.p12', 'rc2-128.p12', 'aes192.p12', 'sha512mac.p12'])(
    'opens %s, whichever way it is encrypted',
    (name) => {
      const data = { archive: fixtureAsBase64(name) };
      expect(render('{{ .archive | b64dec | pkcs12keyPass "pw" }}', { data })).toBe(fixture('leaf.key'));
      expect(render('{{ .archive | b64dec | pkcs12certPass "pw" }}', { data })).toBe(fixture('leaf.crt'));
    },
  );

  it('says nothing about the archive when the password is wrong', () => {
    expect(
      render('{{ .archive | b64dec | pkcs12keyPass "wrong" }}', {
        data: { archive: fixtureAsBase64('rsa-modern.p12') },
      }),
    ).toBe('error calling pkcs12keyPass: unable to decode pkcs12 with password: pkcs12: decryption password incorrect');
  });

  it('reads back the archive that it wrote, with key and chain', () => {
    const data = { key: fixture('leaf.key'), leaf: fixture('leaf.crt'), int: fixture('int.crt') };
    const archive = 'fullPemToPkcs12Pass (printf "%s%s" .leaf .int | trimAll "\\n") .key "pässword" | b64dec';
    expect(render(`{{ ${archive} | pkcs12keyPass "pässword" }}`, { data })).toBe(data.key);
    expect(render(`{{ ${archive} | pkcs12certPass "pässword" }}`, { data })).toBe(data.leaf + data.int);
  });

  it('counts the rounds that an archive asks for against what a render may use', () => {
    const data = { archive: fixtureAsBase64('rsa-modern.p12') };
    expect(render('{{ .archive | b64dec | pkcs12certPass "pw" }}', { data, limits: { maxWork: 10_000 } })).toContain(
      'more than 10000 bytes',
    );
  });
});

describe('functions for JWK and RSA', () => {
  it.each(['leaf', 'ecleaf', 'ec384', 'ec521', 'ed'])('turns the keys of %s into PEM', (name) => {
    const data = { private: fixture(`${name}.private.jwk`), public: fixture(`${name}.public.jwk`) };
    const privateKey = createPrivateKey(render('{{ jwkPrivateKeyPem .private }}', { data }));
    const publicKey = createPublicKey(render('{{ jwkPublicKeyPem .public }}', { data }));
    expect(privateKey.equals(createPrivateKey(fixture(`${name}.key`)))).toBe(true);
    expect(publicKey.equals(createPublicKey(fixture(`${name}.key`)))).toBe(true);
  });

  it.each([
    ['RSA-OAEP', 'SHA256', { oaepHash: 'sha256', padding: constants.RSA_PKCS1_OAEP_PADDING }],
    ['RSA-OAEP', 'SHA1', { oaepHash: 'sha1', padding: constants.RSA_PKCS1_OAEP_PADDING }],
    ['RSA-OAEP', 'SHA512', { oaepHash: 'sha512', padding: constants.RSA_PKCS1_OAEP_PADDING }],
  ])('decrypts %s with %s', (scheme, hash, options) => {
    const text = publicEncrypt({ key: createPublicKey(fixture('leaf.key')), ...options }, Buffer.from('plain text'));
    const data = { key: fixture('leaf.key'), text: text.toString('base64') };
    expect(render(`{{ rsaDecrypt "${scheme}" "${hash}" (b64dec .text) .key }}`, { data })).toBe('plain text');
  });
});

describe('functions that make certificates', () => {
  it('makes an authority and a certificate that it signed', () => {
    const template =
      '{{ $ca := genCA "My CA" 30 }}{{ $c := genSignedCert "web" (list "10.0.0.1" "::1") (list "a.example" "*.b.example") 7 $ca }}' +
      '{{ dict "ca" $ca "cert" $c | toJson }}';
    const made = JSON.parse(render(template)) as Readonly<Record<'ca' | 'cert', { Cert: string; Key: string }>>;
    const [ca, certificate] = [new X509Certificate(made.ca.Cert), new X509Certificate(made.cert.Cert)];
    expect({
      isAuthority: [ca.ca, certificate.ca],
      issued: certificate.checkIssued(ca) && certificate.verify(ca.publicKey),
      fits: certificate.checkPrivateKey(createPrivateKey(made.cert.Key)),
      subjects: [ca.subject, certificate.subject],
      names: certificate.subjectAltName,
      usage: certificate.keyUsage,
      from: certificate.validFromDate.toISOString(),
      to: [ca.validToDate, certificate.validToDate].map((date) => date.toISOString()),
    }).toEqual({
      isAuthority: [true, false],
      issued: true,
      fits: true,
      subjects: ['CN=My CA', 'CN=web'],
      names: 'DNS:a.example, DNS:*.b.example, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1',
      usage: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
      from: '2026-01-01T00:00:00.000Z',
      to: ['2026-01-31T00:00:00.000Z', '2026-01-08T00:00:00.000Z'],
    });
  });

  it.each([
    ['rsa', 'RSA PRIVATE KEY', 'rsa'],
    ['ecdsa', 'EC PRIVATE KEY', 'ec'],
    ['ed25519', 'PRIVATE KEY', 'ed25519'],
  ])('makes a key of type %s as Go writes it', (type, label, keyType) => {
    const pem = render(`{{ genPrivateKey "${type}" }}`);
    expect(pem.split('\n')[0]).toBe(`-----BEGIN ${label}-----`);
    expect(createPrivateKey(pem).asymmetricKeyType).toBe(keyType);
  });

  it('prints the name of a key type that there is none of', () => {
    expect(render('{{ genPrivateKey "foo" }}')).toBe('Unknown type foo');
  });
});
