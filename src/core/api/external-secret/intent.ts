/** ExternalSecret: as written → PullIntent, with every default in one place and every rule of ESO's webhook. */
import type {
  FindSpec,
  PullIntent,
  RefreshSpec,
  RemoteRef,
  SourceEntry,
  StoreRef,
  SyncWindows,
  TargetTemplate,
} from '../../model/intent.ts';
import type { ObjectRef } from '../../model/object-ref.ts';
import type { FieldPath } from '../../model/origin.ts';
import { hasErrors, type Problem } from '../../model/problem.ts';
import { parseDuration } from '../../go/duration.ts';
import { durationProblems, intentHead, intervalOf } from '../intent-head.ts';
import { specOf, type WrittenObject } from '../written-object.ts';
import { checkShape, type Checked, type Subject } from '../check.ts';
import { annotationProblems, type Annotations } from '../annotations.ts';
import { entryExtrasProblems, withExtras } from './entry-extras.ts';
import { PULL_ANNOTATION_TABLE, toPullExtras } from './extras.ts';
import { generatorRefProblems } from './generator-refs.ts';
import { externalSecretRules } from './rules.ts';
import type { WrittenTemplate } from '../template/schema.ts';
import { isTls, tlsProblems, tlsTemplate } from './tls.ts';
import { toRewrite, toTargetTemplate } from '../template/target-template.ts';
import {
  externalSecretSpecSchemas,
  type WrittenExternalSecretSpec,
  type WrittenFind,
  type WrittenRemoteRef,
} from './schema.ts';

type NamespacedRef = ObjectRef & { readonly namespace: string };

/** Checks the spec of an ExternalSecret. All problems at once; any error leaves no intent. */
export function checkExternalSecret(object: WrittenObject): Checked<PullIntent> {
  const shape = checkShape(object, ['spec'], externalSecretSpecSchemas, specOf(object));
  if (shape.value === undefined) return { value: undefined, problems: shape.problems };
  const written = shape.value;
  const problems = [
    ...shape.problems,
    ...durationRules(object, written),
    ...externalSecretRules(object, written),
    ...generatorRefProblems(object, written),
    ...annotationProblems(object, object.metadata.annotations ?? {}, PULL_ANNOTATION_TABLE),
    ...entryExtrasProblems(object, object.metadata.annotations ?? {}, written),
    ...tlsProblems(object, object.metadata.annotations ?? {}, written),
  ];
  return { value: hasErrors(problems) ? undefined : toIntent(object, written), problems };
}

function toIntent(object: WrittenObject, written: WrittenExternalSecretSpec): PullIntent {
  const head = intentHead(object, written);
  const annotations = object.metadata.annotations ?? {};
  const extras = toPullExtras(annotations);
  return {
    kind: 'pull',
    ...head,
    refresh: toRefresh(written),
    target: toTarget(head.ref, written, annotations),
    storeRefs: toStoreRefs(written),
    entries: withExtras([...toDataFromEntries(written), ...toDataEntries(written)], annotations, extras),
    extras,
  };
}

function toRefresh(written: WrittenExternalSecretSpec): RefreshSpec {
  return {
    policy: written.refreshPolicy ?? 'Periodic',
    intervalMs: intervalOf(written.refreshInterval),
    ...(written.syncWindows === undefined ? {} : { syncWindows: toSyncWindows(written.syncWindows) }),
  };
}

function toSyncWindows(written: NonNullable<WrittenExternalSecretSpec['syncWindows']>): SyncWindows {
  return {
    kind: written.kind,
    windows: written.windows.map(({ schedule, duration }) => ({ schedule, durationMs: parseDuration(duration) ?? 0 })),
  };
}

function toTarget(
  at: NamespacedRef,
  { target, data }: WrittenExternalSecretSpec,
  annotations: Annotations,
): PullIntent['target'] {
  const tls = isTls(annotations) ? data?.[0]?.secretKey : undefined;
  return {
    name: target?.name === undefined || target.name === '' ? at.name : target.name,
    creationPolicy: target?.creationPolicy ?? 'Owner',
    deletionPolicy: target?.deletionPolicy ?? 'Retain',
    immutable: target?.immutable ?? false,
    ...(target?.manifest === undefined ? {} : { kind: 'ConfigMap' }),
    ...(target?.template === undefined ? {} : { template: templateOf(target.template, target.manifest !== undefined) }),
    ...(tls === undefined ? {} : { template: tlsTemplate(tls) }),
  };
}

