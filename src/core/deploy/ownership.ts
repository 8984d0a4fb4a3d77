/**
 * Whose object is it? What an installation may delete, what it shares, and what it has to leave alone.
 *
 * Objects of our own making carry the installation's label. A ServiceAccount of the manifests is shared with whoever
 * else wrote its labels or annotations, as kubectl does. Custom resources do not, since their labels end on Secrets:
 * there the API server's record of who applied what tells.
 */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { isCustomResource } from './custom-resources.ts';
import { isGivenAccount } from './given-accounts.ts';
import { labelsOf, managerOf, resourceManagerOf, type Installation } from './installation.ts';
import { managedFieldsOf } from './managed-fields.ts';

/**
 * | custom resource | |
 * | --- | --- |
 * | applied by this installation and nobody else; people may have edited it | own |
 * | applied by this installation and by another tool | shared |
 * | anything else | others |
 */
export type Ownership = 'own' | 'shared' | 'others';

const INSTANCE = 'app.kubernetes.io/instance';
/** As `resourceManagerOf` makes them. */
const INSTALLATION_MANAGER = /^keyferry-(?<name>[^.]+)\.(?<namespace>[^.]+)$/u;

export function ownershipOf(live: KubernetesObject, installation: Installation): Ownership {
  if (!isCustomResource(live)) {
    if (live.metadata.labels?.[INSTANCE] !== labelsOf(installation, '')[INSTANCE]) return 'others';
    return isGivenAccount(live) && isWrittenByOthers(live, managerOf(installation)) ? 'shared' : 'own';
  }
  const appliers = appliersOf(live);
  if (!appliers.includes(resourceManagerOf(installation))) return 'others';
  return appliers.length === 1 ? 'own' : 'shared';
}

/** `namespace/name` of another installation that applies this custom resource. */
export function otherInstallation(live: KubernetesObject, installation: Installation): string | undefined {
  const own = resourceManagerOf(installation);
  const other = appliersOf(live).find((manager) => manager !== own && INSTALLATION_MANAGER.test(manager));
  const { name = '', namespace = '' } = INSTALLATION_MANAGER.exec(other ?? '')?.groups ?? {};
  return other === undefined ? undefined : `${namespace}/${name}`;
}

/** The field manager with which the installation applies this object. */
export function managerFor(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>, installation: Installation): string {
  return isCustomResource(object) ? resourceManagerOf(installation) : managerOf(installation);
}

function isWrittenByOthers(live: KubernetesObject, own: string): boolean {
  return managedFieldsOf(live).some(({ manager, fieldsV1 }) => {
    const metadata = fieldsV1?.['f:metadata'];
    return manager !== own && metadata !== undefined && ('f:labels' in metadata || 'f:annotations' in metadata);
  });
}

/** Who wrote its status, and when. */
export function statusWriters(live: KubernetesObject): readonly { readonly manager: string; readonly time: Date }[] {
  return managedFieldsOf(live)
    .filter(({ subresource }) => subresource === 'status')
    .map(({ manager = '', time = '' }) => ({ manager, time: new Date(time) }));
}

function appliersOf(live: KubernetesObject): readonly string[] {
  return managedFieldsOf(live)
    .filter(({ operation, subresource = '' }) => operation === 'Apply' && subresource === '')
    .map(({ manager = '' }) => manager);
}
