/**
 * Orders certificates from the leaf to the root, as ESO 2.9 does it: by key identifiers alone.
 *
 * A certificate was issued by the one whose subject key identifier is its authority key identifier. Signatures are not
 * looked at, and two certificates without identifiers count as each other's issuer.
 */
import { goError } from '../../values.ts';
import type { Certificate } from './certificate.ts';

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
