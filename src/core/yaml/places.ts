/** Where the fields of a document stand. Indexed once a map is asked, so that a problem with each of many fields stays cheap. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap } from 'yaml';
import type { FieldPath } from '../model/origin.ts';
import { startOf } from './plain-value.ts';

export class Places {
  readonly #root: Node;
  readonly #targets: ReadonlyMap<Alias, unknown>;
  readonly #index = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(root: Node, targets: ReadonlyMap<Alias, unknown>) {
    this.#root = root;
    this.#targets = targets;
  }

  /** Offset of a field's key (or list item); of the nearest enclosing one where the field is absent. */
  offsetOf(path: FieldPath): number {
    let offset = startOf(this.#root) ?? 0;
    let node: unknown = this.#root;
    for (const part of path) {
      const step = this.#step(node, part);
      if (step === undefined) break;
      offset = startOf(step.place) ?? offset;
      node = step.node;
    }
    return offset;
  }

  #step(node: unknown, part: string | number): { readonly place: unknown; readonly node: unknown } | undefined {
    const target = isAlias(node) ? this.#targets.get(node) : node;
    if (isMap(target)) {
      const pair = this.#pairsOf(target).get(String(part));
      return pair === undefined ? undefined : { place: pair.key, node: pair.value };
    }
    if (!isSeq(target) || typeof part !== 'number') return undefined;
    const item = target.items[part];
    return { place: isPair(item) ? item.key : item, node: item };
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#index.get(map);
    if (known !== undefined) return known;
    const pairs = map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []));
    const fresh = new Map(pairs);
    this.#index.set(map, fresh);
    return fresh;
  }
}
