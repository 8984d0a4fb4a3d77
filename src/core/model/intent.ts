/**
 * What the user wants, after checking, defaulting and resolving references.
 *
 * A PullIntent is one ExternalSecret that this installation is responsible for.
 */
import type { GeneratorRef } from './generator.ts';
import type { StoreKind } from './kinds.ts';
import type { FieldPath, Origin } from './origin.ts';
import type { ObjectRef } from './object-ref.ts';
import type { ManifestKind } from './target.ts';
import type { StatePolicies } from './left-out.ts';
import type { RemoteType } from './vault.ts';

export type ConversionStrategy = 'Default' | 'Unicode';
export type DecodingStrategy = 'None' | 'Base64' | 'Base64URL' | 'Auto';
export type NullBytePolicy = 'Ignore' | 'Fail';
export type MetadataPolicy = 'None' | 'Fetch';
export type CreationPolicy = 'Owner' | 'Orphan' | 'Merge' | 'None' | 'CreateOrMerge';
export type DeletionPolicy = 'Retain' | 'Delete' | 'Merge';
export type RefreshPolicy = 'Periodic' | 'OnChange' | 'CreatedOnce';

/** ESO's `secretStoreRef` and `sourceRef.storeRef`. Kind is already defaulted; an absent name is ''. */
export interface StoreRef {
  readonly kind: StoreKind;
  readonly name: string;
}

/** ESO's `remoteRef`, with unset strategies replaced by what unset means. */
export interface RemoteRef {
  /** As written; `secret/a`, `cert/a`, `key/a` or `a`. */
  readonly key: string;
  readonly property: string;
  readonly version: string;
  readonly metadataPolicy: MetadataPolicy;
  readonly conversionStrategy: ConversionStrategy;
  readonly decodingStrategy: DecodingStrategy;
  readonly nullBytePolicy: NullBytePolicy;
}

/** The object that a `remoteRef.key` names, or why it names none. */
export interface ParsedKey {
  readonly type: RemoteType;
  readonly name: string;
}

export interface FindSpec {
  /** Ours; absent = secrets. */
  readonly type?: RemoteType;
  /** RE2 pattern, searched unanchored; '' matches every name. */
  readonly nameRegexp: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Ours: what becomes of matches in these states; absent = as the operator. */
  readonly states?: StatePolicies;
  readonly conversionStrategy: ConversionStrategy;
  readonly decodingStrategy: DecodingStrategy;
  readonly nullBytePolicy: NullBytePolicy;
}

/** `isOptional` is ours: that what it names is not there is no error. */
export interface DataEntry {
  readonly kind: 'data';
  readonly index: number;
  readonly isOptional?: true;
  readonly store: StoreRef;
  readonly secretKey: string;
  readonly remoteRef: RemoteRef;
}

/** One step of `rewrite`: new names for what a `dataFrom` entry read, or one value made of several. */
export type RewriteOperation =
  | { readonly kind: 'regexp'; readonly source: string; readonly target: string }
  | { readonly kind: 'transform'; readonly template: string }
  | RewriteMerge;

export interface RewriteMerge {
  readonly kind: 'merge';
  readonly strategy: 'Extract' | 'JSON';
  /** For JSON: the key of the merged object. */
  readonly into: string;
  readonly priority: readonly string[];
  readonly priorityPolicy: 'Strict' | 'IgnoreNotFound';
  readonly conflictPolicy: 'Error' | 'Ignore';
}

export interface ExtractEntry {
  readonly kind: 'extract';
  readonly index: number;
  readonly isOptional?: true;
  readonly store: StoreRef;
  readonly remoteRef: RemoteRef;
  readonly rewrite: readonly RewriteOperation[];
}

export interface FindEntry {
  readonly kind: 'find';
  readonly index: number;
  readonly isOptional?: true;
  readonly store: StoreRef;
  readonly find: FindSpec;
  readonly rewrite: readonly RewriteOperation[];
}

/** A `dataFrom` entry that holds only a `storeRef`. ESO 2.9: adds nothing and is no error. */
export interface EmptyEntry {
  readonly kind: 'empty';
  readonly index: number;
  readonly store: StoreRef;
}

/** A `dataFrom` entry whose values come from a generator. */
export interface GenerateEntry {
  readonly kind: 'generate';
  readonly index: number;
  readonly generator: GeneratorRef;
  readonly rewrite: readonly RewriteOperation[];
}

