/**
 * References to generators. ESO 2.9: in `dataFrom` they work; in `data` they are taken for a store without a name, so that
 * every refresh fails.
 */
import { GENERATORS, groupOf } from '../../model/kinds.ts';
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';
import { servedGenerators, unservedGenerator } from '../generator/served.ts';
import type { WrittenExternalSecretSpec, WrittenGeneratorRef } from './schema.ts';

export function generatorRefProblems(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return [
    ...(written.dataFrom ?? []).flatMap((entry, index) => {
      const ref = entry.sourceRef?.generatorRef;
      const path: FieldPath = ['spec', 'dataFrom', index, 'sourceRef', 'generatorRef'];
      return ref === undefined ? [] : refProblems(subject, path, ref);
    }),
    ...(written.data ?? []).flatMap((entry, index) => {
      if (entry.sourceRef?.generatorRef === undefined) return [];
      return [
        fieldProblem(subject, ['spec', 'data', index, 'sourceRef', 'generatorRef'], {
          code: 'generator-in-data',
          what: 'is in spec.data, where generators never work',
          fix: 'Move it to an entry of spec.dataFrom; a rewrite there gives its key another name.',
        }),
      ];
    }),
  ];
}

/** Of one reference, wherever it stands. */
export function refProblems(subject: Subject, path: FieldPath, ref: WrittenGeneratorRef): readonly Problem[] {
  if (ref.apiVersion !== undefined && groupOf(ref.apiVersion) !== GENERATORS) {
    return [
      fieldProblem(subject, [...path, 'apiVersion'], {
        code: 'generator-group',
        what: 'is not of the group of generators',
        fix: `Write ${GENERATORS}/v1alpha1, or leave it out.`,
      }),
    ];
  }
  const { kind } = ref;
  return servedGenerators.includes(kind) ? [] : [unservedGenerator(subject, [...path, 'kind'], kind)];
}
