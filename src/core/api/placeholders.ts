/**
 * `${NAME}` in manifests: filled with values that the user gives, where nothing else can be meant by it.
 *
 * Names are capitals, digits and underscores, so that `${1}` of a rewrite, `${name}` of other tools and `${NAME:-default}`
 * of shells stay. `$${NAME}` is a `${NAME}` that stays, where values are filled in. Values go into texts that are parsed
 * already, so that none can change the structure.
 *
 * | document | fields that are filled |
 * | --- | --- |
 * | of External Secrets | all but free texts: annotations, the template (but for names), rewrite, values of `fake` |
 * | ServiceAccount, Secret | name, namespace, the annotations of workload identity |
 * | any other | none |
 */
import { say, setting } from '../model/message.ts';
import { withValue, type ManifestDocument, type OpenPlaceholder } from '../model/document.ts';
import { fieldsOf } from '../model/fields.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';
import { isForeign } from './heads.ts';

export type PlaceholderValues = Readonly<Record<string, string>>;

const PLACEHOLDER = /(\$?)\$\{([A-Z_][A-Z0-9_]*)\}/gu;

/** Fills what has a value. `everywhere`: in any text of any document. */
export function fillPlaceholders(
  documents: readonly ManifestDocument[],
  values: PlaceholderValues,
  everywhere: boolean,
): readonly ManifestDocument[] {
  return documents.map((document) => {
    const fills = everywhere ? () => true : fieldsToFill(document);
    const value = rewritten(document.value, [], { fills, text: (text) => fillText(text, values) });
    // Afterwards nobody could tell them from `$${NAME}`, which is meant.
    const open = placeholdersIn(document, everywhere).filter(({ name }) => !Object.hasOwn(values, name));
    return { ...withValue(document, value), openPlaceholders: open };
  });
}

function fillText(text: string, values: PlaceholderValues): string {
  return text.replace(PLACEHOLDER, (whole, escape: string, name: string) => {
    if (escape !== '') return whole.slice(1);
    return Object.hasOwn(values, name) ? (values[name] ?? whole) : whole;
  });
}

interface Rewriting {
  readonly fills: (path: FieldPath) => boolean;
  readonly text: (text: string) => string;
}

function rewritten(value: unknown, path: FieldPath, rewriting: Rewriting): unknown {
  if (typeof value === 'string') return rewriting.fills(path) ? rewriting.text(value) : value;
  if (Array.isArray(value)) return value.map((item, index) => rewritten(item, [...path, index], rewriting));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof Date) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const at = [...path, key];
    return [rewriting.fills(at) ? rewriting.text(key) : key, rewritten(item, at, rewriting)] as const;
  });
  return Object.fromEntries(entries);
}

/** Placeholders that are left, of fields that are filled. */
export function openPlaceholders(document: ManifestDocument): readonly OpenPlaceholder[] {
  return document.openPlaceholders ?? (document.home === 'cluster' ? [] : placeholdersIn(document, false));
}

/**
 * In a document of another kind they are its own business, unless everything is to be filled. Names of fields count as
 * the field.
 */
function placeholdersIn(document: ManifestDocument, everywhere: boolean): readonly OpenPlaceholder[] {
  const found: OpenPlaceholder[] = [];
  const fills = everywhere ? () => true : isForeign(document) ? () => false : fieldsToFill(document);
  const look = (text: string, path: FieldPath): void => {
    for (const [, escape, name = ''] of text.matchAll(PLACEHOLDER)) if (escape === '') found.push({ path, name });
  };
  const walk = (value: unknown, path: FieldPath): void => {
    if (typeof value === 'string') {
      if (fills(path)) look(value, path);
    } else if (Array.isArray(value)) for (const [index, item] of value.entries()) walk(item, [...path, index]);
    else {
      for (const [key, item] of Object.entries(fieldsOf(value))) {
        if (fills([...path, key])) look(key, [...path, key]);
        walk(item, [...path, key]);
      }
    }
  };
  walk(document.value, []);
  return found;
}

/** The refusal of one that is left. */
export function openPlaceholder(subject: Subject, { path, name }: OpenPlaceholder): Problem {
  return fieldProblem(subject, path, {
    code: 'placeholder-without-value',
    what: `holds the placeholder \${${name}}, which has no value`,
    fix: say`Give it in ${setting('values')}.`,
  });
}

/** A text with placeholders, as it may look once they are filled; for checks of its form. */
export function asIfFilled(text: string): string {
  return text.replace(PLACEHOLDER, (whole, escape: string) => (escape === '' ? 'x' : whole.slice(1)));
}

/** The pattern of a form for whoever does not fill: a text with a placeholder may have any. */
export function orPlaceholder(source: string): string {
  return String.raw`${source}|\$\{[A-Z_][A-Z0-9_]*\}`;
}

export function hasPlaceholder(text: string): boolean {
  return asIfFilled(text) !== text;
}

function fieldsToFill(document: ManifestDocument): (path: FieldPath) => boolean {
  if (!isForeign(document)) return isFilled;
  const { apiVersion, kind } = document.head;
  return apiVersion === 'v1' && (kind === 'ServiceAccount' || kind === 'Secret') ? isFilledBeside : () => false;
}

/** Texts of somebody else's language, in which `${NAME}` may mean something. */
const FREE: readonly RegExp[] = [
  /^metadata\.annotations\b/u,
  /^spec\.target\.template\b(?!\.templateFrom\.\d+\.(?:configMap|secret)\.name$)/u,
  /^spec\.dataFrom\.\d+\.rewrite\b/u,
  /^spec\.provider\.fake\.data\.\d+\.value/u,
];

function isFilled(path: FieldPath): boolean {
  const text = path.join('.');
  return /^(?:metadata|spec)\./u.test(text) && !FREE.some((free) => free.test(text));
}

/** What stores refer to. */
function isFilledBeside(path: FieldPath): boolean {
  const [metadata, field, annotation = ''] = path;
  if (metadata !== 'metadata') return false;
  if (field === 'annotations') return String(annotation).startsWith('azure.workload.identity/');
  return path.length === 2 && (field === 'name' || field === 'namespace');
}
