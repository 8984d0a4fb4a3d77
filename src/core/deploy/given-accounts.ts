/**
 * ServiceAccounts of the manifests that stores and generators name. They are applied where there is none, and are their authors' as
 * much as the installation's: one that somebody else applies as well, or that pods run with, is not taken away.
 */
import type { KubernetesObject } from '../model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Generator } from '../model/generator.ts';
import type { Store } from '../model/store.ts';
import { namespacedIntents, type DeployedIntents } from './deployed-intents.ts';
import { generatorAccounts } from './generator-rights.ts';
import { labelsOf, type Installation } from './installation.ts';
import { serviceAccountsOf } from './rights.ts';

const COMPONENT = 'app.kubernetes.io/component';
const GIVEN = 'given-identity';

export interface GivenAccountsInput extends Omit<DeployedIntents, 'clusterPushes'> {
  readonly installation: Installation;
  readonly stores: readonly Store[];
  readonly generators: readonly Generator[];
  readonly serviceAccounts: ReadonlyMap<string, KubernetesObject>;
}

/** Each once, in the order of the stores; not the job's own, which is made anyway. */
export function givenAccountsOf(input: GivenAccountsInput): readonly KubernetesObject[] {
  const { installation, intents, stores, generators, serviceAccounts } = input;
  const users = namespacedIntents(input);
  const own: ObjectRef = { kind: 'ServiceAccount', namespace: installation.namespace, name: installation.name };
  const ofStores = stores.flatMap((store) => serviceAccountsOf(store, users));
  const named = [...ofStores, ...generatorAccounts(intents, generators)].map(refText);
  return [...new Set(named)]
    .filter((text) => text !== refText(own))
    .flatMap((text) => {
      const object = serviceAccounts.get(text);
      return object === undefined ? [] : [labelled(object, installation)];
    });
}

function labelled(object: KubernetesObject, installation: Installation): KubernetesObject {
  const labels = { ...object.metadata.labels, ...labelsOf(installation, GIVEN) };
  return { ...object, metadata: { ...object.metadata, labels } };
}

/** Is this such a ServiceAccount, as it is applied or as it was read? */
export function isGivenAccount({ kind, metadata: { labels } }: KubernetesObject): boolean {
  return kind === 'ServiceAccount' && labels?.[COMPONENT] === GIVEN;
}
