/**
 * Objects of another controller are not ours to judge. ESO 2.9: a store with another `spec.controller` is left alone
 * before anything else of it is looked at, and so is every ExternalSecret that names it.
 */
import type { ManifestDocument } from '../model/document.ts';
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
  const heads = documents.flatMap((document) => readHead(document, settings.namespace));
  const foreignStores = new Set(
    heads
      .filter(({ kind, spec }) => kind.endsWith('SecretStore') && isOtherClass(spec, settings.controllerClass))
      .map(({ kind, namespace, name }) => storeText(kind, namespace, name)),
  );
  const isOthers = (head: Head): boolean =>
    head.kind === 'ExternalSecret'
      ? storesOf(head).some((store) => foreignStores.has(store))
      : foreignStores.has(storeText(head.kind, head.namespace, head.name));
  const othersByText = new Set(heads.filter(isOthers).map((head) => refText(head)));
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

type Fields = Readonly<Record<string, unknown>>;

interface Head extends ObjectRef {
  readonly spec: Fields;
}

function readHead(document: ManifestDocument, namespace: string | undefined): readonly Head[] {
  const { kind, metadata, spec } = fieldsOf(document.value);
  const { name, namespace: own = namespace } = fieldsOf(metadata);
  if (typeof kind !== 'string' || typeof name !== 'string') return [];
  const isClusterWide = kind === 'ClusterSecretStore' || typeof own !== 'string';
  return [{ kind, name, spec: fieldsOf(spec), ...(isClusterWide ? {} : { namespace: own }) }];
}

function isOtherClass(spec: Fields, controllerClass: string): boolean {
  const { controller } = spec;
  return typeof controller === 'string' && controller !== '' && controller !== controllerClass;
}

/** Every store that an ExternalSecret names, read as loosely as can be: its own checks may have failed. */
function storesOf({ namespace, spec }: Head): readonly string[] {
  const entries = [spec['data'], spec['dataFrom']].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const refs = [spec['secretStoreRef'], ...entries.map((entry) => fieldsOf(fieldsOf(entry)['sourceRef'])['storeRef'])];
  return refs
    .map(fieldsOf)
    .flatMap(({ kind = 'SecretStore', name }) =>
      typeof kind === 'string' && typeof name === 'string' ? [storeText(kind, namespace, name)] : [],
    );
}

function storeText(kind: string, namespace: string | undefined, name: string): string {
  return refText(kind === 'ClusterSecretStore' || namespace === undefined ? { kind, name } : { kind, namespace, name });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
