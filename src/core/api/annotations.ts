/**
 * What Keyferry has beside the operator: annotations under `keyferry.dev/`, so that manifests stay valid for both.
 *
 * Each direction has a table of its own; checks and the manual are made from it.
 */
import type { FieldPath } from '../model/origin.ts';
import { LENIENT_TEMPLATES_ANNOTATION } from '../model/names.ts';
import { nearest } from '../model/nearest.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';
import { hasPlaceholder } from './placeholders.ts';

export type Annotations = Readonly<Record<string, string>>;

/** One annotation: what may be written, and what it does. The first ones are for the manual, in Markdown. */
export interface AnnotationRow {
  readonly name: string;
  readonly values: string;
  /** What holds without it. */
  readonly default: string;
  readonly does: string;
  readonly isValid: (text: string) => boolean;
  /** For JSON Schemas: a form that every valid value has. Words that `values` lists need none. */
  readonly form?: string;
  /** For a value that is not valid: what may be written. */
  readonly fix: string;
}

export interface AnnotationTable {
  /** `PushSecrets`. */
  readonly kinds: string;
  readonly rows: readonly AnnotationRow[];
}

export const ANNOTATION_PREFIX = 'keyferry.dev/';

/** Of both directions. That it is a switch is told with the templates, as a warning. */
export const LENIENT_TEMPLATES: AnnotationRow = {
  name: LENIENT_TEMPLATES_ANNOTATION,
  values: '`"true"`, `"false"`',
  default: '`"false"`',
  does: 'With `"true"`, failures that Go\'s template functions pass over are passed over, as in the operator: [what counts as a failure](../../guides/templates.md#what-counts-as-a-failure).',
  isValid: () => true,
  fix: '',
};

export function isLenient(annotations: Annotations): boolean {
  return annotations[LENIENT_TEMPLATES_ANNOTATION] === 'true';
}

/** Values that cannot be, and names under the prefix that the table does not have. */
export function annotationProblems(
  subject: Subject,
  annotations: Annotations,
  table: AnnotationTable,
): readonly Problem[] {
  const invalid = table.rows.flatMap(({ name, isValid, fix }) => {
    const text = annotations[name];
    if (text === undefined || hasPlaceholder(text) || isValid(text)) return [];
    return [annotationProblem(subject, name, { what: 'has a value that it cannot have', fix })];
  });
  return [...invalid, ...unknownAnnotations(subject, annotations, table)];
}

/** Of one annotation whose value means nothing here. */
export function annotationProblem(
  subject: Subject,
  name: string,
  { what, fix }: Pick<Parameters<typeof fieldProblem>[2], 'what' | 'fix'>,
): Problem {
  return fieldProblem(subject, annotationPath(name), { code: 'annotation-value', what, fix });
}

export function annotationPath(name: string): FieldPath {
  return ['metadata', 'annotations', name];
}

function unknownAnnotations(subject: Subject, annotations: Annotations, { kinds, rows }: AnnotationTable) {
  const known = rows.map(({ name }) => name);
  const unknown = Object.keys(annotations).filter(
    (name) => name.startsWith(ANNOTATION_PREFIX) && !known.includes(name),
  );
  return unknown.map((name) => {
    const meant = nearest(name, known);
    const fix = meant === undefined ? 'Remove it.' : `Did you mean ${meant}?`;
    const what = `is not an annotation of ${kinds} and has no effect`;
    return fieldProblem(subject, annotationPath(name), { severity: 'warning', code: 'unknown-annotation', what, fix });
  });
}
