/**
 * From a store reference to the store: does it exist, is it ours, may this namespace use it?
 *
 * Checks and their order: ESO 2.9, the client manager and the class filter of the ExternalSecret controller.
 */
import type { Generator } from '../model/generator.ts';
import type { Message } from '../model/message.ts';
import { say, setting } from '../model/message.ts';
import type { PullIntent, StoreRef } from '../model/intent.ts';
import { isClusterWide } from '../model/kinds.ts';
import { nearest } from '../model/nearest.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { PushIntent, PushStoreRef } from '../model/push-intent.ts';
import { selects } from '../model/label-selector.ts';
import type { Store, StoreCondition } from '../model/store.ts';
import { compileRegexp } from '../go/regexp.ts';
import { isOfOtherClass, type GeneratorWorld } from './generators.ts';

/** What is known of the stores and namespaces of one run. */
export interface StoreWorld extends GeneratorWorld {
  readonly stores: ReadonlyMap<string, Store>;
  /** Stores whose manifests have errors. */
  readonly refused: ReadonlySet<string>;
  /** Stores of other controllers whose manifests may have errors that are not ours to tell. */
  readonly foreign: ReadonlySet<string>;
  readonly controllerClass: string;
  /** Labels of a namespace; `undefined` when it could not be read, `unreadable` where the rights do not reach. */
  readonly namespaceLabels: (namespace: string) => NamespaceLabels;
}

export type NamespaceLabels = Readonly<Record<string, string>> | 'unreadable' | undefined;

/** Why a store cannot be used, in the words of a Problem. */
export interface StoreFinding {
  readonly code: string;
  readonly what: Message;
  readonly fix: Message;
}

