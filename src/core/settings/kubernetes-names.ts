/** Names, labels and images as Kubernetes takes them (apimachinery's validation, the reference grammar of containers). */
import { DNS_SUBDOMAIN, QUALIFIED_NAME_PART } from '../model/kubernetes-names.ts';
import type { Finding } from './finding.ts';

/** Of objects: ConfigMaps, Secrets, ServiceAccounts. */
export function objectName(text: string): Finding | undefined {
  if (isSubdomain(text)) return undefined;
  return { what: `"${text}" is no name that Kubernetes takes`, fix: 'Use small letters, digits, dashes and dots.' };
}

function isSubdomain(text: string): boolean {
  return text.length <= 253 && DNS_SUBDOMAIN.test(text);
}

/** Of labels, annotations, taints: `NAME` or `PREFIX/NAME`. */
export function isQualifiedName(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').toReversed();
  return more.length === 0 && isSegment(name) && (prefix === undefined || isSubdomain(prefix));
}

function isSegment(text: string): boolean {
  return text.length <= 63 && QUALIFIED_NAME_PART.test(text);
}

export function isLabelValue(text: string): boolean {
  return text === '' || isSegment(text);
}

export const KEY_FIX = 'A key is letters, digits, dashes, dots and underscores, after PREFIX/ where it has one.';
export const VALUE_FIX =
  'It takes at most 63 letters, digits, dashes, dots and underscores, and begins and ends with one of the first two.';

const HOST = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(?::\d+)?`;
const PART = String.raw`[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*`;
const IMAGE = new RegExp(
  String.raw`^(?:${HOST}/)?(?<path>${PART}(?:/${PART})*)(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
  'u',
);

export function imageReference(text: string): Finding | undefined {
  if (IMAGE.test(text)) return undefined;
  return { what: `"${text}" is no image that Kubernetes takes`, fix: imageFix(text) };
}

function imageFix(text: string): string {
  if (/^[a-z]+:\/\//iu.test(text)) return `Leave out ${text.slice(0, text.indexOf('://') + 3)}.`;
  if (/\s/u.test(text)) return 'Leave out the space.';
  if (text.includes('@')) return 'A digest is @sha256: and 64 hexadecimal digits in small letters.';
  if (/[A-Z]/u.test(text.slice(text.indexOf('/') + 1).split(':')[0] ?? '')) return 'Its name is in small letters.';
  return 'Write it as REGISTRY/NAME:TAG, as node:24-slim.';
}
