/** ClusterPushSecret: a PushSecret for each namespace that its selectors match. */
import { parseDuration } from '../../go/duration.ts';
import type { ClusterPushIntent } from '../../model/fan-out.ts';
import { fieldsOf } from '../../model/fields.ts';
import { kindNamed } from '../../model/kinds.ts';
import type { FieldPath } from '../../model/origin.ts';
import { hasErrors, type Problem } from '../../model/problem.ts';
import { checkShape, fieldProblem, locateIn, type Checked } from '../check.ts';
import { durationProblems, ownerOf } from '../intent-head.ts';
import { selectorFaults, toSelector } from '../label-selector.ts';
import { specOf, type WrittenObject } from '../written-object.ts';
import { childSpecOf } from './child-spec.ts';
import { pushSecretProblems, toPushIntent } from './intent.ts';
import { clusterPushSecretSpecSchemas, type WrittenClusterPushSecretSpec } from './schema.ts';

/** ESO 2.9: the controller's default; the definition has none. */
const DEFAULT_REFRESH_MS = 3_600_000;

export function checkClusterPushSecret(object: WrittenObject): Checked<ClusterPushIntent> {
  const shape = checkShape(object, ['spec'], clusterPushSecretSpecSchemas, specOf(object));
  if (shape.value === undefined) return { value: undefined, problems: shape.problems };
  const written = shape.value;
  const inside = { ...childOf(object, written, ''), at: object.at };
  const problems = [
    ...shape.problems,
    ...durationProblems(object, ['spec', 'refreshTime'], written.refreshTime),
    ...namespaceProblems(object, written),
    ...pushSecretProblems(inside, written.pushSecretSpec),
  ];
  return { value: hasErrors(problems) ? undefined : toClusterIntent(object, written), problems };
}

function namespaceProblems(object: WrittenObject, written: WrittenClusterPushSecretSpec): readonly Problem[] {
  return written.namespaceSelectors.flatMap((selector, index) =>
    selectorFaults(toSelector(selector)).map(({ path, ...finding }) =>
      fieldProblem(object, ['spec', 'namespaceSelectors', index, ...path], finding),
    ),
  );
}

function toClusterIntent(object: WrittenObject, written: WrittenClusterPushSecretSpec): ClusterPushIntent {
  const { origin } = object.document;
  return {
    kind: 'fan-out',
    ref: object.at,
    ...(origin === undefined ? {} : { origin }),
    locate: locateIn(object),
    ...ownerOf(object.document, object.metadata),
    ...deletingIn(object.document),
    labels: object.metadata.labels ?? {},
    annotations: object.metadata.annotations ?? {},
    childKind: childKind(object),
    childName: childName(object, written),
    childSpec: childSpecOf(fieldsOf(fieldsOf(specOf(object))['pushSecretSpec'])),
    selectors: written.namespaceSelectors.map(toSelector),
    refreshMs: parseDuration(written.refreshTime ?? '') ?? DEFAULT_REFRESH_MS,
    childIn: (namespace) => ({
      ...toPushIntent(childOf(object, written, namespace), written.pushSecretSpec),
      parent: object.at,
    }),
    placed,
  };
}

function deletingIn({ home, value }: WrittenObject['document']): Pick<ClusterPushIntent, 'deleting'> {
  const { deletionTimestamp } = fieldsOf(fieldsOf(value)['metadata']);
  return home === 'cluster' && deletionTimestamp !== undefined ? { deleting: true } : {};
}

function childKind({ at }: WrittenObject): string {
  return kindNamed(at.kind)?.makes ?? '';
}

function childName({ at }: WrittenObject, { pushSecretName = '' }: WrittenClusterPushSecretSpec): string {
  return pushSecretName === '' ? at.name : pushSecretName;
}

/** As if it were written down in that namespace; with neither uid nor generation, which are the parent's. */
function childOf(object: WrittenObject, written: WrittenClusterPushSecretSpec, namespace: string): WrittenObject {
  const name = childName(object, written);
  const { labels, annotations } = written.pushSecretMetadata ?? {};
  return {
    at: { kind: childKind(object), namespace, name },
    document: object.document,
    placed,
    metadata: { name, namespace, labels, annotations, uid: undefined, generation: undefined },
  };
}

/** ESO 2.9: labels and annotations of the children stand in `pushSecretMetadata`. */
function placed(path: FieldPath): FieldPath {
  const [first, ...rest] = path;
  if (first === 'spec') return ['spec', 'pushSecretSpec', ...rest];
  return first === 'metadata' ? ['spec', 'pushSecretMetadata', ...rest] : path;
}
