/**
 * A Mermaid picture of where each Secret comes from: vault → store → ExternalSecret → Secret.
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

/** Objects in their order, as many as fit; one without sources is not drawn. `room` is in bytes, fence included. */
export function pictureOf(objects: readonly Drawn[], room: number): Picture {
  const drawable = objects.filter(({ sources }) => sources.length > 0);
  const drawing = new Drawing(room - bytesOf([...START, ...classLines(MARKS), END].join('\n')) - 1);
  const first = drawable.findIndex((object) => !drawing.add(object));
  const left = first === -1 ? 0 : drawable.length - first;
  if (drawing.lines.length === 0) return { text: '', left: drawable.length };
  const used = MARKS.filter((one) => drawable.slice(0, drawable.length - left).some(({ mark }) => mark === one));
  return { text: [...START, ...classLines(used), ...drawing.lines, END].join('\n'), left };
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
  add(object: Drawn): boolean {
    const sketch = new Sketch(this.#ids);
    const owner = sketch.node(object.object, RECTANGLE);
    for (const { store, vault } of object.sources) {
      const storeId = sketch.node(store, ROUND);
      if (vault !== undefined) sketch.edge(sketch.node(`vault ${vault}`, CYLINDER), storeId);
      sketch.edge(storeId, owner);
    }
    sketch.edge(owner, sketch.node(object.target, RECTANGLE, object.mark === undefined ? '' : `:::${object.mark}`));
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
