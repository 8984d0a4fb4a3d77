/**
 * What the job may do: namespaced Roles made from the intents, every rule limited to names, but for two: Events are
 * named by what they say, so that creating them cannot be limited; and a PushSecret may choose its Secrets by label.
 *
 * Secrets are created by server-side apply, the only create that names can limit. Nothing else is listed, and nothing is
 * watched.
 */
import type { Generator } from '../model/generator.ts';
import type { PullIntent } from '../model/intent.ts';
import { EXTERNAL_SECRETS, kindNamed } from '../model/kinds.ts';
import type { KubernetesObject, TypedRef } from '../model/kubernetes-object.ts';
import { compareText, type ObjectRef } from '../model/object-ref.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import { isSecret, targetOf, type Target } from '../model/target.ts';
import { resourceOf } from './custom-resources.ts';
import { namespacedIntents, uses, type StoreUser } from './deployed-intents.ts';
import { generatorRights } from './generator-rights.ts';
import type { GonePush } from './gone-intents.ts';
import { labelsOf, names, type Installation } from './installation.ts';
import { pushRights } from './push-rights.ts';
import { right, rulesOf, templateRights, WRITE, type Right } from './right.ts';

export interface RightsInput {
  readonly installation: Installation;
  readonly intents: readonly PullIntent[];
  readonly pushes: readonly PushIntent[];
  readonly stores: readonly Store[];
  readonly generators: readonly Generator[];
  /** Targets of earlier intents and earlier target names that the job still has to delete. */
  readonly leftBehind: readonly ObjectRef[];
  /** PushSecrets that are gone, whose vault objects the job still has to delete. */
  readonly gonePushes: readonly GonePush[];
  /** Of the ConfigMaps that hold the intents. */
  readonly intentsNames: readonly string[];
  /** How many may hold the state. */
  readonly stateCount: number;
  /** The intents where they are custom resources; absent = they are in the ConfigMaps. */
  readonly resources?: readonly TypedRef[];
}

/** Rights on what is always applied on the server, whether it is there or not. */
const APPLY = ['get', 'create', 'patch'];
/** One that recurs is counted by a patch. */
const EVENTS = ['create', 'patch'];

/** Role and RoleBinding for each namespace that is concerned, sorted. */
export function rolesOf(input: RightsInput): readonly KubernetesObject[] {
  const users = [...namespacedIntents(input), ...input.gonePushes];
  const rights = [
    ...ownRights(input),
    ...secretRights(input),
    ...input.pushes.flatMap(pushRights),
    ...(input.resources === undefined ? eventRights(input) : resourceRights(input.resources, input)),
    ...input.stores.flatMap((store) => storeRights(store, users)),
    ...generatorRights(input.intents, input.generators),
  ];
  const namespaces = [...new Set(rights.map(({ namespace }) => namespace))].sort(compareText);
  return namespaces.flatMap((namespace) => {
    const own = rights.filter((right) => right.namespace === namespace);
    return [role(namespace, own, input.installation), roleBinding(namespace, input.installation)];
  });
}

function ownRights({ installation, intentsNames, stateCount }: RightsInput): readonly Right[] {
  const { namespace, name } = installation;
  const configMap = (one: string, verbs: readonly string[]): Right => ({
    namespace,
    apiGroup: '',
    resource: 'configmaps',
    name: one,
    verbs,
  });
  const counted = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
  return [
    ...intentsNames.map((one) => configMap(one, ['get'])),
    ...counted(stateCount).map((index) => configMap(names.state(installation, index), WRITE)),
    configMap(names.report(installation), APPLY),
    { namespace, apiGroup: 'coordination.k8s.io', resource: 'leases', name, verbs: WRITE },
    // Whether another deployment has replaced this pod's; and Events hang on it, which need its uid.
    { namespace, apiGroup: 'batch', resource: 'cronjobs', name, verbs: ['get'] },
  ];
}

/** Events hang on the CronJob. */
function eventRights({ installation: { namespace } }: RightsInput): readonly Right[] {
  return [right(namespace, 'events', '', EVENTS)];
}

/** Kubernetes keeps Events of cluster-scoped objects in the namespace default. */
function resourceRights(applied: readonly TypedRef[], { intents, gonePushes }: RightsInput): readonly Right[] {
  const resources: readonly ObjectRef[] = [...applied, ...gonePushes.map(({ ref }) => ref)];
  const places = resources.map(({ namespace = 'default' }) => namespace);
  return [
    ...resources.flatMap(({ namespace, kind, name }) =>
      namespace === undefined ? [] : rightsOnResource(namespace, kind, name),
    ),
    ...intents.flatMap(ownerRights),
    ...[...new Set(places)].map((place) => right(place, 'events', '', EVENTS)),
  ];
}

