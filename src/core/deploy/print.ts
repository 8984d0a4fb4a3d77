/** Objects as YAML, for `kubectl apply --server-side -f -`, GitOps tools and review. */
import { stringify } from 'yaml';
import type { KubernetesObject } from '../model/kubernetes-object.ts';

export function printObjects(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => `---\n${stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })}`).join('');
}