/** An entry that names a store. */
export type StoreEntry = DataEntry | ExtractEntry | FindEntry | EmptyEntry;

export type SourceEntry = StoreEntry | GenerateEntry;

export function namesStore(entry: SourceEntry): entry is StoreEntry {
  return entry.kind !== 'generate';
}

/** The path of an entry in its manifest: `['spec', 'data', 1]`. */
export function entryPath(entry: SourceEntry): FieldPath {
  return ['spec', entry.kind === 'data' ? 'data' : 'dataFrom', entry.index];
}

/** Where a rendered text goes. ESO 2.9: `templateFrom[].target`, compared without case. */
export type TemplateTarget = 'data' | 'labels' | 'annotations';

/** `Values`: the text is the value of its key. `KeysAndValues`: the text is YAML of keys and values. */
export type TemplateScope = 'Values' | 'KeysAndValues';

/** The keys of one ConfigMap or Secret that are templates. */
export interface TemplateSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly items: readonly { readonly key: string; readonly templateAs: TemplateScope }[];
}

export interface TemplateFrom {
  readonly target: TemplateTarget;
  readonly valuesDecodingStrategy: DecodingStrategy;
  /** ESO 2.9: the ConfigMap comes first. */
  readonly sources: readonly TemplateSource[];
  /** Always KeysAndValues, and after the sources. */
  readonly literal?: string;
}

/** `target.template`. Everything but type, finalizers and the keys of `data` is templates. */
export interface TargetTemplate {
  /** Made by the program, for an annotation: where it is. */
  readonly standsFor?: FieldPath;
  readonly type?: string;
  readonly mergePolicy: 'Replace' | 'Merge';
  /** ESO 2.9: of what is no Secret, a template says everything that goes into it. */
  readonly isWhole?: true;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  readonly data: Readonly<Record<string, string>>;
  readonly templateFrom: readonly TemplateFrom[];
}

export interface SyncWindow {
  readonly schedule: string;
  readonly durationMs: number;
}

export interface SyncWindows {
  readonly kind: string;
  readonly windows: readonly SyncWindow[];
}

export interface RefreshSpec {
  readonly policy: RefreshPolicy;
  /** Milliseconds; zero or less = never by time. */
  readonly intervalMs: number;
  readonly syncWindows?: SyncWindows;
}

/** The custom resource that an ownerReference can point to; absent when the intents live in files. */
export interface OwnerIdentity {
  readonly apiVersion: string;
  readonly uid: string;
}

/** What every intent has, in whichever direction it goes. */
export interface IntentHead {
  readonly ref: ObjectRef & { readonly namespace: string };
  readonly origin?: Origin;
  readonly locate: (path: FieldPath) => Origin | undefined;
  readonly owner?: OwnerIdentity;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ESO's `generation`, or a hash of the spec where there is no custom resource. */
  readonly generation: string;
  readonly refresh: RefreshSpec;
  /** Every store the manifest names, in the order in which ESO looks at their controller class. */
  readonly storeRefs: readonly StoreRef[];
}

/** Ours, as annotations under `keyferry.dev/`: the manifest stays valid for the operator. */
export interface PullExtras {
  /** `lenient-templates: "true"`: failures that Go's functions pass over are passed over. */
  readonly lenientTemplates: boolean;
  /** `rotate`: another text than the last asks for new values of stable generators; absent = nobody asks. */
  readonly rotate?: string;
  /** `keep-previous`: how many earlier values of a stable generator stay. */
  readonly keepPrevious: number;
  /** `on-disabled`, `on-expired`, `on-not-yet-valid`, and of finds `on-managed`. */
  readonly states: StatePolicies;
}

export interface PullIntent extends IntentHead {
  readonly kind: 'pull';
  readonly target: {
    /** `target.manifest`; absent = a Secret. */
    readonly kind?: ManifestKind;
    readonly name: string;
    readonly creationPolicy: CreationPolicy;
    readonly deletionPolicy: DeletionPolicy;
    readonly immutable: boolean;
    readonly template?: TargetTemplate;
  };
  /** All `dataFrom` entries in order, then all `data` entries in order: ESO's order, in which later writes win. */
  readonly entries: readonly SourceEntry[];
  readonly extras: PullExtras;
}
