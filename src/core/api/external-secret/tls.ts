/**
 * `keyferry.dev/tls`: a `kubernetes.io/tls` Secret out of one certificate of Key Vault, without a template in the
 * manifest: the template that everybody would write, for both content types of a certificate with its key.
 *
 * `tls.crt` is the chain from the leaf on without its root, which goes into `ca.crt` if there is one. Certificates that
 * are not one chain are told, and nothing is written.
 */
import type { TargetTemplate } from '../../model/intent.ts';
import { PULL_ANNOTATIONS } from '../../model/names.ts';
import type { Problem } from '../../model/problem.ts';
import { annotationPath, annotationProblem, type Annotations } from '../annotations.ts';
import type { Subject } from '../check.ts';
import type { WrittenExternalSecretSpec } from './schema.ts';

/** PEM holds key and certificates as they are; PKCS#12 comes as Base64, without a password. */
function reading(key: string): string {
  const value = `(index . "${key}")`;
  return [
    `{{- $all := "" }}{{ $key := "" -}}`,
    `{{- if contains "-----BEGIN " ${value} -}}`,
    `{{- $all = filterPEM "CERTIFICATE" ${value} }}{{ $key = filterPEM "PRIVATE KEY" ${value} -}}`,
    `{{- else -}}`,
    `{{- $all = ${value} | b64dec | pkcs12cert }}{{ $key = ${value} | b64dec | pkcs12key -}}`,
    `{{- end -}}`,
    `{{- $root := filterCertChain "root" $all -}}`,
  ].join('');
}

/** Who issued its certificate itself is leaf and root at once. */
const CHAIN =
  '{{ if eq $root $all }}{{ $all }}{{ else }}{{ filterCertChain "leaf" $all }}{{ filterCertChain "intermediate" $all }}{{ end }}';

export function isTls(annotations: Annotations): boolean {
  return annotations[PULL_ANNOTATIONS.tls] === 'true';
}

/** `key` is the only key of `data`, whose letters need no quoting. */
export function tlsTemplate(key: string): TargetTemplate {
  return {
    standsFor: annotationPath(PULL_ANNOTATIONS.tls),
    type: 'kubernetes.io/tls',
    mergePolicy: 'Replace',
    labels: {},
    annotations: {},
    finalizers: [],
    data: { 'tls.crt': `${reading(key)}${CHAIN}`, 'tls.key': `${reading(key)}{{ $key }}` },
    templateFrom: [
      {
        target: 'data',
        valuesDecodingStrategy: 'None',
        sources: [],
        literal: `${reading(key)}{{ with $root }}ca.crt: {{ . | toJson }}{{ end }}`,
      },
    ],
  };
}

/** What it cannot stand beside. */
export function tlsProblems(
  subject: Subject,
  annotations: Annotations,
  written: WrittenExternalSecretSpec,
): readonly Problem[] {
  const fault = isTls(annotations) ? faultOf(written) : undefined;
  return fault === undefined ? [] : [annotationProblem(subject, PULL_ANNOTATIONS.tls, fault)];
}

interface Fault {
  readonly what: string;
  readonly fix: string;
}

function faultOf({ target, data = [], dataFrom = [] }: WrittenExternalSecretSpec): Fault | undefined {
  if (target?.template !== undefined) return { what: 'stands beside spec.target.template', fix: 'Remove one of both.' };
  if (target?.manifest !== undefined) return { what: 'stands beside spec.target.manifest', fix: 'Remove one of both.' };
  const [entry] = data;
  if (entry === undefined || data.length > 1 || dataFrom.length > 0) {
    return { what: 'needs one entry in spec.data, and no other source', fix: 'Name the certificate in it alone.' };
  }
  const { key, property = '', metadataPolicy = 'None', decodingStrategy = 'None' } = entry.remoteRef;
  if (/^(?:cert|key)\//iu.test(key)) {
    const fix = `Write ${key.replace(/^\w+\//u, '')}: the secret of that name holds both.`;
    return { what: `names "${key}", which has no private key`, fix };
  }
  if (property !== '' || metadataPolicy !== 'None' || decodingStrategy !== 'None') {
    const what = 'needs the value as it is in the vault';
    return { what, fix: 'Remove property, metadataPolicy and decodingStrategy of its remoteRef.' };
  }
  return undefined;
}
