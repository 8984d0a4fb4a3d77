/** The few parts of node-forge that the loopback servers use; the package brings no types of its own. */
declare module 'node-forge' {
  interface Attribute {
    name: string;
    value: string;
  }
  type Extension = Record<string, unknown> & { name: string };
  interface Asn1 {
    readonly value: string | readonly Asn1[];
  }
  type PrivateKey = object;
  type PublicKey = object;
  interface Certificate {
    publicKey: PublicKey;
    /** Set by `sign`, before the key is asked to sign. */
    readonly tbsCertificate: Asn1;
    serialNumber: string;
    validity: { notBefore: Date; notAfter: Date };
    setSubject(attributes: readonly Attribute[]): void;
    setIssuer(attributes: readonly Attribute[]): void;
    setExtensions(extensions: readonly Extension[]): void;
    sign(key: { sign: () => string }, digest: object): void;
  }
  interface Bag {
    /** `null` where forge cannot read the type of key or certificate (elliptic curves); only then `asn1` is set. */
    readonly cert?: Certificate | null;
    readonly key?: PrivateKey | null;
    readonly asn1?: Asn1;
  }
  interface Pkcs12 {
    getBags(filter: { bagType: string }): Record<string, Bag[] | undefined>;
  }
  const forge: {
    readonly pki: {
      readonly oids: Readonly<Record<'certBag' | 'pkcs8ShroudedKeyBag' | 'keyBag', string>>;
      createCertificate(): Certificate;
      privateKeyFromPem(pem: string): PrivateKey;
      publicKeyFromPem(pem: string): PublicKey;
      certificateFromPem(pem: string): Certificate;
      certificateToPem(certificate: Certificate): string;
      certificateToAsn1(certificate: Certificate): Asn1;
      privateKeyToAsn1(key: PrivateKey): Asn1;
      wrapRsaPrivateKey(key: Asn1): Asn1;
    };
    readonly md: { readonly sha256: { create(): object } };
    readonly asn1: { fromDer(bytes: string): Asn1; toDer(asn1: Asn1): { getBytes(): string } };
    readonly pkcs12: {
      pkcs12FromAsn1(asn1: Asn1, strict: boolean, password: string): Pkcs12;
      toPkcs12Asn1(
        key: PrivateKey,
        certificates: readonly Certificate[],
        password: string,
        options: { algorithm: '3des' | 'aes256' },
      ): Asn1;
    };
  };
  export default forge;
}
