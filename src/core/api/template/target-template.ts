/** `target.template` and `rewrite`: as written → as meant, with every default in one place. ESO 2.9: the CRD's defaults. */
import type {
  RewriteOperation,
  TargetTemplate,
  TemplateFrom,
  TemplateSource,
  TemplateTarget,
} from '../../model/intent.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';
import type { WrittenRewrite, WrittenTemplate } from './schema.ts';

/** ESO 2.9: compared without case, and Data when empty. */
const TARGETS: ReadonlyMap<string, TemplateTarget> = new Map([
  ['', 'data'],
  ['data', 'data'],
  ['labels', 'labels'],
  ['annotations', 'annotations'],
]);

/** Which part of a Secret a `templateFrom[].target` names; `undefined` for a path, which Secrets do not have. */
export function templateTarget(written: string | undefined): TemplateTarget | undefined {
  return TARGETS.get((written ?? '').toLowerCase());
}

/** A part that no Secret has. */
export function templateTargetProblems(
  subject: Subject,
  path: FieldPath,
  { templateFrom }: Pick<WrittenTemplate, 'templateFrom'>,
): readonly Problem[] {
  return (templateFrom ?? []).flatMap(({ target }, index) =>
    templateTarget(target) !== undefined
      ? []
      : [
          fieldProblem(subject, [...path, 'templateFrom', index, 'target'], {
            code: 'template-target',
            what: `is "${target ?? ''}", which a Secret does not have`,
            fix: 'Write Data, Labels or Annotations.',
          }),
        ],
  );
}

export function toTargetTemplate(written: WrittenTemplate): TargetTemplate {
  return {
    ...(written.type === undefined || written.type === '' ? {} : { type: written.type }),
    mergePolicy: written.mergePolicy ?? 'Replace',
    labels: written.metadata?.labels ?? {},
    annotations: written.metadata?.annotations ?? {},
    finalizers: written.metadata?.finalizers ?? [],
    data: written.data ?? {},
    templateFrom: (written.templateFrom ?? []).map(toTemplateFrom),
  };
}

type WrittenTemplateFrom = NonNullable<WrittenTemplate['templateFrom']>[number];

function toTemplateFrom(written: WrittenTemplateFrom): TemplateFrom {
  return {
    target: templateTarget(written.target) ?? 'data',
    valuesDecodingStrategy: written.valuesDecodingStrategy ?? 'None',
    sources: [...toSource('ConfigMap', written.configMap), ...toSource('Secret', written.secret)],
    ...(written.literal === undefined ? {} : { literal: written.literal }),
  };
}

function toSource(kind: TemplateSource['kind'], written: WrittenTemplateFrom['configMap']): readonly TemplateSource[] {
  if (written === undefined) return [];
  const items = written.items.map(({ key, templateAs }) => ({ key, templateAs: templateAs ?? 'Values' }));
  return [{ kind, name: written.name, items }];
}

/** Exactly one of the three is set: the rules have seen to it. */
export function toRewrite({ regexp, transform, merge }: WrittenRewrite): RewriteOperation {
  if (regexp !== undefined) return { kind: 'regexp', source: regexp.source, target: regexp.target };
  if (transform !== undefined) return { kind: 'transform', template: transform.template };
  return {
    kind: 'merge',
    strategy: merge?.strategy ?? 'Extract',
    into: merge?.into ?? '',
    priority: merge?.priority ?? [],
    priorityPolicy: merge?.priorityPolicy ?? 'Strict',
    conflictPolicy: merge?.conflictPolicy ?? 'Error',
  };
}
