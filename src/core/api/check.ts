/** Schema findings → Problems with the field's name and line. Shows a given text only where it is a fixed word. */
import type { z } from 'zod';
import type { ManifestDocument } from '../model/document.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import type { Problem, Severity } from '../model/problem.ts';
import { compileRegexp } from '../go/regexp.ts';
import { nearest } from './nearest.ts';

/** Where a check stands: the object, and how to find its fields. */
export interface Subject {
  readonly at: ObjectRef;
  readonly document: ManifestDocument;
}

interface Finding {
  readonly code: string;
  readonly what: string;
  readonly fix: string;
  readonly severity?: Severity;
}

/** A Problem about one field of one document. */
export function fieldProblem(subject: Subject, path: FieldPath, finding: Finding): Problem {
  const origin = subject.document.locate(path);
  return {
    severity: finding.severity ?? 'error',
    code: finding.code,
    at: subject.at,
    ...(path.length === 0 ? {} : { field: fieldText(path) }),
    ...(origin === undefined ? {} : { origin }),
    what: finding.what,
    fix: finding.fix,
  };
}

/** RE2 is what ESO compiles patterns with. */
export function regexpProblems(subject: Subject, path: FieldPath, pattern: string): readonly Problem[] {
  if (compileRegexp(pattern) !== undefined) return [];
  return [
    fieldProblem(subject, path, {
      code: 'regexp',
      what: 'is not a regular expression (RE2)',
      fix: 'Correct it; look-around and back-references do not exist in RE2.',
    }),
  ];
}

export interface Checked<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Checks one part of a document (`root` says which) against its schema.
 *
 * Errors leave `value` undefined. Unknown fields are warnings: the API server drops them, which is how a misspelt
 * field goes unnoticed for months.
 */
export function checkShape<T>(
  subject: Subject,
  root: FieldPath,
  schemas: { readonly loose: z.ZodType<T>; readonly strict: z.ZodType },
  value: unknown,
): Checked<T> {
  const result = schemas.loose.safeParse(value);
  const strict = schemas.strict.safeParse(value);
  const issues = strict.success ? [] : strict.error.issues;
  const warnings = issues.flatMap((issue) => unknownFields(subject, root, issue));
  if (result.success) return { value: result.data, problems: warnings };
  const errors = result.error.issues.map((issue) => shapeProblem(subject, root, issue, value));
  return { value: undefined, problems: [...errors, ...warnings] };
}

function unknownFields(subject: Subject, root: FieldPath, issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code !== 'unrecognized_keys') return [];
  return issue.keys.map((key) =>
    fieldProblem(subject, [...root, ...pathOf(issue), key], {
      severity: 'warning',
      code: 'unknown-field',
      what: 'is not a field of this kind and has no effect',
      fix: 'Check the spelling and the indentation, or remove it.',
    }),
  );
}

function shapeProblem(subject: Subject, root: FieldPath, issue: z.core.$ZodIssue, value: unknown): Problem {
  const path = [...root, ...pathOf(issue)];
  const given = pathOf(issue).reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined),
    value,
  );
  return fieldProblem(subject, path, wording(issue, given));
}

function wording(issue: z.core.$ZodIssue, given: unknown): Finding {
  if (given === undefined || given === null) {
    return { code: 'missing-field', what: 'is missing', fix: 'Add it.' };
  }
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
        fix:
          typeof given === 'number' || typeof given === 'boolean'
            ? 'Put it in quotes if a text is meant.'
            : 'Check the indentation.',
      };
    case 'too_small':
      return { code: 'too-short', what: 'is empty', fix: 'Fill it in or remove it.' };
    case 'too_big':
      return { code: 'too-long', what: `is longer than ${String(issue.maximum)} characters`, fix: 'Shorten it.' };
    case 'invalid_format':
      return { code: 'malformed-field', what: issue.message, fix: 'Correct it.' };
    default:
      return { code: 'malformed-field', what: 'is not valid here', fix: 'Correct it.' };
  }
}

function pathOf(issue: z.core.$ZodIssue): readonly (string | number)[] {
  return issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
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
