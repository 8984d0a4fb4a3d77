/** The quick start of the README, taken apart into what a test carries out. */
import type { ClusterUser } from '../cluster/cluster-user.ts';
import { blocksOf, pages } from './pages.ts';

export interface QuickStart {
  readonly manifest: string;
  readonly workflow: string;
  /** Of the first run, as Markdown. */
  readonly summary: string;
  /** The workflow with the inputs of its last point. */
  readonly undo: string;
}

export function quickStart(): QuickStart {
  const readme = pages().find(({ file }) => file === 'README.md')!;
  const [manifest = '', workflow = ''] = blocksOf(readme)
    .filter(({ language }) => language === 'yaml')
    .map(({ text }) => text);
  const inputs = /`command: uninstall`, `secrets: delete` and `installation-namespace: shop`/u.exec(readme.text)?.[0];
  const lines = [...(inputs ?? '').matchAll(/`([^`]+)`/gu)].map(([, line]) => line);
  const undo = workflow.replace(/( +)manifests: .*/u, (_whole, indent: string) =>
    lines.map((line) => `${indent}${line}`).join('\n'),
  );
  const summary = [...readme.text.matchAll(/^ {3}> ?(.*)$/gmu)].map(([, line]) => line).join('\n');
  return { manifest, workflow, summary, undo };
}

/** A summary without what differs from run to run and what only lays a table out, to compare it by. */
export function comparable(summary: string): readonly string[] {
  return summary
    .replaceAll(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/gu, 'TIME')
    .replaceAll(/keyferry-engine-\w+/gu, 'ENGINE')
    .replaceAll(/keyferry-intents-\w+/gu, 'INTENTS')
    .replaceAll(/in pod keyferry-[\w-]+/gu, 'in pod POD')
    .replaceAll(/[\d.]+ s\.$/gmu, 'SECONDS s.')
    .replaceAll(/<.*>/gu, '')
    .split('\n')
    .map((line) => line.replaceAll(/ *\| */gu, '|').replaceAll(/-{3,}/gu, '---'))
    .filter((line) => line.trim() !== '');
}

/** `kubectl create rolebinding keyferry-deploys --clusterrole admin --user OBJECT-ID --namespace shop` */
export async function bindDeployer(admin: ClusterUser, objectId: string): Promise<void> {
  const apiGroup = 'rbac.authorization.k8s.io';
  await admin.apply({
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'keyferry-deploys', namespace: 'shop' },
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'admin' },
    subjects: [{ apiGroup, kind: 'User', name: objectId }],
  });
}
