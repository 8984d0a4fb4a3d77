/**
 * A parsed document → plain values, in one walk.
 *
 * The library's own `toJS` looks for the anchor of each alias among all nodes and counts uses, not what they expand to;
 * its check of keys compares each with all. Here everything is linear, and bounded by what comes out.
 */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Scalar,
  type Alias,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { MOST_EXPANDED, MOST_LEVELS } from './limits.ts';

/** Where it went wrong, as an offset into the text. */
export class PlainValueFault extends Error {
  readonly code: string;
  readonly offset: number;

  constructor(code: string, node: unknown) {
    super(code);
    this.code = code;
    this.offset = startOf(node) ?? 0;
  }
}

export interface PlainValue {
  readonly value: unknown;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, unknown>;
}

/** Throws PlainValueFault. */
export function plainValue(document: Document.Parsed): PlainValue {
  const walk = new Walk();
  return { value: walk.node(document.contents, 0).value, targets: walk.targets };
}

interface Converted {
  readonly value: unknown;
  /** Values in it, aliases counted with all that they stand for. */
  readonly size: number;
}

interface Anchored {
  readonly node: unknown;
  /** Absent as long as it is being read. */
  converted?: Converted;
}

class Walk {
  readonly targets = new Map<Alias, unknown>();
  readonly #anchors = new Map<string, Anchored>();
  #expanded = 0;

  node(node: unknown, level: number): Converted {
    if (level > MOST_LEVELS) throw new PlainValueFault('RESOURCE_EXHAUSTION', node);
    if (isAlias(node)) return this.#alias(node);
    const anchored = this.#register(node);
    const converted = this.#convert(node, level);
    if (anchored !== undefined) anchored.converted = converted;
    return converted;
  }

  #register(node: unknown): Anchored | undefined {
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return undefined;
    const anchored: Anchored = { node };
    this.#anchors.set(anchor, anchored);
    return anchored;
  }

  #convert(node: unknown, level: number): Converted {
    if (isMap(node)) return this.#map(node, level);
    if (isSeq(node)) return this.#list(node.items, level);
    if (isPair(node)) return this.#pairs([node], level);
    return { value: isScalar(node) ? node.value : null, size: 1 };
  }

  #alias(alias: Alias): Converted {
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined) throw new PlainValueFault('ALIAS_WITHOUT_ANCHOR', alias);
    const { node, converted } = anchored;
    if (converted === undefined) throw new PlainValueFault('ALIAS_OF_ITSELF', alias);
    this.#count(converted.size, alias);
    this.targets.set(alias, node);
    return converted;
  }

  #count(size: number, alias: unknown): void {
    this.#expanded += size;
    if (this.#expanded > MOST_EXPANDED) throw new PlainValueFault('ALIASES_MULTIPLY', alias);
  }

  #list(items: readonly unknown[], level: number): Converted {
    const converted = items.map((item) => this.node(item, level + 1));
    return { value: converted.map(({ value }) => value), size: sizeOf(converted) };
  }

  #map(map: YAMLMap, level: number): Converted {
    return this.#pairs(map.items, level);
  }

  /** What is merged (`<<`) gives way to what is written, wherever it stands. */
  #pairs(pairs: readonly Pair[], level: number): Converted {
    const written: Record<string, unknown> = {};
    const merged: Converted[] = [];
    const values: Converted[] = [];
    for (const pair of pairs) {
      if (isMergeKey(pair.key)) merged.push(...this.#sources(pair.value, level));
      else {
        const key = this.#key(pair.key);
        if (Object.hasOwn(written, key)) throw new PlainValueFault('DUPLICATE_KEY', pair.key);
        const converted = this.node(pair.value, level + 1);
        values.push(converted);
        set(written, key, converted.value);
      }
    }
    for (const { value } of merged) addAbsent(written, value as Readonly<Record<string, unknown>>);
    return { value: written, size: sizeOf([...values, ...merged]) };
  }

  #key(node: unknown): string {
    const target = isAlias(node) ? this.#anchors.get(node.source)?.node : node;
    if (isMap(target) || isSeq(target)) throw new PlainValueFault('KEY_NOT_TEXT', node);
    const { value } = isAlias(node) ? this.#alias(node) : this.node(node, 0);
    return keyText(value);
  }

  #sources(node: unknown, level: number): readonly Converted[] {
    const target = isAlias(node) ? this.#anchors.get(node.source)?.node : node;
    if (isSeq(target)) return target.items.map((item) => this.#source(item, level));
    return [this.#source(node, level)];
  }

  #source(node: unknown, level: number): Converted {
    const target = isAlias(node) ? this.#anchors.get(node.source)?.node : node;
    if (!isMap(target) && !isAlias(node)) throw new PlainValueFault('MERGE_OF_NO_MAP', node);
    const converted = this.node(node, level + 1);
    if (!isMap(target)) throw new PlainValueFault('MERGE_OF_NO_MAP', node);
    return converted;
  }
}

/** The library has a symbol for it, so that it differs from a text in quotes. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === Scalar.PLAIN && (key.value === '<<' || typeof key.value === 'symbol');
}

function sizeOf(parts: readonly Converted[]): number {
  return parts.reduce((sum, { size }) => sum + size, 1);
}

function addAbsent(record: Record<string, unknown>, more: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(more)) if (!Object.hasOwn(record, key)) set(record, key, value);
}

/** `__proto__` is a field like any other. */
function set(record: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Where a node begins. */
export function startOf(node: unknown): number | undefined {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range[0] as number)
    : undefined;
}

/** A number, a boolean or nothing is a name too. */
function keyText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
