/** `keyferry.dev/tls`: from the manifest to the keys of the Secret. */
import { describe, expect, it } from '@jest/globals';
import { parseDocuments } from '../../../../src/core/api/documents.ts';
import { checkManifests } from '../../../../src/core/api/manifests.ts';
import { shorthandFault } from '../../../../src/core/plan/pull/shorthand-fault.ts';
import { problemText } from '../../../../src/core/model/problem.ts';
import { SecretValue } from '../../../../src/core/model/secret-value.ts';
import { checkTemplates } from '../../../../src/core/secret-template/check-templates.ts';
import { renderTarget } from '../../../../src/core/secret-template/render-target.ts';
import { atOnce } from '../../../builders/at-once.ts';
import { TEMPLATE_ENVIRONMENT } from '../../../builders/template-environment.ts';
import { fixture } from '../../template/functions/fixtures.ts';
import { render } from '../../template/functions/render.ts';

const ONE = 'data: [{secretKey: web-tls.pfx, remoteRef: {key: web}}]';

function check(spec = ONE, tls = 'true') {
  const text = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: web
  namespace: shop
  annotations: {keyferry.dev/tls: "${tls}"}
spec:
  secretStoreRef: {name: kv}
  ${spec}
`;
  return checkManifests(parseDocuments('web.yaml', text).documents);
}

function made(value: string): Readonly<Record<string, string>> | string {
  const [intent] = check().intents;
  const template = intent?.target.template;
  if (template?.standsFor === undefined) return 'no template';
  const { standsFor } = template;
  const result = renderTarget({
    template,
    values: new Map([['web-tls.pfx', SecretValue.ofText(value)]]),
    source: () => ({ kind: 'absent' }),
    environment: TEMPLATE_ENVIRONMENT,
    isStrict: true,
  });
  if (result.kind !== 'rendered') return problemText(shorthandFault(intent!, standsFor, result.findings));
  return Object.fromEntries(
    [...result.content.data].map(([key, one]) => [key, Buffer.from(one.value.reveal()).toString()]),
  );
}

const [LEAF, BETWEEN, ROOT, KEY] = ['leaf.crt', 'int.crt', 'root.crt', 'leaf.key'].map(fixture) as [
  string,
  string,
  string,
  string,
];

function archive(...certificates: readonly string[]): string {
  const data = { key: KEY, chain: certificates.join('').trimEnd() };
  return render('{{ fullPemToPkcs12 .chain .key }}', { data });
}

describe('keyferry.dev/tls', () => {
  const whole = { 'tls.crt': LEAF + BETWEEN, 'tls.key': KEY, 'ca.crt': ROOT };

  it.each([
    ['PKCS#12', archive(LEAF, BETWEEN, ROOT), whole],
    ['PEM, the key first', KEY + LEAF + BETWEEN + ROOT, whole],
    ['PEM in any order', ROOT + BETWEEN + KEY + LEAF, whole],
    ['PKCS#12 without the root', archive(LEAF, BETWEEN), { 'tls.crt': LEAF + BETWEEN, 'tls.key': KEY }],
    ['PEM without the root', BETWEEN + LEAF + KEY, { 'tls.crt': LEAF + BETWEEN, 'tls.key': KEY }],
    ['PEM of a certificate of its own', ROOT + KEY, { 'tls.crt': ROOT, 'tls.key': KEY, 'ca.crt': ROOT }],
    ['a leaf alone', LEAF + KEY, { 'tls.crt': LEAF, 'tls.key': KEY }],
  ])('makes chain, key and authority of %s', (_what, value, expected) => {
    expect(made(value)).toEqual(expected);
  });

  it.each([
    ['no certificate', 'hunter2-long', 'illegal base64 data at input byte 7'],
    ['a key alone', KEY, 'no block of the type CERTIFICATE is in it'],
    ['a certificate without its key', LEAF + BETWEEN, 'no block of the type PRIVATE KEY is in it'],
    [
      'certificates that are no chain',
      KEY + LEAF + BETWEEN + ROOT + fixture('other.crt'),
      'found multiple leaf or disjunct certificates',
    ],
  ])('makes nothing of %s', (_what, value, why) => {
    expect(made(value)).toBe(
      `ExternalSecret shop/web: metadata.annotations.keyferry.dev/tls cannot make tls.crt and tls.key of what the vault has: ${why}. It must be PKCS#12 in Base64 without a password, or PEM, with the private key and the certificates of one chain. (web.yaml:6)`,
    );
  });

  it('gives the Secret its type, and a template that parses', () => {
    const { intents, problems } = check();
    expect(problems).toEqual([]);
    expect(intents[0]?.target.template?.type).toBe('kubernetes.io/tls');
    expect(atOnce(checkTemplates(intents))).toEqual([]);
  });

  it('that is "false" makes no difference', () => {
    expect(check(ONE, 'false').intents[0]?.target.template).toBeUndefined();
  });

  it.each([
    ['yes', ONE, 'has a value that it cannot have. Write "true" or "false".'],
    ['true', `target: {template: {data: {a: b}}}\n  ${ONE}`, 'stands beside spec.target.template. Remove one of both.'],
    [
      'true',
      'dataFrom: [{extract: {key: web}}]',
      'needs one entry in spec.data, and no other source. Name the certificate in it alone.',
    ],
    [
      'true',
      'data: [{secretKey: a, remoteRef: {key: a}}, {secretKey: b, remoteRef: {key: b}}]',
      'needs one entry in spec.data, and no other source. Name the certificate in it alone.',
    ],
    [
      'true',
      'data: [{secretKey: a, remoteRef: {key: cert/web}}]',
      'names "cert/web", which has no private key. Write web: the secret of that name holds both.',
    ],
    [
      'true',
      'data: [{secretKey: a, remoteRef: {key: web, property: pfx}}]',
      'needs the value as it is in the vault. Remove property, metadataPolicy and decodingStrategy of its remoteRef.',
    ],
  ])('with %j and %j is refused', (value, spec, text) => {
    const { intents, problems } = check(spec, value);
    expect(problems.map(problemText)).toEqual([
      `ExternalSecret shop/web: metadata.annotations.keyferry.dev/tls ${text} (web.yaml:6)`,
    ]);
    expect(intents).toEqual([]);
  });
});
