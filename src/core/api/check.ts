/** Schema findings → Problems with the field's name and line. Shows a given text only where it is a fixed word. */
import type { Message } from '../model/message.ts';
import type { z } from 'zod';
import type { ManifestDocument } from '../model/document.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import { hasErrors, type Problem, type Severity } from '../model/problem.ts';
import { LARGEST_PATTERN, regexpFault } from '../go/regexp.ts';
import { foreignPlaceholder } from './foreign-placeholders.ts';
import { explainUnknown, type UnknownField } from './known-fields.ts';
import { nearest } from '../model/nearest.ts';

/** Where a check stands: the object, and how to find its fields. */
export interface Subject {
  readonly at: ObjectRef;
  readonly document: ManifestDocument;
  /** Of an object that is written within another one: where its fields stand, as `spec.data` in `spec.pushSecretSpec.data`. */
  readonly placed?: (path: FieldPath) => FieldPath;
}

/** Where a field of the object stands; told and kept alike. */
export function locateIn({ document, placed }: Subject): ManifestDocument['locate'] {
  return placed === undefined ? document.locate : (path) => document.locate(placed(path));
}

/** As the user wrote it: within another object, or in an older version. */
function writtenPath({ document, placed }: Subject, path: FieldPath): FieldPath {
  const place = placed?.(path) ?? path;
  return document.written?.pathOf(place) ?? place;
}

interface FieldFault {
  readonly code: string;
  readonly what: Message;
  readonly fix: Message;
  readonly severity?: Severity;
}

/** A Problem about one field of one document. */
export function fieldProblem(subject: Subject, path: FieldPath, finding: FieldFault): Problem {
  const origin = locateIn(subject)(path);
  const shown = writtenPath(subject, path);
  return {
    severity: finding.severity ?? 'error',
    code: finding.code,
    at: subject.at,
    ...(shown.length === 0 ? {} : { field: fieldText(shown) }),
    ...(origin === undefined ? {} : { origin }),
    what: finding.what,
    fix: finding.fix,
  };
}

export const REGEXP_FAULTS = {
  syntax: {
    what: 'is not a regular expression (RE2)',
    fix: 'Correct it; look-around and back-references do not exist in RE2.',
  },
  size: {
    what: `is a regular expression of more than ${LARGEST_PATTERN.characters} characters or ${LARGEST_PATTERN.instructions} instructions`,
    fix: 'Write it shorter, or split it; x{1000} counts as a thousand x.',
  },
} as const;

/** RE2 is what ESO compiles patterns with. */
export function regexpProblems(subject: Subject, path: FieldPath, pattern: string): readonly Problem[] {
  const fault = regexpFault(pattern);
  return fault === undefined ? [] : [fieldProblem(subject, path, { code: 'regexp', ...REGEXP_FAULTS[fault] })];
}

export interface Checked<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Checks one part of a document (`root` says which) against its schema.
 *
 * Errors leave `value` undefined. An unknown field that is nearly a known one is an error: the API server would refuse it,
 * and dropping it can cost keys. Others are warnings: the API server drops them, which goes unnoticed for months.
 */
export function checkShape<T>(
  subject: Subject,
  root: FieldPath,
  schemas: { readonly loose: z.ZodType<T>; readonly strict: z.ZodType },
  value: unknown,
): Checked<T> {
  const result = schemas.loose.safeParse(value);
  const strict = schemas.strict.safeParse(value);
  const issuesOfStrict = strict.success ? [] : strict.error.issues;
  const unknown = issuesOfStrict.flatMap((issue) => unknownFields(subject, issue, schemas.strict));
  const found = unknown.map((field) => unknownProblem(subject, [...root, ...field.path], field));
  if (result.success && !hasErrors(found)) return { value: result.data, problems: found };
  const misspelt = new Set(unknown.map(({ path, meant }) => fieldText([...path.slice(0, -1), meant ?? ''])));
  const issues = (result.success ? [] : result.error.issues).filter(
    (issue) => !(isMissing(issue, value) && misspelt.has(fieldText(pathOf(issue)))),
  );
  return {
    value: undefined,
    problems: [...issues.map((issue) => shapeProblem(subject, root, issue, value)), ...found],
  };
}

interface FoundUnknown extends UnknownField {
  readonly path: FieldPath;
}

