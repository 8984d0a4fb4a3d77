/**
 * What the operator has and Keyferry does not have yet. Each use is refused by name, never ignored:
 * a Secret that looks right and lacks its template is worse than none.
 */
import type { ObjectRef } from '../model/object-ref.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';
import type { WrittenExternalSecretSpec } from './schema.ts';

const FIX = 'Leave it to the operator for now (spec.controller keeps the two apart), or write it without this.';

/** Kinds of the External Secrets groups that are known and refused. */
const KINDS: Readonly<Record<string, string>> = {
  PushSecret: 'writing back into the vault',
  ClusterPushSecret: 'writing back into the vault',
  ClusterExternalSecret: 'cluster-wide ExternalSecrets',
};

/** Refuses a whole object of an External Secrets group. */
export function kindNotBuiltYet(at: ObjectRef, subject: Subject, group: string): Problem {
  const feature = KINDS[at.kind] ?? (group.startsWith('generators.') ? 'generators' : 'an unknown kind');
  return fieldProblem(subject, ['kind'], {
    code: 'not-supported-yet',
    what: `is ${at.kind}, which is not supported yet (${feature})`,
    fix: 'Keep it out of the manifests that Keyferry is given; the operator can go on serving it.',
  });
}

/** Refuses the parts of an ExternalSecret that are not built. */
export function notBuiltYet(subject: Subject, written: WrittenExternalSecretSpec): readonly Problem[] {
  return [...targetParts(written), ...sourceParts(written)].map(({ path, feature }) =>
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
