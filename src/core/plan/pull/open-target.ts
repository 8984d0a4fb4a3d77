/**
 * Values of a vault in an object that is no Secret: said once, when the object is made or taken over. That a run may
 * write it at all is what `target-kinds` is for.
 */
import type { PullIntent } from '../../model/intent.ts';
import { refText } from '../../model/object-ref.ts';
import { fieldText, type FieldPath } from '../../model/origin.ts';
import type { Problem } from '../../model/problem.ts';
import type { LiveSecret } from '../../model/secret.ts';
import { isSecret, targetOf } from '../../model/target.ts';
import { MANAGED_LABEL } from '../../model/names.ts';

const MANIFEST: FieldPath = ['spec', 'target', 'manifest'];

export function openTargetWarnings(intent: PullIntent, live: LiveSecret | undefined): readonly Problem[] {
  const target = targetOf(intent);
  if (isSecret(target) || live?.labels.has(MANAGED_LABEL) === true) return [];
  const origin = intent.locate(MANIFEST);
  return [
    {
      severity: 'warning',
      code: 'target-readable',
      at: intent.ref,
      field: fieldText(MANIFEST),
      ...(origin === undefined ? {} : { origin }),
      what: `makes values of the vault readable in ${refText(target)} for everybody who may read a ${target.kind} there, mostly more people and pods than may read Secrets`,
      fix: 'Write only what is no secret into it: entries in target.template that hold addresses, flags and names. For everything else leave target.manifest out.',
    },
  ];
}
