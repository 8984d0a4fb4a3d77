/** An installation in a cluster: its name, its namespace, and what its objects are called. */
import { createHash } from 'node:crypto';
import { say, setting } from '../model/message.ts';
import type { Problem } from '../model/problem.ts';

export interface Installation {
  readonly name: string;
  readonly namespace: string;
}

/** Kubernetes: a CronJob's name, so that its Jobs still get a suffix. */
const LONGEST_NAME = 52;

export function installationProblems({ name, namespace }: Installation): readonly Problem[] {
  const wrong = (field: 'installation' | 'installation-namespace', text: string): Problem => ({
    severity: 'error',
    code: 'setting',
    what: say`${setting(field)} "${text}" is no name that Kubernetes takes`,
    fix: `Use small letters, digits and dashes${field === 'installation' ? `, at most ${LONGEST_NAME}` : ''}.`,
  });
  return [
    ...(isLabel(name) && name.length <= LONGEST_NAME ? [] : [wrong('installation', name)]),
    ...(isLabel(namespace) ? [] : [wrong('installation-namespace', namespace)]),
  ];
}

function isLabel(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/u.test(text);
}

/** The field manager of everything that is applied for the installation. */
export function managerOf({ name }: Pick<Installation, 'name'>): string {
  return `keyferry-${name}`;
}

/**
 * The field manager of custom resources. They carry no label of ours, so that this tells whose they are; installations
 * of one name in several namespaces may apply into the same one.
 */
export function resourceManagerOf({ name, namespace }: Installation): string {
  return `keyferry-${name}.${namespace}`;
}

/** `app.kubernetes.io`'s recommended labels; `instance` is what uninstall and prune insist on. */
export function labelsOf({ name }: Pick<Installation, 'name'>, component: string): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/name': 'keyferry',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'keyferry',
  };
}

export const names = {
  intents: ({ name }: Installation, digest: string): string => `${name}-intents-${digest.slice(0, 12)}`,
  state: ({ name }: Installation, index: number): string => `${name}-state-${index}`,
  engine: ({ name }: Installation, digest: string): string => `${name}-engine-${digest.slice(0, 12)}`,
  inventory: ({ name }: Installation): string => `${name}-inventory`,
  report: ({ name }: Installation): string => `${name}-report`,
  /** In other namespaces the installation's own stands in the name, so that two of one name do not meet. */
  role: ({ name, namespace }: Installation, within: string): string =>
    within === namespace ? name : `${name}.${namespace}`,
  clusterRole: ({ name, namespace }: Installation): string => `${name}.${namespace}`,
};

/** SHA-256, hex. */
export function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
