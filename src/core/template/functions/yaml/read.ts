/** YAML as go-yaml 2 reads it into `interface {}`: with aliases, merges and types. */
import { say } from '../../message.ts';
import type { GoString } from '../../values.ts';
import { composeYaml } from './compose.ts';
import type { AliasNode, MapNode, YamlNode } from './node.ts';
import { yamlProblem } from './problem.ts';
import { resolveScalar } from './resolve.ts';
import { toGoSyntax, type YamlMap, type YamlScalar, type YamlValue } from './value.ts';

/**
 * The value of the first document; nil when there is none. Of equal keys the last one counts. Throws go-yaml's texts.
 * `spend` is told the length of the text, and every value that an alias repeats.
 */
/** What one byte of a text counts for, which is looked at again in every layer of reading. */
const BYTE = 90;

export function readYaml(text: GoString, spend: (units: number) => void): YamlValue {
  spend(text.length * BYTE);
  const root = composeYaml(text);
  return root === undefined ? null : new Reader(spend).read(root);
}

/** go-yaml: up to the first number of values, 99 % may come from aliases; from the second on, 10 %. */
const FEW_VALUES = 400_000;
const MANY_VALUES = 4_000_000;

const MERGE_TAG = 'tag:yaml.org,2002:merge';

class Reader {
  private readonly spend: (units: number) => void;
  /** Aliases that are being read, to find those that contain themselves. */
  private readonly open = new Set<AliasNode>();
  // The document counts as well.
  private count = 1;
  private aliasedCount = 0;

  constructor(spend: (units: number) => void) {
    this.spend = spend;
  }

  read(node: YamlNode): YamlValue {
    this.countValue();
    switch (node.kind) {
      case 'scalar':
        return resolveScalar(node);
      case 'list':
        return node.items.map((item) => this.read(item));
      case 'map':
        return this.readMap(node, new Map());
      case 'alias':
        return this.readAlias(node, (target) => this.read(target));
    }
  }

  private countValue(): void {
    this.count++;
    if (this.open.size === 0) return;
    this.spend(1);
    this.aliasedCount++;
    if (this.aliasedCount <= 100 || this.count <= 1000) return;
    if (this.aliasedCount / this.count > allowedAliasShare(this.count)) {
      throw yamlProblem(say`document contains excessive aliasing`);
    }
  }

  private readAlias<T>(alias: AliasNode, read: (target: YamlNode) => T): T {
    if (this.open.has(alias)) throw yamlProblem(say`anchor '${alias.name}' value contains itself`);
    this.open.add(alias);
    const value = read(alias.target);
    this.open.delete(alias);
    return value;
  }

  private readMap(node: MapNode, map: YamlMap): YamlMap {
    for (const [keyNode, valueNode] of node.pairs) {
      if (isMerge(keyNode)) this.merge(valueNode, map);
      else map.set(this.readKey(keyNode), this.read(valueNode));
    }
    return map;
  }

  private readKey(node: YamlNode): YamlScalar {
    const key = this.read(node);
    if (Array.isArray(key) || key instanceof Map) throw yamlProblem(say`invalid map key: ${toGoSyntax(key)}`);
    return key;
  }

  /** Puts the entries of other maps in; those of the first map of a list count most. */
  private merge(node: YamlNode, map: YamlMap): void {
    for (const part of node.kind === 'list' ? node.items.toReversed() : [node]) this.mergeOne(part, map);
  }

  private mergeOne(node: YamlNode, map: YamlMap): void {
    const isAlias = node.kind === 'alias';
    const source = isAlias ? node.target : node;
    if (source.kind !== 'map') throw yamlProblem(say`map merge requires map or sequence of maps as the value`);
    this.countValue();
    if (isAlias) this.readAlias(node, () => this.mergeOne(source, map));
    else this.readMap(source, map);
  }
}

function isMerge(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text === '<<' && (node.isImplicit || node.tag === MERGE_TAG);
}

function allowedAliasShare(count: number): number {
  const beyond = (count - FEW_VALUES) / (MANY_VALUES - FEW_VALUES);
  return 0.99 - 0.89 * Math.min(Math.max(beyond, 0), 1);
}
