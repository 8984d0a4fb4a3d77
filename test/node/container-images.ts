/** The engine image as job/image.sh makes it, with a store that is gone after it, and brought into the node. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const ROOT = join(import.meta.dirname, '../..');

export interface BuiltImage {
  /** As `--engine-image` takes it, after the name and an @. */
  readonly digest: string;
  /** In OCI's form. */
  readonly archive: string;
}

export class ImageStore {
  readonly #folder: string;
  #built = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** It holds the images of these archives. */
  static async create(archives: readonly string[]): Promise<ImageStore> {
    const store = new ImageStore(await mkdtemp(join(tmpdir(), 'keyferry-images-')));
    const folder = (name: string) => JSON.stringify(join(store.#folder, name));
    const text = `[storage]\ndriver = "vfs"\ngraphroot = ${folder('graph')}\nrunroot = ${folder('run')}\n`;
    await writeFile(join(store.#folder, 'storage.conf'), text);
    for (const archive of archives) await store.#run('buildah', ['pull', '--quiet', `docker-archive:${archive}`]);
    return store;
  }

  /** From the bundles in `context`. */
  async build(base: string, context: string): Promise<BuiltImage> {
    const folder = join(this.#folder, `image-${(this.#built += 1)}`);
    await mkdir(folder);
    const archive = join(folder, 'image.tar');
    const digest = await this.#run(join(ROOT, 'job/image.sh'), [base, archive], { CONTEXT: context });
    return { digest, archive };
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  async #run(program: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<string> {
    const CONTAINERS_STORAGE_CONF = join(this.#folder, 'storage.conf');
    const env = { ...process.env, CONTAINERS_STORAGE_CONF, BUILDAH_ISOLATION: 'chroot', ...variables };
    return (await run(program, args, { env })).stdout.trim();
  }
}

/** Archives of the images that the node has from the beginning. */
export function nodeArchives(): readonly string[] {
  return (process.env['KEYFERRY_TEST_IMAGES'] ?? '').split(' ');
}

/** From here on pods can name it by the digest; gives the whole reference. There is no registry. */
export async function bringToNode({ archive, digest }: BuiltImage, name: string): Promise<string> {
  await onNode('import', '--digests', '--base-name', name, archive);
  return `${name}@${digest}`;
}

/** An image of the node under another name too: there, `docker.io/library/node:24-slim` is what is pulled as `node:24-slim`. */
export async function nameOnNode(image: string, name: string): Promise<void> {
  await onNode('tag', '--force', image, name);
}

async function onNode(...args: readonly string[]): Promise<void> {
  const [program = '', ...options] = (process.env['KEYFERRY_TEST_CTR'] ?? '').split(' ');
  await run(program, [...options, 'images', ...args]);
}
