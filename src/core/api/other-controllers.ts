/**
 * Objects of another controller are not ours to judge. ESO 2.9: a store with another `spec.controller` is left alone
 * before anything else of it is looked at, and so is every ExternalSecret that names it, and every PushSecret that names
 * no other.
 */
import { refOfHead, type ManifestDocument } from '../model/document.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
import { isClusterWide, roleOf } from '../model/kinds.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { CheckedManifests } from './manifests.ts';

export interface SortedManifests extends CheckedManifests {
  /** Stores of another controller, as text; valid ones stand in `stores` too. */
  readonly foreignStores: ReadonlySet<string>;
  /** Objects that would have been refused, had they been ours. */
  readonly others: readonly ObjectRef[];
}

/** Takes the refusals of other controllers' objects back. `namespace` is that of documents which name none. */
export function setOthersAside(
  checked: CheckedManifests,
  documents: readonly ManifestDocument[],
  settings: { readonly namespace?: string; readonly controllerClass: string },
): SortedManifests {
  const placed = documents.flatMap((document) => placedIn(document, settings.namespace));
  const foreignStores = new Set(
    placed
      .filter(({ kind, spec }) => roleOf(kind) === 'store' && isOtherClass(spec, settings.controllerClass))
      .map((store) => refText(store)),
  );
  const isOthers = (object: Placed): boolean => belongsToOthers(object, foreignStores);
  const othersByText = new Set(placed.filter(isOthers).map(refText));
  const others = checked.refused.filter((ref) => othersByText.has(refText(ref)));
  const silenced = new Set(others.map(refText));
  return {
    ...checked,
    refused: checked.refused.filter((ref) => !silenced.has(refText(ref))),
    problems: checked.problems.filter(({ at }) => at === undefined || !silenced.has(refText(at))),
    foreignStores,
    others,
  };
}

interface Placed extends ObjectRef {
  readonly spec: Fields;
}

function placedIn({ head, value }: ManifestDocument, namespace: string | undefined): readonly Placed[] {
  const ref = refOfHead(head, namespace);
  return ref === undefined ? [] : [{ ...ref, spec: fieldsOf(fieldsOf(value)['spec']) }];
}

function isOtherClass(spec: Fields, controllerClass: string): boolean {
  const { controller } = spec;
  return typeof controller === 'string' && controller !== '' && controller !== controllerClass;
}

function belongsToOthers(object: Placed, foreignStores: ReadonlySet<string>): boolean {
  const isForeign = (store: string) => foreignStores.has(store);
  switch (roleOf(object.kind)) {
    case 'pull':
      return storesOf(object).some(isForeign);
    case 'push':
    case 'fan-out': {
      const stores = pushStoresOf(object);
      return stores.length > 0 && stores.every(isForeign);
    }
    default:
      return isForeign(refText(object));
  }
}

/** Every store that a PushSecret, or the one within a ClusterPushSecret, names. */
function pushStoresOf({ namespace, spec }: Placed): readonly string[] {
  const refs = [spec, fieldsOf(spec['pushSecretSpec'])].flatMap((one) => one['secretStoreRefs'] ?? []);
  return namesOf(refs, namespace);
}

/** Every store that an ExternalSecret names, read as loosely as can be: its own checks may have failed. */
function storesOf({ namespace, spec }: Placed): readonly string[] {
  const entries = [spec['data'], spec['dataFrom']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const refs = [spec['secretStoreRef'], ...entries.map((entry) => fieldsOf(fieldsOf(entry)['sourceRef'])['storeRef'])];
  return namesOf(refs, namespace);
}

function namesOf(refs: readonly unknown[], namespace: string | undefined): readonly string[] {
  return refs
    .map(fieldsOf)
    .flatMap(({ kind = 'SecretStore', name }) =>
      typeof kind === 'string' && typeof name === 'string' ? [storeText(kind, namespace, name)] : [],
    );
}

function storeText(kind: string, namespace: string | undefined, name: string): string {
  return refText(isClusterWide(kind) || namespace === undefined ? { kind, name } : { kind, namespace, name });
}
