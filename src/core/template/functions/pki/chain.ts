/**
 * Orders certificates from the leaf to the root, as ESO 2.9 does it: by key identifiers alone.
 *
 * A certificate was issued by the one whose subject key identifier is its authority key identifier. Signatures are not
 * looked at, and two certificates without identifiers count as each other's issuer.
 */
import { createPublicKey } from 'node:crypto';
import { goError } from '../../values.ts';
import type { Certificate } from './certificate.ts';
import type { PrivateKey } from './private-key.ts';

/** Fails, with ESO's texts, when the certificates are not one chain. */
export function orderChain(certificates: readonly Certificate[]): readonly [Certificate, ...Certificate[]] {
  const issuers = new Map(certificates.map((certificate) => [certificate, issuerOf(certificate, certificates)]));
  const parents = new Set(issuers.values());
  const [leaf, ...others] = certificates.filter((certificate) => !parents.has(certificate));
  if (others.length > 0) throw goError`found multiple leaf or disjunct certificates`;
  if (leaf === undefined) throw goError`no leaf certificate found`;
  const chain: [Certificate, ...Certificate[]] = [leaf];
  for (let next = issuers.get(leaf); next !== undefined; next = issuers.get(next)) {
    if (chain.length >= certificates.length) throw goError`constructing chain resulted in cycle`;
    chain.push(next);
  }
  return chain;
}

function issuerOf(certificate: Certificate, all: readonly Certificate[]): Certificate | undefined {
  return all.find(
    (other) => other !== certificate && Buffer.compare(certificate.authorityKeyId, other.subjectKeyId) === 0,
  );
}

/** ESO 2.9: no issuer is named, or the certificate names itself. */
export function looksLikeRoot({ authorityKeyId, subjectKeyId }: Certificate): boolean {
  return authorityKeyId.length === 0 || Buffer.compare(authorityKeyId, subjectKeyId) === 0;
}

/**
 * The chain that begins with the certificate of the key, by names: for archives whose order by identifiers begins with
 * another certificate, or has lost one. Servers refuse a key that is not that of the first certificate.
 *
 * Nothing is left out but exact duplicates. Without a certificate of this key the given order stays.
 */
export function keyFirst(
  ordered: readonly Certificate[],
  all: readonly Certificate[],
  key: PrivateKey,
): readonly Certificate[] {
  const distinct = withoutDuplicates(all);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const isOwn = ({ publicKey: other }: Certificate): boolean => publicKey.equals(other.full);
  const leaf = distinct.find(isOwn);
  const [first] = ordered;
  if (leaf === undefined || (first !== undefined && isOwn(first) && ordered.length >= distinct.length)) return ordered;
  const chain = [leaf];
  for (let next = issuerByName(leaf, distinct); next !== undefined; next = issuerByName(next, distinct)) {
    if (chain.includes(next)) break;
    chain.push(next);
  }
  return [...chain, ...distinct.filter((certificate) => !chain.includes(certificate))];
}

function withoutDuplicates(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map((one) => [Buffer.from(one.raw).toString('base64'), one])).values()];
}

function issuerByName({ issuer }: Certificate, all: readonly Certificate[]): Certificate | undefined {
  return all.find(({ subject }) => Buffer.compare(subject.full, issuer.full) === 0);
}
