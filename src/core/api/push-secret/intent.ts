/** PushSecret: as written → PushIntent, with every default in one place. ESO 2.9: the CRD's. */
import { lifecycleOf } from '../../model/lifecycle.ts';
import { hasErrors, type Problem } from '../../model/problem.ts';
import { type Fields } from '../../model/fields.ts';
import { controllerOf } from '../../model/kubernetes-object.ts';
import { roleOf } from '../../model/kinds.ts';
import type { PushDataEntry, PushDataToEntry, PushIntent, PushSource, PushStoreRef } from '../../model/push-intent.ts';
import { MOST_TAGS, OWNER_TAG } from '../../model/names.ts';
import { checkShape, fieldProblem, type Checked, type Subject } from '../check.ts';
import { intentHead, intervalOf } from '../intent-head.ts';
import { toSelector } from '../label-selector.ts';
import { toRewrite, toTargetTemplate } from '../template/target-template.ts';
import { specOf, type WrittenObject } from '../written-object.ts';
import { annotationProblems } from '../annotations.ts';
import { PUSH_ANNOTATION_TABLE, toPushExtras } from './extras.ts';
import { toPushMetadata } from './metadata.ts';
import { pushSecretRules } from './rules.ts';
import {
  pushSecretSpecSchemas,
  type WrittenPushData,
  type WrittenPushDataTo,
  type WrittenPushSecretSpec,
  type WrittenPushStoreRef,
} from './schema.ts';

/** Checks the spec of a PushSecret. All problems at once; any error leaves no intent. Faults of entries stay with them. */
export function checkPushSecret(object: WrittenObject): Checked<PushIntent> {
  const shape = checkShape(object, ['spec'], pushSecretSpecSchemas, specOf(object));
  if (shape.value === undefined) return { value: undefined, problems: shape.problems };
  const problems = [...shape.problems, ...pushSecretProblems(object, shape.value)];
  return { value: hasErrors(problems) ? undefined : toPushIntent(object, shape.value), problems };
}

/** Beside its shape. */
export function pushSecretProblems(object: WrittenObject, written: WrittenPushSecretSpec): readonly Problem[] {
  return [
    ...pushSecretRules(object, written),
    ...annotationProblems(object, object.metadata.annotations ?? {}, PUSH_ANNOTATION_TABLE),
    ...crowdedTags(object, written),
  ];
}

export function toPushIntent(object: WrittenObject, written: WrittenPushSecretSpec): PushIntent {
  const stores = written.secretStoreRefs.map(toStoreRef);
  return {
    kind: 'push',
    ...intentHead(object, written),
    ...lifecycleOf(object.document),
    ...parentOf(object.document),
    refresh: { policy: 'Periodic', intervalMs: intervalOf(written.refreshInterval) },
    source: toSource(written.selector),
    stores,
    storeRefs: stores.flatMap(({ kind, name, labelSelector }) => (labelSelector === undefined ? [{ kind, name }] : [])),
    updatePolicy: written.updatePolicy ?? 'Replace',
    deletionPolicy: written.deletionPolicy ?? 'None',
    ...(written.template === undefined ? {} : { template: toTargetTemplate(written.template) }),
    data: (written.data ?? []).map(toDataEntry),
    dataTo: (written.dataTo ?? []).map(toDataToEntry),
    extras: toPushExtras(object.metadata.annotations ?? {}),
  };
}

/** Only a custom resource was really made from what it says. */
function parentOf({ home, value }: WrittenObject['document']): Pick<PushIntent, 'parent'> {
  const parent = home === 'cluster' ? controllerOf(value) : undefined;
  return parent === undefined || roleOf(parent.kind) !== 'fan-out' ? {} : { parent };
}

function toStoreRef({ kind, name, labelSelector }: WrittenPushStoreRef): PushStoreRef {
  return {
    kind: kind ?? 'SecretStore',
    name: name ?? '',
    ...(labelSelector === undefined ? {} : { labelSelector: toSelector(labelSelector) }),
  };
}

/** ESO 2.9: the name wins over labels. */
function toSource({ secret }: WrittenPushSecretSpec['selector']): PushSource {
  if (secret?.name !== undefined) return { kind: 'secret', name: secret.name };
  if (secret?.selector !== undefined) return { kind: 'labels', selector: toSelector(secret.selector) };
  return { kind: 'none' };
}

function toDataEntry(written: WrittenPushData, index: number): PushDataEntry {
  const { secretKey = '', remoteRef } = written.match;
  return {
    kind: 'data',
    index,
    secretKey,
    remoteKey: remoteRef.remoteKey,
    property: remoteRef.property ?? '',
    conversion: written.conversionStrategy ?? 'None',
    metadata: toPushMetadata(written.metadata, ['spec', 'data', index, 'metadata']),
    written: {
      ...writtenParts(written),
      match: {
        ...(secretKey === '' ? {} : { secretKey }),
        remoteRef: {
          remoteKey: remoteRef.remoteKey,
          ...(remoteRef.property === undefined ? {} : { property: remoteRef.property }),
        },
      },
    },
  };
}

function toDataToEntry(written: WrittenPushDataTo, index: number): PushDataToEntry {
  return {
    kind: 'data-to',
    index,
    ...(written.storeRef === undefined ? {} : { store: toStoreRef(written.storeRef) }),
    remoteKey: written.remoteKey ?? '',
    match: written.match?.regexp ?? '',
    rewrite: (written.rewrite ?? []).map(toRewrite),
    conversion: written.conversionStrategy ?? 'None',
    metadata: toPushMetadata(written.metadata, ['spec', 'dataTo', index, 'metadata']),
    written: writtenParts(written),
  };
}

/** What the entries that come of a `dataTo` have in common; each has a `match` of its own. */
function writtenParts({ conversionStrategy, metadata }: WrittenPushData | WrittenPushDataTo): Fields {
  return {
    conversionStrategy: conversionStrategy ?? 'None',
    ...(metadata === undefined || metadata === null ? {} : { metadata }),
  };
}

/** With one tag fewer the object says whose it is. */
function crowdedTags(subject: Subject, written: WrittenPushSecretSpec): readonly Problem[] {
  const lists = [
    ['data', written.data ?? []],
    ['dataTo', written.dataTo ?? []],
  ] as const;
  return lists.flatMap(([list, entries]) =>
    entries.flatMap(({ metadata }, index) => {
      const path = ['spec', list, index, 'metadata'];
      const read = toPushMetadata(metadata, path);
      const tags = 'code' in read ? {} : (read.tags ?? {});
      if (Object.keys(tags).length !== MOST_TAGS - 1) return [];
      return [
        fieldProblem(subject, [...path, 'spec', 'tags'], {
          severity: 'warning',
          code: 'push-tags-crowded',
          what: `leaves no room for the tag ${OWNER_TAG}, so that other installations take the object for nobody's`,
          fix: `Remove one: Key Vault has ${MOST_TAGS} tags for an object.`,
        }),
      ];
    }),
  );
}
