/**
 * Rules between the fields of a PushSecret that its definition has (ESO 2.9: CEL; it has no webhook), and what is not
 * built yet. Whatever ESO finds out only once an entry's turn has come is no refusal of the whole: `core/transform`.
 */
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';
import { durationProblems } from '../intent-head.ts';
import { templateTargetProblems } from '../template/target-template.ts';
import type { WrittenPushSecretSpec } from './schema.ts';

type Rule = (subject: Subject, written: WrittenPushSecretSpec) => readonly Problem[];

const RULES: readonly Rule[] = [
  refreshInterval,
  sourceCount,
  generators,
  nothingToPush,
  dataToStores,
  rewriteInBundle,
  rewriteKinds,
  templateTargets,
];

export function pushSecretRules(subject: Subject, written: WrittenPushSecretSpec): readonly Problem[] {
  return RULES.flatMap((rule) => rule(subject, written));
}

/** ESO 2.9: such a text in one PushSecret keeps the operator from seeing any. */
function refreshInterval(subject: Subject, written: WrittenPushSecretSpec): readonly Problem[] {
  return durationProblems(subject, ['spec', 'refreshInterval'], written.refreshInterval);
}

function sourceCount(subject: Subject, { selector }: WrittenPushSecretSpec): readonly Problem[] {
  const count = [selector.secret, selector.generatorRef].filter((part) => part !== undefined).length;
  if (count === 1) return [];
  return [
    fieldProblem(subject, ['spec', 'selector'], {
      code: 'push-source',
      what: `has ${count === 0 ? 'neither secret nor' : 'both secret and'} generatorRef`,
      fix: count === 0 ? 'Write secret.name, or secret.selector with labels.' : 'Keep one of them.',
    }),
  ];
}

function generators(subject: Subject, { selector }: WrittenPushSecretSpec): readonly Problem[] {
  if (selector.generatorRef === undefined) return [];
  return [
    fieldProblem(subject, ['spec', 'selector', 'generatorRef'], {
      code: 'not-supported-yet',
      what: 'is not supported yet (generators)',
      fix: 'Leave it to the operator for now (spec.controller keeps the two apart), or write it without this.',
    }),
  ];
}

/** ESO 2.9: `Synced`. Under deletionPolicy Delete this is how everything is taken out again. */
function nothingToPush(subject: Subject, { data, dataTo }: WrittenPushSecretSpec): readonly Problem[] {
  if ((data ?? []).length > 0 || (dataTo ?? []).length > 0) return [];
  return [
    fieldProblem(subject, ['spec'], {
      severity: 'warning',
      code: 'no-data',
      what: 'has neither data nor dataTo, so there is nothing to push',
      fix: 'Add at least one entry.',
    }),
  ];
}

function dataToStores(subject: Subject, written: WrittenPushSecretSpec): readonly Problem[] {
  return (written.dataTo ?? []).flatMap(({ storeRef }, index) =>
    storeRef?.name !== undefined || storeRef?.labelSelector !== undefined
      ? []
      : [
          fieldProblem(subject, ['spec', 'dataTo', index, 'storeRef'], {
            code: 'no-store',
            what: 'names no store',
            fix: 'Give it the name or the labelSelector of one in spec.secretStoreRefs.',
          }),
        ],
  );
}

function rewriteInBundle(subject: Subject, written: WrittenPushSecretSpec): readonly Problem[] {
  return (written.dataTo ?? []).flatMap(({ remoteKey = '', rewrite = [] }, index) =>
    remoteKey === '' || rewrite.length === 0
      ? []
      : [
          fieldProblem(subject, ['spec', 'dataTo', index, 'rewrite'], {
            code: 'rewrite-in-bundle',
            what: 'stands beside remoteKey, with which all keys go into one object under their own names',
            fix: 'Remove one of the two.',
          }),
        ],
  );
}

function rewriteKinds(subject: Subject, written: WrittenPushSecretSpec): readonly Problem[] {
  return (written.dataTo ?? []).flatMap(({ rewrite = [] }, index) =>
    rewrite.flatMap(({ regexp, transform }, step) => {
      if ((regexp === undefined) !== (transform === undefined)) return [];
      const path: FieldPath = ['spec', 'dataTo', index, 'rewrite', step];
      return [
        fieldProblem(subject, path, {
          code: 'rewrite-kind',
          what: `has ${regexp === undefined ? 'neither regexp nor' : 'both regexp and'} transform`,
          fix: 'Write one list entry for each step.',
        }),
      ];
    }),
  );
}

function templateTargets(subject: Subject, { template }: WrittenPushSecretSpec): readonly Problem[] {
  return template === undefined ? [] : templateTargetProblems(subject, ['spec', 'template'], template);
}
