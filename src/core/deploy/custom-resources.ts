/**
 * Intents as custom resources: what of a document is applied, in which version, and the mark that keeps a live operator
 * away from it.
 *
 * Nothing of ours goes on them beside `spec.controller` of a store: labels and annotations of an ExternalSecret end on
 * its Secret, which must be the operator's to the byte.
 */
import { say, setting } from '../model/message.ts';
import type { SortedManifests } from '../api/other-controllers.ts';
import { refOfHead, withValue, type ManifestDocument } from '../model/document.ts';
import type { Generator } from '../model/generator.ts';
import type { ClusterPushIntent } from '../model/fan-out.ts';
import { fieldsOf, type Fields } from '../model/fields.ts';
import type { PullIntent } from '../model/intent.ts';
import { apiVersionsOf, definitionOf, groupOf, kindNamed, roleOf, SERVED_KINDS, type Kind } from '../model/kinds.ts';
import type { KubernetesObject, TypedRef } from '../model/kubernetes-object.ts';
import { refText, type ObjectRef } from '../model/object-ref.ts';
import type { Problem } from '../model/problem.ts';
import type { PushIntent } from '../model/push-intent.ts';
import type { Store } from '../model/store.ts';
import { belongsToOtherClass, isManaged, namesOtherClassOnly, storeWorldOf } from '../resolve/stores.ts';
import { anyChildOf, type DeployedIntents } from './deployed-intents.ts';

/** The apiVersion in which a kind is served; `undefined` = in none that this program knows. */
export type Served = (kind: string) => string | undefined;

/** Offline it is not known what a cluster serves. */
export const NEWEST: Served = (name) => {
  const kind = kindNamed(name);
  return kind === undefined ? undefined : apiVersionsOf(kind)[0];
};

/** One of a kind that this program serves. */
export function isCustomResource({ apiVersion, kind }: Pick<TypedRef, 'apiVersion' | 'kind'>): boolean {
  const row = kindNamed(kind);
  return row !== undefined && row.notBuilt === undefined && row.group === groupOf(apiVersion);
}

/** `externalsecrets`, as RBAC names the kind. */
export function resourceOf(kind: string): string {
  return kindNamed(kind)?.resource ?? '';
}

/** Each document in the version that is served; one of a kind that is not stays as it is, and is a problem. */
export function inServedVersion(
  documents: readonly ManifestDocument[],
  served: Served,
): { readonly documents: readonly ManifestDocument[]; readonly problems: readonly Problem[] } {
  const missing = new Set<Kind>();
  const versioned = documents.map((document) => {
    const { apiVersion, kind } = document.head;
    const known = SERVED_KINDS.find((one) => one.kind === kind);
    if (known === undefined || !apiVersionsOf(known).includes(apiVersion)) return document;
    const version = served(kind);
    if (version === undefined) missing.add(known);
    return version === undefined ? document : withValue(document, { ...fieldsOf(document.value), apiVersion: version });
  });
  return { documents: versioned, problems: [...missing].map(notServed) };
}

function notServed(kind: Kind): Problem {
  const versions = kind.versions.join(' nor ');
  return {
    severity: 'error',
    code: 'kind-not-served',
    what: `the cluster serves no ${kind.kind}: CustomResourceDefinition ${definitionOf(kind)} is not there, or has neither ${versions}`,
    fix: say`Nothing was applied. Have it installed, as the chart of External Secrets Operator does, or leave out ${setting('home')} custom-resources.`,
  };
}

/** Who is whose, of a deployment's intents. */
export interface Sorted extends DeployedIntents {
  readonly stores: readonly Store[];
  readonly generators: readonly Generator[];
  /** One for each intent that is left to another controller. */
  readonly problems: readonly Problem[];
}

/** What another controller would see to is left to it: no resource of it is applied. */
export function oursOf(
  manifests: Pick<SortedManifests, 'intents' | 'pushes' | 'clusterPushes' | 'stores' | 'generators' | 'foreignStores'>,
  controllerClass: string,
): Sorted {
  const { intents, pushes, clusterPushes, stores, generators, foreignStores } = manifests;
  const world = storeWorldOf({ stores, generators, foreignStores }, controllerClass);
  const others = new Set([
    ...intents.filter((intent) => belongsToOtherClass(intent, world)),
    ...pushes.filter((push) => namesOtherClassOnly(push, world)),
    ...clusterPushes.filter((cluster) => namesOtherClassOnly(anyChildOf(cluster), world)),
  ]);
  return {
    intents: intents.filter((intent) => !others.has(intent)),
    pushes: pushes.filter((push) => !others.has(push)),
    clusterPushes: clusterPushes.filter((cluster) => !others.has(cluster)),
    stores: stores.filter((store) => isManaged(store, { controllerClass })),
    generators: generators.filter((generator) => isManaged(generator, { controllerClass })),
    problems: [...others].map(leftToOther),
  };
}

function leftToOther({ ref, origin }: PullIntent | PushIntent | ClusterPushIntent): Problem {
  return {
    severity: 'warning',
    code: 'store-of-other-controller',
    at: ref,
    ...(origin === undefined ? {} : { origin }),
    what: 'names a store of another controller, so that it was not applied',
    fix: 'Remove spec.controller from the store, or leave both out of these manifests.',
  };
}

/** The intents are ours: those of other controllers are not applied. */
export interface ResourcesInput extends DeployedIntents {
  readonly documents: readonly ManifestDocument[];
  readonly stores: readonly Store[];
  readonly generators: readonly Generator[];
  readonly controllerClass: string;
  /** Of documents that name none. */
  readonly namespace?: string;
}

/** A document and what is applied of it. */
export interface DeployedResource {
  readonly document: ManifestDocument;
  readonly object: KubernetesObject;
}

/** Stores first, each kind in manifest order. */
export function resourcesOf(input: ResourcesInput): readonly DeployedResource[] {
  const wanted = new Set(
    [...input.stores, ...input.generators, ...input.intents, ...input.pushes, ...input.clusterPushes].map(({ ref }) =>
      refText(ref),
    ),
  );
  const resources = input.documents.flatMap((document): readonly DeployedResource[] => {
    const object = resource(document, input);
    return object !== undefined && wanted.has(refText(refOf(object))) ? [{ document, object }] : [];
  });
  const place = ({ object }: DeployedResource): number => SERVED_KINDS.findIndex(({ kind }) => kind === object.kind);
  return resources.toSorted((a, b) => place(a) - place(b));
}

/** Whatever a pasted manifest has beside these (status, uid, managedFields) is the API server's to write. */
function resource(
  { head, value }: ManifestDocument,
  { controllerClass, namespace: given }: ResourcesInput,
): KubernetesObject | undefined {
  const ref = isCustomResource(head) ? refOfHead(head, given) : undefined;
  if (ref === undefined) return undefined;
  const { kind, name, namespace } = ref;
  const { metadata, spec } = fieldsOf(value);
  const { labels, annotations } = fieldsOf(metadata);
  const scope = namespace === undefined ? {} : { namespace };
  return {
    apiVersion: head.apiVersion,
    kind,
    metadata: { name, ...scope, ...texts('labels', labels), ...texts('annotations', annotations) },
    spec: roleOf(kind) === 'store' ? { ...fieldsOf(spec), controller: controllerClass } : spec,
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
export function headOf({ document, object: { apiVersion, kind, metadata } }: DeployedResource): ManifestDocument {
  const { name, namespace } = metadata;
  const value = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
  return withValue(document, value);
}
