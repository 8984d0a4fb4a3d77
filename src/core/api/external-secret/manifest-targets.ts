/**
 * `target.manifest`: which kinds may be written beside Secrets, and which of them this run allows. ESO 2.9 writes every
 * kind, and asks for a flag once.
 */
import { say, setting } from '../../model/message.ts';
import type { PullIntent } from '../../model/intent.ts';
import { nearest } from '../../model/nearest.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { MANIFEST_KINDS, type ManifestKind } from '../../model/target.ts';
import { fieldProblem, type Subject } from '../check.ts';
import type { SortedManifests } from '../other-controllers.ts';
import { templateTarget } from '../template/target-template.ts';
import type { WrittenExternalSecretSpec } from './schema.ts';

const MANIFEST: FieldPath = ['spec', 'target', 'manifest'];

type Written = NonNullable<WrittenExternalSecretSpec['target']>;
type WrittenManifest = NonNullable<Written['manifest']>;

/** What `target.manifest` names that is not written, and what its template says that no ConfigMap has. */
export function manifestTargetProblems(subject: Subject, { target }: WrittenExternalSecretSpec): readonly Problem[] {
  const { manifest, template } = target ?? {};
  if (manifest === undefined) return [];
  const refusal = kindRefusal(manifest);
  if (refusal !== undefined) return [fieldProblem(subject, MANIFEST, { code: 'target-kind', ...refusal })];
  return template === undefined ? [] : [...withoutEffect(subject, template), ...partProblems(subject, template)];
}

function kindRefusal({ apiVersion, kind }: WrittenManifest): Pick<Problem, 'what' | 'fix'> | undefined {
  if (apiVersion === 'v1' && kind === 'ConfigMap') return undefined;
  if (apiVersion === 'v1' && kind === 'Secret') {
    const what = 'is a Secret of v1, which is what an ExternalSecret without it writes';
    return {
      what,
      fix: 'Leave target.manifest out. The operator puts values into such a Secret as if they were base64.',
    };
  }
  const meant = nearest(kind, MANIFEST_KINDS);
  return {
    what: `is ${kind} of ${apiVersion}; values of a vault are written into Secrets and ConfigMaps of v1 only, since other kinds show them wherever they are looked at`,
    fix:
      meant === undefined
        ? 'Write a Secret, and have that object refer to it; or leave it to the operator (spec.controller keeps the two apart).'
        : `Did you mean apiVersion: v1, kind: ${meant}?`,
  };
}

/** ESO 2.9 ignores them in silence. */
function withoutEffect(subject: Subject, template: NonNullable<Written['template']>): readonly Problem[] {
  const fields = (['type', 'mergePolicy'] as const).filter((field) => template[field] !== undefined);
  return fields.map((field) =>
    fieldProblem(subject, ['spec', 'target', 'template', field], {
      severity: 'warning',
      code: 'no-effect',
      what: 'has no effect on a ConfigMap, which has no type and holds what the template makes, nothing else',
      fix: 'Remove it; name what is to be taken over in template.data.',
    }),
  );
}

/** ESO 2.9 takes any path; of a ConfigMap the others are refused by the API server, or read by nobody. */
function partProblems(subject: Subject, { templateFrom }: NonNullable<Written['template']>): readonly Problem[] {
  return (templateFrom ?? []).flatMap(({ target }, index) =>
    templateTarget(target) !== undefined
      ? []
      : [
          fieldProblem(subject, ['spec', 'target', 'template', 'templateFrom', index, 'target'], {
            code: 'template-target',
            what: `is "${target ?? ''}", where no ConfigMap has texts by name`,
            fix: 'Write Data, Labels or Annotations.',
          }),
        ],
  );
}

/**
 * Takes out what would be written into kinds that the run does not allow; others go on. What another controller writes
 * is for that one to allow.
 */
export function refuseTargetKinds(
  sorted: SortedManifests,
  allowed: readonly ManifestKind[],
  isOthers: (intent: PullIntent) => boolean,
): SortedManifests {
  const isRefused = (intent: PullIntent) => {
    const { kind } = intent.target;
    return kind !== undefined && !allowed.includes(kind) && !isOthers(intent);
  };
  const refused = sorted.intents.filter(isRefused);
  if (refused.length === 0) return sorted;
  return {
    ...sorted,
    intents: sorted.intents.filter((intent) => !isRefused(intent)),
    refused: [...sorted.refused, ...refused.map(({ ref }) => ref)],
    problems: [...sorted.problems, ...refused.map(notAllowed)],
  };
}

function notAllowed({ ref, locate, target }: PullIntent): Problem {
  const origin = locate(MANIFEST);
  const kind = target.kind ?? 'Secret';
  return {
    severity: 'error',
    code: 'target-kind',
    at: ref,
    field: fieldText(MANIFEST),
    ...(origin === undefined ? {} : { origin }),
    what: `is a ${kind}, and this run writes values of a vault into Secrets only: whoever may read a ${kind} would read them`,
    fix: say`If that is meant, allow it with ${setting('target-kinds')} ${kind}. Otherwise leave target.manifest out.`,
  };
}
