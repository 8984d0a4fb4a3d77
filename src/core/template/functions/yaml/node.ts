/** A YAML document before its texts are given types. */
import type { GoString } from '../../values.ts';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly tag: GoString;
  readonly text: GoString;
  /** Neither quoted nor tagged: the text tells the type. */
  readonly isImplicit: boolean;
}

/** go-yaml does not look at the tags of lists and maps. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: YamlNode[];
}

export type Pair = readonly [key: YamlNode, value: YamlNode];

export interface MapNode {
  readonly kind: 'map';
  readonly pairs: Pair[];
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly name: GoString;
  readonly target: YamlNode;
}

export type YamlNode = ScalarNode | ListNode | MapNode | AliasNode;