/**
 * Kubernetes, OwnerReferencesPermissionEnforcement, which OpenShift has switched on: an ownerReference that blocks the
 * deletion of its owner is for those only who may update the owner's finalizers, and on an object that is there for
 * those only who may delete it. No finalizer is ever written, and the Secret goes with its owner in any case.
 */
function ownerRights(intent: PullIntent): readonly Right[] {
  const { ref, target } = intent;
  if (target.creationPolicy !== 'Owner') return [];
  const resource = `${resourceOf(ref.kind)}/finalizers`;
  return [
    { namespace: ref.namespace, apiGroup: EXTERNAL_SECRETS, resource, name: ref.name, verbs: ['update'] },
    right(ref.namespace, targetResource(targetOf(intent)), target.name, ['delete']),
  ];
}

/** Read, and its status written; nothing else of it. A generator has none. */
export function rightsOnResource(namespace: string, kind: string, name: string): readonly Right[] {
  const { group = EXTERNAL_SECRETS, role } = kindNamed(kind) ?? {};
  const own = { namespace, apiGroup: group, name };
  if (role === 'generator') return [{ ...own, resource: resourceOf(kind), verbs: ['get'] }];
  return [
    { ...own, resource: resourceOf(kind), verbs: ['get'] },
    { ...own, resource: `${resourceOf(kind)}/status`, verbs: ['patch'] },
  ];
}

function secretRights({ intents, leftBehind }: RightsInput): readonly Right[] {
  return [
    ...intents.map((intent) => {
      const { namespace = '', name } = targetOf(intent);
      const verbs = intent.target.deletionPolicy === 'Delete' ? [...WRITE, 'delete'] : WRITE;
      return right(namespace, targetResource(targetOf(intent)), name, verbs);
    }),
    ...intents.flatMap(({ ref, target }) => templateRights(ref.namespace, target.template)),
    ...leftBehind.map((target) =>
      right(target.namespace ?? '', targetResource(target), target.name, ['get', 'delete']),
    ),
  ];
}

function targetResource(target: Target): string {
  return isSecret(target) ? 'secrets' : 'configmaps';
}

/** A store without a namespace in its references is read in the namespace of whoever uses it. */
function storeRights(store: Store, intents: readonly StoreUser[]): readonly Right[] {
  const secrets = store.references.filter(({ kind }) => kind === 'Secret');
  return [
    ...secrets.flatMap(({ name, namespace }) =>
      placesFor(store, namespace, intents).map((place) => right(place, 'secrets', name, ['get'])),
    ),
    ...serviceAccountsOf(store, intents).flatMap(({ namespace, name }) => [
      right(namespace, 'serviceaccounts', name, ['get']),
      right(namespace, 'serviceaccounts/token', name, ['create']),
    ]),
  ];
}

/** Where what a store names without a namespace is: its own, or those of all that use it. */
function placesFor(store: Store, namespace: string | undefined, intents: readonly StoreUser[]): readonly string[] {
  if (store.ref.namespace !== undefined) return [store.ref.namespace];
  if (namespace !== undefined) return [namespace];
  return [...new Set(intents.filter((intent) => uses(intent, store)).map(({ ref }) => ref.namespace))];
}

/** The ServiceAccounts that a store names. */
export function serviceAccountsOf(
  store: Store,
  intents: readonly StoreUser[],
): readonly { readonly kind: 'ServiceAccount'; readonly namespace: string; readonly name: string }[] {
  return store.references.flatMap(({ kind, name, namespace: given }) =>
    kind === 'ServiceAccount' ? placesFor(store, given, intents).map((namespace) => ({ kind, namespace, name })) : [],
  );
}

function role(namespace: string, rights: readonly Right[], installation: Installation): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: {
      name: names.role(installation, namespace),
      namespace,
      labels: labelsOf(installation, 'rights'),
    },
    rules: rulesOf(rights),
  };
}

function roleBinding(namespace: string, installation: Installation): KubernetesObject {
  const name = names.role(installation, namespace);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name, namespace, labels: labelsOf(installation, 'rights') },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: installation.name, namespace: installation.namespace }],
  };
}
