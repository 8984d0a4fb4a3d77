/**
 * Rules between the fields of an ExternalSecret. ESO 2.9: its validating webhook and the rules of its CRD.
 *
 * The operator enforces some of them only while its webhook is up; here they always hold.
 */
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { parseSchedule } from '../../go/cron.ts';
import { fieldProblem, regexpProblems, type Subject } from '../check.ts';
import { manifestTargetProblems } from './manifest-targets.ts';
import { newerThanExternalSecret } from '../newer-fields.ts';
import type { WrittenExternalSecretSpec } from './schema.ts';
import { templateTarget, templateTargetProblems } from '../template/target-template.ts';
import { templateEngineProblems } from '../template/template-engine.ts';

const SERVICE_ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';
const BOOTSTRAP_TOKEN = 'bootstrap.kubernetes.io/token';
const HELM_RELEASE = 'helm.sh/release.v1';

type Rule = (subject: Subject, written: WrittenExternalSecretSpec) => readonly Problem[];

const RULES: readonly Rule[] = [
  deleteWithoutOwner,
  mergeIntoNothing,
  noData,
  forbiddenTypes,
  dataFromSources,
  sourceRefs,
  repeatedKeys,
  windowSchedules,
  findPatterns,
  templateTargets,
  manifestTargetProblems,
  rewriteKinds,
  rewritePatterns,
];

/** Every rule that the spec breaks. The apiVersion matters for what older versions did not have. */
export function externalSecretRules(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return [
    ...RULES.flatMap((rule) => rule(subject, written)),
    ...newerThanExternalSecret(subject),
    ...templateEngineProblems(subject),
  ];
}

function deleteWithoutOwner(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  const creation = written.target?.creationPolicy ?? 'Owner';
  if (written.target?.deletionPolicy !== 'Delete' || creation === 'Owner' || creation === 'Orphan') return [];
  return [
    fieldProblem(subject, ['spec', 'target', 'deletionPolicy'], {
      code: 'delete-without-owner',
      what: `is Delete, but with creationPolicy ${creation} the Secret is not ours to delete`,
      fix: 'Set creationPolicy to Owner, or deletionPolicy to Retain or Merge.',
    }),
  ];
}

function mergeIntoNothing(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  if (written.target?.deletionPolicy !== 'Merge' || written.target.creationPolicy !== 'None') return [];
  return [
    fieldProblem(subject, ['spec', 'target', 'deletionPolicy'], {
      code: 'merge-into-nothing',
      what: 'is Merge, but with creationPolicy None there is no Secret to merge with',
      fix: 'Set deletionPolicy to Retain, or another creationPolicy.',
    }),
  ];
}

function noData(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  if ((written.data ?? []).length > 0 || (written.dataFrom ?? []).length > 0) return [];
  return [
    fieldProblem(subject, ['spec'], {
      code: 'no-data',
      what: 'has neither data nor dataFrom, so there is nothing to read',
      fix: 'Add at least one entry.',
    }),
  ];
}

function forbiddenTypes(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  const template = written.target?.template;
  const annotated = template?.metadata?.annotations?.[SERVICE_ACCOUNT_NAME] !== undefined;
  const annotates = (template?.templateFrom ?? []).some(({ target }) => templateTarget(target) === 'annotations');
  const isToken = template?.type === SERVICE_ACCOUNT_TOKEN && (annotated || annotates);
  const isRelease = template?.type === HELM_RELEASE;
  const forbidden = template?.type === BOOTSTRAP_TOKEN || isToken || isRelease;
  if (!forbidden) return [];
  return [
    fieldProblem(subject, ['spec', 'target', 'template', 'type'], {
      code: 'forbidden-type',
      what: `is ${String(template.type)}, which would let this manifest ${isRelease ? 'say what Helm applies' : 'obtain credentials of the cluster'}`,
      fix: 'Use another type.',
    }),
  ];
}

