/** Puts tokens together to the first document of a YAML text. Source of the rules: YAML 1.1 as go-yaml reads it. */
import { say, type Message } from '../../message.ts';
import { LimitError } from '../../runtime.ts';
import type { GoString } from '../../values.ts';
import type { ListNode, MapNode, Pair, ScalarNode, YamlNode } from './node.ts';
import { parserProblem, yamlProblem, type Mark } from './problem.ts';
import { Scanner } from './scanner.ts';
import type { Properties, Tag, TagDirective, Token } from './token.ts';

/** go-yaml goes to 10,000; that would exhaust the stack here. */
const MOST_LEVELS = 500;

const DEFAULT_HANDLES: readonly (readonly [handle: GoString, prefix: GoString])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
];

/** The first document; `undefined` when the text has none. What comes behind it is not read. */
export function composeYaml(text: GoString): YamlNode | undefined {
  // go-yaml: an empty text is one empty line.
  return new Composer(text === '' ? '\n' : text).compose();
}

/** What may stand where a node is asked for. */
type Place = 'block' | 'block or dashes' | 'flow';

type Kind = Token['type'];
const NO_VALUE: ScalarNode = { kind: 'scalar', tag: '', text: '', isImplicit: true };

/** Where a value is left out. */
const AFTER_DOCUMENT: readonly Kind[] = [
  'version directive',
  'tag directive',
  'document start',
  'document end',
  'stream end',
];
const AFTER_DASH: readonly Kind[] = ['block entry', 'block end'];
const AFTER_KEY: readonly Kind[] = ['key', 'value', 'block end'];
const AFTER_DASH_IN_MAP: readonly Kind[] = ['block entry', ...AFTER_KEY];
const AFTER_FLOW_KEY: readonly Kind[] = ['value', 'flow entry', 'flow mapping end'];
const AFTER_FLOW_PAIR: readonly Kind[] = ['value', 'flow entry', 'flow sequence end'];

class Composer {
  private readonly scanner: Scanner;
  private readonly prefixes = new Map<GoString, GoString>();
  private readonly anchors = new Map<GoString, YamlNode>();
  private levels = 0;

  constructor(text: GoString) {
    this.scanner = new Scanner(text);
  }

  compose(): YamlNode | undefined {
    if (this.isAt(['stream end'])) return undefined;
    const isAnnounced = this.isAt(['version directive', 'tag directive', 'document start']);
    this.readDirectives();
    if (isAnnounced) this.readDocumentStart();
    const root = isAnnounced ? this.composeUnless(AFTER_DOCUMENT, 'block') : this.composeNode('block');
    // go-yaml looks at the token behind the document, which may be faulty.
    this.scanner.peek();
    return root;
  }

  private isAt(types: readonly Kind[]): boolean {
    return types.includes(this.scanner.peek().type);
  }

  private takeIf(type: Kind): boolean {
    if (!this.isAt([type])) return false;
    this.scanner.take();
    return true;
  }

