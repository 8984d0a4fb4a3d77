/** Under which heading of a help text each setting stands. A test holds that every setting has exactly one place. */
import type { Setting } from './setting.ts';
import type { SETTINGS } from './table.ts';

export type SettingName = (typeof SETTINGS)[number]['name'];

export interface SettingGroup {
  readonly title: string;
  readonly names: readonly SettingName[];
}

/** In the order of a first use: what is meant, where it goes, who asks; then what may happen, and how it is told. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: 'Manifests',
    names: [
      'filename',
      'namespace',
      'only',
      'upgrade',
      'for-operator',
      'values',
      'values-everywhere',
      'controller-class',
      'expect',
    ],
  },
  {
    title: 'Without manifests',
    names: ['vault-url', 'find', 'all', 'target', 'refresh-interval', 'service-account'],
  },
  {
    title: 'Cluster',
    names: [
      'kubeconfig',
      'context',
      'in-cluster',
      'aks-cluster',
      'aks-client-id',
      'azure-environment',
      'directory',
      'show-values',
      'target-kinds',
    ],
  },
  {
    title: 'Identity',
    names: [
      'identity',
      'azure-client-id',
      'azure-tenant-id',
      'store-identities',
      'token-variable',
      'token-file',
      'token-audience',
      'token-audiences',
      'login-hosts',
      'registry-hosts',
      'service-connection-id',
      'job-client-id',
      'key-vault-api-version',
    ],
  },
  {
    title: 'Installation',
    names: [
      'installation',
      'installation-namespace',
      'home',
      'engine',
      'cluster-rights',
      'secrets',
      'vault-objects',
      'allow-downgrade',
    ],
  },
  {
    title: 'Pods',
    names: [
      'image',
      'engine-image',
      'image-pull-secret',
      'pod-env',
      'pod-label',
      'pod-annotation',
      'ca-config-map',
      'toleration',
      'node-selector',
      'memory',
      'memory-request',
      'cpu-limit',
      'cpu-request',
    ],
  },
  {
    title: 'Plan and safety',
    names: [
      'dry-run',
      'plan-level',
      'base',
      'plan-fingerprint',
      'require-plan-fingerprint',
      'due',
      'prune',
      'max-deletes',
      'max-delete-share',
      'max-updates',
      'max-update-share',
      'force',
      'take-over',
      'resolve',
    ],
  },
  {
    title: 'Waiting',
    names: ['wait-timeout', 'refresh', 'window', 'start-delay', 'deployed', 'intents'],
  },
  {
    title: 'Output',
    names: ['output', 'color', 'detailed-exitcode', 'log-format', 'log-level'],
  },
];

/** The groups that have any of these settings, with them in the order of the group. */
export function grouped(
  settings: readonly Setting[],
): readonly { readonly title: string; readonly settings: readonly Setting[] }[] {
  return SETTING_GROUPS.map(({ title, names }) => ({
    title,
    settings: names.flatMap((name) => settings.filter((setting) => setting.name === name)),
  })).filter((group) => group.settings.length > 0);
}