function dataFromSources(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return (written.dataFrom ?? []).flatMap((entry, index) => {
    const path: FieldPath = ['spec', 'dataFrom', index];
    const sources = [entry.extract, entry.find, entry.sourceRef?.generatorRef].filter((part) => part !== undefined);
    if (sources.length > 1) {
      return [
        fieldProblem(subject, path, {
          code: 'several-sources',
          what: 'has more than one of extract, find and generatorRef',
          fix: 'Write one entry for each.',
        }),
      ];
    }
    if (sources.length === 1 || entry.sourceRef !== undefined) return [];
    return [
      fieldProblem(subject, path, {
        code: 'no-source',
        what: 'has none of extract, find and sourceRef',
        fix: 'Add one, or remove the entry.',
      }),
    ];
  });
}

/** ESO 2.9, CRD: a sourceRef holds exactly one of storeRef and generatorRef. */
function sourceRefs(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  const refs = [
    ...(written.dataFrom ?? []).map((entry, index) => ({ path: ['spec', 'dataFrom', index], ref: entry.sourceRef })),
    ...(written.data ?? []).map((entry, index) => ({ path: ['spec', 'data', index], ref: entry.sourceRef })),
  ];
  return refs.flatMap(({ path, ref }) => {
    if (ref === undefined) return [];
    const count = [ref.storeRef, ref.generatorRef].filter((part) => part !== undefined).length;
    if (count === 1) return [];
    return [
      fieldProblem(subject, [...path, 'sourceRef'], {
        code: 'source-ref',
        what: `has ${count === 0 ? 'neither storeRef nor' : 'both storeRef and'} generatorRef`,
        fix: 'Give exactly one of them.',
      }),
    ];
  });
}

/** ESO 2.9 webhook: only under Retain. Elsewhere the last entry wins. */
function repeatedKeys(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  if ((written.target?.deletionPolicy ?? 'Retain') !== 'Retain') return [];
  const seen = new Set<string>();
  return (written.data ?? []).flatMap(({ secretKey }, index) => {
    if (!seen.has(secretKey)) {
      seen.add(secretKey);
      return [];
    }
    return [
      fieldProblem(subject, ['spec', 'data', index, 'secretKey'], {
        code: 'repeated-key',
        what: `"${secretKey}" stands in more than one entry`,
        fix: 'Keep one of them: the last would win silently.',
      }),
    ];
  });
}

/** ESO 2.9 lets such a pattern match nothing, in silence: under Delete the Secret would go, under Retain its keys. */
function findPatterns(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return (written.dataFrom ?? []).flatMap(({ find }, index) =>
    regexpProblems(subject, ['spec', 'dataFrom', index, 'find', 'name', 'regexp'], find?.name?.regexp ?? ''),
  );
}

function templateTargets(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  const { manifest, template } = written.target ?? {};
  if (manifest !== undefined) return [];
  return template === undefined ? [] : templateTargetProblems(subject, ['spec', 'target', 'template'], template);
}

function rewriteKinds(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return rewritesOf(written).flatMap(({ path, operation }) => {
    const count = Object.values(operation).filter((part) => part !== undefined).length;
    if (count === 1) return [];
    return [
      fieldProblem(subject, path, {
        code: 'rewrite-kind',
        what: `has ${count === 0 ? 'none' : 'more than one'} of regexp, transform and merge`,
        fix: 'Write one list entry for each step.',
      }),
    ];
  });
}

function rewritePatterns(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return rewritesOf(written).flatMap(({ path, operation }) =>
    regexpProblems(subject, [...path, 'regexp', 'source'], operation.regexp?.source ?? ''),
  );
}

function rewritesOf(written: WrittenExternalSecretSpec) {
  return (written.dataFrom ?? []).flatMap(({ rewrite }, index) =>
    (rewrite ?? []).map((operation, step) => {
      const path: FieldPath = ['spec', 'dataFrom', index, 'rewrite', step];
      return { path, operation };
    }),
  );
}

/** ESO 2.9 skips such a window in silence: an allow window never opens, a deny window never closes. */
function windowSchedules(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return (written.syncWindows?.windows ?? []).flatMap(({ schedule }, index) =>
    parseSchedule(schedule) !== undefined
      ? []
      : [
          fieldProblem(subject, ['spec', 'syncWindows', 'windows', index, 'schedule'], {
            severity: 'warning',
            code: 'window-never-active',
            what: 'is not a schedule that can be read, so this window is never active',
            fix: 'Write five fields: minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-6 (Sunday is 0).',
          }),
        ],
  );
}
