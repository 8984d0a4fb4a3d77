/** The annotations of ExternalSecrets that the operator does not have: one row for each. */
import type { PullExtras } from '../../model/intent.ts';
import { isLenient, LENIENT_TEMPLATES, type Annotations, type AnnotationTable } from '../annotations.ts';

export const PULL_ANNOTATION_TABLE: AnnotationTable = { kinds: 'ExternalSecrets', rows: [LENIENT_TEMPLATES] };

/** Values have been looked at. */
export function toPullExtras(annotations: Annotations): PullExtras {
  return { lenientTemplates: isLenient(annotations) };
}
