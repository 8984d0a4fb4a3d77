/**
 * Changes of a YAML text that leave every other byte of it as it is: comments, order, quotes and indentation stay.
 *
 * The library's own printing would write all of it anew, in a style of its own. Aliases are followed to their anchors, so
 * that an edit may reach further than was meant: whoever edits reads the result and compares.
 */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  type Alias,
  type Document,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { FieldPath } from '../model/origin.ts';
import { plainValue, PlainValueFault } from './plain-value.ts';

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits of one place that several paths reach count once. */
export function withEdits(text: string, edits: readonly Edit[]): string {
  const single = new Map(edits.map((edit) => [`${edit.start}-${edit.end}-${edit.text}`, edit]));
  const last = [...single.values()].sort((a, b) => b.start - a.start || b.end - a.end);
  return last.reduce((edited, { start, end, text: to }) => edited.slice(0, start) + to + edited.slice(end), text);
}

/** The documents that can be read; of others nothing can be changed. */
export function editableDocuments(text: string): readonly EditableDocument[] {
  const options = {
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    keepSourceTokens: true,
  } as const;
  const documents = parseAllDocuments(text, options);
  return documents.flatMap((document) => {
    if (!('contents' in document) || document.contents === null || document.errors.length > 0) return [];
    const read = readable(document);
    return read === undefined ? [] : [new EditableDocument(text, document, read)];
  });
}

type Read = ReturnType<typeof plainValue>;

function readable(document: Document.Parsed): Read | undefined {
  try {
    return plainValue(document);
  } catch (error) {
    if (error instanceof PlainValueFault) return undefined;
    throw error;
  }
}

export class EditableDocument {
  readonly value: unknown;
  readonly #text: string;
  readonly #root: unknown;
  readonly #targets: ReadonlyMap<Alias, unknown>;

  constructor(text: string, { contents }: Document.Parsed, { value, targets }: Read) {
    this.value = value;
    this.#text = text;
    this.#root = contents;
    this.#targets = targets;
  }

  /** Another text in the place of a scalar's; its quotes stay, unless it is broken over lines. */
  replace(path: FieldPath, from: string, to: string): readonly Edit[] {
    const node = this.#nodeAt(path);
    if (!isScalar(node) || !node.range) return [];
    const [start, end] = node.range;
    const source = this.#text.slice(start, end);
    const text = source.includes(from) ? source.replace(from, to) : `"${to}"${source.endsWith('\n') ? '\n' : ''}`;
    return [{ start, end, text }];
  }

  /** `- key: a` → `- field: {key: a}`, in the style in which it is written. */
  wrap(list: FieldPath, index: number, field: string): readonly Edit[] {
    const seq = this.#nodeAt(list);
    const item: unknown = isSeq(seq) ? seq.items[index] : undefined;
    if (!isSeq(seq) || !(isMap(item) || isAlias(item)) || !item.range) return [];
    const start = startOf(seq, item);
    const [valueStart, end] = item.range;
    if (seq.flow === true || (isMap(item) && item.flow === true)) {
      return [
        { start, end: start, text: `{${quotedLike(item, field)}: ` },
        { start: end, end, text: '}' },
      ];
    }
    return isAlias(item)
      ? [{ start, end: start, text: `${field}: ` }]
      : this.#wrapBlock({ start, valueStart, end }, field);
  }

  /** `field: {…}` → `name: [{…}]`, in the style in which it is written; nothing where an anchor or tag stands there. */
  nest(path: FieldPath, name: string): readonly Edit[] {
    const map = this.#nodeAt(path.slice(0, -1));
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    const { key, value } = pair ?? {};
    if (!isScalar(key) || !key.range || !isMap(value) || !value.range || hasProps(value)) return [];
    const [start, end] = value.range;
    const [from, to] = key.range;
    const renamed = { start: from, end: to, text: this.#text.slice(from, to).replace(String(key.value), name) };
    if (value.flow === true) return [renamed, { start, end: start, text: '[' }, { start: end, end, text: ']' }];
    const shifted = this.#linesBetween(start, end).map((at) => ({ start: at, end: at, text: '  ' }));
    return [renamed, { start, end: start, text: '- ' }, ...shifted];
  }

  #wrapBlock({ start, valueStart, end }: Place, field: string): readonly Edit[] {
    const [column, valueColumn] = [this.#columnOf(start), this.#columnOf(valueStart)];
    const hasProps = start < valueStart;
    const shift = hasProps ? Math.max(2, column + 2 - valueColumn) : 2;
    const head = hasProps ? `${field}: ` : `${field}:\n${' '.repeat(column + shift)}`;
    const lines = this.#linesBetween(start, end);
    return [{ start, end: start, text: head }, ...lines.map((at) => ({ start: at, end: at, text: ' '.repeat(shift) }))];
  }

  /** Where lines that hold something begin. */
  #linesBetween(start: number, end: number): readonly number[] {
    const breaks = [...this.#text.slice(start, end).matchAll(/\n(?=[^\n])/gu)].map(({ index }) => start + index + 1);
    return breaks.filter((at) => at < end);
  }

  #columnOf(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
  }

  #nodeAt(path: FieldPath): unknown {
    return path.reduce<unknown>((node, part) => this.#followed(this.#step(node, part)), this.#followed(this.#root));
  }

  #followed(node: unknown): unknown {
    return isAlias(node) ? this.#targets.get(node) : node;
  }

  #step(node: unknown, part: string | number): unknown {
    if (isMap(node)) return this.#member(node, String(part));
    return isSeq(node) && typeof part === 'number' ? node.items[part] : undefined;
  }

  /** Its own, or that of a map which it merges. */
  #member(map: YAMLMap, name: string): unknown {
    const own = map.items.findLast(({ key }) => isScalar(key) && String(key.value) === name);
    if (own !== undefined) return own.value;
    const merged = map.items
      .filter(({ key }) => isScalar(key) && key.source === '<<')
      .flatMap(({ value }) => {
        const source = this.#followed(value);
        return isSeq(source) ? source.items.map((one) => this.#followed(one)) : [source];
      });
    return merged
      .filter((one) => isMap(one))
      .map((one) => this.#member(one, name))
      .find((one) => one !== undefined);
  }
}

interface Place {
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

type Item = (YAMLMap | Alias) & { readonly range?: readonly [number, number, number] | null | undefined };

function hasProps({ anchor, tag }: YAMLMap): boolean {
  return anchor !== undefined || tag !== undefined;
}

/** With its anchor and tag, which stand before the value. */
function startOf(seq: YAMLSeq, { srcToken, range }: Item): number {
  const tokens = seq.srcToken !== undefined && 'items' in seq.srcToken ? seq.srcToken.items : [];
  const token = tokens.find(({ value }) => value !== undefined && value === srcToken);
  const props = token?.start.find(({ type }) => type === 'anchor' || type === 'tag');
  return props?.offset ?? range?.[0] ?? 0;
}

/** JSON stays JSON. */
function quotedLike(item: Item, field: string): string {
  const [first] = isMap(item) ? item.items : [];
  const isQuoted = isPair(first) && isScalar(first.key) && first.key.type === Scalar.QUOTE_DOUBLE;
  return isQuoted ? `"${field}"` : field;
}
