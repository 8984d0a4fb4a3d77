/** A key for an earlier value that the manifest fills itself. */
import type { PullIntent } from '../model/intent.ts';
import { KEEP_PREVIOUS_ANNOTATION } from '../model/names.ts';
import { fieldText } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';

export function keyTaken({ ref, locate }: Pick<PullIntent, 'ref' | 'locate'>, key: string): Problem {
  const path = ['metadata', 'annotations', KEEP_PREVIOUS_ANNOTATION];
  const origin = locate(path);
  return {
    severity: 'error',
    code: 'generated-key-taken',
    at: ref,
    field: fieldText(path),
    ...(origin === undefined ? {} : { origin }),
    what: `keeps an earlier value under "${key}", and the manifest writes that key itself`,
    fix: 'Give that key another name, or keep fewer values.',
  };
}
