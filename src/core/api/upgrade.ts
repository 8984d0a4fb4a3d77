/**
 * A text of manifests → the same in the newest version of each kind. Only what the versions differ in is changed: other
 * documents, comments, order and quotes are left as they are.
 *
 * The result is read again, and must say the same: an anchor that is used twice, or a merge, can reach further than was
 * meant, and is refused.
 */
import { canonicalText } from '../model/canonical-text.ts';
import { withValue, type ManifestDocument } from '../model/document.ts';
import { fieldsOf, isRecord, type Fields } from '../model/fields.ts';
import { apiVersionsOf, kindNamed, roleOf, versionOf, type Kind } from '../model/kinds.ts';
import type { FieldPath } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';
import { editableDocuments, withEdits, type Edit, type EditableDocument } from '../yaml/edit.ts';
import { fieldProblem } from './check.ts';
import { parseDocuments } from './documents.ts';
import { namedAs } from './heads.ts';
import { isOldEntry } from './old-versions.ts';

export interface ManifestText {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
}

export interface ManifestTexts {
  readonly texts: readonly ManifestText[];
  readonly problems: readonly Problem[];
}

export interface Upgraded {
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** One after the other, as one file of all of them. */
export function upgradeTexts(texts: readonly ManifestText[]): Upgraded {
  const upgraded = texts.map(({ file, text }) => upgradeText(file, text));
  return {
    text: upgraded.map(({ text }) => text).reduce(joined, ''),
    problems: upgraded.flatMap(({ problems }) => problems),
  };
}

function joined(before: string, next: string): string {
  if (before === '') return next;
  const ended = before.endsWith('\n') ? before : `${before}\n`;
  if (next.startsWith('%')) return `${ended}...\n${next}`;
  return /^---(?:\s|$)/u.test(next) ? `${ended}${next}` : `${ended}---\n${next}`;
}

function upgradeText(file: string, text: string): Upgraded {
  const edits = editableDocuments(text).flatMap((document) =>
    objectsIn(document.value).flatMap((object) => editsOf(document, object)),
  );
  if (edits.length === 0) return { text, problems: [] };
  const edited = withEdits(text, edits);
  return { text: edited, problems: differences(file, text, edited) };
}

interface Found {
  readonly path: FieldPath;
  readonly apiVersion: string;
  readonly kind: string;
  readonly value: unknown;
}

/** The object of a document, or a list and its items, which need not repeat what it is of. */
function objectsIn(
  value: unknown,
  path: FieldPath = [],
  inherited: Pick<Found, 'apiVersion' | 'kind'> = NONE,
): readonly Found[] {
  const { apiVersion, kind, items } = fieldsOf(value);
  const head = { apiVersion: textOr(apiVersion, inherited.apiVersion), kind: textOr(kind, inherited.kind) };
  if (!head.kind.endsWith('List') || !Array.isArray(items)) return [{ path, ...head, value }];
  const ofItems = { ...head, kind: head.kind.slice(0, -'List'.length) };
  return [
    { path, ...ofItems, value: {} },
    ...items.flatMap((item: unknown, index) => objectsIn(item, [...path, 'items', index], ofItems)),
  ];
}

const NONE = { apiVersion: '', kind: '' };

function textOr(value: unknown, other: string): string {
  return typeof value === 'string' ? value : other;
}

function editsOf(document: EditableDocument, found: Found): readonly Edit[] {
  return [...versionEdits(document, found), ...selectorEdits(document, found)];
}

/** One selector of namespaces, which is deprecated in favour of a list of them. */
const SELECTOR = 'namespaceSelector';
const SELECTORS = 'namespaceSelectors';

function hasOldSelector(kind: string, value: unknown): boolean {
  const spec = fieldsOf(fieldsOf(value)['spec']);
  return roleOf(kind) === 'fan-out' && isRecord(spec[SELECTOR]) && spec[SELECTORS] === undefined;
}

function selectorEdits(document: EditableDocument, { path, kind, value }: Found): readonly Edit[] {
  return hasOldSelector(kind, value) ? document.nest([...path, 'spec', SELECTOR], SELECTORS) : [];
}

function versionEdits(document: EditableDocument, { path, apiVersion, kind, value }: Found): readonly Edit[] {
  const newest = newerVersion(kind, apiVersion);
  if (newest === undefined) return [];
  const version = document.replace([...path, 'apiVersion'], apiVersion, newest);
  if (kindNamed(kind)?.retired?.includes(versionOf(apiVersion)) !== true) return version;
  const spec = fieldsOf(fieldsOf(value)['spec']);
  const entries: readonly unknown[] = Array.isArray(spec['dataFrom']) ? spec['dataFrom'] : [];
  const engine = fieldsOf(fieldsOf(spec['target'])['template'])['engineVersion'];
  return [
    ...version,
    ...entries.flatMap((entry, index) =>
      isRecord(entry) && isOldEntry(entry) ? document.wrap([...path, 'spec', 'dataFrom'], index, 'extract') : [],
    ),
    ...(engine === 'v1' ? document.replace([...path, 'spec', 'target', 'template', 'engineVersion'], 'v1', 'v2') : []),
  ];
}

/** `undefined` for the newest version, and for what is not ours. */
function newerVersion(kind: string, apiVersion: string): string | undefined {
  const row = kindNamed(kind);
  if (row === undefined || !olderVersionsOf(row).includes(apiVersion)) return undefined;
  return apiVersionsOf(row)[0];
}

function olderVersionsOf(row: Kind): readonly string[] {
  return [...apiVersionsOf(row).slice(1), ...(row.retired ?? []).map((version) => `${row.group}/${version}`)];
}

/** What does not say the same any more. */
function differences(file: string, text: string, edited: string): readonly Problem[] {
  const before = parseDocuments(file, text).documents.map(inNewest);
  const after = parseDocuments(file, edited).documents;
  return before.flatMap((document, index) => {
    const other = after[index];
    const isSame = other !== undefined && canonicalText(document.value) === canonicalText(other.value);
    return isSame ? [] : [cannotUpgrade(document)];
  });
}

/** What a document of a retired version is in the newest one is said in `old-versions.ts`; the others differ by name. */
function inNewest(document: ManifestDocument): ManifestDocument {
  const { kind, apiVersion } = document.head;
  const newest = newerVersion(kind, apiVersion);
  const value = fieldsOf(document.value);
  const isMoved = hasOldSelector(kind, value);
  if (newest === undefined && !isMoved) return document;
  const moved = isMoved ? { spec: withSelectors(fieldsOf(value['spec'])) } : {};
  return withValue(document, { ...value, ...(newest === undefined ? {} : { apiVersion: newest }), ...moved });
}

function withSelectors({ [SELECTOR]: selector, ...rest }: Fields): Fields {
  return { ...rest, [SELECTORS]: [selector] };
}

function cannotUpgrade(document: ManifestDocument): Problem {
  return fieldProblem({ at: namedAs(document), document }, [], {
    code: 'cannot-upgrade',
    what: 'cannot be upgraded: an anchor (&), alias (*), tag (!) or merge (<<) stands where the versions differ',
    fix: 'Write those fields out; nothing was printed.',
  });
}
