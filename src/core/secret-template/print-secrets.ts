/** Rendered Secrets as manifests: texts under `stringData`, what is no text under `data`. */
import { stringify } from 'yaml';
import type { RenderedSecret } from './compare-secrets.ts';

export function printSecrets(secrets: readonly RenderedSecret[]): string {
  return secrets.map((secret) => stringify(manifestOf(secret), { lineWidth: 0, compat: 'yaml-1.1' })).join('---\n');
}

function manifestOf({ ref, type, data, labels, annotations }: RenderedSecret): unknown {
  const entries = [...data].map(([key, value]) => ({ key, bytes: Buffer.from(value.reveal()) }));
  const texts = entries
    .filter(({ bytes }) => isText(bytes))
    .map(({ key, bytes }) => [key, bytes.toString('utf8')] as const);
  const others = entries
    .filter(({ bytes }) => !isText(bytes))
    .map(({ key, bytes }) => [key, bytes.toString('base64')] as const);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: ref.name,
      namespace: ref.namespace,
      ...(labels.size === 0 ? {} : { labels: Object.fromEntries(labels) }),
      ...(annotations.size === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    },
    type,
    ...(others.length === 0 ? {} : { data: Object.fromEntries(others) }),
    ...(texts.length === 0 ? {} : { stringData: Object.fromEntries(texts) }),
  };
}

function isText(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}