/** What manifests alone tell: nothing of namespaces. */
export function storeWorldOf(
  {
    stores,
    generators = [],
    foreignStores,
  }: {
    readonly stores: readonly Store[];
    readonly generators?: readonly Generator[];
    readonly foreignStores: ReadonlySet<string>;
  },
  controllerClass: string,
): StoreWorld {
  return {
    stores: new Map(stores.map((store) => [refText(store.ref), store])),
    generators: new Map(generators.map((generator) => [refText(generator.ref), generator])),
    refused: new Set(),
    foreign: foreignStores,
    controllerClass,
    namespaceLabels: () => undefined,
  };
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The object that a reference names from within a namespace. */
export function storeObjectRef(ref: StoreRef, namespace: string): ObjectRef {
  return isClusterWide(ref.kind) ? { kind: ref.kind, name: ref.name } : { kind: ref.kind, namespace, name: ref.name };
}

/**
 * Is this ExternalSecret another controller's?
 *
 * ESO 2.9: one store of another class and the whole ExternalSecret is skipped; but after a ClusterSecretStore in the
 * list, later SecretStores are not found any more and escape this filter (they fail later as unmanaged).
 */
export function belongsToOtherClass(intent: PullIntent, world: StoreWorld): boolean {
  let sawClusterStore = false;
  for (const ref of intent.storeRefs) {
    const key = refText(storeObjectRef(ref, intent.ref.namespace));
    const store = world.stores.get(key);
    const isOther = world.foreign.has(key) || (store !== undefined && !isManaged(store, world));
    const isFindable = isClusterWide(ref.kind) || !sawClusterStore;
    if (isFindable && isOther) return true;
    sawClusterStore ||= isClusterWide(ref.kind);
  }
  return intent.entries.some(
    (entry) => entry.kind === 'generate' && isOfOtherClass(entry.generator, intent.ref.namespace, world),
  );
}

/**
 * Is this PushSecret another controller's? ESO 2.9: stores of other classes are passed over, and nothing is done where none
 * is left. Stores by label may be left.
 */
export function namesOtherClassOnly({ stores, ref }: PushIntent, world: StoreWorld): boolean {
  const isOthers = (store: PushStoreRef): boolean => {
    if (store.labelSelector !== undefined) return false;
    const key = refText(storeObjectRef(store, ref.namespace));
    const found = world.stores.get(key);
    return world.foreign.has(key) || (found !== undefined && !isManaged(found, world));
  };
  return stores.length > 0 && stores.every(isOthers);
}

/** The store a reference names, or the first reason why it cannot be used. */
export function resolveStore(ref: StoreRef, namespace: string, world: StoreWorld): Store | StoreFinding {
  const object = storeObjectRef(ref, namespace);
  const store = world.stores.get(refText(object));
  if (store === undefined) return storeAbsent(ref, namespace, world);
  if (!isManaged(store, world)) {
    return {
      code: 'store-of-other-controller',
      what: `names ${refText(object)}, which belongs to the controller "${store.controller}"`,
      fix: `Remove spec.controller from the store, or set it to "${world.controllerClass}".`,
    };
  }
  if (!isClusterWide(ref.kind) || store.conditions.length === 0) return store;
  return checkConditions(store, namespace, world);
}

export function isStore(resolved: Store | StoreFinding): resolved is Store {
  return 'provider' in resolved;
}

/** ESO 2.9: a store without a class is every controller's. */
export function isManaged(store: Pick<Store, 'controller'>, world: Pick<StoreWorld, 'controllerClass'>): boolean {
  return store.controller === '' || store.controller === world.controllerClass;
}

/** What to do about a reference to a store that is not there: one that is nearly named so, or of the other kind, was meant. */
export function nearStore(ref: StoreRef, namespace: string, stores: readonly ObjectRef[]): string | undefined {
  const usable = stores.filter((store) => store.namespace === undefined || store.namespace === namespace);
  const other = usable.find(({ kind, name }) => /SecretStore$/u.test(kind) && kind !== ref.kind && name === ref.name);
  if (other !== undefined) return `Did you mean kind: ${other.kind}?`;
  const near = nearest(
    ref.name,
    usable.filter(({ kind }) => kind === ref.kind).map(({ name }) => name),
  );
  return near === undefined ? undefined : `Did you mean ${near}?`;
}

function storeAbsent(ref: StoreRef, namespace: string, world: StoreWorld): StoreFinding {
  const object = storeObjectRef(ref, namespace);
  if (ref.name === '') {
    return { code: 'no-store', what: 'names no store', fix: 'Set spec.secretStoreRef.name, or sourceRef.storeRef.' };
  }
  if (world.refused.has(refText(object))) {
    return {
      code: 'store-refused',
      what: `names ${refText(object)}, whose manifest has errors`,
      fix: 'Correct the store first; its own problems are listed.',
    };
  }
  return {
    code: 'store-absent',
    what: `names ${refText(object)}, which does not exist`,
    fix:
      nearStore(
        ref,
        namespace,
        [...world.stores.values()].map((store) => store.ref),
      ) ?? 'Add it to the manifests, or correct the reference (kind and namespace matter).',
  };
}

function checkConditions(store: Store, namespace: string, world: StoreWorld): Store | StoreFinding {
  const labels = world.namespaceLabels(namespace);
  if (store.conditions.some((condition) => admits(condition, namespace, labels))) return store;
  const needsLabels = store.conditions.some(({ namespaceSelector }) => namespaceSelector !== undefined);
  if (labels === undefined || (labels === 'unreadable' && needsLabels)) {
    return {
      code: 'namespace-unknown',
      what: `names ${refText(store.ref)}, whose conditions need the labels of namespace ${namespace}, which could not be read`,
      fix: say`Create the namespace, or give this identity the right to get it; for the job of a deployment: deploy with ${setting('cluster-rights')}.`,
    };
  }
  return {
    code: 'store-denied',
    what: `names ${refText(store.ref)}, whose spec.conditions do not admit namespace ${namespace}`,
    fix: 'Ask the owner of the store to admit it, or use another store.',
  };
}

/**
 * ESO 2.9: any part of a condition suffices; names are compared through a label; regexes are unanchored. Kubernetes sets
 * that label itself, so that the name does where the labels may not be read.
 */
function admits(condition: StoreCondition, namespace: string, labels: NamespaceLabels): boolean {
  const { namespaceSelector } = condition;
  const known = labels === 'unreadable' ? { [NAME_LABEL]: namespace } : labels;
  if (known === undefined) return false;
  if (namespaceSelector !== undefined && labels !== 'unreadable' && selects(namespaceSelector, known)) return true;
  if (condition.namespaces.some((name) => name === known[NAME_LABEL])) return true;
  return condition.namespaceRegexes.some((pattern) => compileRegexp(pattern)?.matches(namespace) ?? false);
}
