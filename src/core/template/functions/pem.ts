/** Functions for PEM: blocks of a type, parts of a certificate chain, names in a certificate. ESO. */
import { say } from '../message.ts';
import type { TemplateRuntime } from '../runtime.ts';
import { declare, type TemplateFunction } from '../function-table.ts';
import { stringsOf, type GoString, goError } from '../values.ts';
import { parseCertificate, type Certificate } from './pki/certificate.ts';
import { looksLikeRoot, orderChain } from './pki/chain.ts';
import { EXAMPLE_CHAIN, EXAMPLE_LEAF } from './pki/example-certificates.ts';
import { decodeAllPem, decodePem, encodePem } from './pki/pem.ts';
import { prefixing } from './failing.ts';

export const pemFunctions: readonly TemplateFunction[] = [
  declare({
    name: 'filterPEM',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    summary: 'The PEM blocks of one type, in any case.',
    example: {
      template: '{{ .pem | filterPEM "CERTIFICATE" }}',
      data: {
        pem: '-----BEGIN CERTIFICATE-----\nAQI=\n-----END CERTIFICATE-----\n-----BEGIN X-----\nAw==\n-----END X-----\n',
      },
      prints: '-----BEGIN CERTIFICATE-----\nAQI=\n-----END CERTIFICATE-----\n',
    },
    call: (runtime, type, text) => {
      const kept = filterPem(type, text);
      if (kept === '' && text !== '') runtime.passOver(say`no block of the type ${type} is in it`);
      return kept;
    },
  }),
  declare({
    name: 'filterCertChain',
    signature: 'func(string, string) (string, error)',
    source: 'ESO',
    summary: 'The leaf, the intermediate certificates or the root of a chain that may be in any order.',
    example: {
      template: '{{ .chain | filterCertChain "leaf" | certSANs | first }}',
      data: { chain: EXAMPLE_CHAIN },
      prints: 'a.example.com',
    },
    call: (runtime, kind, text) => filterChain(runtime, kind, text),
  }),
  declare({
    name: 'certSANs',
    signature: 'func(string) ([]string, error)',
    source: 'ESO',
    summary: 'The alternative names of the first certificate: DNS names, IP addresses, e-mail addresses, URIs.',
    example: {
      template: '{{ .cert | certSANs | join "," }}',
      data: { cert: EXAMPLE_LEAF },
      prints: 'a.example.com,10.0.0.1',
    },
    call: (_runtime, text) => {
      const { block } = decodePem(withoutTextBefore(text));
      if (block === undefined) throw goError`failed to decode PEM block`;
      return stringsOf([
        ...prefixing(say`failed to parse certificate: `, () => parseCertificate(block.bytes)).alternativeNames,
      ]);
    },
  }),
];

/** ESO 2.9: since Go 1.25.2 text in front of a block on the same line would hide it. */
function withoutTextBefore(text: GoString): GoString {
  return text.slice(Math.max(0, text.indexOf('-----BEGIN')));
}

function filterPem(type: GoString, text: GoString): GoString {
  let rest = withoutTextBefore(text);
  let found = '';
  for (;;) {
    const decoded = decodePem(rest);
    if (decoded.block === undefined) break;
    rest = decoded.rest;
    const { block } = decoded;
    if (block.type.toLowerCase() === type.toLowerCase()) found += encodePem(block.type, block.bytes, block.headers);
  }
  if (found === '' && rest !== '') throw goError`error filtering pem: found junk`;
  return found;
}

function filterChain(runtime: TemplateRuntime, kind: GoString, text: GoString): GoString {
  const chain = orderChain(decodeAllPem(text).map(({ bytes }) => parseCertificate(bytes)));
  const parts = partOf(chain, kind);
  // A chain may well have no certificate between, and no root.
  if (parts.length === 0 && !MAY_BE_MISSING.has(kind)) runtime.passOver(say`the chain has no part ${kind}`);
  return parts.map(({ raw }) => encodePem('CERTIFICATE', raw)).join('');
}

const MAY_BE_MISSING: ReadonlySet<GoString> = new Set(['intermediate', 'root']);

function partOf(chain: readonly [Certificate, ...Certificate[]], kind: GoString): readonly Certificate[] {
  const last = chain.at(-1) ?? chain[0];
  switch (kind) {
    case 'leaf':
      return looksLikeRoot(chain[0]) ? [] : [chain[0]];
    case 'intermediate':
      return looksLikeRoot(last) ? chain.slice(1, -1) : chain.slice(1);
    case 'root':
      return looksLikeRoot(last) ? [last] : [];
    default:
      return [];
  }
}
