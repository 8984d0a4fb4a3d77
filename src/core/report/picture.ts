/**
 * A Mermaid picture of where each Secret comes from: vault → store → ExternalSecret → Secret; and of where it goes:
 * Secret → PushSecret → vault object.
 *
 * Names are other people's: every character that Mermaid, Markdown or HTML could take for more than a letter is written
 * as its number, and nodes have ids of ours.
 */
import type { ObjectSource } from '../model/report.ts';
import { bytesOf } from './cut.ts';

/** Mermaid gives up over 500 edges. */
const MOST_EDGES = 450;

/** For both of GitHub's themes: lines only. */
const COLOURS = {
  create: '#2da44e',
  update: '#bf8700',
  delete: '#cf222e',
  trouble: '#cf222e',
  unknown: '#8250df',
} as const;

const START = ['```mermaid', 'flowchart LR'];
const END = '```';

export interface Picture {
  /** With its fence; '' where there is nothing to draw. */
  readonly text: string;
  /** How many objects had no room. */
  readonly left: number;
}

export type Mark = keyof typeof COLOURS;
const MARKS = Object.keys(COLOURS) as readonly Mark[];

/** An ExternalSecret, where its values come from and where they go. */
export interface Drawn {
  /** `ExternalSecret shop/db`. */
  readonly object: string;
  /** `Secret shop/db`. */
  readonly target: string;
  readonly sources: readonly ObjectSource[];
  /** What becomes of the Secret; absent where nothing does. */
  readonly mark?: Mark;
}

/** A PushSecret, what it reads and what it writes. */
export interface DrawnPush {
  /** `PushSecret shop/db`. */
  readonly object: string;
  /** `Secret shop/db`; absent where there is none. */
  readonly from?: string;
  /** `kv-shop secret/db`, and what becomes of it. */
  readonly written: readonly { readonly name: string; readonly mark?: Mark }[];
}

/** Objects in their order, as many as fit; one without sources, or what is written, is not drawn. `room` is in bytes, fence included. */
export function pictureOf(objects: readonly (Drawn | DrawnPush)[], room: number): Picture {
  const drawable = objects.filter((object) => ('written' in object ? object.written : object.sources).length > 0);
  const drawing = new Drawing(room - bytesOf([...START, ...classLines(MARKS), END].join('\n')) - 1);
  const first = drawable.findIndex((object) => !drawing.add(object));
  const left = first === -1 ? 0 : drawable.length - first;
  if (drawing.lines.length === 0) return { text: '', left: drawable.length };
  const marks = new Set(drawable.slice(0, drawable.length - left).flatMap(marksOf));
  const used = MARKS.filter((one) => marks.has(one));
  return { text: [...START, ...classLines(used), ...drawing.lines, END].join('\n'), left };
}

function marksOf(object: Drawn | DrawnPush): readonly (Mark | undefined)[] {
  return 'written' in object ? object.written.map(({ mark }) => mark) : [object.mark];
}

class Drawing {
  readonly lines: string[] = [];
  readonly #ids = new Map<string, string>();
  readonly #edges = new Set<string>();
  #room: number;

  constructor(room: number) {
    this.#room = room;
  }

  /** False where it has no room; then nothing of it is drawn. */
  add(object: Drawn | DrawnPush): boolean {
    const sketch = new Sketch(this.#ids);
    if ('written' in object) sketchPush(sketch, object);
    else sketchPull(sketch, object);
    return this.#take(sketch);
  }

  #take({ ids, nodes, edges }: Sketch): boolean {
    const fresh = [...edges].filter((edge) => !this.#edges.has(edge));
    const lines = [...nodes, ...fresh];
    const bytes = bytesOf(lines.join('\n')) + 1;
    if (bytes > this.#room || this.#edges.size + fresh.length > MOST_EDGES) return false;
    this.#room -= bytes;
    this.lines.push(...lines);
    for (const edge of fresh) this.#edges.add(edge);
    for (const [key, id] of ids) this.#ids.set(key, id);
    return true;
  }
}

/** What one object would add. */
class Sketch {
  readonly ids = new Map<string, string>();
  readonly nodes: string[] = [];
  readonly edges = new Set<string>();
  readonly #known: ReadonlyMap<string, string>;

  constructor(known: ReadonlyMap<string, string>) {
    this.#known = known;
  }

  node(label: string, [open, close]: Shape, mark = ''): string {
    const known = this.#known.get(label) ?? this.ids.get(label);
    if (known !== undefined) return known;
    const id = `n${this.#known.size + this.ids.size + 1}`;
    this.ids.set(label, id);
    this.nodes.push(`  ${id}${open}"${inNumbers(label)}"${close}${mark}`);
    return id;
  }

  edge(from: string, to: string): void {
    this.edges.add(`  ${from} --> ${to}`);
  }
}

function sketchPull(sketch: Sketch, { object, sources, target, mark }: Drawn): void {
  const owner = sketch.node(object, RECTANGLE);
  for (const { store, vault } of sources) {
    const storeId = sketch.node(store, ROUND);
    if (vault !== undefined) sketch.edge(sketch.node(`vault ${vault}`, CYLINDER), storeId);
    sketch.edge(storeId, owner);
  }
  sketch.edge(owner, sketch.node(target, RECTANGLE, marked(mark)));
}

function sketchPush(sketch: Sketch, { object, from, written }: DrawnPush): void {
  const source = from === undefined ? undefined : sketch.node(from, RECTANGLE);
  const owner = sketch.node(object, RECTANGLE);
  if (source !== undefined) sketch.edge(source, owner);
  for (const { name, mark } of written) sketch.edge(owner, sketch.node(name, CYLINDER, marked(mark)));
}

function marked(mark: Mark | undefined): string {
  return mark === undefined ? '' : `:::${mark}`;
}

type Shape = readonly [open: string, close: string];
const RECTANGLE: Shape = ['[', ']'];
const ROUND: Shape = ['([', '])'];
const CYLINDER: Shape = ['[(', ')]'];

function classLines(marks: readonly Mark[]): readonly string[] {
  return marks.map((mark) => `  classDef ${mark} stroke:${COLOURS[mark]},stroke-width:2px`);
}

/** Mermaid: `#35;` is the character with that number. */
function inNumbers(text: string): string {
  return text.replace(/[^A-Za-z0-9 ./-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