/** What a resource in a cluster holds is a field of its definition there, which may be newer than ours. */
function unknownFields(subject: Subject, issue: z.core.$ZodIssue, schema: z.ZodType): readonly FoundUnknown[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const path = pathOf(issue);
  const explain = (key: string) => (subject.document.home === 'cluster' ? {} : explainUnknown(schema, path, key));
  return issue.keys.map((key) => ({ path: [...path, key], ...explain(key) }));
}

/** An unknown field; an error where it is nearly a known one. */
function unknownProblem(subject: Subject, path: FieldPath, { meant, below }: UnknownField): Problem {
  if (meant !== undefined) {
    const what = 'is not a field of this kind';
    return fieldProblem(subject, path, { code: 'misspelt-field', what, fix: `Did you mean ${meant}?` });
  }
  return fieldProblem(subject, path, {
    severity: 'warning',
    code: 'unknown-field',
    what: 'is not a field of this kind and has no effect',
    fix:
      below === undefined
        ? 'Check the spelling and the indentation, or remove it.'
        : `It belongs below ${below}: check the indentation.`,
  });
}

function isMissing(issue: z.core.$ZodIssue, value: unknown): boolean {
  return givenAt(issue, value) === undefined;
}

function givenAt(issue: z.core.$ZodIssue, value: unknown): unknown {
  return pathOf(issue).reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined),
    value,
  );
}

function shapeProblem(subject: Subject, root: FieldPath, issue: z.core.$ZodIssue, value: unknown): Problem {
  return fieldProblem(subject, [...root, ...pathOf(issue)], wording(issue, givenAt(issue, value)));
}

function wording(issue: z.core.$ZodIssue, given: unknown): FieldFault {
  if (given === undefined) return { code: 'missing-field', what: 'is missing', fix: 'Add it.' };
  if (given === null) return { code: 'missing-field', what: 'has no value', fix: 'Write one, or "" if none is meant.' };
  switch (issue.code) {
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const hint = typeof given === 'string' ? nearest(given, allowed) : undefined;
      return {
        code: 'unknown-value',
        what: `is ${typeof given === 'string' ? `"${given}"` : kindOf(given)}, which is not one of ${allowed.join(', ')}`,
        fix: hint === undefined ? 'Use one of these.' : `Did you mean ${hint}?`,
      };
    }
    case 'invalid_type':
    case 'invalid_union':
      return {
        code: 'wrong-type',
        what: `is ${kindOf(given)}${issue.code === 'invalid_type' ? `, not ${article(issue.expected)}` : ', which does not fit here'}`,
        fix: fixOfType(issue, given),
      };
    case 'too_small':
      return { code: 'too-short', what: 'is empty', fix: 'Fill it in or remove it.' };
    case 'too_big':
      return { code: 'too-long', what: `is longer than ${String(issue.maximum)} characters`, fix: 'Shorten it.' };
    case 'invalid_format':
    case 'custom': {
      const fix = typeof given === 'string' ? foreignPlaceholder(given) : undefined;
      if (fix !== undefined) return { code: 'placeholder', what: 'still holds a placeholder', fix };
      return { code: 'malformed-field', what: issue.message, fix: 'Correct it.' };
    }
    default:
      return { code: 'malformed-field', what: 'is not valid here', fix: 'Correct it.' };
  }
}

function fixOfType(issue: z.core.$ZodIssue, given: unknown): string {
  if (typeof given === 'number' || typeof given === 'boolean') return 'Put it in quotes if a text is meant.';
  if (given instanceof Uint8Array) return 'Write it as a text, without the tag.';
  const isWord = typeof given === 'string' && issue.code === 'invalid_type' && issue.expected === 'boolean';
  return isWord ? 'Write true or false, without quotes.' : 'Check the indentation.';
}

function pathOf(issue: z.core.$ZodIssue): readonly (string | number)[] {
  return issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Uint8Array) return 'binary data (!!binary)';
  if (value instanceof Date) return 'a time (!!timestamp)';
  return article(value === null ? 'null' : typeof value);
}

function article(kind: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    record: 'object',
    array: 'list',
    int: 'whole number',
  };
  const name = names[kind] ?? kind;
  return name === 'null' ? name : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}
