/**
 * `${NAME}` in manifests: filled with values that the user gives, in any text of any document.
 *
 * Names are capitals, digits and underscores, so that `${1}` of a rewrite and `${name}` of other tools stay. `$${NAME}`
 * is a `${NAME}` that stays. Values go into texts that are parsed already, so that none can change the structure.
 */
import type { ManifestDocument } from '../model/document.ts';
import { fieldText, type FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';

export type PlaceholderValues = Readonly<Record<string, string>>;

const PLACEHOLDER = /(\$?)\$\{([A-Z_][A-Z0-9_]*)\}/gu;

export interface Filled {
  readonly documents: readonly ManifestDocument[];
  /** One for each placeholder without a value, at its line. */
  readonly problems: readonly Problem[];
}

export function fillPlaceholders(documents: readonly ManifestDocument[], values: PlaceholderValues): Filled {
  const problems: Problem[] = [];
  const filled = documents.map((document) => {
    const missing = (path: FieldPath, name: string) => problems.push(missingProblem(document, path, name));
    return { ...document, value: fill(document.value, { values, missing, path: [] }) };
  });
  return { documents: filled, problems };
}

interface Filling {
  readonly values: PlaceholderValues;
  readonly missing: (path: FieldPath, name: string) => void;
  readonly path: FieldPath;
}

function fill(value: unknown, filling: Filling): unknown {
  const at = (part: string | number): Filling => ({ ...filling, path: [...filling.path, part] });
  if (typeof value === 'string') return fillText(value, filling);
  if (Array.isArray(value)) return value.map((item, index) => fill(item, at(index)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [fillText(key, filling), fill(item, at(key))]));
}

function fillText(text: string, { values, missing, path }: Filling): string {
  return text.replace(PLACEHOLDER, (whole, escape: string, name: string) => {
    if (escape !== '') return whole.slice(1);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) missing(path, name);
    return value ?? whole;
  });
}

function missingProblem(document: ManifestDocument, path: FieldPath, name: string): Problem {
  const origin = document.locate(path);
  return {
    severity: 'error',
    code: 'placeholder-without-value',
    field: fieldText(path),
    ...(origin === undefined ? {} : { origin }),
    what: `holds the placeholder \${${name}}, which has no value`,
    fix: `Give it in --values, or write $\${${name}} where the text is meant.`,
  };
}
