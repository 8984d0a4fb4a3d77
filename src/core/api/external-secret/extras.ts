/** The annotations of ExternalSecrets that the operator does not have: one row for each. */
import { KEEP_PREVIOUS_ANNOTATION, ROTATE_ANNOTATION } from '../../model/names.ts';
import type { PullExtras } from '../../model/intent.ts';
import {
  isLenient,
  LENIENT_TEMPLATES,
  type AnnotationRow,
  type Annotations,
  type AnnotationTable,
} from '../annotations.ts';

const MOST_PREVIOUS = 9;

const ROTATE: AnnotationRow = {
  name: ROTATE_ANNOTATION,
  values: 'any text, as `"2027-01"`',
  default: 'nobody asks',
  does: 'Another text than at the last sync: passwords, UUIDs and SSH keys of its [generators](generators.md) are drawn anew.',
  isValid: (text) => text !== '',
  fix: 'Write any text; another one than the last asks for new values.',
};

const KEEP_PREVIOUS: AnnotationRow = {
  name: KEEP_PREVIOUS_ANNOTATION,
  values: '`"1"` to `"9"`',
  default: 'none is kept',
  does: 'So many earlier values of its [generators](generators.md) stay in the Secret, as `KEY_PREVIOUS`, `KEY_PREVIOUS_2` and so on.',
  isValid: (text) => /^[0-9]$/u.test(text),
  fix: `Write a whole number from 0 to ${MOST_PREVIOUS}, in quotes.`,
};

export const PULL_ANNOTATION_TABLE: AnnotationTable = {
  kinds: 'ExternalSecrets',
  rows: [LENIENT_TEMPLATES, ROTATE, KEEP_PREVIOUS],
};

/** Values have been looked at. */
export function toPullExtras(annotations: Annotations): PullExtras {
  const rotate = annotations[ROTATE_ANNOTATION];
  return {
    lenientTemplates: isLenient(annotations),
    ...(rotate === undefined ? {} : { rotate }),
    keepPrevious: Number(annotations[KEEP_PREVIOUS_ANNOTATION] ?? 0),
  };
}
