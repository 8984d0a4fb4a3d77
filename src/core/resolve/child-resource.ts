/** A child as a custom resource: as it should be, whose it is, and whether anything of it differs. */
import { canonicalText } from '../model/canonical-text.ts';
import type { FanOut } from '../model/fan-out.ts';
import { apiVersionsOf, groupOf, kindNamed } from '../model/kinds.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
import { controllerReference, type KubernetesObject } from '../model/kubernetes-object.ts';
import type { ChildRef } from './fan-out.ts';

type Made = Pick<FanOut<Pick<FanOut<unknown>, 'labels' | 'annotations'>>, 'ref' | 'owner' | 'childSpec' | 'childIn'>;

/**
 * ESO 2.9: labels, annotations and spec are the template's, and nothing else's; what `live` has beside them stays, its
 * finalizers among it.
 */
export function childResource(fanOut: Made, child: ChildRef, live?: KubernetesObject): KubernetesObject {
  const { kind, namespace, name } = child;
  const row = kindNamed(kind);
  const apiVersion = live?.apiVersion ?? (row === undefined ? '' : apiVersionsOf(row)[0]) ?? '';
  const { labels, annotations } = fanOut.childIn(namespace);
  const kept = Object.entries(fieldsOf(live?.metadata)).filter(
    ([field]) => field !== 'labels' && field !== 'annotations',
  );
  return {
    ...live,
    apiVersion,
    kind,
    metadata: {
      ...Object.fromEntries(kept),
      name,
      namespace,
      ...textsIn('labels', labels),
      ...textsIn('annotations', annotations),
      ownerReferences: [...otherOwners(live), controllerOfChild(fanOut)],
    },
    spec: fanOut.childSpec,
  };
}

/** ESO 2.9: by group, kind and name, so that one which was deleted and made anew takes its children back. */
export function isChildOf(live: KubernetesObject, { ref }: Pick<FanOut<unknown>, 'ref'>): boolean {
  const { apiVersion, kind, name } = controllerReference(live) ?? {};
  const group = kindNamed(ref.kind)?.group;
  return typeof apiVersion === 'string' && groupOf(apiVersion) === group && kind === ref.kind && name === ref.name;
}

export function isSameSpec(live: KubernetesObject, wanted: KubernetesObject): boolean {
  return canonicalText(live['spec']) === canonicalText(wanted['spec']);
}

/** Nothing is to be written. */
export function isAsWanted(live: KubernetesObject, wanted: KubernetesObject): boolean {
  const texts = ({ metadata: { labels = {}, annotations = {}, ownerReferences } }: KubernetesObject) =>
    canonicalText({ labels, annotations, ownerReferences });
  return isSameSpec(live, wanted) && texts(live) === texts(wanted);
}

function controllerOfChild({ ref, owner }: Made): Fields {
  return {
    apiVersion: owner?.apiVersion ?? '',
    kind: ref.kind,
    name: ref.name,
    uid: owner?.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Somebody may have added another owner; there is one controller only. */
function otherOwners(live: KubernetesObject | undefined): readonly Fields[] {
  const { ownerReferences } = fieldsOf(live?.metadata);
  const all = Array.isArray(ownerReferences) ? (ownerReferences as readonly unknown[]).map(fieldsOf) : [];
  return all.filter(({ controller }) => controller !== true);
}

function textsIn(field: 'labels' | 'annotations', texts: Readonly<Record<string, string>>): Fields {
  return Object.keys(texts).length === 0 ? {} : { [field]: texts };
}
