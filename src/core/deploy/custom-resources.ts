/**
 * Intents as custom resources: what of a document is applied, in which version, and the mark that keeps a live operator
 * away from it.
 *
 * Nothing of ours goes on them beside `spec.controller` of a store: labels and annotations of an ExternalSecret end on
 * its Secret, which must be the operator's to the byte.
 */
import type { SortedManifests } from '../api/other-controllers.ts';
import type { ManifestDocument } from '../model/document.ts';
import type { PullIntent } from '../model/intent.ts';
import type { KubernetesObject, TypedRef } from '../model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import type { Store } from '../model/store.ts';
import { belongsToOtherClass, isManaged, type StoreWorld } from '../resolve/stores.ts';

/** Newest first. */
export const API_VERSIONS = ['external-secrets.io/v1', 'external-secrets.io/v1beta1'] as const;

/** Kind → its resource, in the order in which they are applied: a store must be there before who names it. */
const RESOURCES: Readonly<Record<string, string>> = {
  ClusterSecretStore: 'clustersecretstores',
  SecretStore: 'secretstores',
  ExternalSecret: 'externalsecrets',
};

export const KINDS = Object.keys(RESOURCES);

/** The apiVersion in which a kind is served; `undefined` = in none that this program knows. */
export type Served = (kind: string) => string | undefined;

/** Offline it is not known what a cluster serves. */
export const NEWEST: Served = () => API_VERSIONS[0];

export function isCustomResource({ apiVersion, kind }: Pick<TypedRef, 'apiVersion' | 'kind'>): boolean {
  return apiVersion.startsWith('external-secrets.io/') && kind in RESOURCES;
}

/** `externalsecrets`, as RBAC names the kind. */
export function resourceOf(kind: string): string {
  return RESOURCES[kind] ?? '';
}

/** Each document in the version that is served; one of a kind that is not stays as it is, and is a problem. */
export function inServedVersion(
  documents: readonly ManifestDocument[],
  served: Served,
): { readonly documents: readonly ManifestDocument[]; readonly problems: readonly Problem[] } {
  const missing = new Set<string>();
  const versioned = documents.map((document) => {
    const { apiVersion, kind } = fieldsOf(document.value);
    const isKnown = typeof kind === 'string' && kind in RESOURCES && API_VERSIONS.some((one) => one === apiVersion);
    if (!isKnown) return document;
    const version = served(kind);
    if (version === undefined) missing.add(kind);
    return version === undefined
      ? document
      : { ...document, value: { ...fieldsOf(document.value), apiVersion: version } };
  });
  return { documents: versioned, problems: [...missing].map(notServed) };
}

function notServed(kind: string): Problem {
  return {
    severity: 'error',
    code: 'kind-not-served',
    what: `the cluster serves no ${kind}: CustomResourceDefinition ${resourceOf(kind)}.external-secrets.io is not there, or has neither v1 nor v1beta1`,
    fix: 'Nothing was applied. Have it installed, as the chart of External Secrets Operator does, or leave out --home custom-resources.',
  };
}

/** Who is whose, of a deployment's intents. */
export interface Sorted {
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  /** One for each ExternalSecret that is left to another controller. */
  readonly problems: readonly Problem[];
}

/** What another controller would see to is left to it: no resource of it is applied. */
export function oursOf(
  { intents, stores, foreignStores }: Pick<SortedManifests, 'intents' | 'stores' | 'foreignStores'>,
  controllerClass: string,
): Sorted {
  const world: StoreWorld = {
    stores: new Map(stores.map((store) => [refText(store.ref), store])),
    refused: new Set(),
    foreign: foreignStores,
    controllerClass,
    namespaceLabels: () => undefined,
  };
  const others = new Set(intents.filter((intent) => belongsToOtherClass(intent, world)));
  return {
    intents: intents.filter((intent) => !others.has(intent)),
    stores: stores.filter((store) => isManaged(store, { controllerClass })),
    problems: [...others].map(leftToOther),
  };
}

function leftToOther({ ref, origin }: PullIntent): Problem {
  return {
    severity: 'warning',
    code: 'store-of-other-controller',
    at: ref,
    ...(origin === undefined ? {} : { origin }),
    what: 'names a store of another controller, so that it was not applied',
    fix: 'Remove spec.controller from the store, or leave both out of these manifests.',
  };
}

export interface ResourcesInput {
  readonly documents: readonly ManifestDocument[];
  /** Ours: those of other controllers are not applied. */
  readonly intents: readonly PullIntent[];
  readonly stores: readonly Store[];
  readonly controllerClass: string;
  /** Of documents that name none. */
  readonly namespace?: string;
}

/** A document and what is applied of it. */
export interface Resource {
  readonly document: ManifestDocument;
  readonly object: KubernetesObject;
}

/** Stores first, each kind in manifest order. */
export function resourcesOf(input: ResourcesInput): readonly Resource[] {
  const wanted = new Set([...input.stores, ...input.intents].map(({ ref }) => refText(ref)));
  const resources = input.documents.flatMap((document): readonly Resource[] => {
    const object = resource(document, input);
    return object !== undefined && wanted.has(refText(refOf(object))) ? [{ document, object }] : [];
  });
  return resources.toSorted((a, b) => KINDS.indexOf(a.object.kind) - KINDS.indexOf(b.object.kind));
}

type Fields = Readonly<Record<string, unknown>>;

/** Whatever a pasted manifest has beside these (status, uid, managedFields) is the API server's to write. */
function resource(
  { value }: ManifestDocument,
  { controllerClass, namespace }: ResourcesInput,
): KubernetesObject | undefined {
  const { apiVersion, kind, metadata, spec } = fieldsOf(value);
  const { name, namespace: own = namespace, labels, annotations } = fieldsOf(metadata);
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  if (!isCustomResource({ apiVersion, kind })) return undefined;
  const scope = kind === 'ClusterSecretStore' || typeof own !== 'string' ? {} : { namespace: own };
  return {
    apiVersion,
    kind,
    metadata: { name, ...scope, ...texts('labels', labels), ...texts('annotations', annotations) },
    spec: kind === 'ExternalSecret' ? spec : { ...fieldsOf(spec), controller: controllerClass },
  };
}

/** What kubectl notes for itself is of no use to anybody else, and would end on the Secret. */
function texts(field: string, value: unknown): Fields {
  const kept = Object.entries(fieldsOf(value)).filter(
    ([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration',
  );
  return kept.length === 0 ? {} : { [field]: Object.fromEntries(kept) };
}

function refOf({ kind, metadata: { name, namespace } }: KubernetesObject): ObjectRef {
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** What the index holds of a resource: which one it is; the rest is in the cluster. */
export function headOf({ document, object: { apiVersion, kind, metadata } }: Resource): ManifestDocument {
  const { name, namespace } = metadata;
  const value = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
  return { ...document, value };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