  private readDirectives(): void {
    let hasVersion = false;
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'version directive') {
        if (hasVersion) throw parserProblem(say`found duplicate %YAML directive`, token.mark);
        if (token.version !== '1.1') throw parserProblem(say`found incompatible YAML document`, token.mark);
        hasVersion = true;
      } else if (token.type === 'tag directive') {
        this.addPrefix(token);
      } else {
        break;
      }
      this.scanner.take();
    }
    for (const [handle, prefix] of DEFAULT_HANDLES) {
      if (!this.prefixes.has(handle)) this.prefixes.set(handle, prefix);
    }
  }

  private addPrefix({ handle, prefix, mark }: TagDirective): void {
    if (this.prefixes.has(handle)) throw parserProblem(say`found duplicate %TAG directive`, mark);
    this.prefixes.set(handle, prefix);
  }

  private readDocumentStart(): void {
    const { mark } = this.scanner.peek();
    if (!this.takeIf('document start')) throw parserProblem(say`did not find expected <document start>`, mark);
  }

  private composeUnless(types: readonly Kind[], place: Place): YamlNode {
    return this.isAt(types) ? NO_VALUE : this.composeNode(place);
  }

  private composeNode(place: Place): YamlNode {
    const token = this.scanner.peek();
    if (token.type !== 'alias') return this.composeContent(this.readProperties(), place);
    this.scanner.take();
    const target = this.anchors.get(token.name);
    if (target === undefined) throw yamlProblem(say`unknown anchor '${token.name}' referenced`);
    return { kind: 'alias', name: token.name, target };
  }

  /** An anchor and a tag, in either order. */
  private readProperties(): Properties {
    const { mark: began } = this.scanner.peek();
    let anchor = this.takeAnchor();
    const tag = this.takeTag();
    if (tag === undefined) return { began, anchor, tag: '' };
    anchor ??= this.takeAnchor();
    // go-yaml looks at what comes next before it looks at the tag.
    this.scanner.peek();
    return { began, anchor, tag: this.expandTag(tag, began) };
  }

  private takeAnchor(): GoString | undefined {
    const token = this.scanner.peek();
    if (token.type !== 'anchor') return undefined;
    this.scanner.take();
    return token.name;
  }

  private takeTag(): Tag | undefined {
    const token = this.scanner.peek();
    if (token.type !== 'tag') return undefined;
    this.scanner.take();
    return token;
  }

  private expandTag(tag: Tag, began: Mark): GoString {
    if (tag.handle === '') return tag.suffix;
    const prefix = this.prefixes.get(tag.handle);
    if (prefix === undefined) throw parserProblem(say`found undefined tag handle`, tag.mark, began);
    return prefix + tag.suffix;
  }

  private composeContent(properties: Properties, place: Place): YamlNode {
    const { began, anchor, tag } = properties;
    const token = this.scanner.peek();
    if (token.type === 'scalar') {
      this.scanner.take();
      const isImplicit = (tag === '' && token.isPlain) || tag === '!';
      return this.named(anchor, { kind: 'scalar', tag, text: token.text, isImplicit });
    }
    const collection = this.composeCollection(anchor, place);
    if (collection !== undefined) return collection;
    if (anchor === undefined && tag === '')
      throw parserProblem(say`did not find expected node content`, token.mark, began);
    return this.named(anchor, { kind: 'scalar', tag, text: '', isImplicit: tag === '' });
  }

  private named<Node extends YamlNode>(anchor: GoString | undefined, node: Node): Node {
    if (anchor !== undefined) this.anchors.set(anchor, node);
    return node;
  }

  private composeCollection(anchor: GoString | undefined, place: Place): YamlNode | undefined {
    switch (this.scanner.peek().type) {
      case 'flow sequence':
        return this.composeList(anchor, (items) => {
          this.fillFlowList(items);
        });
      case 'flow mapping':
        return this.composeMap(anchor, (pairs) => {
          this.fillFlowMap(pairs);
        });
      case 'block sequence':
        return place === 'flow'
          ? undefined
          : this.composeList(anchor, (items) => {
              this.fillBlockList(items);
            });
      case 'block mapping':
        return place === 'flow'
          ? undefined
          : this.composeMap(anchor, (pairs) => {
              this.fillBlockMap(pairs);
            });
      case 'block entry':
        return place === 'block or dashes'
          ? this.composeList(anchor, (items) => {
              this.fillDashes(items);
            })
          : undefined;
      default:
        return undefined;
    }
  }

  /** The anchor is known before the content, which can refer to it. */
  private composeList(anchor: GoString | undefined, fill: (items: YamlNode[]) => void): ListNode {
    const node = this.named<ListNode>(anchor, { kind: 'list', items: [] });
    this.goDeeper(() => {
      fill(node.items);
    });
    return node;
  }

  private composeMap(anchor: GoString | undefined, fill: (pairs: Pair[]) => void): MapNode {
    const node = this.named<MapNode>(anchor, { kind: 'map', pairs: [] });
    this.goDeeper(() => {
      fill(node.pairs);
    });
    return node;
  }

  private goDeeper(fill: () => void): void {
    if (this.levels >= MOST_LEVELS) throw new LimitError(`a YAML text has more than ${MOST_LEVELS} levels`);
    this.levels++;
    fill();
    this.levels--;
  }

  private fillBlockList(items: YamlNode[]): void {
    const began = this.scanner.take().mark;
    while (this.takeIf('block entry')) items.push(this.composeUnless(AFTER_DASH, 'block'));
    this.finishBlock(say`did not find expected '-' indicator`, began);
  }

  /** A list as a value of a map, its dashes in the column of the keys. */
  private fillDashes(items: YamlNode[]): void {
    while (this.takeIf('block entry')) items.push(this.composeUnless(AFTER_DASH_IN_MAP, 'block'));
  }

  private fillBlockMap(pairs: Pair[]): void {
    const began = this.scanner.take().mark;
    while (this.takeIf('key')) {
      const key = this.composeUnless(AFTER_KEY, 'block or dashes');
      pairs.push([key, this.takeIf('value') ? this.composeUnless(AFTER_KEY, 'block or dashes') : NO_VALUE]);
    }
    this.finishBlock(say`did not find expected key`, began);
  }

  private finishBlock(problem: Message, began: Mark): void {
    const { mark } = this.scanner.peek();
    if (!this.takeIf('block end')) throw parserProblem(problem, mark, began);
  }

  private fillFlowList(items: YamlNode[]): void {
    const began = this.scanner.take().mark;
    while (!this.takeIf('flow sequence end')) {
      if (items.length > 0) {
        this.takeComma(say`did not find expected ',' or ']'`, began);
        if (this.takeIf('flow sequence end')) return;
      }
      items.push(this.takeIf('key') ? this.composePair() : this.composeNode('flow'));
    }
  }

  private fillFlowMap(pairs: Pair[]): void {
    const began = this.scanner.take().mark;
    while (!this.takeIf('flow mapping end')) {
      if (pairs.length > 0) {
        this.takeComma(say`did not find expected ',' or '}'`, began);
        if (this.takeIf('flow mapping end')) return;
      }
      const isKey = this.takeIf('key');
      const key = isKey ? this.composeUnless(AFTER_FLOW_KEY, 'flow') : this.composeNode('flow');
      pairs.push([key, isKey ? this.composeFlowValue('flow mapping end') : NO_VALUE]);
    }
  }

  private takeComma(problem: Message, began: Mark): void {
    const { mark } = this.scanner.peek();
    if (!this.takeIf('flow entry')) throw parserProblem(problem, mark, began);
  }

  /** `[key: value]` is a map in a list. */
  private composePair(): MapNode {
    const hasKey = !this.isAt(AFTER_FLOW_PAIR);
    const key = hasKey ? this.composeNode('flow') : NO_VALUE;
    // go-yaml loses the sign behind a key that is left out.
    if (!hasKey) this.scanner.take();
    return { kind: 'map', pairs: [[key, this.composeFlowValue('flow sequence end')]] };
  }

  private composeFlowValue(end: Kind): YamlNode {
    return this.takeIf('value') ? this.composeUnless(['flow entry', end], 'flow') : NO_VALUE;
  }
}
