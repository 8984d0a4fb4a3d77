/** Git's objects of one commit, with the hashes that Git gives them: files become blobs, folders trees. */
import { createHash } from 'node:crypto';

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
}

/** Path → content; `link:TARGET` is a symbolic link, `module:SHA` a submodule. */
export type Files = Readonly<Record<string, string>>;

export class GitObjects {
  readonly blobs = new Map<string, Buffer>();
  readonly #trees = new Map<string, readonly TreeEntry[]>();

  /** The hash of the root tree. */
  add(files: Files): string {
    const entries = new Map<string, TreeEntry>();
    const folders = new Map<string, Record<string, string>>();
    for (const [path, content] of Object.entries(files)) {
      const [first = '', ...rest] = path.split('/');
      if (rest.length === 0) entries.set(first, this.#leaf(first, content));
      else folders.set(first, { ...folders.get(first), [rest.join('/')]: content });
    }
    for (const [name, inside] of folders) {
      entries.set(name, { path: name, mode: '040000', type: 'tree', sha: this.add(inside) });
    }
    const sorted = [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const sha = hashOf('tree', sorted.map(({ mode, path, sha: own }) => `${mode} ${path} ${own}`).join('\n'));
    this.#trees.set(sha, sorted);
    return sha;
  }

  tree(sha: string): readonly TreeEntry[] | undefined {
    return this.#trees.get(sha);
  }

  /** All entries below, trees before what is in them, as `recursive=1` gives them. */
  wholeTree(sha: string): readonly TreeEntry[] {
    return (this.#trees.get(sha) ?? []).flatMap((entry) => [
      entry,
      ...(entry.type === 'tree'
        ? this.wholeTree(entry.sha).map((one) => ({ ...one, path: `${entry.path}/${one.path}` }))
        : []),
    ]);
  }

  #leaf(path: string, content: string): TreeEntry {
    if (content.startsWith('module:')) return { path, mode: '160000', type: 'commit', sha: content.slice(7) };
    const isLink = content.startsWith('link:');
    const bytes = Buffer.from(isLink ? content.slice(5) : content);
    const sha = hashOf('blob', bytes);
    this.blobs.set(sha, bytes);
    return { path, mode: isLink ? '120000' : '100644', type: 'blob', sha };
  }
}

/** Trees are hashed over a text of ours; blobs as Git hashes them. */
function hashOf(type: string, content: string | Buffer): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`${type} ${bytes.byteLength}\0`).update(bytes).digest('hex');
}
