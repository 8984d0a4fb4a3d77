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
  return targetParts(written).map(({ path, feature }) =>
    fieldProblem(subject, path, { code: 'not-supported-yet', what: `is not supported yet (${feature})`, fix: FIX }),
  );
}

interface Part {
  readonly path: FieldPath;
  readonly feature: string;
}

function targetParts(written: WrittenExternalSecretSpec): readonly Part[] {
  if (written.target?.manifest === undefined) return [];
  return [{ path: ['spec', 'target', 'manifest'], feature: 'targets that are not Secrets' }];
}
