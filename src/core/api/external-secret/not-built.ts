/**
 * What an ExternalSecret may hold and Keyferry does not have yet. Each use is refused by name, never ignored: a Secret
 * that looks right and lacks a part is worse than none.
 */
import type { FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import { fieldProblem, type Subject } from '../check.ts';
import type { WrittenExternalSecretSpec } from './schema.ts';

const FIX = 'Leave it to the operator for now (spec.controller keeps the two apart), or write it without this.';

export function notBuiltYet(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return sourceParts(written).map(({ path, feature }) =>
    fieldProblem(subject, path, { code: 'not-supported-yet', what: `is not supported yet (${feature})`, fix: FIX }),
  );
}

interface Part {
  readonly path: FieldPath;
  readonly feature: string;
}

function sourceParts(written: WrittenExternalSecretSpec): readonly Part[] {
  const parts: Part[] = [];
  for (const [index, entry] of (written.dataFrom ?? []).entries()) {
    const path: FieldPath = ['spec', 'dataFrom', index];
    if (entry.sourceRef?.generatorRef !== undefined) {
      parts.push({ path: [...path, 'sourceRef', 'generatorRef'], feature: 'generators' });
    }
  }
  for (const [index, entry] of (written.data ?? []).entries()) {
    if (entry.sourceRef?.generatorRef !== undefined) {
      parts.push({ path: ['spec', 'data', index, 'sourceRef', 'generatorRef'], feature: 'generators' });
    }
  }
  return parts;
}
