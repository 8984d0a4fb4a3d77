/**
 * Manifest text → documents that know where each of their fields stands.
 *
 * One unreadable document never hides another. Nothing of the text is ever repeated in a problem: a manifest may
 * hold a value by mistake.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
  type Node,
} from 'yaml';
import type { ManifestDocument } from '../model/document.ts';
import type { FieldPath, Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';

export interface ParsedDocuments {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
}

/** Reads every document of one file. `file` is how the user named it; it appears in every Origin. */
export function parseDocuments(file: string, text: string): ParsedDocuments {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'error' });
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    const result = readDocument(file, text, document, lineCounter);
    documents.push(...result.documents);
    problems.push(...result.problems);
  }
  return { documents, problems };
}

function readDocument(file: string, text: string, document: Document.Parsed, lines: LineCounter): ParsedDocuments {
  const fault = faultOf(document);
  if (fault !== undefined) {
    const origin = originAt(file, lines, fault.offset);
    return { documents: [], problems: [unreadable(origin, fault.code, sourceOf(text, document, fault.offset))] };
  }
  const contents = document.contents;
  if (contents === null || (isScalar(contents) && contents.value === null)) return { documents: [], problems: [] };
  const origin = originAt(file, lines, contents.range[0]);
  const value = toPlain(document);
  if (value === undefined) return { documents: [], problems: [unreadable(origin, 'BAD_ALIAS', '')] };
  const locate = (path: FieldPath): Origin => originAt(file, lines, offsetOf(document, contents, path));
  return { documents: expandList({ value, origin, locate, home: 'file' }), problems: [] };
}

/** YAML's own first error, or a key that is a map or list: `a: {{ .x }}` is read so, and no manifest may hold one. */
function faultOf(document: Document.Parsed): { readonly code: string; readonly offset: number } | undefined {
  const error = document.errors[0];
  if (error !== undefined) return { code: error.code, offset: error.pos[0] };
  let offset: number | undefined;
  visit(document, {
    Pair: (_key, pair) => {
      if (!isCollection(pair.key)) return undefined;
      offset = pair.key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset === undefined ? undefined : { code: 'KEY_NOT_TEXT', offset };
}

/** `undefined` when aliases cannot be resolved or multiply beyond reason. */
function toPlain(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}

/** kubectl's `kind: List`: each item is a document of its own, with its own place. */
function expandList(document: ManifestDocument): readonly ManifestDocument[] {
  const { value } = document;
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('items' in value)) return [document];
  if (typeof value.kind !== 'string' || !value.kind.endsWith('List') || !Array.isArray(value.items)) return [document];
  const inherited = inheritedHead(value);
  return value.items.flatMap((written: unknown, index) => {
    const item: unknown = isRecord(written) ? { ...inherited, ...written } : written;
    const locate = (path: FieldPath) => document.locate(['items', index, ...path]);
    const origin = locate([]);
    return expandList({ value: item, locate, home: document.home, ...(origin === undefined ? {} : { origin }) });
  });
}

/** Items of an `ExternalSecretList` need not repeat what the list is of. */
function inheritedHead(list: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { apiVersion, kind } = list;
  if (typeof kind !== 'string' || kind === 'List') return {};
  return { apiVersion, kind: kind.slice(0, -'List'.length) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function originAt(file: string, lines: LineCounter, offset: number): Origin {
  return { file, line: Math.max(1, lines.linePos(offset).line) };
}

/** Offset of a field's key (or list item); of the nearest enclosing one where the field is absent. */
function offsetOf(document: Document.Parsed, root: Node, path: FieldPath): number {
  let offset = root.range?.[0] ?? 0;
  let node: unknown = root;
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (pair === undefined) break;
      offset = rangeStart(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part];
      offset = rangeStart(node) ?? offset;
    } else break;
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range[0] as number)
    : undefined;
}

/** From where the document begins to the next `---`: after a fault, YAML's own idea of its end cannot be trusted. */
function sourceOf(text: string, document: Document.Parsed, fault: number): string {
  const end = text.slice(fault).search(/\n---(\s|$)/);
  return text.slice(document.range[0], end === -1 ? text.length : fault + end);
}

/**
 * A document that is not YAML. Only where it speaks of External Secrets is that the user's concern;
 * a Helm template of a Deployment in the same folder is not.
 */
function unreadable(origin: Origin, code: string, source: string): Problem {
  const isTemplate = source.includes('{{');
  const what = isTemplate
    ? 'this document is not YAML yet: it holds "{{", as a Helm template does'
    : `this document is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
  const fix = isTemplate
    ? 'Render it first: helm template … | keyferry … -f -'
    : 'Mend it at this line; the other documents were read.';
  const concerns = !isTemplate || source.includes('external-secrets.io');
  return { severity: concerns ? 'error' : 'warning', code: 'unreadable-document', origin, what, fix };
}