/** Only ConfigMaps get this far: the rules have seen to it. */
function templateOf(written: WrittenTemplate, isManifest: boolean): TargetTemplate {
  const { type, ...template } = toTargetTemplate(written);
  if (isManifest) return { ...template, isWhole: true };
  return { ...template, ...(type === undefined ? {} : { type }) };
}

/** ESO 2.9: `sourceRef.storeRef` replaces `secretStoreRef` completely; kind and name are not inherited. */
function storeOf(
  written: WrittenExternalSecretSpec,
  sourceRef:
    { readonly storeRef?: { kind?: StoreRef['kind'] | undefined; name?: string | undefined } | undefined } | undefined,
): StoreRef {
  const ref = sourceRef?.storeRef ?? written.secretStoreRef;
  return { kind: ref?.kind ?? 'SecretStore', name: ref?.name ?? '' };
}

/** ESO 2.9: `secretStoreRef` if it has a name, then those of `data`, then those of `dataFrom`. */
function toStoreRefs(written: WrittenExternalSecretSpec): readonly StoreRef[] {
  const refs = [
    written.secretStoreRef?.name === undefined || written.secretStoreRef.name === ''
      ? undefined
      : written.secretStoreRef,
    ...(written.data ?? []).map((entry) => entry.sourceRef?.storeRef),
    ...(written.dataFrom ?? []).map((entry) => entry.sourceRef?.storeRef),
  ];
  return refs.flatMap((ref) => (ref === undefined ? [] : [{ kind: ref.kind ?? 'SecretStore', name: ref.name ?? '' }]));
}

/** ESO 2.9: where several sources stand in one entry, find comes first, then extract. */
function toDataFromEntries(written: WrittenExternalSecretSpec): readonly SourceEntry[] {
  return (written.dataFrom ?? []).map((entry, index): SourceEntry => {
    const store = storeOf(written, entry.sourceRef);
    const rewrite = (entry.rewrite ?? []).map(toRewrite);
    const generator = entry.sourceRef?.generatorRef;
    if (entry.find !== undefined) return { kind: 'find', index, store, find: toFind(entry.find), rewrite };
    if (entry.extract !== undefined) {
      return { kind: 'extract', index, store, remoteRef: toRemoteRef(entry.extract), rewrite };
    }
    if (generator !== undefined) {
      return { kind: 'generate', index, generator: { kind: generator.kind, name: generator.name }, rewrite };
    }
    return { kind: 'empty', index, store };
  });
}

function toDataEntries(written: WrittenExternalSecretSpec): readonly SourceEntry[] {
  return (written.data ?? []).map((entry, index) => ({
    kind: 'data',
    index,
    store: storeOf(written, entry.sourceRef),
    secretKey: entry.secretKey,
    remoteRef: toRemoteRef(entry.remoteRef),
  }));
}

function toRemoteRef(written: WrittenRemoteRef): RemoteRef {
  return {
    key: written.key,
    property: written.property ?? '',
    version: written.version ?? '',
    metadataPolicy: written.metadataPolicy ?? 'None',
    ...toStrategies(written),
  };
}

function toFind(written: WrittenFind): FindSpec {
  return { nameRegexp: written.name?.regexp ?? '', tags: written.tags ?? {}, ...toStrategies(written) };
}

function toStrategies(written: WrittenRemoteRef | WrittenFind) {
  return {
    conversionStrategy: written.conversionStrategy ?? 'Default',
    decodingStrategy: written.decodingStrategy ?? 'None',
    nullBytePolicy: written.nullBytePolicy ?? 'Ignore',
  } as const;
}

function durationRules(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  const fields: readonly (readonly [FieldPath, string | undefined])[] = [
    [['spec', 'refreshInterval'], written.refreshInterval],
    ...(written.syncWindows?.windows ?? []).map(
      (window, index) => [['spec', 'syncWindows', 'windows', index, 'duration'], window.duration] as const,
    ),
  ];
  return fields.flatMap(([path, text]) => durationProblems(subject, path, text));
}
