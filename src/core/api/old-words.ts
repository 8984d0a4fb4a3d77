/** What Kubernetes' own tools make of words without quotes, where it matters: they read YAML 1.1. */
import { withValue, type ManifestDocument, type OldWord } from '../model/document.ts';
import { fieldsOf } from '../model/fields.ts';
import { fieldText } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { fieldProblem, type Subject } from './check.ts';

/** Every field of ours that is a boolean. */
const BOOLEAN_PATHS = [
  ['spec', 'target', 'immutable'],
  ['spec', 'provider', 'azurekv', 'useAzureSDK'],
];
const BOOLEANS = BOOLEAN_PATHS.map(fieldText);

/** `immutable: yes` is true for kubectl, Helm, Flux and Argo CD, so that it is here. */
export function withBooleans(document: ManifestDocument): ManifestDocument {
  if (!BOOLEAN_PATHS.some((path) => typeof valueAt(document.value, path) === 'string')) return document;
  const words = wordsOf(document).filter(isBoolean);
  if (words.length === 0) return document;
  const value = words.reduce<unknown>((read, { path, meaning }) => set(read, path, meaning), document.value);
  return withValue(document, value);
}

/** A warning for each word that reaches the cluster otherwise than it is written here. */
export function oldWordProblems(subject: Subject): readonly Problem[] {
  const words = wordsOf(subject.document).filter((word) => !isBoolean(word));
  return words.map(({ path, word, isKey, meaning }) =>
    fieldProblem(subject, path, {
      severity: 'warning',
      code: 'yaml-1-1-word',
      what: `${isKey ? 'has a name' : 'has a value'} without quotes that kubectl, Helm and Argo CD read as ${meaning === 'number' ? 'a number' : String(meaning)}; here it is ${meaning === 'number' ? 'a text' : `the text ${word}`}`,
      fix: 'Put it in quotes.',
    }),
  );
}

function wordsOf({ oldWords }: ManifestDocument): readonly OldWord[] {
  return (oldWords?.() ?? []).filter(({ path }) => path[0] === 'spec' || path[0] === 'metadata');
}

function isBoolean({ path, isKey, meaning }: OldWord): boolean {
  return !isKey && typeof meaning === 'boolean' && BOOLEANS.includes(fieldText(path));
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, part) => fieldsOf(at)[part], value);
}

function set(value: unknown, [first, ...rest]: OldWord['path'], to: unknown): unknown {
  return first === undefined ? to : { ...fieldsOf(value), [first]: set(fieldsOf(value)[first], rest, to) };
}
