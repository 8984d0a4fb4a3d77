/** Images built in a test, with a store that is gone after it, and brought into the node. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const ROOT = join(import.meta.dirname, '../..');

export interface Build {
  readonly dockerfile: string;
  /** The folder whose files it may copy. */
  readonly context: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly image: string;
}

export class ImageStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** It holds the images that the node has. */
  static async create(): Promise<ImageStore> {
    const store = new ImageStore(await mkdtemp(join(tmpdir(), 'keyferry-images-')));
    const folder = (name: string) => JSON.stringify(join(store.#folder, name));
    const text = `[storage]\ndriver = "vfs"\ngraphroot = ${folder('graph')}\nrunroot = ${folder('run')}\n`;
    await writeFile(join(store.#folder, 'storage.conf'), text);
    const archives = (process.env['KEYFERRY_TEST_IMAGES'] ?? '').split(' ');
    for (const archive of archives) await store.#buildah('pull', '--quiet', `docker-archive:${archive}`);
    return store;
  }

  /** Gives the image's id: the digest of its configuration, which names the digests of its layers. */
  async build({ dockerfile, context, arguments: given, image }: Build): Promise<string> {
    const idFile = join(this.#folder, 'id');
    const buildArguments = Object.entries(given).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    const options = ['--no-cache', '--pull=never', '--timestamp', '0', '--iidfile', idFile, ...buildArguments];
    await this.#buildah('build', ...options, '--tag', image, '--file', dockerfile, context);
    return await readFile(idFile, 'utf8');
  }

  /** From here on pods of the node can name it. */
  async bringToNode(image: string): Promise<void> {
    const archive = join(this.#folder, 'archive.tar');
    await rm(archive, { force: true });
    await this.#buildah('push', '--quiet', image, `docker-archive:${archive}:${image}`);
    const [program = '', ...options] = (process.env['KEYFERRY_TEST_CTR'] ?? '').split(' ');
    await run(program, [...options, 'images', 'import', archive]);
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  async #buildah(...args: readonly string[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const CONTAINERS_STORAGE_CONF = join(this.#folder, 'storage.conf');
    await run('buildah', args, { env: { ...process.env, CONTAINERS_STORAGE_CONF, BUILDAH_ISOLATION: 'chroot' } });
  }
}
