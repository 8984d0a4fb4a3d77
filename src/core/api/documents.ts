/**
 * Manifest text → documents that know where each of their fields stands.
 *
 * One unreadable document never hides another. Nothing of the text is ever repeated in a problem: a manifest may
 * hold a value by mistake.
 */
import { documentOf, type ManifestDocument, type OldWord } from '../model/document.ts';
import { isRecord } from '../model/fields.ts';
import type { FieldPath, Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import type { YamlFault } from '../yaml/faults.ts';
import { readYaml, type YamlDocument } from '../yaml/read.ts';
import { inNewestVersion } from './old-versions.ts';
import { withBooleans } from './old-words.ts';

export interface ParsedDocuments {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
}

/** Reads every document of one file. `file` is how the user named it; it appears in every Origin. */
export function parseDocuments(file: string, text: string): ParsedDocuments {
  const pieces = [...documentsOf(file, text)];
  return {
    documents: pieces.flatMap(({ documents }) => documents),
    problems: pieces.flatMap(({ problems }) => problems),
  };
}

/** The same in pieces, also empty ones, so that whoever reads much may let others work in between. */
export function* documentsOf(file: string, text: string): Generator<ParsedDocuments, void> {
  for (const document of readYaml(text)) {
    yield document === undefined ? NOTHING : readDocument(file, document);
  }
}

const NOTHING: ParsedDocuments = { documents: [], problems: [] };

function readDocument(file: string, document: YamlDocument): ParsedDocuments {
  const { fault, value, line, lineOf, source, oldWords } = document;
  const origin = { file, line };
  if (fault !== undefined) return { documents: [], problems: [unreadable(origin, fault, source())] };
  const locate = (path: FieldPath): Origin => ({ file, line: lineOf(path) });
  return { documents: expandList(documentOf({ value, origin, locate, oldWords, home: 'file' })), problems: [] };
}

/** kubectl's `kind: List`: each item is a document of its own, with its own place. */
function expandList(document: ManifestDocument): readonly ManifestDocument[] {
  const { value } = document;
  if (typeof value !== 'object' || value === null || !('kind' in value)) return [document];
  if (typeof value.kind !== 'string' || !('items' in value)) return [inNewestVersion(withBooleans(document))];
  if (!value.kind.endsWith('List') || !Array.isArray(value.items)) return [document];
  const inherited = inheritedHead(value);
  const words = wordsOfItems(document);
  return value.items.flatMap((written: unknown, index) => {
    const item: unknown = isRecord(written) ? { ...inherited, ...written } : written;
    const locate = (path: FieldPath) => document.locate(['items', index, ...path]);
    const origin = locate([]);
    const oldWords = () => words(index);
    const place = origin === undefined ? { locate } : { locate, origin };
    return expandList(documentOf({ value: item, ...place, oldWords, home: document.home }));
  });
}

/** By item; found when the first is asked for. */
function wordsOfItems({ oldWords }: ManifestDocument): (index: number) => readonly OldWord[] {
  let known: Map<unknown, OldWord[]> | undefined;
  return (index) => {
    known ??= byItem(oldWords?.() ?? []);
    return known.get(index) ?? [];
  };
}

function byItem(words: readonly OldWord[]): Map<unknown, OldWord[]> {
  const items = new Map<unknown, OldWord[]>();
  for (const word of words) {
    const [list, index, ...path] = word.path;
    if (list === 'items') items.set(index, [...(items.get(index) ?? []), { ...word, path }]);
  }
  return items;
}

/** Items of an `ExternalSecretList` need not repeat what the list is of. */
function inheritedHead(list: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion, kind } = list;
  if (typeof kind !== 'string' || kind === 'List') return {};
  return { apiVersion, kind: kind.slice(0, -'List'.length) };
}

/** What only Helm's own templates hold; those of an ExternalSecret have braces too. */
const HELM = /\{\{-?\s*(?:\.Values|\.Release|\.Chart|\$\.|include |template |define )|^\s*\{\{/mu;

/**
 * A document that is not YAML. Only where it speaks of External Secrets is that the user's concern;
 * a Helm template of a Deployment in the same folder is not.
 */
function unreadable(origin: Origin, fault: YamlFault, source: string): Problem {
  const mayBeTemplate = (fault.isSyntax || fault.code === 'KEY_NOT_TEXT') && source.includes('{{');
  const isTemplate = mayBeTemplate && HELM.test(source);
  const what = isTemplate
    ? 'this document is not YAML yet: it holds "{{", as a Helm template does'
    : `this document ${faultText(fault)}`;
  const fix = isTemplate ? RENDER : `${fixOf(fault)}${mayBeTemplate ? ` If it is a Helm template: ${RENDER}` : ''}`;
  const concerns = !mayBeTemplate || source.includes('external-secrets.io');
  return { severity: concerns ? 'error' : 'warning', code: 'unreadable-document', origin, what, fix };
}

const RENDER = 'Render it first: helm template … | keyferry … -f -';

function faultText({ isSyntax, words, column }: YamlFault): string {
  return `${isSyntax ? 'is not valid YAML' : 'cannot be read'}: ${words} (column ${column})`;
}

function fixOf({ code, isSyntax }: YamlFault): string {
  if (code === 'TOO_MANY_FIELDS') return 'Split it; neither it nor what follows it in this file was read.';
  return `${isSyntax ? 'Mend' : 'Change'} it at this line; the other documents were read.`;
}
